import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { ask } from '../client.ts'
import { CommandFailure, usageFailure } from '../failure.ts'
import { parseIssuer } from '../identifiers.ts'
import { isObject, textAt } from '../json.ts'
import { plain } from '../output.ts'
import type { Surroundings } from '../surroundings.ts'
import { requireFree, writePrivate } from '../write-private.ts'

interface Options {
  issuer: string
  purpose: string
  out: string
  force?: boolean
}

const purposes = ['certificates', 'lists']

export function addLendKey(program: Command, { settings: read, output, retry }: Surroundings): void {
  program
    .command('lend-key')
    .description('Write the text that a key in your own AWS account must sign before the registry may sign with it')
    .argument('<file>', 'public key from `aws kms get-public-key`, as DER or PEM')
    .requiredOption('--issuer <id>', 'the body that lends the key')
    .option('--purpose <purpose>', purposes.join(' or '), 'certificates')
    .option('--out <file>', 'file for the text to sign', 'possession.txt')
    .option('--force', 'overwrite that file')
    .addHelpText(
      'after',
      `
Sign the whole file, including its last line feed:
  $ sijil lend-key key.der --issuer my-board
  $ aws kms sign --key-id $ARN --signing-algorithm ED25519_SHA_512 --message-type RAW \\
      --message fileb://possession.txt --query Signature --output text | tr '+/' '-_' | tr -d '='`,
    )
    .action(async (file: string, { issuer, purpose, out, force = false }: Options) => {
      if (!purposes.includes(purpose)) throw usageFailure(`--purpose must be ${purposes.join(' or ')}`)
      await requireFree(out, { force })
      const { registry } = read()
      const publicKeyMultibase = await readPublicKey(file)
      const { did, kid } = await nextKey(parseIssuer(issuer), purpose)
      const { parseDid, possessionText } = await import('@sijil/credentials')
      const text = possessionText({ registry, did: parseDid(did), kid, publicKeyMultibase })
      await writePrivate(out, text, { force })
      output.answer({ kid, publicKeyMultibase, did, file: out }, [
        `${plain(out)}: sign it with the key itself (Ed25519, base64url)`,
        `publicKeyMultibase  ${publicKeyMultibase}`,
        `name of the key     ${plain(kid)}, if no other key is added before`,
      ])

      async function nextKey(id: string, of: string): Promise<{ did: string; kid: string }> {
        const url = `${registry}/issuers/${id}/keys`
        const answer = await ask({ method: 'GET', url }, retry)
        const did = isObject(answer) ? textAt(answer, 'did') : undefined
        const keys = isObject(answer) && Array.isArray(answer.keys) ? answer.keys.filter(isObject) : undefined
        if (did === undefined || keys === undefined)
          throw new CommandFailure('unexpected', { title: 'The answer of the registry is not a list of keys' })
        return { did, kid: `${of}-${keys.filter((key) => key.purpose === of).length + 1}` }
      }
    })
}

async function readPublicKey(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw usageFailure(`${path} cannot be read (${error.code ?? 'unknown'})`)
  })
  const [{ createPublicKey }, { multikeyFromSpki }] = await Promise.all([
    import('node:crypto'),
    import('@sijil/credentials'),
  ])
  try {
    const isPem = bytes.subarray(0, 11).toString('latin1') === '-----BEGIN '
    const key = createPublicKey(isPem ? bytes.toString('latin1') : { key: bytes, format: 'der', type: 'spki' })
    if (key.asymmetricKeyType === 'ed25519') return multikeyFromSpki(key.export({ format: 'der', type: 'spki' }))
  } catch {
    throw usageFailure(`${path} is not a public key`, 'It must be an Ed25519 key (SPKI), as DER or PEM.')
  }
  throw usageFailure(`${path} is not an Ed25519 key`, 'Make one with --key-spec ECC_NIST_EDWARDS25519.')
}

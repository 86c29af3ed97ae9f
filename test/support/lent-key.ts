import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { multikeyFromSpki } from '@sijil/credentials'
import { OTHER_ACCOUNT } from '../../infra/local/kms.ts'

/** An Ed25519 key in the account of a body, with the actions of its owner. `folder` is the folder of the emulator of KMS. */
export async function aKeyOfAnotherAccount(folder: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const id = randomUUID()
  const file = join(folder, `${id}.json`)
  const material = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  const write = (state: 'Enabled' | 'Disabled') =>
    writeFile(
      file,
      JSON.stringify({ id, account: OTHER_ACCOUNT, spec: 'ECC_NIST_EDWARDS25519', state, tags: [], material }),
    )
  await write('Enabled')
  return {
    keyRef: `arn:aws:kms:local:${OTHER_ACCOUNT}:key/${id}`,
    publicKeyMultibase: multikeyFromSpki(publicKey.export({ format: 'der', type: 'spki' })),
    publicKey,
    signText: (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
    disable: () => write('Disabled'),
    enable: () => write('Enabled'),
  }
}

import { type Command, InvalidArgumentError } from 'commander'
import { plain } from '../output.ts'
import { readInput } from '../read-input.ts'
import { several } from '../several.ts'
import type { Surroundings } from '../surroundings.ts'
import { requireFree, writePrivate } from '../write-private.ts'
import { reportLogFaults } from './report-log-faults.ts'

interface Options {
  out?: string
  force?: boolean
  released?: boolean
  logKey: string[]
  witness: string[]
  atLeast?: number
  state: string
}

function parseCount(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new InvalidArgumentError('must be a number of witnesses, 0 to 99')
  return Number(text)
}

const keyFrom = {
  caller: 'the key is from --log-key',
  'earlier-audit': 'the key is from an earlier audit',
  registry: 'the key is from the registry itself: compare it with a key that you have from another source',
} as const

export function addLogProof(log: Command, { settings: read, output, stdin, retry }: Surroundings): void {
  log
    .command('proof')
    .description('Prove that a certificate is in the public log, in a file that can be checked without a network')
    .argument('<file>', 'the certificate (- for stdin, at most 64 KiB)')
    .option('--released', 'prove that it was released; without it, that it was reserved for signing')
    .option('--out <file>', 'write the proof (C2SP tlog-proof) to this file instead of stdout')
    .option('--force', 'overwrite that file')
    .option('--log-key <key>', 'a key of the log that you know; may be repeated', several, [])
    .option('--witness <key>', 'a witness that must have cosigned; may be repeated', several, [])
    .option('--at-least <number>', 'how many of the witnesses are enough (default: all)', parseCount)
    .option('--state <file>', 'state file of earlier audits', 'sijil-audit.json')
    .option('--json', 'answer in JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ sijil log proof certificate.json --out certificate.tlog-proof
  $ sijil log proof certificate.json --released --out certificate.released.tlog-proof
  $ sijil log proof certificate.json --witness "$WITNESS_KEY" > certificate.tlog-proof`,
    )
    .action(async (file: string, options: Options) => {
      const { out, force = false, released = false, logKey, witness, atLeast, state } = options
      const { registry } = read()
      if (out !== undefined) await requireFree(out, { force })
      const document = await readInput(file, stdin)
      const { proveCertificate } = await import('../log/prove.ts')
      const order = { registry, document, released, keys: logKey, statePath: state, witnesses: witness }
      const proven = await reportLogFaults(() =>
        proveCertificate({ ...order, ...(atLeast !== undefined && { atLeast }) }, retry),
      )
      const lines = [
        `entry ${proven.index} of ${proven.size} in ${plain(proven.log)}, checked by this command; ${keyFrom[proven.keyFrom]}`,
        ...(released ? ['the entry says that the certificate was released'] : []),
        ...proven.cosignedBy.map(({ name, time }) => `cosigned by ${plain(name)}, ${time}`),
        ...proven.unchecked.map(
          (name) => `not checked: the signature of ${plain(name)}, because --witness gave no key for it`,
        ),
      ]
      if (out !== undefined) {
        await writePrivate(out, proven.proof, { force })
        output.answer(proven, lines)
        return
      }
      for (const line of lines) output.notice(line)
      output.answer(proven, proven.proof.slice(0, -1).split('\n'))
    })
}

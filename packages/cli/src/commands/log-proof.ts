import { type Command, InvalidArgumentError } from 'commander'
import { plain } from '../output.ts'
import { readInput } from '../read-input.ts'
import { several } from '../several.ts'
import type { Surroundings } from '../surroundings.ts'
import { requireFree, writePrivate } from '../write-private.ts'
import { accusing } from './log-accusing.ts'

interface Options {
  out?: string
  force?: boolean
  logKey: string[]
  witness: string[]
  atLeast?: number
  state: string
}

function parseCount(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new InvalidArgumentError('a number of witnesses')
  return Number(text)
}

const keyFrom = {
  caller: 'the key is the one that you gave',
  'earlier-audit': 'the key is the one that an earlier audit saw',
  registry: 'the key is what the registry says of itself: compare it with one that you noted elsewhere',
} as const

export function addLogProof(log: Command, { settings: read, output, stdin, asking }: Surroundings): void {
  log
    .command('proof')
    .description('Prove that a certificate stands in the public log, in one file for checking without a network')
    .argument('<file>', 'the certificate (- for stdin, at most 64 KiB)')
    .option('--out <file>', 'write the proof there (C2SP tlog-proof) instead of on stdout')
    .option('--force', 'overwrite that file')
    .option('--log-key <key>', 'a key of the log that you know; may be repeated', several, [])
    .option('--witness <key>', 'a witness that must have cosigned; may be repeated', several, [])
    .option('--at-least <number>', 'so many of the witnesses are enough (default: all)', parseCount)
    .option('--state <file>', 'what an audit saw before', 'sijil-audit.json')
    .option('--json', 'answer in JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ sijil log proof certificate.json --out certificate.tlog-proof
  $ sijil log proof certificate.json --witness "$WITNESS_KEY" > certificate.tlog-proof`,
    )
    .action(async (file: string, { out, force = false, logKey, witness, atLeast, state }: Options) => {
      const { registry } = read()
      if (out !== undefined) await requireFree(out, { force })
      const document = await readInput(file, stdin)
      const { proveCertificate } = await import('../log/prove.ts')
      const order = { registry, document, keys: logKey, statePath: state, witnesses: witness }
      const proven = await accusing(() =>
        proveCertificate({ ...order, ...(atLeast !== undefined && { atLeast }) }, asking),
      )
      const lines = [
        `entry ${proven.index} of ${proven.size} in ${plain(proven.log)}, checked here; ${keyFrom[proven.keyFrom]}`,
        ...proven.cosignedBy.map(({ name, time }) => `cosigned by ${plain(name)}, ${time}`),
        ...proven.unchecked.map((name) => `a line of ${plain(name)} was not checked: no key was given with --witness`),
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

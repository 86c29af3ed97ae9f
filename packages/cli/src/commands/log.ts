import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { plain } from '../output.ts'
import { several } from '../several.ts'
import type { Surroundings } from '../surroundings.ts'
import { accusing } from './log-accusing.ts'
import { addLogProof } from './log-proof.ts'

interface Options {
  state: string
  key: string
  name: string
  patience: string
  logKey: string[]
}

const knownKey = ['--log-key <key>', 'a key of a log that its operator told you of; may be repeated'] as const

/** What follows a registry's logs is loaded when it is needed. */
export function addLog(program: Command, surroundings: Surroundings): void {
  const { settings: read, output, asking, leaveWith } = surroundings
  const log = program
    .command('log')
    .description('Follow the public logs of a registry, as an auditor or as a witness, and prove what stands in them')
    .addHelpText(
      'after',
      `
Exit codes: 0 as it should be, 1 a log or the registry's state is not what it was or should be.

Examples:
  $ sijil log audit
  $ sijil log create-witness --name witness.example --key witness.key
  $ sijil log witness --key witness.key
  $ sijil log proof certificate.json --out certificate.tlog-proof`,
    )

  log
    .command('audit')
    .description('Check that the logs only grew, and that the public state is what their entries make it')
    .option('--state <file>', 'what was seen before', 'sijil-audit.json')
    .option(...knownKey, several, [])
    .option('--patience <seconds>', 'a difference counts if it is still there after so long', '60')
    .option('--json', 'answer in JSON')
    .action(async ({ state, patience, logKey }: Options) => {
      const { auditLogs } = await import('../log/audit.ts')
      const audit = () => auditLogs({ registry: read().registry, statePath: state, logKeys: logKey }, asking)
      const answer = await accusing(async () => {
        const first = await audit()
        // What was decided this very minute is in the state, and not yet in the log.
        if (first.differences.length === 0 || Number(patience) === 0) return first
        output.notice(`${first.differences.length} differences: looking again in ${Number(patience)} s`)
        await sleep(Number(patience) * 1_000)
        const second = await audit()
        return { ...second, differences: second.differences.filter((one) => first.differences.includes(one)) }
      })
      const { sizes, isFirst, entities, differences } = answer
      output.answer(answer, [
        `registry: ${sizes.registry} entries, certificates: ${sizes.certificates}; ${isFirst ? 'seen for the first time: the next audit compares with this one' : 'both are the logs seen before, grown'}`,
        differences.length === 0
          ? `the lists, and the keys and accreditations of ${entities} entities, are what the entries make them`
          : 'DIFFERENT from what the entries make it:',
        ...differences.map((difference) => `  ${plain(difference)}`),
      ])
      leaveWith(differences.length === 0 ? 0 : 1)
    })

  log
    .command('witness')
    .description('Cosign the checkpoints of both logs, where they are the old ones grown')
    .requiredOption('--key <file>', 'the key of the witness')
    .option('--state <file>', 'what was seen before', 'sijil-witness.json')
    .option(...knownKey, several, [])
    .option('--json', 'answer in JSON')
    .action(async ({ key, state, logKey }: Options) => {
      const { witnessLogs } = await import('../log/witness.ts')
      const order = {
        registry: read().registry,
        keyPath: key,
        statePath: state,
        logKeys: logKey,
        now: () => new Date(),
      }
      const done = await accusing(() => witnessLogs(order, asking))
      output.answer(
        done,
        done.map(({ log: name, from, to }) => `cosigned ${name}: ${from} to ${to} entries`),
      )
    })

  log
    .command('create-witness')
    .description('Make the key of a witness, and print what a registry is told of it')
    .requiredOption('--name <name>', 'a host and path of the witness, such as witness.example')
    .requiredOption('--key <file>', 'where to keep the key')
    .option('--json', 'answer in JSON')
    .action(async ({ name, key }: Options) => {
      const { createWitness } = await import('../log/witness.ts')
      const verifierKey = await createWitness({ name, path: key })
      output.answer({ verifierKey }, [verifierKey])
    })

  addLogProof(log, surroundings)
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { plain } from '../output.ts'
import { several } from '../several.ts'
import type { Surroundings } from '../surroundings.ts'
import { addLogProof } from './log-proof.ts'
import { reportLogFaults } from './report-log-faults.ts'

interface Options {
  state: string
  key: string
  name: string
  patience: string
  logKey: string[]
}

const knownKey = ['--log-key <key>', 'a key of a log, from its operator; may be repeated'] as const

/** The code that follows logs is loaded only when one of these commands runs. */
export function addLog(program: Command, surroundings: Surroundings): void {
  const { settings: read, output, retry, setExitCode, now } = surroundings
  const log = program
    .command('log')
    .description('Follow the public logs of a registry as an auditor or a witness, and prove that an entry is in them')
    .addHelpText(
      'after',
      `
Exit codes: 0 everything agrees, 1 a log contradicts its earlier state, or the registry contradicts its log.

Examples:
  $ sijil log audit
  $ sijil log create-witness --name witness.example --key witness.key
  $ sijil log witness --key witness.key
  $ sijil log proof certificate.json --out certificate.tlog-proof`,
    )

  log
    .command('audit')
    .description('Check that the logs only grew, and that the public state follows from their entries')
    .option('--state <file>', 'state file of earlier audits', 'sijil-audit.json')
    .option(...knownKey, several, [])
    .option('--patience <seconds>', 'report a difference only if it remains after this time', '60')
    .option('--json', 'answer in JSON')
    .action(async ({ state, patience, logKey }: Options) => {
      const { auditLogs } = await import('../log/audit.ts')
      const audit = () => auditLogs({ registry: read().registry, statePath: state, logKeys: logKey }, retry)
      const answer = await reportLogFaults(async () => {
        const first = await audit()
        // A decision of the last minute may be in the public state but not yet in the log.
        if (first.differences.length === 0 || Number(patience) === 0) return first
        output.notice(`${first.differences.length} differences: checking again in ${Number(patience)} s`)
        await sleep(Number(patience) * 1_000)
        const second = await audit()
        return { ...second, differences: second.differences.filter((one) => first.differences.includes(one)) }
      })
      const { sizes, isFirst, entities, statements, differences } = answer
      output.answer(answer, [
        `registry: ${sizes.registry} entries, certificates: ${sizes.certificates}, catalogue: ${sizes.catalogue}; ${isFirst ? 'first audit: the next one will compare with it' : 'all logs begin with the entries of the last audit'}`,
        differences.length === 0
          ? `the lists, the keys and accreditations of ${entities} entities, and ${statements} statements of the catalogue, follow from the entries`
          : 'DIFFERENT from the entries:',
        ...differences.map((difference) => `  ${plain(difference)}`),
      ])
      setExitCode(differences.length === 0 ? 0 : 1)
    })

  log
    .command('witness')
    .description('Cosign the checkpoints of all logs, if they are consistent with the last ones')
    .requiredOption('--key <file>', 'file with the key of the witness')
    .option('--state <file>', 'state file of earlier runs', 'sijil-witness.json')
    .option(...knownKey, several, [])
    .option('--json', 'answer in JSON')
    .action(async ({ key, state, logKey }: Options) => {
      const { witnessLogs } = await import('../log/witness.ts')
      const order = {
        registry: read().registry,
        keyPath: key,
        statePath: state,
        logKeys: logKey,
        now,
      }
      const done = await reportLogFaults(() => witnessLogs(order, retry))
      output.answer(
        done,
        done.map(({ log: name, from, to }) => `cosigned ${name}: ${from} to ${to} entries`),
      )
    })

  log
    .command('create-witness')
    .description('Make a key for a witness, and print the verifier key for the registry')
    .requiredOption('--name <name>', 'host of the witness, with or without a path, such as witness.example')
    .requiredOption('--key <file>', 'file for the new key')
    .option('--json', 'answer in JSON')
    .action(async ({ name, key }: Options) => {
      const { createWitness } = await import('../log/witness.ts')
      const verifierKey = await createWitness({ name, path: key })
      output.answer({ verifierKey }, [verifierKey])
    })

  addLogProof(log, surroundings)
}

import { revocationReasons, suspensionReasons } from '@sijil/credentials/status-reasons'
import { type Command, Option } from 'commander'
import type { Asker } from '../ask-as.ts'
import { batchClient } from '../batch-client.ts'
import { type BatchOptions, readSpreadsheet, runBatch, typeOf } from '../run-batch.ts'
import type { Surroundings } from '../surroundings.ts'

interface Options extends Asker, BatchOptions {
  reason?: string
}

/** Each row of a list would need a successor of its own. */
const ofLists = revocationReasons.filter((reason) => reason !== 'superseded')

/** The differences between the three commands. */
const acts = {
  'revoke-all': { act: 'revoke', description: 'Revoke the certificates of a list, for good', reasons: ofLists },
  'suspend-all': { act: 'suspend', description: 'Suspend the certificates of a list', reasons: suspensionReasons },
  'reinstate-all': {
    act: 'reinstate',
    description: "Lift the body's own suspensions of the certificates of a list",
    reasons: suspensionReasons,
  },
} as const
type Verb = keyof typeof acts

const help = (verb: Verb) => `
The list is CSV, or an Excel workbook, with the column certificate (ids) or number, and if the rows differ, reason. The registry checks
each row. Another officer always approves the list at the desk, so the command first ends with 3. Repeat it afterwards: it shows the
progress, and changes nothing twice.

Exit codes: 0 every row changed, or could be changed, 65 some rejected or faulty, 3 waits for a second officer, 69 stopped before the end.

Examples:
  $ sijil ${verb} --issuer demo-ph-tesda --dry-run list.csv
  $ sijil ${verb} --issuer demo-ph-tesda --reason ${acts[verb].reasons[0]} --out results.csv list.csv`

/** For a body that must change many certificates at once. It sends a list, and shows how far it is. */
export function addListVerbs(program: Command, surroundings: Surroundings): void {
  addVerb(program, 'revoke-all', surroundings)
  addVerb(program, 'suspend-all', surroundings)
  addVerb(program, 'reinstate-all', surroundings)
}

function addVerb(program: Command, verb: Verb, surroundings: Surroundings): void {
  const { act, description, reasons } = acts[verb]
  program
    .command(verb)
    .description(description)
    .argument('<file>', 'CSV or XLSX')
    .requiredOption('--issuer <id>', 'the body that issued them')
    .addOption(new Option('--reason <reason>', 'for all rows that name none').choices(reasons))
    .option('--out <file>', 'CSV with the outcome of each row: line, state, certificate')
    .option('--dry-run', 'check every row, say what would happen, and change nothing')
    .option('--leave-out', 'change the rows without a fault, although others have one')
    .option('--key <key>', 'your own idempotency key, to send the same file as a new list')
    .option('--client <id>', 'client that sends the request (default: the issuer)')
    .option('--token <token>', 'an access token; SIJIL_TOKEN keeps it out of the process list')
    .addHelpText('after', help(verb))
    .action(async (file: string, { issuer, client, token, reason, ...options }: Options) => {
      const settings = surroundings.settings()
      const { bytes, key } = await readSpreadsheet(file, issuer, options, act)
      const batches = batchClient({ issuer, client, token }, { settings, retry: surroundings.retry }, act)
      const words = reason === undefined ? undefined : { same: { reason } }
      const list = await batches.send(bytes, { key, type: typeOf(bytes) })
      await runBatch(list, { batches, words, options }, surroundings)
    })
}

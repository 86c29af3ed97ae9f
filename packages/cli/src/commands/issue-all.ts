import type { Command } from 'commander'
import type { Asker } from '../ask-as.ts'
import { type BatchWords, batchClient } from '../batch-client.ts'
import { CommandFailure, usageFailure } from '../failure.ts'
import { fetchBytes } from '../fetch-bytes.ts'
import { type BatchOptions, readSpreadsheet, runBatch, typeOf } from '../run-batch.ts'
import { several } from '../several.ts'
import type { Surroundings } from '../surroundings.ts'

interface Options extends Omit<Asker, 'issuer'>, BatchOptions {
  issuer?: string
  template?: string
  edition?: string
  qualification?: string
  dayOrder?: string
  accept?: string[]
}

const help = `
The file is a spreadsheet as your office makes it: CSV, or an Excel workbook. The registry reads it, checks each row, and issues the
rows as one batch. The same file is the same batch, so after a failure you can repeat the command: it continues, and issues nothing
twice. You may also stop it. The registry goes on by itself.

From 50 certificates on, another officer must approve the batch at the desk. The command then ends with 3. Repeat it afterwards.

Exit codes: 0 every row issued, or could be issued, 65 some rejected or faulty, 3 waits for a second officer, 69 stopped before the end.

--template writes a file with every column and an example row. --dry-run checks every row and issues nothing. --leave-out issues the rows
without a fault. Links and papers of the batch are made at its page at the desk, where two officers ask for them.

Examples:
  $ sijil issue-all --template ph-masonry-nc2 > rows.csv
  $ sijil issue-all --issuer demo-ph-tesda --dry-run rows.csv
  $ sijil issue-all --issuer demo-ph-tesda --out results.csv rows.csv`

/** For a body with one laptop and a spreadsheet. It sends a batch, and shows how far it is. */
export function addIssueAll(program: Command, surroundings: Surroundings): void {
  const { settings: read, output, retry } = surroundings
  program
    .command('issue-all')
    .description('Issue a certificate for each row of a spreadsheet')
    .argument('[file]', 'CSV or XLSX')
    .option('--issuer <id>', 'the body that certifies')
    .option('--out <file>', 'CSV with the outcome of each row: line, state, certificate')
    .option('--dry-run', 'check every row, say what would happen, and issue nothing')
    .option('--leave-out', 'issue the rows without a fault, although others have one')
    .option('--qualification <id>', 'for all rows that name none')
    .option('--edition <id>', 'for all rows that name none; with --template, the edition of the columns')
    .option('--day-order <order>', 'of 03/04/2026 in this file: day-month or month-day')
    .option('--accept <kind>', 'accept what the registry offers for all rows with this fault; may be repeated', several)
    .option('--template <qualification>', 'print a CSV with every column and an example row, and issue nothing')
    .option('--key <key>', 'your own idempotency key, to send the same file as a new batch')
    .option('--client <id>', 'client that sends the request (default: the issuer)')
    .option('--token <token>', 'an access token; SIJIL_TOKEN keeps it out of the process list')
    .addHelpText('after', help)
    .action(async (file: string | undefined, { client, token, ...options }: Options) => {
      const settings = read()
      if (options.template !== undefined) return printTemplate(options.template, options.edition)
      const { issuer } = options
      if (file === undefined || issuer === undefined) throw usageFailure('Give a spreadsheet and --issuer')
      const { bytes, key } = await readSpreadsheet(file, issuer, options)
      const batches = batchClient({ issuer, client, token }, { settings, retry })
      const batch = await batches.send(bytes, { key, type: typeOf(bytes) })
      await runBatch(batch, { batches, words: wordsOf(options), options }, surroundings)

      async function printTemplate(qualification: string, edition: string | undefined): Promise<void> {
        const query = edition === undefined ? '' : `?${new URLSearchParams({ edition })}`
        const path = `/qualifications/${encodeURIComponent(qualification)}/template.csv${query}`
        const found = await fetchBytes(`${settings.registry}${path}`, { timeout: retry.timeout, maxBytes: 100_000 })
        if (found === undefined)
          throw new CommandFailure('refused', { title: 'The registry has no such qualification or edition' })
        const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(found)
        output.answer({ template: text }, text.trimEnd().split('\r\n'))
      }
    })
}

function wordsOf({ qualification, edition, dayOrder, accept }: Options): BatchWords | undefined {
  const same = { ...(qualification && { qualification }), ...(edition && { edition }) }
  const words = {
    ...(Object.keys(same).length > 0 && { same }),
    ...(dayOrder && { order: dayOrder }),
    ...(accept && { accepted: accept }),
  }
  return Object.keys(words).length > 0 ? words : undefined
}

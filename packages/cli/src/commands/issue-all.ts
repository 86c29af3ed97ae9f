import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { csvOf } from '@sijil/credentials/csv'
import type { Command } from 'commander'
import type { Asker } from '../ask-as.ts'
import { type BatchClient, type BatchPreview, type BatchStatus, type BatchWords, batchClient } from '../batch-client.ts'
import { CommandFailure, exitCodes, usageFailure } from '../failure.ts'
import { fetchBytes } from '../fetch-bytes.ts'
import { parseKey } from '../issue-input.ts'
import { type Output, plain } from '../output.ts'
import { several } from '../several.ts'
import type { Surroundings } from '../surroundings.ts'
import { requireFree, writePrivate } from '../write-private.ts'

interface Options extends Omit<Asker, 'issuer'> {
  issuer?: string
  out?: string
  key?: string
  dryRun?: true
  leaveOut?: true
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

/** For a body with one laptop and a spreadsheet (R-004). It sends a batch, and shows how far it is. */
export function addIssueAll(program: Command, { settings: read, output, retry, setExitCode }: Surroundings): void {
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
      const { issuer, out } = options
      if (file === undefined || issuer === undefined) throw usageFailure('Give a spreadsheet and --issuer')
      const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
        throw usageFailure(`${file} cannot be read (${error.code ?? 'unknown'})`)
      })
      if (out !== undefined) await requireFree(out, { force: true })
      const batches = batchClient({ issuer, client, token }, { settings, retry })
      const key = options.key === undefined ? keyOf(issuer, bytes) : parseKey(options.key)
      let batch =
        bytes.length > MOST_IN_REQUEST
          ? await batches.sendLarge(bytes, key)
          : await batches.send(bytes, { key, type: typeOf(bytes) })
      output.notice(`batch ${batch.id}: ${batch.submitted} rows`)
      if (batch.state === 'open') {
        const words = wordsOf(options)
        const preview = words === undefined ? await batches.preview(batch.id) : await batches.answer(batch.id, words)
        const isFaulty = preview.faults.length > 0 || preview.misfits.length > 0
        if (options.dryRun || preview.ready === 0 || (isFaulty && !options.leaveOut))
          return foreseen(batch, preview, options)
        batch = await batches.close(batch.id)
      }
      if (options.dryRun) return show(batch, [])
      if (batch.state === 'closed' && batch.second) {
        output.answer(batch, [
          `${batch.pending} rows wait for another officer, who approves batch ${batch.id} at the desk.`,
          'Then repeat this command.',
        ])
        setExitCode(exitCodes.waits)
        return
      }
      if (batch.state === 'closed') batch = await batches.start(batch.id, batch.hash ?? '')
      batch = await followed(batch, batches, output)
      const rows = await batches.results(batch.id)
      if (out !== undefined) await writePrivate(out, resultsCsv(rows), { force: true })
      show(batch, rows)

      async function printTemplate(qualification: string, edition: string | undefined): Promise<void> {
        const query = edition === undefined ? '' : `?${new URLSearchParams({ edition })}`
        const path = `/qualifications/${encodeURIComponent(qualification)}/template.csv${query}`
        const found = await fetchBytes(`${settings.registry}${path}`, { timeout: retry.timeout, maxBytes: 100_000 })
        if (found === undefined)
          throw new CommandFailure('refused', { title: 'The registry has no such qualification or edition' })
        const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(found)
        output.answer({ template: text }, text.trimEnd().split('\r\n'))
      }

      function foreseen({ id }: BatchStatus, { ready, faults, misfits }: BatchPreview, { dryRun }: Options): void {
        const rowsOf = new Set(faults.map(({ line }) => line)).size
        output.answer({ id, ready, faulty: rowsOf, faults, misfits }, [
          `${ready} rows can be issued, ${rowsOf} have a fault. Nothing was issued.`,
          ...misfits.map(
            (field) => `  the column of ${plain(field)} holds something else: name the columns at the desk`,
          ),
          ...faults.slice(0, MOST_SHOWN).map(faultLine),
          ...(faults.length > MOST_SHOWN ? [`  and ${faults.length - MOST_SHOWN} more`] : []),
          ...(dryRun || ready === 0 ? [] : ['Correct the file, or repeat this with --leave-out.']),
        ])
        setExitCode(faults.length + misfits.length === 0 ? 0 : exitCodes.refused)
      }

      function show(
        { id, state, submitted, issued, rejected, pending, paused }: BatchStatus,
        rows: Awaited<ReturnType<BatchClient['results']>>,
      ): void {
        const refused = rows.filter((row) => row.state === 'rejected')
        output.answer({ id, state, submitted, issued, rejected, pending, ...(paused && { paused }), results: rows }, [
          `${submitted} rows: ${issued} issued, ${rejected} rejected, ${pending} pending`,
          ...refused.slice(0, MOST_SHOWN).map(({ line, code }) => `  line ${line}: ${plain(code)}`),
          ...(paused === undefined
            ? []
            : [`It is paused: ${plain(paused)}. Resume it at the desk, and repeat this command.`]),
        ])
        setExitCode(pending > 0 ? exitCodes.unavailable : rejected > 0 ? exitCodes.refused : 0)
      }
    })
}

const MOST_SHOWN = 100
/** Bytes. A file of so few has fewer rows than a request may have. */
const MOST_IN_REQUEST = 20_000

/** Computed from issuer and file, so that the same command finds the same batch after any failure. */
const keyOf = (issuer: string, bytes: Uint8Array): string =>
  createHash('sha256').update(`${issuer}\0`).update(bytes).digest('hex')

/** A workbook is a ZIP file, which begins with these letters, and a line of JSON begins with a brace. */
const typeOf = (bytes: Uint8Array): string =>
  bytes[0] === 0x50 && bytes[1] === 0x4b
    ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    : bytes[0] === 0x7b
      ? 'application/x-ndjson'
      : 'text/csv'

function wordsOf({ qualification, edition, dayOrder, accept }: Options): BatchWords | undefined {
  const same = { ...(qualification && { qualification }), ...(edition && { edition }) }
  const words = {
    ...(Object.keys(same).length > 0 && { same }),
    ...(dayOrder && { order: dayOrder }),
    ...(accept && { accepted: accept }),
  }
  return Object.keys(words).length > 0 ? words : undefined
}

const faultLine = ({ line, kind, field }: BatchPreview['faults'][number]): string =>
  `  line ${line}: ${plain(kind)}${field === undefined ? '' : ` (${plain(field)})`}`

const FIRST_MS = 500
const MOST_MS = 5_000

/** Asks until nothing more happens by itself, and says how fast it is. */
async function followed(batch: BatchStatus, batches: BatchClient, output: Output): Promise<BatchStatus> {
  let now = batch
  for (let wait = FIRST_MS; now.state === 'running' || (now.state === 'cancelled' && now.pending > 0); ) {
    await sleep(wait)
    wait = Math.min(wait * 2, MOST_MS)
    now = await batches.find(now.id)
    output.notice(progressOf(now))
  }
  return now
}

function progressOf({ submitted, issued, rejected, pending, perMinute, secondsLeft }: BatchStatus): string {
  const pace =
    perMinute === undefined || secondsLeft === undefined
      ? ''
      : `, ${perMinute} a minute, ${secondsLeft < 90 ? `${secondsLeft} s` : `${Math.ceil(secondsLeft / 60)} min`} left`
  return `${submitted - pending} of ${submitted}: ${issued} issued, ${rejected} rejected${pace}`
}

const resultsCsv = (rows: Awaited<ReturnType<BatchClient['results']>>) =>
  csvOf(
    ['line', 'state', 'certificate', 'reason'],
    rows.map(({ line, state, certificate, code }) => [String(line), state, certificate, code]),
  )

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { csvOf } from '@sijil/credentials/csv'
import type { BatchClient, BatchPreview, BatchStatus, BatchWords, ListAct, RowOutcome } from './batch-client.ts'
import { exitCodes, usageFailure } from './failure.ts'
import { parseKey } from './issue-input.ts'
import { type Output, plain } from './output.ts'
import type { Surroundings } from './surroundings.ts'
import { requireFree, writePrivate } from './write-private.ts'

/** What every command about a spreadsheet can be given. */
export interface BatchOptions {
  out?: string
  key?: string
  dryRun?: true
  leaveOut?: true
}

const MOST_SHOWN = 100

/** Reads the file, and finds its key. Throws before anything is sent if the outcome could not be written. */
export async function readSpreadsheet(
  file: string,
  issuer: string,
  { out, key }: BatchOptions,
  act?: ListAct,
): Promise<{ bytes: Uint8Array; key: string }> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw usageFailure(`${file} cannot be read (${error.code ?? 'unknown'})`)
  })
  if (out !== undefined) await requireFree(out, { force: true })
  return { bytes, key: key === undefined ? keyOf(act === undefined ? [issuer] : [issuer, act], bytes) : parseKey(key) }
}

/** Computed from issuer, act and file, so that the same command finds the same batch after any failure. */
function keyOf(words: readonly string[], bytes: Uint8Array): string {
  const hash = createHash('sha256')
  for (const word of words) hash.update(`${word}\0`)
  return hash.update(bytes).digest('hex')
}

/** A workbook is a ZIP file, which begins with these letters, and a line of JSON begins with a brace. */
export const typeOf = (bytes: Uint8Array): string =>
  bytes[0] === 0x50 && bytes[1] === 0x4b
    ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    : bytes[0] === 0x7b
      ? 'application/x-ndjson'
      : 'text/csv'

/** What the command says about rows: of certificates to issue, or of certificates that change. */
const wording = {
  issue: { can: 'can be issued', nothing: 'Nothing was issued.', done: 'issued' },
  change: { can: 'can be changed', nothing: 'Nothing was changed.', done: 'changed' },
} as const

/**
 * Takes a batch that was sent as far as it goes: its rows are checked, closed and, if no second officer is needed, started. Then it shows
 * the progress, and the outcome of each row.
 */
export async function runBatch(
  sent: BatchStatus,
  { batches, words, options }: { batches: BatchClient; words: BatchWords | undefined; options: BatchOptions },
  { output, setExitCode }: Pick<Surroundings, 'output' | 'setExitCode'>,
): Promise<void> {
  let batch = sent
  const wordings = wording[batch.changed === undefined ? 'issue' : 'change']
  output.notice(`batch ${batch.id}: ${batch.submitted} rows`)
  if (batch.state === 'open') {
    const preview = words === undefined ? await batches.preview(batch.id) : await batches.answer(batch.id, words)
    const isFaulty = preview.faults.length > 0 || preview.misfits.length > 0
    if (options.dryRun || preview.ready === 0 || (isFaulty && !options.leaveOut)) return foreseen(preview)
    batch = await batches.close(batch.id)
  }
  if (options.dryRun) return show([])
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
  const outcomes = await batches.results(batch.id)
  if (options.out !== undefined) await writePrivate(options.out, resultsCsv(outcomes), { force: true })
  show(outcomes)

  function foreseen({ ready, faults, misfits }: BatchPreview): void {
    const rowsOf = new Set(faults.map(({ line }) => line)).size
    output.answer({ id: batch.id, ready, faulty: rowsOf, faults, misfits }, [
      `${ready} rows ${wordings.can}, ${rowsOf} have a fault. ${wordings.nothing}`,
      ...misfits.map((field) => `  the column of ${plain(field)} holds something else: name the columns at the desk`),
      ...faults.slice(0, MOST_SHOWN).map(faultLine),
      ...(faults.length > MOST_SHOWN ? [`  and ${faults.length - MOST_SHOWN} more`] : []),
      ...(options.dryRun || ready === 0 ? [] : ['Correct the file, or repeat this with --leave-out.']),
    ])
    setExitCode(faults.length + misfits.length === 0 ? 0 : exitCodes.refused)
  }

  function show(rows: readonly RowOutcome[]): void {
    const { id, state, submitted, issued, changed, rejected, pending, paused } = batch
    const refused = rows.filter((row) => row.state === 'rejected')
    const counts = { submitted, ...(changed === undefined ? { issued } : { changed }), rejected, pending }
    output.answer({ id, state, ...counts, ...(paused && { paused }), results: rows }, [
      `${submitted} rows: ${changed ?? issued} ${wordings.done}, ${rejected} rejected, ${pending} pending`,
      ...refused.slice(0, MOST_SHOWN).map(({ line, code }) => `  line ${line}: ${plain(code)}`),
      ...(paused === undefined
        ? []
        : [`It is paused: ${plain(paused)}. Resume it at the desk, and repeat this command.`]),
    ])
    setExitCode(pending > 0 ? exitCodes.unavailable : rejected > 0 ? exitCodes.refused : 0)
  }
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

function progressOf(batch: BatchStatus): string {
  const { submitted, issued, changed, rejected, pending, perMinute, secondsLeft } = batch
  const pace =
    perMinute === undefined || secondsLeft === undefined
      ? ''
      : `, ${perMinute} a minute, ${secondsLeft < 90 ? `${secondsLeft} s` : `${Math.ceil(secondsLeft / 60)} min`} left`
  const done = changed === undefined ? `${issued} issued` : `${changed} changed`
  return `${submitted - pending} of ${submitted}: ${done}, ${rejected} rejected${pace}`
}

const resultsCsv = (rows: readonly RowOutcome[]) =>
  csvOf(
    ['line', 'state', 'certificate', 'reason'],
    rows.map(({ line, state, certificate, code }) => [String(line), state, certificate, code]),
  )

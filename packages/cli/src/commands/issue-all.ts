import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { csvOf } from '@sijil/credentials/csv'
import type { Command } from 'commander'
import type { Asker } from '../ask-as.ts'
import { CommandFailure, exitCodes, usageFailure } from '../failure.ts'
import { idempotencyKey, parseKey } from '../issue-input.ts'
import { issueOnce, keepIssued } from '../issue-once.ts'
import { plain } from '../output.ts'
import type { Row } from '../read-rows.ts'
import type { Surroundings } from '../surroundings.ts'
import { requireFree, unwritable, writePrivate } from '../write-private.ts'

interface Options extends Omit<Asker, 'issuer'> {
  issuer?: string
  out?: string
  key?: string
  dryRun?: true
  template?: string
}

/** The result for a row. `pending`: it was not sent, its result is unknown, or another request is working on it. */
interface Result {
  line: number
  certificateNumber: string
  state: 'issued' | 'rejected' | 'pending'
  /** The same row was issued before, and its certificate is in force. */
  before?: true
  id?: string
  link?: string
  problem?: string
}

/** With the key of the row (64 characters), the header stays within the limit of the registry. */
const MAX_PREFIX_LENGTH = 128

const help = `
The first line names the columns like the options of "sijil issue": qualification, name, number, awardedOn … Cells are separated by
commas or by semicolons. A cell may contain several units, separated by semicolons. The same file gives the same certificates,
so after a failure you can send it again.
A row is rejected if its certificate was revoked since. To issue such rows again, send a file with only these rows and --key.

The folder gets a signed certificate for each row, and results.csv. Only your user can read these files.

Exit codes: 0 every row issued, or would be issued, 65 some rejected, 69 stopped before the end (certificates that were
issued stay issued: send the same file again).

--template writes a file with every column and an example row. --dry-run checks every row and issues nothing.

Examples:
  $ sijil issue-all --template ph-masonry-nc2 > rows.csv
  $ sijil issue-all --issuer demo-ph-tesda --dry-run rows.csv
  $ sijil issue-all --issuer demo-ph-tesda --out certificates rows.csv`

/** For a body with one laptop and a spreadsheet. Rows are independent: a refused row does not stop the others (I21). */
export function addIssueAll(program: Command, { settings: read, output, retry, setExitCode, now }: Surroundings): void {
  program
    .command('issue-all')
    .description('Issue a certificate for each row of a CSV file')
    .argument('[file]', 'CSV in UTF-8')
    .option('--issuer <id>', 'the body that certifies')
    .option('--out <folder>', 'folder for the certificates and results.csv')
    .option('--dry-run', 'check every row, say what would happen, and issue nothing')
    .option('--template <qualification>', 'print a CSV with every column and an example row, and issue nothing')
    .option('--key <prefix>', 'prefix of the idempotency key of each row, to issue rows again (default: none)')
    .option('--client <id>', 'client that sends the request (default: the issuer)')
    .option('--token <token>', 'an access token; SIJIL_TOKEN keeps it out of the process list')
    .addHelpText('after', help)
    .action(async (file: string | undefined, { client, token, key, ...options }: Options) => {
      const settings = read()
      const today = now().toISOString().slice(0, 10)
      if (options.template !== undefined) {
        const { rowsTemplate } = await import('../rows-template.ts')
        const text = rowsTemplate(options.template, today)
        output.answer({ template: text }, text.trimEnd().split('\r\n'))
        return
      }
      const { issuer, out, dryRun } = options
      if (file === undefined || issuer === undefined) throw usageFailure('Give a CSV file and --issuer')
      if (dryRun) {
        const { readRows } = await import('../read-rows.ts')
        const { foreseeRows, answerOf } = await import('../dry-run.ts')
        const foreseen = await foreseeRows(await readRows(file), issuer, { registry: settings.registry, retry, today })
        const { value, lines } = answerOf(foreseen)
        output.answer(value, lines)
        setExitCode(value.wouldReject === 0 ? 0 : exitCodes.refused)
        return
      }
      if (out === undefined) throw usageFailure('Give --out, the folder for the certificates, or --dry-run')
      const prefix = key === undefined ? '' : `${parseKey(key, MAX_PREFIX_LENGTH)}.`
      const { readRows } = await import('../read-rows.ts')
      const rows = await readRows(file)
      const list = join(out, 'results.csv')
      await mkdir(out, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
        throw unwritable(out, error)
      })
      await requireFree(list, { force: true })
      const results: Result[] = rows.map(({ line, certificateNumber }) => ({
        line,
        certificateNumber,
        state: 'pending',
      }))
      let stopped: CommandFailure | undefined
      for (const [place, row] of rows.entries()) {
        try {
          const { result, file } = await issueRow(row, prefix, { issuer, client, token }, { settings, retry })
          results[place] = result
          if (file !== undefined) await keepIssued(join(out, file.name), file, { force: true })
        } catch (error) {
          // The registry does not answer, the disk is full, or this client may not issue. The next rows would fail for the same reason.
          if (!(error instanceof CommandFailure) || (error.kind === 'usage' && place === 0)) throw error
          stopped = error
          break
        }
        if ((place + 1) % 10 === 0 || place + 1 === rows.length)
          output.notice(
            `${place + 1} of ${rows.length}: ${count(results, 'issued')} issued, ${count(results, 'rejected')} rejected`,
          )
      }
      let isListed = true
      await writePrivate(list, resultsCsv(results), { force: true }).catch((error: unknown) => {
        if (!(error instanceof CommandFailure)) throw error
        isListed = false
        stopped ??= new CommandFailure('unavailable', error.problem)
      })
      const sum = sumOf(results)
      if (sum.pending > 0)
        stopped ??= new CommandFailure('unavailable', {
          title: 'Some rows wait for a second person, or other requests are working on them',
        })
      output.answer({ ...sum, results }, linesOf(results, { isListed }))
      if (stopped !== undefined) {
        output.problem({
          ...stopped.problem,
          detail: 'When this is resolved, send the same file again. It continues, and issues nothing twice.',
        })
        setExitCode(exitCodes[stopped.kind])
      } else setExitCode(sum.rejected === 0 ? 0 : exitCodes.refused)
    })
}

async function issueRow(
  { line, certificateNumber, input }: Row,
  prefix: string,
  asker: Asker,
  deps: Parameters<typeof issueOnce>[2],
): Promise<{ result: Result; file?: { name: string; id: string; credential: string } }> {
  try {
    const key = `${prefix}${idempotencyKey(asker.issuer, input)}`
    const { id, link, credential, before } = await issueOnce(asker, { key, input }, deps)
    return {
      result: { line, certificateNumber, state: 'issued', ...(before && { before }), id, link },
      file: { name: fileOf(id), id, credential },
    }
  } catch (error) {
    if (!(error instanceof CommandFailure) || isOfEveryRow(error)) throw error
    const { title, detail, errors = [] } = error.problem
    const faults = errors.map((fault) => `${fault.pointer} ${fault.detail}`)
    const problem = [title, detail, ...faults].filter(Boolean).join('; ')
    const state = error.kind === 'refused' ? 'rejected' : 'pending'
    return { result: { line, certificateNumber, state, problem } }
  }
}

/** The answer must not choose the path of a file, so only a UUID becomes its name. */
function fileOf(id: string): string {
  const name = id.slice(-36)
  if (/^[0-9a-f-]{36}$/.test(name)) return `${name}.json`
  throw new CommandFailure('unexpected', { title: 'The answer has no valid certificate id' })
}

/**
 * Whether every other row would fail for the same reason: the registry does not answer, the token is not enough, or the issuer does
 * not exist. A conflict concerns only one row.
 */
function isOfEveryRow({ kind, problem }: CommandFailure): boolean {
  if (kind === 'waits') return false
  const status = 'status' in problem ? Number(problem.status) : 0
  if (kind !== 'refused') return status !== 409
  return [401, 403, 404].includes(status) && !/not-in-scope$/.test(problem.type)
}

const count = (results: readonly Result[], state: Result['state']) =>
  results.filter((result) => result.state === state).length

/** The three counts add up to `submitted`: no row is left out (I21). */
const sumOf = (results: readonly Result[]) => ({
  submitted: results.length,
  issued: count(results, 'issued'),
  rejected: count(results, 'rejected'),
  pending: count(results, 'pending'),
})

/** Issued rows are listed here only if results.csv could not be written. */
function linesOf(results: readonly Result[], { isListed }: { isListed: boolean }): string[] {
  const { submitted, issued, rejected, pending } = sumOf(results)
  const before = results.filter((result) => result.before).length
  return [
    `${submitted} rows: ${issued} issued, ${rejected} rejected, ${pending} pending`,
    ...(before > 0 ? [`  ${before} of them were issued before, and nothing new was issued for those`] : []),
    ...results.flatMap(({ line, state, id = '', link = '', problem = '' }) => {
      if (problem !== '') return [`  line ${line}: ${plain(problem)}`]
      return state === 'issued' && !isListed ? [`  line ${line}: issued, ${plain(id)}, ${plain(link)}`] : []
    }),
  ]
}

const resultsCsv = (results: readonly Result[]) =>
  csvOf(['line', 'certificateNumber', 'state', 'id', 'link', 'problem'], results.map(cellsOf))

const cellsOf = ({ line, certificateNumber, state, id = '', link = '', problem = '' }: Result) => [
  String(line),
  certificateNumber,
  state,
  id,
  link,
  problem,
]

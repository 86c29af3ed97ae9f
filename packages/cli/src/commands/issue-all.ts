import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { csvOf } from '@sijil/credentials/csv'
import type { Command } from 'commander'
import type { Asker } from '../ask-as.ts'
import { CommandFailure, exitCodes } from '../failure.ts'
import { idempotencyKey, parseKey } from '../issue-input.ts'
import { issueOnce, keepIssued } from '../issue-once.ts'
import { plain } from '../output.ts'
import type { Row } from '../read-rows.ts'
import type { Surroundings } from '../surroundings.ts'
import { requireFree, unwritable, writePrivate } from '../write-private.ts'

interface Options extends Asker {
  out: string
  key?: string
}

/** What became of a row; `pending`: it was not asked for, nobody knows, or another request is working on it. */
interface Result {
  line: number
  certificateNumber: string
  state: 'issued' | 'rejected' | 'pending'
  /** The same row had been issued before, and is in force. */
  before?: true
  id?: string
  link?: string
  problem?: string
}

/** With the key of a row it is still a header that the registry takes. */
const MAX_PREFIX_LENGTH = 128

const help = `
The first line names the columns as the options of "sijil issue" are named: qualification, name, number, awardedOn …; several units
stand in one cell, divided by semicolons. The same file sent again gives the same certificates: after a failure, send it again.
A row whose certificate was revoked since is rejected: a file of such rows with --key issues them anew.

In the folder: a signed certificate for each row, and results.csv. Both are for your eyes only.

Exit codes: 0 every row issued, 65 some rejected, 69 stopped before the end (what was issued stays:
send the same file again).

Example:
  $ sijil issue-all --issuer demo-ph-tesda --out certificates rows.csv`

/** One laptop and a spreadsheet. Each row stands for itself: one that is refused keeps no other from being issued (I21). */
export function addIssueAll(program: Command, { settings: read, output, asking, leaveWith }: Surroundings): void {
  program
    .command('issue-all')
    .description('Issue a certificate for each row of a CSV file')
    .argument('<file>', 'CSV in UTF-8')
    .requiredOption('--issuer <id>', 'who certifies')
    .requiredOption('--out <folder>', 'where to write the certificates and results.csv')
    .option('--key <prefix>', 'before the idempotency key of each row, to issue rows anew (default: nothing)')
    .option('--client <id>', 'who asks (default: the issuer)')
    .option('--token <token>', 'an access token; SIJIL_TOKEN keeps it out of the process list')
    .addHelpText('after', help)
    .action(async (file: string, { issuer, client, token, out, key }: Options) => {
      const settings = read()
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
          const { result, file } = await issueRow(row, prefix, { issuer, client, token }, { settings, asking })
          results[place] = result
          if (file !== undefined) await keepIssued(join(out, file.name), file, { force: true })
        } catch (error) {
          // Nobody answers, there is no room, or it may not be asked at all: the rows that follow would fare the same.
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
          title: 'Some rows wait for a second person, or are being worked on by other requests',
        })
      output.answer({ ...sum, results }, linesOf(results, { isListed }))
      if (stopped !== undefined) {
        output.problem({
          ...stopped.problem,
          detail: 'Once that is mended, send the same file again: it goes on, and issues nothing twice.',
        })
        leaveWith(exitCodes[stopped.kind])
      } else leaveWith(sum.rejected === 0 ? 0 : exitCodes.refused)
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

/** Whoever answers shall not choose where a file lies. */
function fileOf(id: string): string {
  const name = id.slice(-36)
  if (/^[0-9a-f-]{36}$/.test(name)) return `${name}.json`
  throw new CommandFailure('unexpected', { title: 'The answer has no id of ours' })
}

/** Nobody answers, a token that does not suffice, an issuer that is not there: no row would fare better. A conflict is this row's alone. */
function isOfEveryRow({ kind, problem }: CommandFailure): boolean {
  if (kind === 'waits') return false
  const status = 'status' in problem ? Number(problem.status) : 0
  if (kind !== 'refused') return status !== 409
  return [401, 403, 404].includes(status) && !/not-in-scope$/.test(problem.type)
}

const count = (results: readonly Result[], state: Result['state']) =>
  results.filter((result) => result.state === state).length

/** It adds up: no row is left out (I21). */
const sumOf = (results: readonly Result[]) => ({
  submitted: results.length,
  issued: count(results, 'issued'),
  rejected: count(results, 'rejected'),
  pending: count(results, 'pending'),
})

/** What was issued is in results.csv, or else here. */
function linesOf(results: readonly Result[], { isListed }: { isListed: boolean }): string[] {
  const { submitted, issued, rejected, pending } = sumOf(results)
  const before = results.filter((result) => result.before).length
  return [
    `${submitted} rows: ${issued} issued, ${rejected} rejected, ${pending} pending`,
    ...(before > 0 ? [`  ${before} of them were issued before: nothing new was issued for those`] : []),
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

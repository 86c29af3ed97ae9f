import type { Command } from 'commander'
import { type Asker, askAs } from '../ask-as.ts'
import { CommandFailure, exitCodes, usageFailure } from '../failure.ts'
import { isObject, textAt } from '../json.ts'
import { plain } from '../output.ts'
import type { Surroundings } from '../surroundings.ts'

interface Listing extends Asker {
  askedBy?: string
  limit?: string
  page?: string
}

interface Choosing extends Asker {
  all?: boolean
  askedBy?: string
}

type Row = Record<string, unknown>
/** Asks for the owner whose actions wait. */
type Ask = (method: 'GET' | 'POST', path: string, body?: object) => Promise<Row>

/** The registry takes so many in one step, and lists so many on one page. */
const MOST_AT_ONCE = 50
const MOST_PER_PAGE = 100

const allOption = ['--all', 'all waiting actions, or with --asked-by those of that member'] as const
const askedByOption = ['--asked-by <subject>', 'with --all: only what this member asked for'] as const

export function addWaiting(program: Command, surroundings: Surroundings): void {
  const waiting = program
    .command('waiting')
    .description('List, approve or reject actions that wait for a second person')
    .addHelpText(
      'after',
      `
Examples:
  $ sijil waiting list --issuer demo-ph-tesda
  $ sijil waiting approve --issuer demo-ph-tesda --client an-approver ID
  $ sijil waiting approve --issuer demo-ph-tesda --client an-approver --all --asked-by a-clerk
  $ sijil waiting reject --issuer demo-ph-tesda --client an-approver --all --asked-by a-thief --why "not ours"`,
    )
  addListing(waiting, surroundings)
  addApproval(waiting, surroundings)
  addRejection(waiting, surroundings)
  for (const command of waiting.commands)
    command
      .requiredOption('--issuer <id>', 'the body or authority in whose name the actions were asked for')
      .option('--client <id>', 'the member who asks, with the role approve (default: the issuer itself)')
      .option('--token <token>', 'an access token; SIJIL_TOKEN keeps it out of the process list')
      .option('--json', 'answer in JSON')
}

/** The issuer itself asked for what waits. Another client is one who may approve. */
const askFor =
  (asker: Asker, { settings: read, retry }: Surroundings): Ask =>
  async (method, path, body) => {
    const scope = asker.client === undefined ? 'credentials:status' : 'registry:approve'
    const answer = await askAs(
      asker,
      { method, path: `/proposals${path}`, scope, ...(body && { body }) },
      { settings: read(), retry },
    )
    if (!isObject(answer)) throw notAList()
    return answer
  }

function addListing(waiting: Command, surroundings: Surroundings): void {
  const { output } = surroundings
  waiting
    .command('list')
    .description('List what was asked for and what became of it, newest first')
    .option('--asked-by <subject>', 'only what this member asked for and nobody has decided')
    .option('--limit <number>', 'actions per page, 1 to 100')
    .option('--page <token>', 'the next page: the "next" of the previous page')
    .action(async ({ askedBy, limit, page, ...asker }: Listing) => {
      const query = new URLSearchParams({ ...(askedBy && { askedBy }), ...(limit && { limit }), ...(page && { page }) })
      const answer = await askFor(asker, surroundings)('GET', query.size > 0 ? `?${query}` : '')
      const rows = rowsIn(answer, 'proposals')
      output.answer(answer, [
        ...openLines(answer),
        ...(rows.length > 0 ? rows.map(actionLine) : ['nothing is waiting']),
      ])
      const next = textAt(answer, 'next')
      // It becomes part of a line that somebody may paste into a shell.
      if (next !== undefined && /^[\w.-]+$/.test(next))
        output.notice(`There are more: the same command with --page ${next}`)
    })
}

function addApproval(waiting: Command, surroundings: Surroundings): void {
  const { output, setExitCode } = surroundings
  waiting
    .command('approve')
    .description('Release actions that another member asked for; needs a person who has just signed in')
    .argument('[ids...]', 'the ids of the actions')
    .option(...allOption)
    .option(...askedByOption)
    .action(async (ids: string[], { all, askedBy, ...asker }: Choosing) => {
      const ask = askFor(asker, surroundings)
      const chosen = await chosenIds(ids, { all, askedBy }, ask)
      const released: Row[] = []
      for (let at = 0; at < chosen.length; at += MOST_AT_ONCE)
        released.push(
          ...rowsIn(await ask('POST', '/approve', { ids: chosen.slice(at, at + MOST_AT_ONCE) }), 'proposals'),
        )
      const refused = released.filter((row) => textAt(row, 'refused') !== undefined)
      output.answer({ proposals: released }, [
        ...released.map(releasedLine),
        `${released.length - refused.length} released, ${refused.length} refused`,
      ])
      if (refused.length > 0) setExitCode(exitCodes.refused)
    })
}

function addRejection(waiting: Command, surroundings: Surroundings): void {
  waiting
    .command('reject')
    .description('Reject waiting actions; no certificate is changed')
    .argument('[ids...]', 'the ids of the actions')
    .option(...allOption)
    .option(...askedByOption)
    .option('--why <text>', 'shown to the member who asked')
    .action(async (ids: string[], { all, askedBy, why, ...asker }: Choosing & { why?: string }) => {
      const ask = askFor(asker, surroundings)
      const chosen = (await chosenIds(ids, { all, askedBy }, ask)).map(parseAction)
      const rejected: Row[] = []
      // Sent again it goes on where it stopped: what was rejected stays so.
      for (const id of chosen) rejected.push(await ask('POST', `/${id}/reject`, why ? { why } : {}))
      surroundings.output.answer({ proposals: rejected }, [
        ...rejected.map((row) => `rejected: ${textOf(row, 'id')}`),
        `${rejected.length} rejected`,
      ])
    })
}

async function chosenIds(
  ids: string[],
  { all = false, askedBy }: Pick<Choosing, 'all' | 'askedBy'>,
  ask: Ask,
): Promise<string[]> {
  if (all === ids.length > 0) throw usageFailure('Give ids, or --all')
  if (askedBy !== undefined && !all) throw usageFailure('--asked-by needs --all')
  return all ? openIds(ask, askedBy) : ids
}

/** Member by member: a long list of one does not keep those of others from being found. */
async function openIds(ask: Ask, askedBy: string | undefined): Promise<string[]> {
  const members =
    askedBy === undefined
      ? rowsIn(await ask('GET', '?limit=1'), 'waitingBy').flatMap((row) => textAt(row, 'askedBy') ?? [])
      : [askedBy]
  const ids: string[] = []
  for (const member of members) {
    let page: string | undefined
    do {
      const query = new URLSearchParams({ askedBy: member, limit: String(MOST_PER_PAGE), ...(page && { page }) })
      const answer = await ask('GET', `?${query}`)
      ids.push(...rowsIn(answer, 'proposals').flatMap((row) => textAt(row, 'id') ?? []))
      page = textAt(answer, 'next')
    } while (page !== undefined)
  }
  return ids
}

function rowsIn(answer: Row, name: string): Row[] {
  const rows = answer[name]
  if (!Array.isArray(rows) || !rows.every(isObject)) throw notAList()
  return rows
}

const notAList = () => new CommandFailure('unexpected', { title: 'The registry did not answer with waiting actions' })

/** Only the first page says it. */
const openLines = (answer: Row): string[] =>
  answer.waitingBy === undefined
    ? []
    : rowsIn(answer, 'waitingBy').map(
        (row) =>
          `${row.atLeast === true ? 'at least ' : ''}${Number(row.open)} open, asked for by ${textOf(row, 'askedBy')}`,
      )

const textOf = (row: Row, name: string): string => plain(textAt(row, name) ?? `(no ${name})`)

const actionLine = (row: Row): string =>
  ['id', 'state', 'kind', 'certificate', 'askedBy', 'askedAt'].map((name) => textOf(row, name)).join('  ')

function releasedLine(row: Row): string {
  if (textAt(row, 'refused') !== undefined) return `refused: ${textOf(row, 'id')}  ${textOf(row, 'detail')}`
  const goesOn = textAt(row, 'state') === 'approved' ? '  (send the same request again to issue it)' : ''
  return `released: ${textOf(row, 'id')}  ${textOf(row, 'kind')}  ${textOf(row, 'certificate')}${goesOn}`
}

/** It becomes a part of a path. */
function parseAction(text: string): string {
  if (/^[\w-]{1,100}$/.test(text)) return text
  throw usageFailure('This is not the id of an action', '`sijil waiting list` shows the ids.')
}

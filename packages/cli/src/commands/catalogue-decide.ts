import type { Command } from 'commander'
import { type Asker, askAs } from '../ask-as.ts'
import { differenceLines, differencesOfEdition, differencesOfQualification } from '../catalogue-statements.ts'
import { confirm } from '../confirm.ts'
import { CommandFailure, usageFailure } from '../failure.ts'
import { isObject, textAt } from '../json.ts'
import { plain } from '../output.ts'
import { recordLines } from '../record-lines.ts'
import { findStated } from '../stated-record.ts'
import type { Surroundings } from '../surroundings.ts'

type Row = Record<string, unknown>

/** What each proposal does, in the words of the lines that are shown. */
const verbs: Readonly<Record<string, string>> = {
  'state-qualification': 'states the qualification',
  'state-edition': 'states an edition of the qualification',
  'retire-qualification': 'ends all awards of the qualification',
  'state-framework': 'states the framework',
  'state-referencing': 'states a referencing report of the framework',
  'confirm-levels': 'confirms the AQRF levels of the framework',
  'place-edition': 'places an edition of the qualification',
  'end-placement': 'ends a placement of the qualification',
  'describe-body': 'describes the body',
  'describe-state': 'describes the state',
  'assign-record': 'assigns the record to an owner',
}

const PER_PAGE = '100'

export function addDecisionVerbs(catalogue: Command, surroundings: Surroundings): void {
  const { output } = surroundings
  const commands = [
    catalogue
      .command('proposals')
      .description('List proposals about the catalogue and what became of them, newest first')
      .option('--page <token>', 'the next page: the "next" of the previous page')
      .action(async ({ page, ...asker }: Asker & { page?: string }) => {
        const answer = await pageOf(page, askFor(asker, 'registry:propose', surroundings))
        const rows = answer.proposals.filter(isOfCatalogue)
        output.answer({ ...answer, proposals: rows }, rows.length > 0 ? rows.map(proposalLine) : ['none'])
        if (answer.next !== undefined && /^[\w.-]+$/.test(answer.next))
          output.notice(`There are more: the same command with --page ${answer.next}`)
      }),
    catalogue
      .command('approve')
      .description('Approve what another officer proposed; needs a person who has just signed in')
      .argument('<id>', 'the id of the proposal')
      .option('--hash <hash>', 'refuse unless the proposal has this hash, as `propose` printed it')
      .option('--yes', 'do not ask: you have read what is proposed')
      .action(async (id: string, { hash: expected, yes, ...asker }: Asker & { hash?: string; yes?: true }) => {
        const ask = askFor(asker, 'registry:approve', surroundings)
        const proposal = await findProposal(parseProposal(id), ask)
        if (!output.json) {
          const differing = await differingLines(changeOf(proposal), surroundings)
          for (const line of [...differing, ...shownLines(proposal)]) output.notice(line)
        }
        const hash = textAt(proposal, 'hash') ?? ''
        if (expected !== undefined && expected !== hash)
          throw new CommandFailure('refused', {
            title: 'Nothing was approved, because the proposal has another hash',
            detail: 'Ask the officer who proposed it for its id and hash.',
          })
        if (!yes) await confirm('Approve this?', 'Nothing was approved', surroundings)
        const answer = await ask('POST', `/${id}/approve`, { hash })
        output.answer(answer, [`approved: ${proposalLine(answer)}`])
      }),
    catalogue
      .command('reject')
      .description('Reject a proposal; nothing is changed')
      .argument('<id>', 'the id of the proposal')
      .option('--why <text>', 'shown to the officer who proposed it')
      .action(async (id: string, { why, ...asker }: Asker & { why?: string }) => {
        const ask = askFor(asker, 'registry:approve', surroundings)
        await findProposal(parseProposal(id), ask)
        const answer = await ask('POST', `/${id}/reject`, why === undefined ? {} : { why })
        output.answer(answer, [`rejected: ${proposalLine(answer)}`])
      }),
  ]
  for (const command of commands)
    command
      .requiredOption('--issuer <id>', 'the body or authority that the proposals belong to')
      .option('--client <id>', 'the officer who asks (default: the body or authority itself)')
      .option('--token <token>', 'an access token; SIJIL_TOKEN keeps it out of the process list')
}

type Ask = (method: 'GET' | 'POST', path: string, body?: object) => Promise<Row>

const askFor =
  (asker: Asker, scope: 'registry:propose' | 'registry:approve', { settings: read, retry }: Surroundings): Ask =>
  async (method, path, body) => {
    const request = { method, path: `/qualifications/proposals${path}`, scope, ...(body && { body }) }
    const answer = await askAs(asker, request, { settings: read(), retry })
    if (!isObject(answer)) throw notProposals()
    return answer
  }

async function pageOf(page: string | undefined, ask: Ask): Promise<{ proposals: Row[]; next?: string }> {
  const query = new URLSearchParams({ limit: PER_PAGE, ...(page !== undefined && { page }) })
  const answer = await ask('GET', `?${query}`)
  const { proposals } = answer
  if (!Array.isArray(proposals) || !proposals.every(isObject)) throw notProposals()
  const next = textAt(answer, 'next')
  return { proposals, ...(next !== undefined && { next }) }
}

/** Other decisions of an authority are in the same list. They need more to be seen than a line of text, so they are not decided here. */
async function findProposal(id: string, ask: Ask): Promise<Row> {
  let page: string | undefined
  do {
    const { proposals, next } = await pageOf(page, ask)
    const found = proposals.find((row) => textAt(row, 'id') === id)
    if (found !== undefined && isOfCatalogue(found)) return found
    if (found !== undefined)
      throw usageFailure(
        'This proposal is not about the catalogue',
        'Decide it at the desk, where its effects are shown.',
      )
    page = next
  } while (page !== undefined)
  throw new CommandFailure('refused', {
    title: 'There is no such proposal',
    detail: '`sijil catalogue proposals` shows the ids. A new one can be missing for some seconds: try again.',
  })
}

const changeOf = ({ change }: Row): Row => (isObject(change) ? change : {})

const isOfCatalogue = (row: Row): boolean => Object.hasOwn(verbs, textAt(changeOf(row), 'verb') ?? '')

function proposalLine(row: Row): string {
  const change = changeOf(row)
  const about = textAt(change, 'qualification') ?? textAt(change, 'framework') ?? textAt(change, 'record')
  return [textAt(row, 'id'), textAt(row, 'state'), textAt(change, 'verb'), about, textAt(row, 'proposedAt')]
    .map((text) => plain(text ?? '(not stated)'))
    .join('  ')
}

/** What differs from the record comes first, so that no change of one unit among many is overlooked. */
async function differingLines(change: Row, surroundings: Surroundings): Promise<string[]> {
  const { qualification, statement, edition } = change
  if (typeof qualification !== 'string' || (!isObject(statement) && !isObject(edition))) return []
  const stated = await findStated(qualification, surroundings)
  if (stated === undefined) return ['No owner has stated this qualification before.']
  const found = isObject(statement)
    ? differencesOfQualification({ ...statement, edition }, stated)
    : isObject(edition)
      ? differencesOfEdition(edition, stated)
      : []
  return ['What differs from the record:', ...(found.length > 0 ? differenceLines(found) : ['nothing'])]
}

/** Everything that is proposed, a member a line. */
function shownLines(row: Row): string[] {
  const { verb, version: _, ...members } = changeOf(row)
  return [`This proposal ${verbs[String(verb)] ?? ''}:`, ...recordLines(spoken(members), '  ')]
}

/** An unknown AQRF level is null. Lines leave out null, so it gets words. */
function spoken(value: Row): Row {
  return JSON.parse(JSON.stringify(value, (_, member: unknown) => (member === null ? 'not known' : member)))
}

const notProposals = () => new CommandFailure('unexpected', { title: 'The registry did not answer with proposals' })

/** It becomes a part of a path. */
function parseProposal(text: string): string {
  if (/^[\w-]{1,100}$/.test(text)) return text
  throw usageFailure('This is not the id of a proposal', '`sijil catalogue proposals` shows the ids.')
}

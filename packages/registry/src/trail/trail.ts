import { UPLOAD_DAYS } from '../artefacts.ts'
import { openPairs } from '../certificates/status-pair.ts'
import { DAY_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { type Commit, type CommitReader, type IndexKey, pagesOf } from '../stream.ts'
import { membersHistory, requireMember } from '../trust/members.ts'
import { entriesOf, type TrailEntry } from './entries.ts'
import { periodOf } from './periods.ts'

/** A question about the trail. `period`: a month or a day. `after`: the `next` of the page before. */
export interface TrailQuestion {
  body: string
  subject: string
  period: string
  limit: number
  after?: string
}

const noSuchPeriod = () =>
  new RegistryError('validation-failed', 'this is no month and no day', {
    faults: [{ pointer: '/period', detail: 'must be a month, such as 2026-03, or a day, such as 2026-03-02' }],
  })

/**
 * What the members of a body did in a month or on a day, newest first, for its members with the role `read`. It merges the lists that exist
 * already, each read page by page, so the work follows what is shown and not what the body ever did.
 */
export async function listTrail(
  { body, subject, period, limit, after }: TrailQuestion,
  { reader }: { reader: CommitReader },
): Promise<{ entries: TrailEntry[]; next?: string }> {
  await requireMember({ owner: body, subject, role: 'read' }, { reader })
  const range = periodOf(period)
  if (range === undefined) throw noSuchPeriod()
  const from = after === undefined ? undefined : placeIn(after)
  const until = from === undefined ? range.until : from.slice(0, from.indexOf('#'))
  const sources = await sourcesOf(body, { since: range.since, until, limit }, reader)
  const commits: Commit<unknown>[] = []
  for await (const commit of merged(sources)) {
    if (from !== undefined && placeOf(commit) >= from) continue
    commits.push(commit)
    if (commits.length > limit) break
  }
  const shown = commits.slice(0, limit)
  const last = shown.at(-1)
  return {
    entries: shown.flatMap((commit) => entriesOf(commit, body).reverse()),
    ...(commits.length > limit && last && { next: placeOf(last) }),
  }
}

/** Acts that one file of an export may hold. A longer period is refused, and never cut. */
export const MOST_EXPORTED = 5_000

/** The whole trail of a period, for an export. Throws `validation-failed` if it is too long for one file. */
export async function exportTrail(
  question: Omit<TrailQuestion, 'limit' | 'after'>,
  deps: { reader: CommitReader },
): Promise<TrailEntry[]> {
  const { entries, next } = await listTrail({ ...question, limit: MOST_EXPORTED }, deps)
  if (next === undefined) return entries
  throw new RegistryError('validation-failed', `there are more than ${MOST_EXPORTED} acts: export single days`, {
    faults: [{ pointer: '/period', detail: 'is too long for one file: choose a day', reason: 'too-many' }],
  })
}

type Source = AsyncGenerator<Commit<unknown>>
interface Range {
  since: string
  until: string
  limit: number
}

/** Commits that one page of an index brings. */
const MOST_PER_PAGE = 200

async function sourcesOf(body: string, range: Range, reader: CommitReader): Promise<Source[]> {
  const pairs = (await openPairs(body, reader)).flatMap(({ events }) => events.map(({ pair }) => pair))
  const indexes: IndexKey[] = [
    `CERTIFICATES#${body}`,
    ...pairs.map((pair) => `STATUS#${pair}` as const),
    `PROPOSALS#${body}`,
    `WAITING#${body}`,
    `OPENINGS#${body}`,
    `TRAIL#${body}`,
  ]
  return [
    ...indexes.map((index) => indexed(index, range, reader)),
    members(body, range, reader),
    batches(body, range, reader),
  ]
}

async function* indexed(index: IndexKey, { since, until, limit }: Range, reader: CommitReader): Source {
  const query = { since, until, newestFirst: true, limit: Math.min(limit + 1, MOST_PER_PAGE) }
  for await (const page of pagesOf<unknown>(reader, index, query)) yield* page
}

/** Changes of members are in one short stream, and indexed by the member and not by the body. */
async function* members(body: string, { since, until }: Range, reader: CommitReader): Source {
  const commits = await membersHistory(body, reader)
  for (const commit of commits.toReversed()) if (commit.recordedAt >= since && commit.recordedAt <= until) yield commit
}

/**
 * What was done about batches. Only their first commits are indexed. The rows of a batch end with the bucket of uploads, so nothing is
 * decided about an older one. A body has few batches in a month.
 */
async function* batches(body: string, { since, until }: Range, reader: CommitReader): Source {
  const from = new Date(Date.parse(since) - (UPLOAD_DAYS + 1) * DAY_MS).toISOString()
  const found: Commit<unknown>[] = []
  for await (const page of pagesOf(reader, `BATCHES#${body}`, { since: from, until, newestFirst: true, limit: 100 }))
    for (const { stream } of page) found.push(...(await reader.read<unknown>(stream)))
  const inRange = found.filter(({ recordedAt }) => recordedAt >= since && recordedAt <= until)
  yield* inRange.sort((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1))
}

/** The commits of all sources, newest first. Each source has its newest first. */
async function* merged(sources: readonly Source[]): Source {
  const heads = await Promise.all(sources.map(async (source) => ({ source, head: await source.next() })))
  for (;;) {
    let newest: (typeof heads)[number] | undefined
    for (const each of heads)
      if (!each.head.done && (newest === undefined || placeOf(each.head.value) > placeOf(newest.head.value)))
        newest = each
    if (newest === undefined) return
    yield newest.head.value
    newest.head = await newest.source.next()
  }
}

const placeOf = ({ recordedAt, stream, number }: Commit<unknown>): string =>
  `${recordedAt}#${stream}#${String(number).padStart(12, '0')}`

const PLACE = /^\d{4}-[^#]+Z#[^#]+#\d{12}$/

function placeIn(after: string): string {
  if (!PLACE.test(after)) throw new RegistryError('no-such-page', 'This page does not exist.')
  return after
}

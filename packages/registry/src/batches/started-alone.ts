import { DAY_MS } from '../clocks.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { batchAsksForSecond } from '../trust/body-policy.ts'

interface Started {
  batch: string
  rows: number
  at: string
}

/** Each event repeats those of the day before it, so the last event alone gives the count. */
interface StartedAlone {
  type: 'started-alone'
  batch: string
  rows: number
  before: readonly Started[]
}

interface Start {
  body: string
  batch: string
  rows: number
}

interface Deps {
  store: CommitReader
  now: Date
}

/**
 * Whether a batch needs a second officer. The certificates of all batches count that the body started within a day without one, so that
 * many small batches are not one large batch that nobody else saw.
 */
export async function isSecondAsked(start: Start, deps: Deps): Promise<boolean> {
  return asks(start, await dayOf(start.body, deps), deps)
}

const asks = ({ body, batch, rows }: Start, { before }: Day, deps: Deps): Promise<boolean> => {
  const others = before.filter((started) => started.batch !== batch)
  return batchAsksForSecond({ body, rows: others.reduce((sum, { rows: some }) => sum + some, rows) }, deps)
}

/**
 * Counts the batch among those that were started alone. Answers `false` if it needs a second officer. It is recorded before the start, on
 * condition of the next number, so of two batches started at once only one takes what is left. A retry counts once.
 */
export async function startAlone(
  start: Start,
  actor: string,
  deps: { store: CommitStore; now: Date },
): Promise<boolean> {
  const day = await dayOf(start.body, deps)
  if (await asks(start, day, deps)) return false
  const { body, batch, rows } = start
  if (day.before.some((started) => started.batch === batch && started.rows === rows)) return true
  const event: StartedAlone = { type: 'started-alone', batch, rows, before: day.before }
  const before = day.last === undefined ? [] : [day.last]
  await deps.store.append(nextCommit(streams.batchStarts(body), before, { events: [event], actor, now: deps.now }))
  return true
}

interface Day {
  last: Commit<StartedAlone> | undefined
  before: readonly Started[]
}

async function dayOf(body: string, { store, now }: Deps): Promise<Day> {
  const last = await store.latest<StartedAlone>(streams.batchStarts(body))
  const [event] = last?.events ?? []
  const since = new Date(now.getTime() - DAY_MS).toISOString()
  const known = last && event ? [...event.before, { batch: event.batch, rows: event.rows, at: last.recordedAt }] : []
  return { last, before: known.filter(({ at }) => at > since) }
}

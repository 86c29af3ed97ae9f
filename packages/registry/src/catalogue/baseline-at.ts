import type { Commit } from '../stream.ts'
import type { BaselineStated } from './events.ts'

interface Question {
  recorded: string
  /** As in `CatalogueQuestion`. No owner states the baseline. */
  seen?: { at: string }
}

type Events<R> = BaselineStated<R> | { type: Exclude<string, 'baseline-stated'> }

const isBaseline = <R>(event: Events<R>): event is BaselineStated<R> => event.type === 'baseline-stated'

/**
 * What the baseline says about a record. The version that was loaded first counts at every moment. A later one corrects what was read, so
 * it counts for every day, from the moment on at which it was recorded. Undefined: the baseline has no such record.
 */
export const baselineAt = <R extends object>(
  commits: readonly Pick<Commit<object>, 'events' | 'recordedAt'>[],
  question: Question,
): R | undefined => baselineEventAt<R>(commits, question)?.record

/** The same, with the version and the day on which its sources were read. */
export function baselineEventAt<R extends object>(
  commits: readonly Pick<Commit<object>, 'events' | 'recordedAt'>[],
  { recorded, seen }: Question,
): BaselineStated<R> | undefined {
  let known: BaselineStated<R> | undefined
  for (const { events, recordedAt } of commits) {
    const isKnown = recordedAt <= recorded && (seen === undefined || recordedAt <= seen.at)
    for (const event of events as readonly Events<R>[])
      if (isBaseline(event) && (isKnown || event.always)) known = event
  }
  return known
}

/** The commits of the baseline alone, without what owners stated. */
export const baselineOnly = <C extends Pick<Commit<object>, 'events'>>(commits: readonly C[]): readonly C[] =>
  commits.filter(({ events }) => (events as readonly Events<object>[]).some(isBaseline))

import { type Answer, EdgeError } from '@sijil/http'
import { futurePage, type PageContext } from '@sijil/web'
import { page } from './parts.ts'

interface FutureQuestion {
  wants: 'json' | 'html'
  now: Date
  path: string
  qualification?: string | undefined
  pointer?: '/as-of' | '/on'
}

/** Whether a day has not come, in UTC. */
export const isFuture = (day: string | undefined, now: Date): boolean =>
  day !== undefined && day > now.toISOString().slice(0, 10)

/** Refuses a question about a day that has not come, because no record says what will hold. The words name today's date in UTC. */
export function refuseFuture(
  { wants, now, path, qualification, pointer = '/as-of' }: FutureQuestion,
  context: PageContext,
): Answer {
  const date = now.toISOString().slice(0, 10)
  const today = qualification === undefined ? path : `${path}?${new URLSearchParams({ qualification })}`
  if (wants === 'html') return page(futurePage({ date, today }, context), 400)
  throw new EdgeError('malformed-request', `There is no record of a future day. In UTC, today is ${date}.`, {
    faults: [{ pointer, detail: `must not be later than ${date}` }],
  })
}

import { csvOf } from '@sijil/credentials/csv'
import { type Answer, createPageToken, readPage, route, type SignedIn } from '@sijil/http'
import { exportTrail, type TrailEntry } from '@sijil/registry/trail'
import { monthOf, requireMemberAt, trailView } from '@sijil/views/desk'
import { deskPathOf, type TrailValues, trailPage } from '@sijil/web'
import { type DeskRequest, deskContext, orReturned } from '../desk/parts.ts'
import { page } from '../pages/parts.ts'
import type { OfficeParts } from './parts.ts'

type OfBody = { issuer: string }
type Asked = DeskRequest & { params: OfBody }

const columns = [
  'at',
  'act',
  'actor',
  'by',
  'certificate',
  'record',
  'detail',
  'member',
] as const satisfies readonly (keyof TrailEntry)[]

/** What the members of a body did: a page, and its export. All of it is for members with the role `read`. */
export const trailAnswers = (parts: Pick<OfficeParts, 'store' | 'policy' | 'clock' | 'baseUrl'>) => {
  const deps = () => ({ store: parts.store, policy: parts.policy, now: parts.clock() })
  const periodIn = ({ query }: Asked) => query.period ?? monthOf(parts.clock())

  const shown = async (asked: Asked): Promise<string> => {
    const { issuer } = asked.params
    const { subject } = asked.caller
    const period = periodIn(asked)
    const office = await requireMemberAt(issuer, subject, deps())
    const question = { index: `TRAIL#${issuer}`, filters: { period } }
    const { values, next } = await trailView(office, { subject, period, ...readPage(asked.query, question) }, deps())
    const more = next && { next: createPageToken(next, question) }
    return trailPage({ ...values, ...more }, contextOf(asked))
  }
  const contextOf = (asked: Asked) => deskContext(asked, deskPathOf('issuers', asked.params.issuer, 'trail'), parts)

  /** The same page without entries, for a period that cannot be shown or exported. */
  const returned = async (asked: Asked, problem: TrailValues['problem']): Promise<string> => {
    const { authority } = await requireMemberAt(asked.params.issuer, asked.caller.subject, deps())
    const body = { id: authority.id, name: authority.identity.name }
    return trailPage(
      { body, period: periodIn(asked).slice(0, 10), entries: [], ...(problem && { problem }) },
      contextOf(asked),
    )
  }

  const exported = (
    asked: Asked,
    kind: 'csv' | 'json',
    fileOf: (entries: TrailEntry[], period: string) => string,
    type: string,
  ) =>
    orReturned(
      async (): Promise<Answer> => {
        const { issuer } = asked.params
        const period = periodIn(asked)
        await requireMemberAt(issuer, asked.caller.subject, deps())
        const entries = await exportTrail(
          { body: issuer, subject: asked.caller.subject, period },
          { reader: parts.store },
        )
        const headers = { 'content-disposition': `attachment; filename="trail-${issuer}-${period}.${kind}"` }
        return { status: 200, body: fileOf(entries, period), type, headers }
      },
      (problem) => returned(asked, problem),
      { ...parts, wants: asked.wants },
    )

  return {
    'GET /desk/issuers/{issuer}/trail': route<OfBody, SignedIn>({
      answer: (asked) =>
        orReturned(
          async () => page(await shown(asked)),
          (problem) => returned(asked, problem),
          { ...parts, wants: asked.wants },
        ),
    }),
    'GET /desk/issuers/{issuer}/trail.csv': route<OfBody, SignedIn>({
      answer: (asked) =>
        exported(
          { ...asked, wants: 'html' },
          'csv',
          (entries) =>
            `\ufeff${csvOf(
              columns,
              entries.map((entry) => columns.map((column) => entry[column] ?? '')),
            )}`,
          'text/csv; charset=utf-8; header=present',
        ),
    }),
    'GET /desk/issuers/{issuer}/trail.json': route<OfBody, SignedIn>({
      answer: (asked) =>
        exported(
          { ...asked, wants: 'html' },
          'json',
          (entries, period) => JSON.stringify({ body: asked.params.issuer, period, entries }),
          'application/json',
        ),
    }),
  }
}

import { type Answer, parseInput, type SignInPolicy } from '@sijil/http'
import type { DeskSessions } from '@sijil/http/sessions'
import type { BoxReader, CommitStore, NoteOpener, NoteSealer, Patience, SecretReader } from '@sijil/registry'
import type { StatusChanged } from '@sijil/registry/status'
import type { TrustPolicy } from '@sijil/registry/trust'
import type { CatalogueDeps } from '@sijil/views/desk'
import { type CertificateValues, type DeskProblem, isDoneWord, type KeepingVerb, type StatusVerb } from '@sijil/web'
import type { $ZodType } from 'zod/v4/core'
import { type DeskRequest, orReturned, seeOther } from '../desk/parts.ts'
import { textsIn } from '../desk/reason-input.ts'
import { page } from '../pages/parts.ts'

export interface OfficeParts {
  store: CommitStore
  secrets: SecretReader
  boxes: BoxReader
  /** Seals orders for the function that signs. */
  orders: NoteSealer
  /** All qualifications, as indexes show them now. */
  qualifications: CatalogueDeps['qualifications']
  newId: () => string
  sealer: NoteSealer
  notes: NoteOpener
  policy: TrustPolicy
  /** The sign-ins that suffice to approve. */
  approving: SignInPolicy
  baseUrl: string
  patience: Patience
  clock: () => Date
  sessions: Pick<DeskSessions, 'kept'>
}

export type Form = Readonly<Record<string, unknown>>
type Returned = NonNullable<CertificateValues['returned']>

const typedIn = (form: Form) => textsIn(form, ['reason', 'note', 'sure'])

/** Reads a form by a schema of the API. A field that stays empty is left out. */
export const inputOf = <Input>(schema: $ZodType<Input>, { sure: _, ...form }: Form): Input =>
  parseInput(schema, Object.fromEntries(Object.entries(form).filter(([, value]) => value !== '')))

/**
 * Changes the state of a certificate, as a form of its page asks. Afterwards the page says what was done, or that it waits for a second
 * person.
 */
export const changed = (
  asked: DeskRequest & { verb: StatusVerb | KeepingVerb; path: string; form: Form },
  change: () => Promise<Pick<StatusChanged, 'waits'>>,
  shown: (returned: Returned) => Promise<string>,
  parts: OfficeParts,
): Promise<Answer> =>
  orReturned(
    async () => {
      const { waits } = await change()
      return seeOther(asked.path, asked, { done: waits === undefined ? asked.verb : waitsAs(asked.verb) })
    },
    (problem: DeskProblem) => shown({ verb: asked.verb, problem, typed: typedIn(asked.form) }),
    { ...parts, wants: asked.wants },
  )

/** Two people always decide these. Of the others, those beyond the limit of an hour. */
const waitsAs = (verb: StatusVerb | KeepingVerb) => (verb === 'erase' || verb === 'lift-hold' ? 'asked' : 'waits')

/** The page of a certificate, with what was done before, and with a form that came after its session had ended. */
export async function certificateAnswer(
  asked: DeskRequest,
  path: string,
  shown: (more: Pick<CertificateValues, 'returned' | 'done'>) => Promise<string>,
  parts: OfficeParts,
): Promise<Answer> {
  const kept = await keptForm(asked, path, parts)
  const answer = page(await shown({ ...doneIn(asked), ...(kept && { returned: kept }) }))
  return kept === undefined ? answer : { ...answer, cookies: [parts.sessions.kept.forget()] }
}

/** What a page says after a change. A text that is none of these says nothing. */
const doneIn = ({ query }: DeskRequest): Pick<CertificateValues, 'done'> =>
  query.done !== undefined && isDoneWord(query.done) ? { done: query.done } : {}

/** A form of the page that came after its session had ended. It is shown once, for a new press. */
async function keptForm(
  { cookies = [], caller }: DeskRequest,
  path: string,
  { sessions, clock }: OfficeParts,
): Promise<Returned | undefined> {
  for (const verb of ['suspend', 'reinstate', 'revoke', 'erase', 'hold', 'lift-hold'] as const) {
    const found = await sessions.kept.find(cookies, { subject: caller.subject, path: `${path}/${verb}` }, clock())
    if (found !== undefined) return { verb, typed: typedIn(found) }
  }
  return undefined
}

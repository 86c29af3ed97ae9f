import { type Answer, FORM_TOKEN, type ProblemBody, problemOf, type Request, type SignedIn } from '@sijil/http'
import { RegistryError, type RegistryErrorCode } from '@sijil/registry'
import { type Entity, entityAt, type Role, requireOfficer, trustOf } from '@sijil/registry/trust'
import type { DeskContext, DeskProblem, Named } from '@sijil/web'
import type { DecisionParts } from '../deciding.ts'
import { contextOf, page } from '../pages/parts.ts'

export type DeskParts = DecisionParts

type Query = Readonly<Record<string, string>>
/** A request of somebody who is signed in. */
export type DeskRequest = Pick<Request<unknown, SignedIn, unknown, Query>, 'language' | 'query' | 'wants' | 'caller'>

export const deskContext = (asked: DeskRequest, path: string, parts: DeskParts): DeskContext => ({
  ...contextOf(asked, path, parts),
  officer: asked.caller.subject,
  formToken: { name: FORM_TOKEN, value: asked.caller.formToken },
})

/** After a POST, so that loading the page again sends nothing again. It keeps the language that was chosen. */
export const seeOther = (path: string, { language, query }: Pick<DeskRequest, 'language' | 'query'>): Answer => ({
  status: 303,
  headers: { location: query.lang === undefined ? path : `${path}?lang=${language}` },
})

const now = ({ clock }: DeskParts) => clock().toISOString()

export async function findEntity(id: string, parts: DeskParts): Promise<Entity | undefined> {
  return entityAt(id, await trustOf(parts.store)(id), now(parts))
}

/** With its registered name and its state; where there is none, by its id. */
export async function namedOf(id: string, parts: DeskParts): Promise<Named> {
  const entity = await findEntity(id, parts)
  return entity === undefined ? { id, name: id } : namedEntity(entity)
}

export interface Office {
  authority: Entity
  roles: readonly Role[]
}

/** In whose name somebody works. For whoever is no officer of it, it does not exist (I36). */
export async function requireOffice(authority: string, { subject }: SignedIn, parts: DeskParts): Promise<Office> {
  const roles = await requireOfficer({ owner: authority, subject }, { reader: parts.store })
  const entity = await findEntity(authority, parts)
  if (entity === undefined) throw new RegistryError('not-found', 'no such issuer')
  return { authority: entity, roles }
}

export const namedEntity = ({ id, identity }: Entity): Named => ({ id, name: identity.name, state: identity.state })

/** These are answered by the page itself, with what was typed; every other problem has a page of its own. */
const mendable: readonly RegistryErrorCode[] = ['validation-failed', 'conflict', 'write-conflict']

/** Does what a form asks; what can be mended comes back as the same page, with the problem on top. */
export async function orReturned(
  work: () => Promise<Answer>,
  returned: (problem: DeskProblem) => Promise<string>,
  { baseUrl, codes = mendable }: Pick<DeskParts, 'baseUrl'> & { codes?: readonly RegistryErrorCode[] },
): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof RegistryError) || !codes.includes(error.code)) throw error
    const { body } = problemOf(error, { baseUrl, requestId: '' })
    return page(await returned(problemFrom(body)), body.status)
  }
}

export const problemFrom = ({ type, detail, errors }: ProblemBody): DeskProblem => ({
  code: type.slice(type.lastIndexOf('/') + 1),
  ...(detail && { detail }),
  ...(errors && { faults: errors }),
})

import { baselineCatalogue, type QualificationHistory } from '@sijil/registry/catalogue'
import {
  accreditationStatus,
  type ChainLink,
  entityAt,
  type IssuerAnswer,
  placeOf,
  type Right,
  rights,
  siteOf,
} from '@sijil/registry/trust'
import {
  countingList,
  echoOf,
  isRegistry,
  type Moments,
  ownId,
  qualificationAsked,
  type TrqpDeps,
  type TrqpQuestion,
} from './question.ts'
import { findNotServed, type NotServed } from './served-authority.ts'

interface Authorization {
  authorized: boolean
  /** The scope is limited to these centres. */
  sites?: readonly string[]
  message: string
}

/**
 * Answers whether the authority of the question has authorised the entity for the action and the qualification (TRQP 2.0). An unknown
 * entity, action or resource is not authorised.
 */
export async function authorize(
  question: TrqpQuestion,
  moments: Moments,
  deps: TrqpDeps,
): Promise<(ReturnType<typeof echoOf> & Authorization) | NotServed> {
  const notServed = await findNotServed(question, moments, deps)
  return notServed ?? { ...echoOf(question, moments), ...(await authorizationOf(question, moments, deps)) }
}

async function authorizationOf(question: TrqpQuestion, moments: Moments, deps: TrqpDeps): Promise<Authorization> {
  const no = (message: string) => ({ authorized: false, message })
  const issuer = ownId(question.entity_id, deps)
  const right = rights.find((known): known is Right => known === question.action)
  const qualification = await qualificationAsked(question.resource, moments, deps)
  if (right === undefined) return no('The action is not known here.')
  if (qualification === undefined) return no('The resource is not a qualification of this registry.')
  const entity = issuer === undefined ? undefined : entityAt(issuer, await deps.trust(issuer), moments.recorded)
  if (issuer === undefined || entity === undefined)
    return (
      (await authorizationOfAnother(question, { right, qualification }, moments, deps)) ??
      no('The entity is not known here.')
    )
  const place = placeOf(entity)
  const site = question.context?.site ?? siteOf(entity)
  const answer = await accreditationStatus({ issuer, right, qualification, place, site, ...moments }, deps)
  const { authority_id: authority } = question
  return answerOf(answer, isRegistry(authority, deps) || standsBehind(authority, issuer, answer.chain, deps))
}

/** The same question asked of the list of another registry. The message names the list. */
async function authorizationOfAnother(
  { entity_id, authority_id, context }: TrqpQuestion,
  { right, qualification }: { right: Right; qualification: QualificationHistory },
  moments: Moments,
  deps: TrqpDeps,
): Promise<Authorization | undefined> {
  const found = await countingList(entity_id, moments, deps)
  if (found === undefined) return undefined
  const { id: issuer, entity, list } = found
  const place = placeOf(entity)
  const { effective } = moments
  // Our clock may be behind the clock of the list. Every decision in the list counts, up to the moment when it was made.
  const recorded = list.age && list.age.madeAt > moments.recorded ? list.age.madeAt : moments.recorded
  const { standing, sentence, sites } = await accreditationStatus(
    {
      issuer,
      right,
      qualification: await baselineCatalogue(deps.catalogue)(qualification.id),
      place,
      site: context?.site ?? siteOf(entity),
      effective,
      recorded,
    },
    list,
  )
  const provenance = list.age
    ? `${sentence} By the list of ${list.registry}, made at ${list.age.madeAt}, which ${found.acceptedBy} accepts.`
    : sentence
  return answerOf(
    { standing, sentence: provenance, sites },
    isRegistry(authority_id, deps) || isRegistry(authority_id, { baseUrl: list.registry }),
  )
}

/** The message is the sentence of the registry. If the boolean differs from that sentence, the message says why. */
function answerOf(
  { standing, sentence, sites }: Pick<IssuerAnswer, 'standing' | 'sentence' | 'sites'>,
  isAsked: boolean,
): Authorization {
  if (standing === 'authorised' && !isAsked)
    return {
      authorized: false,
      message: 'The authority that the question names is not in the chain of this accreditation.',
    }
  // A client that reads only the boolean must not assume that all sites are covered.
  if (sites !== undefined)
    return { authorized: false, sites, message: `${sentence} Ask for one of them with context.site.` }
  return { authorized: standing === 'authorised', message: sentence }
}

/**
 * True if the authority is in the chain of the issuer. An issuer counts as its own authority only if nobody is above it, because the
 * law established it.
 */
function standsBehind(authority: string, issuer: string, chain: readonly ChainLink[], deps: TrqpDeps): boolean {
  const own = ownId(authority, deps)
  const above = chain.filter(({ principal, id }) => !principal && id !== issuer)
  return above.length === 0 ? own === issuer : above.some(({ id }) => id === own)
}

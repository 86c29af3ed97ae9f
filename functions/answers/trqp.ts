import { type Answer, EdgeError, route } from '@sijil/http'
import {
  type ChainLink,
  entityAt,
  type IssuerAnswer,
  issuerStanding,
  type Right,
  rights,
  siteOf,
} from '@sijil/registry/trust'
import { requireServedAuthority } from './trqp-authority.ts'
import { countingList, isRegistry, momentsOf, ownId, type Question, qualificationAsked, read } from './trqp-question.ts'
import { recognition } from './trqp-recognition.ts'
import type { TrustParts } from './trust-parts.ts'

/**
 * Trust Registry Query Protocol 2.0. An entity, an action or a resource that is not known is not authorised. A malformed question is
 * a 400 with problem details, and an authority that this registry does not answer for a 404.
 */
export const trqpAnswers = (parts: TrustParts) => ({
  'POST /authorization': route<Record<never, string>, undefined>({
    body: 'json',
    async answer({ input }) {
      const asked = read(input)
      const { effective, recorded, echo } = momentsOf(asked, parts)
      await requireServedAuthority(asked, { effective, recorded }, parts)
      const issuer = ownId(asked.entity_id, parts)
      const right = rights.find((known): known is Right => known === asked.action)
      const qualification = qualificationAsked(asked.resource, parts)
      const no = (message: string): Answer => ({ status: 200, body: { ...echo, authorized: false, message } })
      if (right === undefined) return no('The action is not known here.')
      if (qualification === undefined) return no('The resource is no qualification of this registry.')
      const entity = issuer === undefined ? undefined : entityAt(issuer, await parts.trust(issuer), recorded)
      if (issuer === undefined || entity === undefined) {
        const foreign = await foreignAuthorization(asked, { right, qualification }, { effective, recorded }, parts)
        return foreign ? { status: 200, body: { ...echo, ...foreign } } : no('The entity is not known here.')
      }
      const place = entity.identity.state === 'ASEAN' ? undefined : entity.identity.state
      const { standing, sentence, sites, chain } = await issuerStanding(
        { issuer, right, qualification, place, site: asked.context?.site ?? siteOf(entity), effective, recorded },
        parts,
      )
      const isAsked = isRegistry(asked.authority_id, parts) || standsBehind(asked.authority_id, issuer, chain, parts)
      return { status: 200, body: { ...echo, ...answerOf({ standing, sentence, sites }, isAsked) } }
    },
  }),

  'POST /recognition': route<Record<never, string>, undefined>({
    body: 'json',
    async answer({ input }) {
      const asked = read(input)
      const { effective, recorded, echo } = momentsOf(asked, parts)
      await requireServedAuthority(asked, { effective, recorded }, parts)
      return { status: 200, body: { ...echo, ...(await recognition(asked, { effective, recorded }, parts)) } }
    },
  }),

  'GET /metadata': route<Record<never, string>, undefined>({
    answer: () => ({
      status: 200,
      body: {
        id: parts.baseUrl,
        name: 'Sijil',
        description:
          'Who may issue which skills certificates, where and since when. Actions: issue, assess, accredit; a resource is the id of a qualification.',
      },
    }),
  }),
  // Extensions of the profile; the same facts stand at /issuers and /centres.
  'GET /lookups/{list}': route<{ list: string }, undefined>({ answer: () => notOffered() }),
  'GET /entities': route<Record<never, string>, undefined>({
    answer({ query }) {
      if (query.action !== undefined && query.resource === undefined)
        throw new EdgeError('malformed-request', 'An action needs a resource.', {
          faults: [{ pointer: '/resource', detail: 'is missing' }],
        })
      return notOffered()
    },
  }),
  'GET /entities/{id}': route<{ id: string }, undefined>({ answer: () => notOffered() }),
  'GET /ecosystems/{id}': route<{ id: string }, undefined>({ answer: () => notOffered() }),
})

/** The same question asked of the list of another registry; its provenance is part of the answer. */
async function foreignAuthorization(
  { entity_id, authority_id, context }: Question,
  { right, qualification }: { right: Right; qualification: string },
  moments: { effective: string; recorded: string },
  parts: TrustParts,
): Promise<ReturnType<typeof answerOf> | undefined> {
  const found = await countingList(entity_id, moments.effective, parts)
  if (found === undefined) return undefined
  const { id: issuer, entity, list } = found
  const place = entity.identity.state === 'ASEAN' ? undefined : entity.identity.state
  const { effective } = moments
  // Where our clock is behind, what was known when the list was made is known all the same.
  const recorded = list.age && list.age.madeAt > moments.recorded ? list.age.madeAt : moments.recorded
  const { standing, sentence, sites } = await issuerStanding(
    { issuer, right, qualification, place, site: context?.site ?? siteOf(entity), effective, recorded },
    list,
  )
  const provenance = list.age
    ? `${sentence} By the list of ${list.registry}, made at ${list.age.madeAt}, which ${found.acceptedBy} accepts.`
    : sentence
  return answerOf(
    { standing, sentence: provenance, sites },
    isRegistry(authority_id, parts) || isRegistry(authority_id, { baseUrl: list.registry }),
  )
}

/** The sentence says what is so; where the boolean is false all the same, it says why first. */
function answerOf(
  { standing, sentence, sites }: Pick<IssuerAnswer, 'standing' | 'sentence'> & { sites: readonly string[] | undefined },
  isAsked: boolean,
): { authorized: boolean; sites?: readonly string[]; message: string } {
  if (standing === 'authorised' && !isAsked)
    return { authorized: false, message: 'The authority that the question names does not stand behind it.' }
  // Whoever reads the boolean alone must not take some sites for all.
  if (sites !== undefined)
    return { authorized: false, sites, message: `${sentence} Ask for one of them with context.site.` }
  return { authorized: standing === 'authorised', message: sentence }
}

/** An authority of its chain. Nobody is its own, but for whom no one else had to allow it: the law made it its own root. */
function standsBehind(authority: string, issuer: string, chain: readonly ChainLink[], parts: TrustParts): boolean {
  const own = ownId(authority, parts)
  const above = chain.filter(({ principal, id }) => !principal && id !== issuer)
  return above.length === 0 ? own === issuer : above.some(({ id }) => id === own)
}

const notOffered = (): never => {
  throw new EdgeError('not-implemented', 'This registry does not offer it.')
}

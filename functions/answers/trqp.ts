import { issuerOfDid } from '@sijil/credentials'
import { EdgeError, route } from '@sijil/http'
import { entityAt, isRoot, issuerStanding, type Right, rights, siteOf } from '@sijil/registry'
import * as z from 'zod'
import { timeOf } from './moments.ts'
import type { TrustParts } from './trust.ts'

const id = z.string().regex(/^[^\s]{1,500}$/)
export const trqpInput = z.looseObject({
  entity_id: id,
  authority_id: id,
  action: id,
  resource: id,
  // Members that we do not know are ignored, as TRQP 2.0 says.
  context: z
    .looseObject({
      time: z.iso.datetime().optional(),
      site: id.optional().meta({ description: 'Id of an assessment centre: a scope may be limited to some.' }),
    })
    .optional(),
})

/** Trust Registry Query Protocol 2.0. What is not known is not authorised; every refusal is a 400 with problem details. */
export const trqpAnswers = (parts: TrustParts) => ({
  'POST /authorization': route<Record<never, string>, undefined>({
    body: 'json',
    async answer({ input }) {
      const asked = read(input)
      const { effective, recorded, echo } = momentsOf(asked, parts)
      const issuer = ownId(asked.entity_id, parts)
      const right = rights.find((known): known is Right => known === asked.action)
      const qualification = asked.resource.split('/').at(-1) ?? ''
      const entity = issuer === undefined ? undefined : entityAt(issuer, await parts.trust(issuer), recorded)
      if (entity === undefined && right !== undefined) {
        const foreign = await foreignAuthorization(asked, right, { effective, recorded }, parts)
        if (foreign !== undefined) return { status: 200, body: { ...echo, ...foreign } }
      }
      if (issuer === undefined || entity === undefined || right === undefined) {
        return {
          status: 200,
          body: { ...echo, authorized: false, message: 'The entity or the action is not known here.' },
        }
      }
      const place = entity.identity.state === 'ASEAN' ? undefined : entity.identity.state
      const { standing, sentence, sites, chain } = await issuerStanding(
        { issuer, right, qualification, place, site: asked.context?.site ?? siteOf(entity), effective, recorded },
        parts,
      )
      // Whoever reads the boolean alone must not take some sites for all.
      const authorized =
        standing === 'authorised' &&
        sites === undefined &&
        speaks(
          asked.authority_id,
          chain.filter((link) => !link.principal).map((link) => link.id),
          parts,
        )
      return { status: 200, body: { ...echo, authorized, ...limited(sites, sentence) } }
    },
  }),

  'POST /recognition': route<Record<never, string>, undefined>({
    body: 'json',
    async answer({ input }) {
      const asked = read(input)
      const { effective, recorded, echo } = momentsOf(asked, parts)
      const authority = ownId(asked.entity_id, parts)
      const entity = authority === undefined ? undefined : entityAt(authority, await parts.trust(authority), recorded)
      const foreign = entity === undefined ? await countingList(asked.entity_id, effective, parts) : undefined
      const known = entity ?? foreign?.entity
      const recognized =
        known !== undefined &&
        isRegistry(asked.authority_id, parts) &&
        known.registeredFrom <= effective &&
        isRoot(known, foreign?.list.policy ?? parts.policy)
      const message = recognized ? 'This registry accepts it as a root.' : 'This registry does not accept it as a root.'
      return { status: 200, body: { ...echo, recognized, message } }
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

/** Somebody whom the list of another registry names, where that list counts now and at the moment asked about. */
async function countingList(did: string, effective: string, { foreign, clock }: TrustParts) {
  const found = await foreign.find(did)
  const now = clock().toISOString()
  const { age } = found?.list ?? {}
  return found !== undefined && (age === undefined || (now < age.validUntil && effective <= now)) ? found : undefined
}

/** The same question asked of the list of another registry; its provenance is part of the answer. */
async function foreignAuthorization(
  { entity_id, authority_id, resource, context }: Question,
  right: Right,
  moments: { effective: string; recorded: string },
  parts: TrustParts,
): Promise<{ authorized: boolean; sites?: readonly string[]; message: string } | undefined> {
  const found = await countingList(entity_id, moments.effective, parts)
  if (found === undefined) return undefined
  const { id: issuer, entity, list } = found
  const place = entity.identity.state === 'ASEAN' ? undefined : entity.identity.state
  const qualification = resource.split('/').at(-1) ?? ''
  const { effective } = moments
  // Where our clock is behind, what was known when the list was made is known all the same.
  const recorded = list.age && list.age.madeAt > moments.recorded ? list.age.madeAt : moments.recorded
  const { standing, sentence, sites } = await issuerStanding(
    { issuer, right, qualification, place, site: context?.site ?? siteOf(entity), effective, recorded },
    list,
  )
  const isAskedHere = isRegistry(authority_id, parts) || authority_id === list.registry
  return {
    authorized: standing === 'authorised' && sites === undefined && isAskedHere,
    ...limited(
      sites,
      list.age
        ? `${sentence} By the list of ${list.registry}, made at ${list.age.madeAt}, which ${found.acceptedBy} accepts.`
        : sentence,
    ),
  }
}

/** Where it holds at some sites only, it says which, and how to ask for one of them. */
const limited = (sites: readonly string[] | undefined, sentence: string) =>
  sites ? { sites, message: `${sentence} Ask for one of them with context.site.` } : { message: sentence }

const notOffered = (): never => {
  throw new EdgeError('not-implemented', 'This registry does not offer it.')
}

type Question = z.output<typeof trqpInput>

function read(input: unknown): Question {
  const parsed = trqpInput.safeParse(input)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path }) => ({
    pointer: `/${path.join('/')}`,
    detail: 'must be a text without spaces; context.time a moment in UTC (RFC 3339, Z)',
  }))
  throw new EdgeError('malformed-request', 'The question is not of the expected form.', { faults })
}

function momentsOf({ entity_id, authority_id, action, resource, context }: Question, { clock }: TrustParts) {
  const now = clock()
  const effective = timeOf(context?.time, now)
  const echo = {
    entity_id,
    authority_id,
    action,
    resource,
    time_evaluated: effective,
    ...(context?.time !== undefined && { time_requested: context.time }),
  }
  return { effective, recorded: now.toISOString(), echo }
}

/** A DID of this registry, the address of an issuer's page, or its bare id. */
function ownId(text: string, { baseUrl }: TrustParts): string | undefined {
  const page = `${baseUrl}/issuers/`
  const bare = text.startsWith(page) ? text.slice(page.length) : text
  const found = issuerOfDid(text, baseUrl) ?? bare
  return /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(found) ? found : undefined
}

const isRegistry = (text: string, { baseUrl }: TrustParts): boolean =>
  text === baseUrl || text === `${baseUrl}/` || text === `did:web:${new URL(baseUrl).host.replaceAll(':', '%3A')}`

/** In the name of the registry as a whole, or of an authority that stands in the chain. */
function speaks(authority: string, chain: readonly string[], parts: TrustParts): boolean {
  const own = ownId(authority, parts)
  return isRegistry(authority, parts) || (own !== undefined && chain.includes(own))
}

import { issuerOfDid } from '@sijil/credentials'
import { findQualification } from '@sijil/qualifications'
import type { AcceptedRegistries } from '@sijil/registry/accepted-registries'
import type { VerifyDeps } from '@sijil/registry/verification'

/** TRQP 2.0. Members that are not named here are ignored, as the specification says. */
export interface TrqpQuestion {
  entity_id: string
  authority_id: string
  action: string
  resource: string
  context?:
    | {
        /** As it was asked. `moments.effective` is what it means. */
        time?: string | undefined
        /** Id of an assessment centre: a scope may be limited to some. */
        site?: string | undefined
      }
    | undefined
}

/** The moment that the question is about, and the moment by whose record it is answered. */
export interface Moments {
  effective: string
  /** This moment: the answer is made from what is known now. */
  recorded: string
}

export interface TrqpDeps extends Pick<VerifyDeps, 'trust' | 'policy' | 'baseUrl'> {
  foreign: AcceptedRegistries
}

/** The members that every answer repeats from its question. */
export const echoOf = (
  { entity_id, authority_id, action, resource, context }: TrqpQuestion,
  { effective }: Pick<Moments, 'effective'>,
) => ({
  entity_id,
  authority_id,
  action,
  resource,
  time_evaluated: effective,
  ...(context?.time !== undefined && { time_requested: context.time }),
})

/** A DID of this registry, the address of an issuer's page, or its bare id. */
export function ownId(text: string, { baseUrl }: Pick<TrqpDeps, 'baseUrl'>): string | undefined {
  const page = `${baseUrl}/issuers/`
  const bare = text.startsWith(page) ? text.slice(page.length) : text
  const found = issuerOfDid(text, baseUrl) ?? bare
  return /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(found) ? found : undefined
}

export const isRegistry = (text: string, { baseUrl }: Pick<TrqpDeps, 'baseUrl'>): boolean =>
  text === baseUrl || text === `${baseUrl}/` || text === `did:web:${new URL(baseUrl).host.replaceAll(':', '%3A')}`

/** The id of one of our qualifications, from the bare id or the address of its page. */
export function qualificationAsked(resource: string, { baseUrl }: Pick<TrqpDeps, 'baseUrl'>): string | undefined {
  const page = `${baseUrl}/qualifications/`
  return findQualification(resource.startsWith(page) ? resource.slice(page.length) : resource)?.id
}

/** An entity that the list of another registry names, if that list counts now and at the moment asked about. */
export async function countingList(did: string, { effective, recorded }: Moments, { foreign }: TrqpDeps) {
  const found = await foreign.find(did)
  const { age } = found?.list ?? {}
  return found !== undefined && (age === undefined || (recorded < age.validUntil && effective <= recorded))
    ? found
    : undefined
}

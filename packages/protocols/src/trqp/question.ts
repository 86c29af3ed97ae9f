import { issuerOfDid } from '@sijil/credentials'
import type { AcceptedRegistries } from '@sijil/registry/accepted-registries'
import { type QualificationHistory, qualificationAt } from '@sijil/registry/catalogue'
import type { VerifyDeps } from '@sijil/registry/verification'

/** TRQP 2.0. Members that are not named here are ignored, as the specification says. */
export interface TrqpQuestion {
  entity_id: string
  authority_id: string
  action: string
  resource: string
  context?:
    | {
        /** The time as the client wrote it. `moments.effective` holds the parsed moment. */
        time?: string | undefined
        /** Id of an assessment centre, because a scope may be limited to some centres. */
        site?: string | undefined
      }
    | undefined
}

/** The moment that the question is about, and the moment of the record that answers it. Both RFC 3339, UTC. */
export interface Moments {
  effective: string
  /** The present moment, because the answer uses everything recorded until now. */
  recorded: string
}

export interface TrqpDeps extends Pick<VerifyDeps, 'trust' | 'catalogue' | 'policy' | 'baseUrl'> {
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

/** Parses a DID of this registry, the address of an issuer's page, or a bare id. `undefined` if it is none of these. */
export function ownId(text: string, { baseUrl }: Pick<TrqpDeps, 'baseUrl'>): string | undefined {
  const page = `${baseUrl}/issuers/`
  const bare = text.startsWith(page) ? text.slice(page.length) : text
  const found = issuerOfDid(text, baseUrl) ?? bare
  return /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(found) ? found : undefined
}

/** True if the text is the address or the DID of the registry with this base URL. */
export const isRegistry = (text: string, { baseUrl }: Pick<TrqpDeps, 'baseUrl'>): boolean =>
  text === baseUrl || text === `${baseUrl}/` || text === `did:web:${new URL(baseUrl).host.replaceAll(':', '%3A')}`

/** Parses the bare id of a qualification or the address of its page. `undefined` if this registry does not know it. */
export async function qualificationAsked(
  resource: string,
  moments: Moments,
  { baseUrl, catalogue }: Pick<TrqpDeps, 'baseUrl' | 'catalogue'>,
): Promise<QualificationHistory | undefined> {
  const page = `${baseUrl}/qualifications/`
  const history = await catalogue(resource.startsWith(page) ? resource.slice(page.length) : resource)
  return qualificationAt(history, moments) === undefined ? undefined : history
}

/** Finds an entity on the list of another registry, if that list counts now and at the moment of the question. */
export async function countingList(did: string, { effective, recorded }: Moments, { foreign }: TrqpDeps) {
  const found = await foreign.find(did)
  const { age } = found?.list ?? {}
  return found !== undefined && (age === undefined || (recorded < age.validUntil && effective <= recorded))
    ? found
    : undefined
}

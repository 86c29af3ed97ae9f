import { issuerOfDid } from '@sijil/credentials'
import { EdgeError } from '@sijil/http'
import { findQualification } from '@sijil/qualifications'
import * as z from 'zod'
import { timeOf } from './moments.ts'
import type { TrustParts } from './trust-parts.ts'

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

export type Question = z.output<typeof trqpInput>

export function read(input: unknown): Question {
  const parsed = trqpInput.safeParse(input)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path }) => ({
    pointer: `/${path.join('/')}`,
    detail: 'must be a text without spaces; context.time a moment in UTC (RFC 3339, Z)',
  }))
  throw new EdgeError('malformed-request', 'The question is not of the expected form.', { faults })
}

export function momentsOf({ entity_id, authority_id, action, resource, context }: Question, { clock }: TrustParts) {
  const now = clock()
  const effective = timeOf(context?.time, '/context/time', now)
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
export function ownId(text: string, { baseUrl }: TrustParts): string | undefined {
  const page = `${baseUrl}/issuers/`
  const bare = text.startsWith(page) ? text.slice(page.length) : text
  const found = issuerOfDid(text, baseUrl) ?? bare
  return /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(found) ? found : undefined
}

export const isRegistry = (text: string, { baseUrl }: Pick<TrustParts, 'baseUrl'>): boolean =>
  text === baseUrl || text === `${baseUrl}/` || text === `did:web:${new URL(baseUrl).host.replaceAll(':', '%3A')}`

/** The id of a qualification of ours, bare or as the address of its page; nothing for what only looks like one. */
export function qualificationAsked(resource: string, { baseUrl }: TrustParts): string | undefined {
  const page = `${baseUrl}/qualifications/`
  return findQualification(resource.startsWith(page) ? resource.slice(page.length) : resource)?.id
}

/** Somebody whom the list of another registry names, where that list counts now and at the moment asked about. */
export async function countingList(did: string, effective: string, { foreign, clock }: TrustParts) {
  const found = await foreign.find(did)
  const now = clock().toISOString()
  const { age } = found?.list ?? {}
  return found !== undefined && (age === undefined || (now < age.validUntil && effective <= now)) ? found : undefined
}

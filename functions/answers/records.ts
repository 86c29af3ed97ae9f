import { type Answers, createPageToken, EdgeError, parseQuery, readPage, route } from '@sijil/http'
import { identifier, text } from '@sijil/http/pieces'
import { type CommitReader, type NoteOpener, RegistryError, type SecretReader } from '@sijil/registry'
import { listCertificates, showCertificate } from '@sijil/registry/issuance'
import { listTrail } from '@sijil/registry/trail'
import type { TrustPolicy } from '@sijil/registry/trust'
import { lookUpNumber } from '@sijil/registry/verification'
import { listDeliveries } from '@sijil/registry/webhooks'
import * as z from 'zod'
import type { RouteRowOf } from '../routes.ts'
import { accreditationOf } from './accreditation-id.ts'
import { beginningOf } from './moments.ts'
import { uuidOf } from './uuid-of.ts'

/** Each register needs a decryption of the secret of its issuer. */
const MOST_REGISTERS = 20
export const registersQuery = z.strictObject({
  issuer: identifier.meta({
    description: `The issuer whose register is asked. May be repeated, at most ${MOST_REGISTERS} times.`,
  }),
  number: text(100),
})

interface RecordsParts {
  reader: CommitReader
  secrets: SecretReader
  notes: NoteOpener
  policy: TrustPolicy
  clock: () => Date
}

export const recordsAnswers = (parts: RecordsParts): Answers<RouteRowOf<'records'>[]> => ({
  'GET /issuers/{issuer}/credentials': route({
    knows: ['limit', 'page', 'affected', 'since'],
    async answer({ params: { issuer }, query, caller: { subject } }) {
      const { affected, since } = query
      const filters = { ...(affected && { affected }), ...(since && { since }) }
      const question = { index: `CERTIFICATES#${issuer}`, filters }
      const asked = { issuer, subject, ...readPage(query, question), ...touchedBy(issuer, affected, since) }
      const { certificates, next } = await listCertificates(asked, parts)
      return { status: 200, body: { certificates, ...(next && { next: createPageToken(next, question) }) } }
    },
  }),
  'GET /issuers/{issuer}/trail': route({
    knows: ['limit', 'page', 'period'],
    async answer({ params: { issuer: body }, query, caller: { subject } }) {
      const { period = parts.clock().toISOString().slice(0, 7) } = query
      const question = { index: `TRAIL#${body}`, filters: { period } }
      const asked = { body, subject, period, ...readPage(query, question) }
      const { entries, next } = await listTrail(asked, parts)
      return { status: 200, body: { entries, ...(next && { next: createPageToken(next, question) }) } }
    },
  }),
  'GET /issuers/{issuer}/webhooks/events': route({
    knows: ['limit', 'page'],
    async answer({ params: { issuer: body }, query, caller: { subject } }) {
      const question = { index: `DELIVERIES#${body}`, filters: {} }
      const asked = { body, subject, ...readPage(query, question) }
      const { next, ...answer } = await listDeliveries(asked, { ...parts, now: parts.clock() })
      return { status: 200, body: { ...answer, ...(next && { next: createPageToken(next, question) }) } }
    },
  }),
  'GET /registers': route({
    query: registersQuery,
    mayRepeat: ['issuer'],
    async answer({ query: { issuer, number }, repeated, caller: { subject } }) {
      const issuers = registersIn(repeated?.get('issuer') ?? [issuer])
      const registers = await lookUpNumber({ issuers, number, subject }, { ...parts, now: parts.clock() })
      // A question with one register is answered without a list.
      return { status: 200, body: issuers.length > 1 ? { registers } : { ...registers[0] } }
    },
  }),
  'GET /issuers/{issuer}/credentials/{id}': route({
    answer: async ({ params: { issuer, id }, caller: { subject } }) => ({
      status: 200,
      body: await showCertificate({ issuer, uuid: uuidOf(id), subject }, parts),
    }),
  }),
})

function registersIn(issuers: readonly string[]): readonly string[] {
  if (issuers.length > MOST_REGISTERS)
    throw new EdgeError(
      'malformed-request',
      `The question names too many registers. Name at most ${MOST_REGISTERS} at once.`,
    )
  for (const issuer of issuers) parseQuery(registersQuery.pick({ issuer: true }), { issuer })
  return issuers
}

/** The filter for certificates that a change of an accreditation touches. */
function touchedBy(issuer: string, affected: string | undefined, since: string | undefined) {
  if (affected === undefined && since !== undefined)
    throw new EdgeError(
      'malformed-request',
      '`since` is given without `affected`. Name the accreditation in `affected`.',
    )
  return {
    ...(affected !== undefined && { grant: grantOf(issuer, affected) }),
    ...(since !== undefined && { since: beginningOf(since, '/since') }),
  }
}

/** The accreditation of this body with this id. Throws `not-found` for one of another body, as for one that does not exist. */
function grantOf(issuer: string, id: string): string {
  const { grantee, grant } = accreditationOf(id)
  if (grantee !== issuer) throw new RegistryError('not-found', 'no such accreditation')
  return grant
}

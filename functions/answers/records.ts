import { type Answers, createPageToken, readPage, route } from '@sijil/http'
import { identifier, text } from '@sijil/http/pieces'
import {
  type CommitReader,
  listCertificates,
  lookUpNumber,
  type NoteOpener,
  RegistryError,
  type SecretReader,
  showCertificate,
  type TrustPolicy,
} from '@sijil/registry'
import * as z from 'zod'
import type { RouteRowOf } from '../routes.ts'
import { accreditationOf } from './accreditation-id.ts'
import { uuidOf } from './status.ts'

export const registersQuery = z.strictObject({ issuer: identifier, number: text(100) })

interface RecordsParts {
  reader: CommitReader
  secrets: SecretReader
  notes: NoteOpener
  policy: TrustPolicy
  clock: () => Date
}

export const recordsAnswers = (parts: RecordsParts): Answers<RouteRowOf<'records'>[]> => ({
  'GET /issuers/{issuer}/credentials': route({
    async answer({ params: { issuer }, query, caller: { subject } }) {
      const { affected } = query
      const question = { index: `CERTIFICATES#${issuer}`, ...(affected && { filters: { affected } }) }
      const grant = affected === undefined ? {} : { grant: grantOf(issuer, affected) }
      const asked = { issuer, subject, ...readPage(query, question), ...grant }
      const { certificates, next } = await listCertificates(asked, parts)
      return { status: 200, body: { certificates, ...(next && { next: createPageToken(next, question) }) } }
    },
  }),
  'GET /registers': route({
    query: registersQuery,
    async answer({ query: { issuer, number }, caller: { subject } }) {
      const certificates = await lookUpNumber({ issuer, number, subject }, { ...parts, now: parts.clock() })
      return { status: 200, body: { issuer, certificates } }
    },
  }),
  'GET /issuers/{issuer}/credentials/{id}': route({
    answer: async ({ params: { issuer, id }, caller: { subject } }) => ({
      status: 200,
      body: await showCertificate({ issuer, uuid: uuidOf(id), subject }, parts),
    }),
  }),
})

/** An accreditation of this body, by its id; that of another does not exist here. */
function grantOf(issuer: string, id: string): string {
  const { grantee, grant } = accreditationOf(id)
  if (grantee !== issuer) throw new RegistryError('not-found', 'no such accreditation')
  return grant
}

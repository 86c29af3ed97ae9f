import { type Answers, createPageToken, readPage, route } from '@sijil/http'
import {
  type CommitReader,
  listCertificates,
  type NoteOpener,
  type SecretReader,
  showCertificate,
} from '@sijil/registry'
import type { RouteRowOf } from '../routes.ts'
import { uuidOf } from './status.ts'

interface RecordsParts {
  reader: CommitReader
  secrets: SecretReader
  notes: NoteOpener
}

export const recordsAnswers = (parts: RecordsParts): Answers<RouteRowOf<'records'>[]> => ({
  'GET /issuers/{issuer}/credentials': route({
    async answer({ params: { issuer }, query, caller: { subject } }) {
      const question = { index: `CERTIFICATES#${issuer}` }
      const { certificates, next } = await listCertificates({ issuer, subject, ...readPage(query, question) }, parts)
      return { status: 200, body: { certificates, ...(next && { next: createPageToken(next, question) }) } }
    },
  }),
  'GET /issuers/{issuer}/credentials/{id}': route({
    answer: async ({ params: { issuer, id }, caller: { subject } }) => ({
      status: 200,
      body: await showCertificate({ issuer, uuid: uuidOf(id), subject }, parts),
    }),
  }),
})

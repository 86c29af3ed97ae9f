import { type Answer, type Answers, route, type SignInPolicy } from '@sijil/http'
import type { ReleasedRecord } from '@sijil/registry/certificates'
import { carryOutOnCertificate, suspendCertificateByAuthority } from '@sijil/registry/decisions'
import { isSandbox, setSandboxStatus } from '@sijil/registry/issuance'
import {
  keepUnrevoked,
  reinstateCertificate,
  revokeCertificate,
  type StatusChanged,
  suspendCertificate,
} from '@sijil/registry/status'
import type { RouteRowOf } from '../routes.ts'
import { nothingInput, suspendCertificateInput } from './decision-inputs.ts'
import { reinstateInput, revokeInput, suspendInput, vcalmStatusInput } from './inputs.ts'
import { type ChangeStatusParts, keepingAnswers } from './keeping.ts'
import { strict } from './strict.ts'
import { uuidOf } from './uuid-of.ts'
import { tellIssueProblem } from './vcalm.ts'
import { waiting, waitingAnswers } from './waiting.ts'

type StatusParts = Omit<ChangeStatusParts, 'now'> & { clock: () => Date; approving: SignInPolicy }

export const statusAnswers = ({ clock, approving, ...parts }: StatusParts): Answers<RouteRowOf<'status'>[]> => {
  const answerOf = async (change: (deps: ChangeStatusParts) => Promise<StatusChanged>): Promise<Answer> => {
    const { record, isChanged, waits } = await change({ ...parts, now: clock() })
    if (waits !== undefined) return waiting(waits)
    return { status: 200, body: statusOf(record), ...(!isChanged && { headers: { 'sijil-unchanged': 'true' } }) }
  }
  return {
    ...waitingAnswers({ clock, approving, ...parts }),
    ...keepingAnswers(answerOf),
    'POST /issuers/{issuer}/credentials/{id}/revoke': route({
      input: revokeInput,
      answer: ({ params, caller, input }) =>
        answerOf((deps) => revokeCertificate({ ...changeOf(params, caller), ...strict(input) }, deps)),
    }),
    'POST /issuers/{issuer}/credentials/{id}/suspend': route({
      input: suspendInput,
      answer: ({ params, caller, input }) =>
        answerOf((deps) => suspendCertificate({ ...changeOf(params, caller), ...strict(input) }, deps)),
    }),
    'POST /issuers/{issuer}/credentials/{id}/reinstate': route({
      input: reinstateInput,
      answer: ({ params, caller, input }) =>
        answerOf((deps) => reinstateCertificate({ ...changeOf(params, caller), ...strict(input) }, deps)),
    }),

    'POST /authorities/{authority}/credentials/{issuer}/{id}/suspend': route({
      input: suspendCertificateInput,
      answer: ({ params: { authority, issuer, id }, caller: { subject }, input: { reason } }) =>
        answerOf((deps) =>
          suspendCertificateByAuthority({ authority, issuer, uuid: uuidOf(id), subject, reason }, deps),
        ),
    }),
    'POST /authorities/{authority}/proposals/{id}/carry-out': route({
      input: nothingInput,
      answer: ({ params: { authority, id }, caller: { subject } }) =>
        answerOf((deps) => carryOutOnCertificate({ authority, id, subject }, deps)),
    }),

    'POST /issuers/{issuer}/credentials/status': route({
      input: vcalmStatusInput,
      tellProblem: tellIssueProblem,
      async answer({
        params: { issuer },
        caller: { subject },
        input: { credentialId, credentialStatus, status: set },
      }) {
        const { statusPurpose: purpose } = credentialStatus
        const deps = { ...parts, now: clock() }
        if (await isSandbox(issuer, deps)) {
          await setSandboxStatus({ issuer, subject, credentialId, purpose, set }, deps)
          return { status: 200, body: { credentialId, credentialStatus, status: set } }
        }
        const change = { issuer, uuid: uuidOf(credentialId), actor: subject, reason: 'unspecified' as const }
        if (purpose === 'suspension')
          return answerOf((deps) => (set ? suspendCertificate : reinstateCertificate)(change, deps))
        return answerOf((deps) => (set ? revokeCertificate : keepUnrevoked)(change, deps))
      },
    }),
  }
}

const changeOf = ({ issuer, id }: { issuer: string; id: string }, { subject }: { subject: string }) => ({
  issuer,
  uuid: uuidOf(id),
  actor: subject,
})

/** The state as it is now. A revocation keeps its first reason. Notes are never included, nor the reason of an erasure. */
const statusOf = (record: ReleasedRecord) => ({
  id: `urn:uuid:${record.uuid}`,
  state: record.state,
  ...('since' in record && { since: record.since, reason: record.reason }),
  ...('by' in record && record.by && { by: record.by }),
  ...('successor' in record && record.successor && { successor: `urn:uuid:${record.successor}` }),
  ...(record.erased && { erasedAt: record.erased.at }),
  ...(record.holds.length > 0 && { holds: record.holds }),
  issuedAt: record.issuedAt,
})

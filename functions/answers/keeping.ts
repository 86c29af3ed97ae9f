import { type Answer, type Answers, type Caller, route } from '@sijil/http'
import type { CommitStore, NoteSealer, Patience } from '@sijil/registry'
import { holdCertificateByAuthority, liftHoldByAuthority } from '@sijil/registry/decisions'
import { eraseCertificate, holdCertificate, liftHold } from '@sijil/registry/erasure'
import type { StatusChanged } from '@sijil/registry/status'
import type { TrustPolicy } from '@sijil/registry/trust'
import type { RouteRowOf } from '../routes.ts'
import { nothingInput } from './decision-inputs.ts'
import { eraseInput, holdInput } from './inputs.ts'
import { uuidOf } from './uuid-of.ts'

export interface ChangeStatusParts {
  store: CommitStore
  notes: NoteSealer
  patience: Patience
  policy: TrustPolicy
  now: Date
}

type AnswerOf = (change: (deps: ChangeStatusParts) => Promise<StatusChanged>) => Promise<Answer>
interface OfAuthority {
  authority: string
  issuer: string
  id: string
}

/** Erasing the sealed document of a certificate, and the legal holds that keep it. */
export const keepingAnswers = (answerOf: AnswerOf) =>
  ({
    'POST /issuers/{issuer}/credentials/{id}/erase': route({
      input: eraseInput,
      answer: ({ params, caller, input }) =>
        answerOf((deps) => eraseCertificate({ ...asPerson(params, caller), ...input }, deps)),
    }),
    'POST /issuers/{issuer}/credentials/{id}/hold': route({
      input: holdInput,
      answer: ({ params, caller, input }) =>
        answerOf((deps) => holdCertificate({ ...asPerson(params, caller), ...input }, deps)),
    }),
    'POST /issuers/{issuer}/credentials/{id}/lift-hold': route({
      input: nothingInput,
      answer: ({ params, caller }) => answerOf((deps) => liftHold(asPerson(params, caller), deps)),
    }),
    'POST /authorities/{authority}/credentials/{issuer}/{id}/hold': route({
      input: holdInput,
      answer: ({ params, caller, input }) =>
        answerOf((deps) => holdCertificateByAuthority({ ...asOfficer(params, caller), ...input }, deps)),
    }),
    'POST /authorities/{authority}/credentials/{issuer}/{id}/lift-hold': route({
      input: nothingInput,
      answer: ({ params, caller }) => answerOf((deps) => liftHoldByAuthority(asOfficer(params, caller), deps)),
    }),
  }) satisfies Partial<Answers<RouteRowOf<'status'>[]>>

const asPerson = ({ issuer, id }: Omit<OfAuthority, 'authority'>, { subject, signedInAt }: Caller) => ({
  issuer,
  uuid: uuidOf(id),
  actor: subject,
  signedInAt,
})

const asOfficer = ({ authority, issuer, id }: OfAuthority, { subject, signedInAt }: Caller) => ({
  authority,
  issuer,
  uuid: uuidOf(id),
  subject,
  signedInAt,
})

import { type Answer, type Answers, route } from '@sijil/http'
import {
  type PresentationVerification,
  type VerifyDeps,
  verifyDocument,
  verifyLink,
  verifyPresentation,
  withoutPerson,
} from '@sijil/registry/verification'
import type { RouteRowOf } from '../routes.ts'
import { tokenOf } from './token-of.ts'
import { tellVcalmProblem, vcalmAnswer } from './vcalm.ts'
import { vcalmPresentationInput, vcalmVerifyInput, verifyInput } from './verify-inputs.ts'

type VerifyParts = Omit<VerifyDeps, 'now'> & { clock: () => Date }

/** Three routes over one function. `/verify` answers 200 with a verdict, and the two of VCALM answer with the status code. */
export const verifyAnswers = ({ clock, ...parts }: VerifyParts): Answers<RouteRowOf<'verify'>[]> => {
  const deps = (): VerifyDeps => ({ ...parts, now: clock() })
  return {
    'POST /verify': route({
      input: verifyInput,
      async answer({ input: { verifiableCredential, verifiablePresentation, link, options } }) {
        const omit = options?.omit ?? []
        if (verifiablePresentation !== undefined) {
          const expected = { ...expectations(options), holderIsSubject: true }
          const { credentials, ...whole } = await verifyPresentation(verifiablePresentation, expected, deps())
          const each = credentials.map((verification) => withLess(verification, omit))
          return { status: 200, body: { ...withLess(whole, omit), credentials: each } }
        }
        if (link === undefined)
          return { status: 200, body: withLess(await verifyDocument(verifiableCredential, deps()), omit) }
        // Each address that opens a link leaves out the person until the caller asks for them.
        const { verification } = await verifyLink(tokenOf(link, parts.baseUrl), deps())
        const isAsked = options?.show?.includes('person') ?? false
        return { status: 200, body: withLess(isAsked ? verification : withoutPerson(verification), omit) }
      },
    }),

    'POST /credentials/verify': route({
      input: vcalmVerifyInput,
      tellProblem: tellVcalmProblem,
      answer: async ({ input: { verifiableCredential, options } }) =>
        vcalmAnswer([await verifyDocument(verifiableCredential, deps(), expectations(options))], parts),
    }),

    'POST /presentations/verify': route({
      input: vcalmPresentationInput,
      tellProblem: tellVcalmProblem,
      async answer({ input: { verifiablePresentation, options } }) {
        const expected = { ...expectations(options), holderIsSubject: false }
        const { credentials, ...whole } = await verifyPresentation(verifiablePresentation, expected, deps())
        return vcalmAnswer(credentials.length === 0 ? [withItsOwnChecks(whole)] : [whole, ...credentials], parts)
      },
    }),
  }
}

const expectations = (options: { challenge?: string | undefined; domain?: string | undefined } | undefined) => ({
  ...(options?.challenge !== undefined && { challenge: options.challenge }),
  ...(options?.domain !== undefined && { domain: options.domain }),
})

type Whole = Omit<PresentationVerification, 'credentials'>
/** The certificate with the person or without. */
type Answered = Omit<Whole, 'certificate'> & { certificate?: object | undefined }

/** A presentation without credentials contains nothing that could be expired, revoked or unknown. */
const withItsOwnChecks = (whole: Whole): Whole => ({
  ...whole,
  checks: whole.checks.filter(({ name }) => name === 'format' || name === 'proof' || name === 'issuer-key'),
})

/** Options reduce the output, never the checks. */
function withLess(verification: Answered, omit: readonly ('certificate' | 'evidence')[]): Answer['body'] & object {
  const { certificate, checks, ...rest } = verification
  return {
    ...rest,
    checks: omit.includes('evidence') ? checks.map(({ evidence: _, ...check }) => check) : checks,
    ...(certificate && !omit.includes('certificate') && { certificate }),
  }
}

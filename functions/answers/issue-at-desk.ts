import { type Answer, problemOf, route, type SignedIn } from '@sijil/http'
import { RegistryError, type RegistryErrorCode } from '@sijil/registry'
import { type IssueDeps, issueCertificate } from '@sijil/registry/issuance'
import type { TrustPolicy } from '@sijil/registry/trust'
import { deskPathOf, issuedPage, issueWaitsPage, notIssuedPage, parseToken } from '@sijil/web'
import { deskContext, problemFrom, seeOther } from './desk/parts.ts'
import { readCertificate } from './office/issue-input.ts'
import { page } from './pages/parts.ts'

interface SignParts {
  baseUrl: string
  policy: TrustPolicy
  deps: () => IssueDeps
}

/** The page says why nothing was issued, and leads back to the form. Other problems have a page of their own. */
const answeredHere: readonly RegistryErrorCode[] = [
  'validation-failed',
  'conflict',
  'in-progress',
  'write-conflict',
  'idempotency-key-reuse',
  'type-not-in-scope',
  'issuer-suspended',
  'issuer-not-accredited',
  'issuing-paused',
  'quota-exceeded',
  'signing-key-unavailable',
  'dependency-unavailable',
]

/** A reservation may have been abandoned under the key of the form. Nothing was issued with it, so a changed form gets another one. */
const withNewKey: readonly RegistryErrorCode[] = ['validation-failed', 'conflict']

/**
 * The last press of the desk: it signs what a member checked on a page of `office`. This function opens no session. The order in the form
 * says who checked which fields (docs/decisions/108-office-orders-and-issue-signs.md).
 */
export const signAnswers = ({ baseUrl, policy, deps }: SignParts) => ({
  'POST /desk/issuers/{issuer}/issue/sign': route<{ issuer: string }, SignedIn>({
    body: 'form',
    async answer(asked): Promise<Answer> {
      const { issuer } = asked.params
      const fields = asked.input as Readonly<Record<string, string>>
      const context = deskContext(asked, deskPathOf('issuers', issuer, 'issue'), { baseUrl, policy })
      try {
        const { input, idempotencyKey } = readCertificate(fields)
        const answer = await issueCertificate({ issuer, subject: asked.caller.subject, idempotencyKey, input }, deps())
        if ('waits' in answer) {
          // The brake holds a replacement by the former certificate, and the policy of the body any request by its content.
          if (answer.waits.action.kind === 'issue')
            return page(issueWaitsPage({ body: { id: issuer, name: issuer }, fields }, context), 202)
          const former = deskPathOf('issuers', issuer, 'certificates', input.replaces ?? '')
          return seeOther(former, asked, { done: 'waits' })
        }
        const { uuid, link, verifiableCredential, replayed } = answer
        const { name: title } = verifiableCredential as { name: string }
        const certificate = { id: uuid, number: input.certificateNumber, title }
        const token = parseToken(link.slice(link.lastIndexOf('/') + 1)) ?? ''
        const body = { id: issuer, name: nameIn(verifiableCredential) }
        const { qualification, recipient } = input
        const shown = { body, certificate, link, token, qualification, replayed, ...(recipient && { recipient }) }
        return page(issuedPage(shown, context))
      } catch (error) {
        if (asked.wants === 'json' || !(error instanceof RegistryError) || !answeredHere.includes(error.code))
          throw error
        const { body, headers } = problemOf(error, { baseUrl, requestId: '' })
        const { key: _, ...withoutKey } = fields
        const kept = withNewKey.includes(error.code) ? withoutKey : fields
        const problem = problemFrom(body, error.retryAfter)
        return {
          ...page(notIssuedPage({ body: { id: issuer, name: issuer }, problem, fields: kept }, context), body.status),
          headers,
        }
      }
    },
  }),
})

const nameIn = (credential: object): string => {
  const { issuer } = credential as { issuer: { name: string } }
  return issuer.name
}

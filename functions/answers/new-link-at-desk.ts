import { type Answer, route, type SignedIn } from '@sijil/http'
import { type NewLinkDeps, replaceLink } from '@sijil/registry/erasure'
import type { TrustPolicy } from '@sijil/registry/trust'
import { deskPathOf, newLinkPage, parseToken } from '@sijil/web'
import { deskContext, seeOther } from './desk/parts.ts'
import { newLinkForm } from './inputs.ts'
import { page } from './pages/parts.ts'
import { uuidOf } from './uuid-of.ts'

interface NewLinkParts {
  baseUrl: string
  policy: TrustPolicy
  deps: () => NewLinkDeps
}

/**
 * The last press for a new link: only this answer shows it. This function opens no session. The order in the form says who read which
 * certificate, and which link ends (docs/decisions/108-office-orders-and-issue-signs.md).
 */
export const newLinkAnswers = ({ baseUrl, policy, deps }: NewLinkParts) => ({
  'POST /desk/issuers/{issuer}/certificates/{id}/new-link/make': route<{ issuer: string; id: string }, SignedIn>({
    body: 'form',
    async answer(asked): Promise<Answer> {
      const { issuer } = asked.params
      const uuid = uuidOf(asked.params.id)
      const { number: ends } = newLinkForm.parse(asked.input)
      const made = await replaceLink({ issuer, uuid, actor: asked.caller.subject, ends }, deps())
      const path = deskPathOf('issuers', issuer, 'certificates', uuid)
      if ('waits' in made) return seeOther(path, asked, { done: 'waits' })
      const { link } = made
      const token = parseToken(link.slice(link.lastIndexOf('/') + 1)) ?? ''
      const context = deskContext(asked, path, { baseUrl, policy })
      return page(newLinkPage({ body: issuer, certificate: uuid, link, token }, context))
    },
  }),
})

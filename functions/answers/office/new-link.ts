import { route, type SignedIn, sealOrder } from '@sijil/http'
import { presentLink } from '@sijil/registry/erasure'
import { deskPathOf, newLinkCheckPage } from '@sijil/web'
import { deskContext } from '../desk/parts.ts'
import { page } from '../pages/parts.ts'
import { uuidOf } from '../uuid-of.ts'
import type { OfficeParts } from './parts.ts'

/** What follows from a new link, before the press. The press goes to the function `issue`, with an order that this one seals. */
export const newLinkForms = (parts: OfficeParts) => ({
  'POST /desk/issuers/{issuer}/certificates/{id}/new-link': route<{ issuer: string; id: string }, SignedIn>({
    body: 'form',
    async answer(asked) {
      const { issuer } = asked.params
      const uuid = uuidOf(asked.params.id)
      const { caller } = asked
      const number = await presentLink({ issuer, uuid, actor: caller.subject }, parts)
      const fields = { number: String(number) }
      const path = deskPathOf('issuers', issuer, 'certificates', uuid)
      const to = `${path}/new-link/make`
      const order = await sealOrder({ owner: issuer, path: to, caller, fields, now: parts.clock() }, parts.orders)
      return page(newLinkCheckPage({ body: issuer, certificate: uuid, fields, order }, deskContext(asked, path, parts)))
    },
  }),
})

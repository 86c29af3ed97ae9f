import { route, type SignedIn, sealOrder } from '@sijil/http'
import { recordPrint } from '@sijil/registry/issuance'
import { printPage } from '@sijil/web'
import { deskContext, orReturned } from '../desk/parts.ts'
import { textsIn } from '../desk/reason-input.ts'
import { printInput } from '../own-inputs.ts'
import { page } from '../pages/parts.ts'
import { strict } from '../strict.ts'
import { uuidOf } from '../uuid-of.ts'
import type { PageOfOne } from './keeping-forms.ts'
import { type Form, inputOf, type OfficeParts } from './parts.ts'

type OfOne = { issuer: string; id: string }

/**
 * Records a print, so that no paper is without a record. The page that follows has the button for the file: the function `paper` makes it,
 * for the order that this one seals.
 */
export const printingForms = ({ pathOf, shown }: PageOfOne<OfOne>, parts: OfficeParts) => ({
  'POST /desk/issuers/{issuer}/certificates/{id}/print': route<OfOne, SignedIn>({
    body: 'form',
    answer: (asked) => {
      const { store, clock, orders } = parts
      const form = asked.input as Form
      const { issuer } = asked.params
      const uuid = uuidOf(asked.params.id)
      const { caller } = asked
      return orReturned(
        async () => {
          const print = strict(inputOf(printInput, form))
          const fields = { copy: String(print.copy) }
          // Sealed before the print is recorded, so that no record stands without its button because the key store was away.
          const path = `${pathOf({ issuer, id: uuid })}/print/paper`
          const order = await sealOrder({ owner: issuer, path, caller, fields, now: clock() }, orders)
          const { copy } = await recordPrint(
            { issuer, uuid, subject: caller.subject, ...print },
            { store, now: clock() },
          )
          const context = deskContext(asked, pathOf({ issuer, id: uuid }), parts)
          return page(printPage({ body: issuer, certificate: uuid, copy, fields, order }, context))
        },
        (problem) => shown(asked, { returned: { verb: 'print', problem, typed: textsIn(form, ['reason']) } }),
        { ...parts, wants: asked.wants },
      )
    },
  }),
})

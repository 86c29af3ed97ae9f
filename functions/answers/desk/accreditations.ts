import { route, type SignedIn } from '@sijil/http'
import { accreditationView, requireOffice } from '@sijil/views/desk'
import { type AccreditationValues, accreditationPage, deskPath } from '@sijil/web'
import { accreditationOf } from '../accreditation-id.ts'
import type { DecideDeps } from '../officer-verbs.ts'
import { page } from '../pages/parts.ts'
import { atNow, type DeskParts, type DeskRequest, deskContext, orReturned, seeOther } from './parts.ts'
import { changeOf, suspensionOf, textsIn } from './reason-input.ts'

type OfOne = { authority: string; id: string }
type Form = Readonly<Record<string, unknown>>
type Asked = DeskRequest & { params: OfOne }

/** The page of one accreditation: its terms, the number of certificates that rest on it, and its forms. */
export const accreditationAnswers = (parts: DeskParts, verbs: DecideDeps) => {
  const shown = async (asked: Asked, returned?: AccreditationValues['returned']) => {
    const { authority, id } = asked.params
    const deps = atNow(parts)
    const office = await requireOffice(authority, asked.caller.subject, deps)
    const values = await accreditationView(office, accreditationOf(id), deps)
    const context = deskContext(asked, deskPath(authority, 'accreditations', id), parts)
    return accreditationPage({ ...values, ...(returned && { returned }) }, context)
  }

  const asking = ({ params, caller }: Asked) => ({ authority: params.authority, subject: caller.subject })
  /** A form of this page. If the action is refused, the page comes back with what was typed. */
  const form = (
    verb: 'suspend' | 'lift' | 'join' | 'withdraw',
    work: (asked: Asked, fields: Form) => Promise<string>,
  ) =>
    route<OfOne, SignedIn>({
      body: 'form',
      answer: (asked) => {
        const fields = asked.input as Form
        return orReturned(
          async () => seeOther(await work(asked, fields), asked),
          (problem) => shown(asked, { verb, problem, typed: textsIn(fields, ['basis', 'why', 'from', 'all']) }),
          parts,
        )
      },
    })
  const proposing = (verb: 'lift' | 'join' | 'withdraw') =>
    form(verb, async (asked, fields) => {
      const { id } = await verbs.change(verb, asking(asked), asked.params.id, changeOf(fields))
      return deskPath(asked.params.authority, 'proposals', id)
    })

  return {
    'GET /desk/authorities/{authority}/accreditations/{id}': route<OfOne, SignedIn>({
      answer: async (asked) => page(await shown(asked)),
    }),
    'POST /desk/authorities/{authority}/accreditations/{id}/suspend': form('suspend', async (asked, fields) => {
      const { authority, id } = asked.params
      await verbs.suspend(asking(asked), id, suspensionOf(fields))
      return deskPath(authority, 'accreditations', id)
    }),
    'POST /desk/authorities/{authority}/accreditations/{id}/lift': proposing('lift'),
    'POST /desk/authorities/{authority}/accreditations/{id}/join': proposing('join'),
    'POST /desk/authorities/{authority}/accreditations/{id}/withdraw': proposing('withdraw'),
  }
}

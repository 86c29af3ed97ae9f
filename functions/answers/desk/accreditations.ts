import { route, type SignedIn } from '@sijil/http'
import type { DeskSessions } from '@sijil/http/sessions'
import { accreditationView, requireOffice } from '@sijil/views/desk'
import { type AccreditationValues, accreditationPage, deskPath } from '@sijil/web'
import { accreditationOf } from '../accreditation-id.ts'
import type { DecideDeps } from '../officer-verbs.ts'
import { atNow, type DeskParts, type DeskRequest, deskContext, orReturned, seeOther, withKept } from './parts.ts'
import { suspensionOf, textsIn } from './reason-input.ts'

type OfOne = { authority: string; id: string }
type Form = Readonly<Record<string, unknown>>
type Asked = DeskRequest & { params: OfOne }

const suspendFields = ['basis', 'why', 'all'] as const
const suspendPath = ({ params: { authority, id } }: Asked) => deskPath(authority, 'accreditations', id, 'suspend')

/** The page of one accreditation: its terms, the number of certificates that rest on it, and its forms. */
export const accreditationAnswers = (parts: DeskParts, verbs: DecideDeps, sessions: Pick<DeskSessions, 'kept'>) => {
  const shown = async (asked: Asked, returned?: AccreditationValues['returned']) => {
    const { authority, id } = asked.params
    const deps = atNow(parts)
    const office = await requireOffice(authority, asked.caller.subject, deps)
    const values = await accreditationView(office, accreditationOf(id), deps)
    const context = deskContext(asked, deskPath(authority, 'accreditations', id), parts)
    return accreditationPage({ ...values, ...(returned && { returned }) }, context)
  }

  return {
    'GET /desk/authorities/{authority}/accreditations/{id}': route<OfOne, SignedIn>({
      answer: (asked) =>
        withKept(asked, suspendPath(asked), { kept: sessions.kept, clock: parts.clock }, (fields) =>
          shown(asked, fields && { verb: 'suspend', typed: textsIn(fields, suspendFields) }),
        ),
    }),
    'POST /desk/authorities/{authority}/accreditations/{id}/suspend': route<OfOne, SignedIn>({
      body: 'form',
      keepsForm: true,
      answer: (asked) => {
        const { authority, id } = asked.params
        const fields = asked.input as Form
        return orReturned(
          async () => {
            await verbs.suspend({ authority, subject: asked.caller.subject }, id, suspensionOf(fields))
            return seeOther(deskPath(authority, 'accreditations', id), asked)
          },
          (problem) => shown(asked, { verb: 'suspend', problem, typed: textsIn(fields, suspendFields) }),
          { ...parts, wants: asked.wants },
        )
      },
    }),
  }
}

import { parseInput, route, type SignedIn } from '@sijil/http'
import { day } from '@sijil/http/pieces'
import { RegistryError } from '@sijil/registry'
import { accreditView, type Office, requireOffice } from '@sijil/views/desk'
import { type AccreditValues, accreditPage, deskPath, QUALIFICATION_FIELD, SITE_FIELD } from '@sijil/web'
import * as z from 'zod'
import { accreditInput } from '../decision-inputs.ts'
import type { DecideDeps } from '../officer-verbs.ts'
import { page } from '../pages/parts.ts'
import { atNow, type DeskParts, type DeskRequest, deskContext, orReturned, seeOther } from './parts.ts'
import { groundsIn, textsIn } from './reason-input.ts'

type Form = Readonly<Record<string, unknown>>
type OfOne = { authority: string }
type Asked = DeskRequest & { params: OfOne }

const yes = z.literal('yes').optional()
const formInput = z
  .object({
    grantee: z.string({ error: 'choose one' }),
    right: z.string().optional(),
    framework: z.string().max(20).optional(),
    from: day.optional(),
    until: day.optional(),
    pilot: yes,
    power: yes,
    basis: z.string().optional(),
    why: z.string().optional(),
  })
  .catchall(yes)

const chosenIn = (form: Form, field: string): string[] =>
  Object.keys(form).flatMap((name) => (name.startsWith(field) ? [name.slice(field.length)] : []))

/** Turns the fields of the form into the body that the API takes. The input schema of the API refuses what is wrong (`validation-failed`). */
export function accreditationFrom(form: Form, state: string) {
  const { grantee, right, framework, from, until, pilot, power } = parseInput(formInput, form)
  const qualifications = framework === undefined ? chosenIn(form, QUALIFICATION_FIELD) : { framework }
  const sites = chosenIn(form, SITE_FIELD)
  const input = parseInput(accreditInput, {
    grantee,
    ...(right && { right }),
    // Without a chosen site there is no limit, as the form says.
    scope: { qualifications, ...(state !== 'ASEAN' && { places: [state] }), ...(sites.length > 0 && { sites }) },
    ...(until && { until: `${until}T23:59:59Z` }),
    ...(pilot && { pilot: true }),
    ...(power && { mayChangeStatus: true }),
    ...groundsIn(form),
    ...(from && { effectiveFrom: from }),
  })
  // An empty list does not mean "no limit". It would allow nothing, and nobody fills in this form for that.
  if (Array.isArray(qualifications) && qualifications.length === 0)
    throw new RegistryError('validation-failed', 'No qualification was chosen.', {
      faults: [{ pointer: '/qualifications', detail: 'choose at least one' }],
    })
  return input
}

/** The form with which one officer proposes an accreditation. */
export const accreditAnswers = (parts: DeskParts, verbs: DecideDeps) => {
  const shown = async (
    asked: Asked,
    office: Office,
    more: Pick<AccreditValues, 'typed' | 'problem'>,
  ): Promise<string> =>
    accreditPage(
      { ...(await accreditView(office, atNow(parts))), ...more },
      deskContext(asked, deskPath(asked.params.authority, 'accredit'), parts),
    )
  const officeOf = ({ params, caller }: Asked) => requireOffice(params.authority, caller.subject, atNow(parts))

  return {
    'GET /desk/authorities/{authority}/accredit': route<OfOne, SignedIn>({
      async answer(asked) {
        const office = await officeOf(asked)
        const { grantee } = asked.query
        return page(await shown(asked, office, { typed: { ...(grantee && { grantee }) } }))
      },
    }),
    'POST /desk/authorities/{authority}/accredit': route<OfOne, SignedIn>({
      body: 'form',
      async answer(asked) {
        const office = await officeOf(asked)
        const { id: authority, identity } = office.authority
        const fields = asked.input as Form
        return orReturned(
          async () => {
            const input = accreditationFrom(fields, identity.state)
            const { id } = await verbs.accredit({ authority, subject: asked.caller.subject }, input)
            return seeOther(deskPath(authority, 'proposals', id), asked)
          },
          (problem) => shown(asked, office, { typed: typedIn(fields), problem }),
          parts,
        )
      },
    }),
  }
}

/** The values for a form that comes back, exactly as they were typed. The page escapes them. */
function typedIn(form: Form): AccreditValues['typed'] {
  return {
    ...textsIn(form, ['grantee', 'right', 'framework', 'from', 'until', 'basis', 'why']),
    qualifications: chosenIn(form, QUALIFICATION_FIELD),
    sites: chosenIn(form, SITE_FIELD),
    pilot: form.pilot === 'yes',
    power: form.power === 'yes',
  }
}

import { type Answer, parseInput, route, type SignedIn, upload } from '@sijil/http'
import { artefacts, type NoteOpener, RegistryError } from '@sijil/registry'
import { isLogoOf, logoView, policyView, requireMemberAt, requireOfficeAt, signatoryView } from '@sijil/views/desk'
import { deskPathOf, logoPage, policyPage, type SignatoryValues, signatoryPage } from '@sijil/web'
import * as z from 'zod'
import type { DecideDeps } from '../officer-verbs.ts'
import { logoInput, signatoryInput } from '../own-inputs.ts'
import { page } from '../pages/parts.ts'
import { atNow, correctable, type DeskParts, type DeskRequest, deskContext, orReturned, seeOther } from './parts.ts'

type OfBody = { issuer: string }
type Asked = DeskRequest & { params: OfBody }
type Form = Readonly<Record<string, unknown>>

const effectiveFrom = logoInput.shape.effectiveFrom
const pictureForm = z.strictObject({ png: upload, effectiveFrom })
const isNone = (form: Form): boolean => form.none === 'yes'
/** A field that stays empty is left out. */
const filled = (form: Form): Form => Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ''))
const typedIn = ({ name, title, effectiveFrom: day }: Form): SignatoryValues['typed'] => ({
  ...(typeof name === 'string' && { name }),
  ...(typeof title === 'string' && { title }),
  ...(typeof day === 'string' && { effectiveFrom: day }),
})

/** The dated records of a body: its policy, who signs for it, and its logo. Each change is a proposal to a second officer. */
export const ownRecordAnswers = (
  parts: DeskParts & { opener: NoteOpener },
  verbs: Pick<DecideDeps, 'proposeSignatory' | 'proposeLogo' | 'openSignatories'>,
) => {
  const officeOf = ({ params, caller }: Asked) => requireMemberAt(params.issuer, caller.subject, atNow(parts))
  const contextOf = (asked: Asked, record: string) =>
    deskContext(asked, deskPathOf('issuers', asked.params.issuer, record), parts)

  const signatories = async (
    asked: Asked,
    more: Pick<SignatoryValues, 'problem' | 'typed'> & { names?: ReadonlyMap<string, string> } = {},
  ) => {
    const { names, ...rest } = more
    const values = await signatoryView(await officeOf(asked), names, atNow(parts))
    return signatoryPage({ ...values, ...rest }, contextOf(asked, 'signatory'))
  }
  const logos = async (asked: Asked, more: Pick<SignatoryValues, 'problem'> = {}) =>
    logoPage({ ...(await logoView(await officeOf(asked), atNow(parts))), ...more }, contextOf(asked, 'logo'))

  /** Only an officer sends these forms. After the press, the page of the proposal shows what the second officer will see. */
  const proposed = async (
    asked: Asked,
    propose: (body: string, subject: string) => Promise<{ id: string }>,
    returned: Parameters<typeof orReturned>[1],
  ): Promise<Answer> => {
    const { issuer } = asked.params
    const { subject } = asked.caller
    await requireOfficeAt('issuers', issuer, subject, atNow(parts))
    return orReturned(
      async () => seeOther(deskPathOf('issuers', issuer, 'proposals', (await propose(issuer, subject)).id), asked),
      returned,
      { ...parts, wants: asked.wants, codes: correctable },
    )
  }

  return {
    'GET /desk/issuers/{issuer}/policy': route<OfBody, SignedIn>({
      answer: async (asked) =>
        page(policyPage(await policyView(await officeOf(asked), atNow(parts)), contextOf(asked, 'policy'))),
    }),
    'GET /desk/issuers/{issuer}/signatory': route<OfBody, SignedIn>({
      answer: async (asked) => page(await signatories(asked)),
    }),
    'POST /desk/issuers/{issuer}/signatory': route<OfBody, SignedIn>({
      body: 'form',
      answer: (asked) => {
        const form = filled(asked.input as Form)
        return proposed(
          asked,
          (body, subject) => {
            const { effectiveFrom: day, ...signatory } = form
            const input = isNone(form)
              ? { signatory: null }
              : { signatory, ...(day !== undefined && { effectiveFrom: day }) }
            return verbs.proposeSignatory(body, subject, parseInput(signatoryInput, input))
          },
          (problem) => signatories(asked, { problem, ...(!isNone(form) && { typed: typedIn(form) }) }),
        )
      },
    }),
    'POST /desk/issuers/{issuer}/signatory/names': route<OfBody, SignedIn>({
      body: 'form',
      async answer(asked) {
        const { authority: body } = await officeOf(asked)
        const names = await verbs.openSignatories(body.id, asked.caller.subject, parts.opener)
        return page(await signatories(asked, { names }))
      },
    }),
    'GET /desk/issuers/{issuer}/logo': route<OfBody, SignedIn>({ answer: async (asked) => page(await logos(asked)) }),
    'POST /desk/issuers/{issuer}/logo': route<OfBody, SignedIn>({
      body: 'multipart-list',
      answer: (asked) => {
        const form = filled(asked.input as Form)
        return proposed(
          asked,
          async (body, subject) => {
            if (isNone(form)) return verbs.proposeLogo(body, subject, { png: null })
            const { png, effectiveFrom: day } = parseInput(pictureForm, form)
            return verbs.proposeLogo(body, subject, { png: png.bytes, effectiveFrom: day })
          },
          (problem) => logos(asked, { problem }),
        )
      },
    }),
    'GET /desk/issuers/{issuer}/logo/{id}': route<OfBody & { id: string }, SignedIn>({
      async answer(asked) {
        const { id: digest, issuer } = asked.params
        await officeOf(asked)
        const isOwn = /^[0-9a-f]{64}$/.test(digest) && (await isLogoOf(issuer, digest, atNow(parts)))
        const bytes = isOwn ? await parts.logos.read({ name: artefacts.logo(digest), digest }) : undefined
        if (bytes === undefined) throw new RegistryError('not-found', 'no such logo')
        return { status: 200, body: bytes, type: 'image/png' }
      },
    }),
  }
}

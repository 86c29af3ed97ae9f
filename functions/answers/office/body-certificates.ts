import { createPageToken, parseQuery, readPage, route, type SignedIn } from '@sijil/http'
import { text } from '@sijil/http/pieces'
import { readOnce } from '@sijil/registry'
import { openCertificate } from '@sijil/registry/issuance'
import { reinstateCertificate, revokeCertificate, suspendCertificate } from '@sijil/registry/status'
import { MAX_QUALIFICATION_LENGTH } from '@sijil/views'
import { certificatesView, certificateView, requireMemberAt } from '@sijil/views/desk'
import { type CertificateValues, certificatePage, certificatesPage, deskPathOf, type StatusVerb } from '@sijil/web'
import * as z from 'zod'
import { type DeskRequest, deskContext, seeOther } from '../desk/parts.ts'
import { reinstateInput, revokeInput, suspendInput, uuid } from '../inputs.ts'
import { chosen, page } from '../pages/parts.ts'
import { strict } from '../strict.ts'
import { uuidOf } from '../uuid-of.ts'
import { bodyKeepingForms, requireSure } from './keeping-forms.ts'
import { certificateAnswer, changed, type Form, inputOf, type OfficeParts } from './parts.ts'
import { printingForms } from './printing.ts'

const numberInput = z.strictObject({ number: text(100) })
/** The months of a calendar. A form sends an empty text for what was not chosen. */
const filterQuery = z.object({
  state: z.enum(['in-force', 'suspended', 'revoked']).optional(),
  qualification: z.string().max(MAX_QUALIFICATION_LENGTH).optional(),
  month: z
    .string()
    .regex(/^(?:19|20)\d\d-(?:0[1-9]|1[0-2])$/, { error: 'must be a month, YYYY-MM' })
    .optional(),
})

type OfOne = { issuer: string; id: string }
type Asked = DeskRequest & { params: OfOne }

/** The certificates of a body, for its own members: the list, one certificate, and the changes of its state. */
export const bodyCertificateAnswers = (parts: OfficeParts) => {
  const { store, secrets, notes } = parts
  const viewDeps = () => ({ store: readOnce(store), policy: parts.policy, now: parts.clock(), secrets, notes })
  const pathOf = ({ issuer, id }: OfOne) => deskPathOf('issuers', issuer, 'certificates', id)

  const shown = async (asked: Asked, more: Pick<CertificateValues, 'returned' | 'done' | 'holder'> = {}) => {
    const { issuer } = asked.params
    const id = uuidOf(asked.params.id)
    const { subject } = asked.caller
    const deps = viewDeps()
    const office = await requireMemberAt(issuer, subject, deps)
    const values = await certificateView(office, { subject, id }, deps)
    return certificatePage({ ...values, ...more }, deskContext(asked, pathOf({ issuer, id }), parts))
  }

  const verbs = {
    suspend: (request: Changing, form: Form) =>
      suspendCertificate({ ...request, ...strict(inputOf(suspendInput, form)) }, changeDeps()),
    reinstate: (request: Changing, form: Form) =>
      reinstateCertificate({ ...request, ...strict(inputOf(reinstateInput, form)) }, changeDeps()),
    async revoke(request: Changing, form: Form) {
      requireSure(form)
      return revokeCertificate({ ...request, ...strict(inputOf(revokeInput, form)) }, changeDeps())
    },
  }
  const changeDeps = () => ({ store, notes: parts.sealer, patience: parts.patience, now: parts.clock() })

  const changing = (verb: StatusVerb) =>
    route<OfOne, SignedIn>({
      body: 'form',
      keepsForm: true,
      answer: (asked) => {
        const form = asked.input as Form
        const { issuer } = asked.params
        const uuid = uuidOf(asked.params.id)
        const request = { issuer, uuid, actor: asked.caller.subject }
        return changed(
          { ...asked, verb, path: pathOf({ issuer, id: uuid }), form },
          () => verbs[verb](request, form),
          (returned) => shown(asked, { returned }),
          parts,
        )
      },
    })

  /** All certificates, page by page, or those with a number. A number comes in a body, and never in an address. */
  const listed = async (asked: DeskRequest & { params: { issuer: string } }, number?: string) => {
    const { issuer } = asked.params
    const { subject } = asked.caller
    const deps = viewDeps()
    const office = await requireMemberAt(issuer, subject, deps)
    const filter = strict(parseQuery(filterQuery, chosen(asked.query)))
    const question = { index: `CERTIFICATES#${issuer}`, filters: { ...filter } }
    const { values, next } = await certificatesView(
      office,
      { subject, number, filter, ...readPage(asked.query, question) },
      { ...deps, qualifications: parts.qualifications },
    )
    const more = next && { next: createPageToken(next, question) }
    const context = deskContext(asked, deskPathOf('issuers', issuer, 'certificates'), parts)
    return page(certificatesPage({ ...values, ...more }, context))
  }

  return {
    'GET /desk/issuers/{issuer}/certificates': route<{ issuer: string }, SignedIn>({
      answer: (asked) => listed(asked),
    }),
    'POST /desk/issuers/{issuer}/certificates': route<{ issuer: string }, SignedIn, { number: string }>({
      body: 'form',
      input: numberInput,
      async answer(asked) {
        const id = uuid.safeParse(asked.input.number)
        // An id is in addresses anyway. The page answers whether there is such a certificate.
        if (id.success) return seeOther(pathOf({ issuer: asked.params.issuer, id: id.data }), asked)
        return listed(asked, asked.input.number)
      },
    }),
    'GET /desk/issuers/{issuer}/certificates/{id}': route<OfOne, SignedIn>({
      answer: (asked) => certificateAnswer(asked, pathOf(asked.params), (more) => shown(asked, more), parts),
    }),
    'POST /desk/issuers/{issuer}/certificates/{id}/show': route<OfOne, SignedIn>({
      body: 'form',
      async answer(asked) {
        const opening = { issuer: asked.params.issuer, uuid: uuidOf(asked.params.id), subject: asked.caller.subject }
        const { boxes, patience } = parts
        const { certificate } = await openCertificate(
          { ...opening, purpose: 'show' },
          { ...viewDeps(), store, boxes, patience },
        )
        const { id: _, ...holder } = certificate.holder
        return page(await shown(asked, { holder }))
      },
    }),
    ...bodyKeepingForms({ pathOf, shown }, parts),
    ...printingForms({ pathOf, shown }, parts),
    'POST /desk/issuers/{issuer}/certificates/{id}/suspend': changing('suspend'),
    'POST /desk/issuers/{issuer}/certificates/{id}/reinstate': changing('reinstate'),
    'POST /desk/issuers/{issuer}/certificates/{id}/revoke': changing('revoke'),
  }
}

interface Changing {
  issuer: string
  uuid: string
  actor: string
}

import { type Answer, route, type SignedIn } from '@sijil/http'
import { RegistryError, readOnce } from '@sijil/registry'
import { carryOutOnCertificate, suspendCertificateByAuthority } from '@sijil/registry/decisions'
import { overseenBodiesView, overseenCertificateView, requireOffice } from '@sijil/views/desk'
import { type CertificateValues, certificatePage, deskPath, overseenCertificatesPage } from '@sijil/web'
import { suspendCertificateInput } from '../decision-inputs.ts'
import { type DeskRequest, deskContext, seeOther } from '../desk/parts.ts'
import { page } from '../pages/parts.ts'
import { uuidOf } from '../uuid-of.ts'
import { authorityKeepingForms } from './keeping-forms.ts'
import { certificateAnswer, changed, type Form, inputOf, type OfficeParts } from './parts.ts'

type OfOne = { authority: string; issuer: string; id: string }
type Asked = DeskRequest & { params: OfOne }

/** A certificate of a body, for officers of an authority that kept the power over it. What two officers decided is carried out here. */
export const overseenCertificateAnswers = (parts: OfficeParts) => {
  const { store, policy, patience } = parts
  const deps = () => ({ store, policy, patience, now: parts.clock() })
  const viewDeps = () => ({ ...deps(), store: readOnce(store) })
  const pathOf = ({ authority, issuer, id }: OfOne) => deskPath(authority, 'certificates', issuer, id)

  const shown = async (asked: Asked, more: Pick<CertificateValues, 'returned' | 'done'> = {}) => {
    const { authority, issuer } = asked.params
    const id = uuidOf(asked.params.id)
    const { subject } = asked.caller
    const deps = viewDeps()
    const office = await requireOffice(authority, subject, deps)
    const values = await overseenCertificateView(office, { subject, issuer, id }, deps)
    return certificatePage({ ...values, ...more }, deskContext(asked, pathOf({ authority, issuer, id }), parts))
  }

  return {
    'GET /desk/authorities/{authority}/certificates': route<{ authority: string }, SignedIn>({
      async answer(asked): Promise<Answer> {
        const { authority } = asked.params
        const { issuer, certificate } = asked.query
        const deps = viewDeps()
        const office = await requireOffice(authority, asked.caller.subject, deps)
        const context = deskContext(asked, deskPath(authority, 'certificates'), parts)
        const values = await overseenBodiesView(office, deps)
        if (!issuer || !certificate) return page(overseenCertificatesPage(values, context))
        try {
          const id = uuidOf(certificate.trim())
          await overseenCertificateView(office, { subject: asked.caller.subject, issuer, id }, deps)
          return seeOther(pathOf({ authority, issuer, id }), asked)
        } catch (error) {
          if (!(error instanceof RegistryError && error.code === 'not-found')) throw error
          return page(overseenCertificatesPage({ ...values, typed: { issuer, certificate } }, context), 404)
        }
      },
    }),
    'GET /desk/authorities/{authority}/certificates/{issuer}/{id}': route<OfOne, SignedIn>({
      answer: (asked) => certificateAnswer(asked, pathOf(asked.params), (more) => shown(asked, more), parts),
    }),
    ...authorityKeepingForms({ pathOf, shown }, parts),
    'POST /desk/authorities/{authority}/certificates/{issuer}/{id}/suspend': route<OfOne, SignedIn>({
      body: 'form',
      keepsForm: true,
      answer: (asked) => {
        const form = asked.input as Form
        const { authority, issuer } = asked.params
        const uuid = uuidOf(asked.params.id)
        const { subject } = asked.caller
        return changed(
          { ...asked, verb: 'suspend', path: pathOf({ authority, issuer, id: uuid }), form },
          () =>
            suspendCertificateByAuthority(
              { authority, issuer, uuid, subject, ...inputOf(suspendCertificateInput, form) },
              deps(),
            ),
          (returned) => shown(asked, { returned }),
          parts,
        )
      },
    }),
    'POST /desk/authorities/{authority}/proposals/{id}/carry-out': route<{ authority: string; id: string }, SignedIn>({
      body: 'form',
      async answer(asked) {
        const { authority, id } = asked.params
        await carryOutOnCertificate({ authority, id, subject: asked.caller.subject }, deps())
        return seeOther(deskPath(authority, 'proposals', id), asked)
      },
    }),
  }
}

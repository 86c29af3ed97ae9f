import { route, type SignedIn } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { holdCertificateByAuthority, liftHoldByAuthority } from '@sijil/registry/decisions'
import { eraseCertificate, holdCertificate, liftHold } from '@sijil/registry/erasure'
import type { StatusChanged } from '@sijil/registry/status'
import type { CertificateValues, KeepingVerb } from '@sijil/web'
import type { DeskRequest } from '../desk/parts.ts'
import { eraseInput, holdInput } from '../inputs.ts'
import { uuidOf } from '../uuid-of.ts'
import { changed, type Form, inputOf, type OfficeParts } from './parts.ts'

type OfBody = { issuer: string; id: string }
type OfAuthority = OfBody & { authority: string }
type Returned = Pick<CertificateValues, 'returned'>
type Keep<Params> = (asked: DeskRequest & { params: Params }, form: Form) => Promise<StatusChanged>

/** The page of a certificate, to which each of these forms leads back. */
export interface PageOfOne<Params> {
  pathOf: (params: Params) => string
  shown: (asked: DeskRequest & { params: Params }, more: Returned) => Promise<string>
}

/** A form that states how it goes on. The page of the certificate says what was done, or that it waits for a second person. */
const keeping = <Params extends OfBody>(
  verb: KeepingVerb,
  keep: Keep<Params>,
  { pathOf, shown }: PageOfOne<Params>,
  parts: OfficeParts,
) =>
  route<Params, SignedIn>({
    body: 'form',
    keepsForm: true,
    answer: (asked) => {
      const form = asked.input as Form
      const path = pathOf({ ...asked.params, id: uuidOf(asked.params.id) })
      return changed(
        { ...asked, verb, path, form },
        () => keep(asked, form),
        (returned) => shown(asked, { returned }),
        parts,
      )
    },
  })

const depsOf = ({ store, policy, patience, clock }: OfficeParts) => ({ store, policy, patience, now: clock() })

/** Erasing a certificate of a body, and its legal holds. */
export function bodyKeepingForms(ofOne: PageOfOne<OfBody>, parts: OfficeParts) {
  const request = ({ params: { issuer, id }, caller: { subject, signedInAt } }: DeskRequest & { params: OfBody }) => ({
    issuer,
    uuid: uuidOf(id),
    actor: subject,
    signedInAt,
  })
  const erase: Keep<OfBody> = async (asked, form) => {
    requireSure(form)
    return eraseCertificate({ ...request(asked), ...inputOf(eraseInput, form) }, depsOf(parts))
  }
  const hold: Keep<OfBody> = async (asked, form) =>
    holdCertificate({ ...request(asked), ...inputOf(holdInput, form) }, depsOf(parts))
  const lift: Keep<OfBody> = (asked) => liftHold(request(asked), depsOf(parts))
  return {
    'POST /desk/issuers/{issuer}/certificates/{id}/erase': keeping('erase', erase, ofOne, parts),
    'POST /desk/issuers/{issuer}/certificates/{id}/hold': keeping('hold', hold, ofOne, parts),
    'POST /desk/issuers/{issuer}/certificates/{id}/lift-hold': keeping('lift-hold', lift, ofOne, parts),
  }
}

/** Legal holds of an authority. It erases nothing. */
export function authorityKeepingForms(ofOne: PageOfOne<OfAuthority>, parts: OfficeParts) {
  const request = ({ params, caller: { subject, signedInAt } }: DeskRequest & { params: OfAuthority }) => {
    const { authority, issuer, id } = params
    return { authority, issuer, uuid: uuidOf(id), subject, signedInAt }
  }
  const hold: Keep<OfAuthority> = async (asked, form) =>
    holdCertificateByAuthority({ ...request(asked), ...inputOf(holdInput, form) }, depsOf(parts))
  const lift: Keep<OfAuthority> = (asked) => liftHoldByAuthority(request(asked), depsOf(parts))
  return {
    'POST /desk/authorities/{authority}/certificates/{issuer}/{id}/hold': keeping('hold', hold, ofOne, parts),
    'POST /desk/authorities/{authority}/certificates/{issuer}/{id}/lift-hold': keeping('lift-hold', lift, ofOne, parts),
  }
}

/** Nobody can take it back, so the form asks once more. */
export function requireSure({ sure }: Form): void {
  if (sure === 'yes') return
  throw new RegistryError('validation-failed', 'The form is not complete.', {
    faults: [{ pointer: '/sure', detail: 'is missing', reason: 'missing' }],
  })
}

import { type Certificate, DocumentFault, fromOpenBadge, parseUnsecured } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import { completeDocument } from './complete-document.ts'
import { issueCertificate } from './issue.ts'
import { canonicalInput, type IssueInput } from './issue-input.ts'
import type { Issuing } from './issuing.ts'
import type { Issued } from './reopen.ts'

/**
 * The same by VCALM's shape: a document of our profile, whose server-set members may be left out and are set again in any case.
 * Without a key of its own, the document itself is the key: sent again, it issues nothing twice.
 */
export function issueDocument(
  {
    credential,
    idempotencyKey,
    ...request
  }: { issuer: string; subject: string; credential: Readonly<Record<string, unknown>>; idempotencyKey?: string },
  needs: Issuing,
): Promise<Issued> {
  const input = inputOf(credential, needs.baseUrl)
  return issueCertificate(
    { ...request, idempotencyKey: idempotencyKey ?? `document ${canonicalInput(credential)}`, input },
    needs,
  )
}

function inputOf(credential: Readonly<Record<string, unknown>>, baseUrl: string): IssueInput {
  try {
    return inputFrom(fromOpenBadge(parseUnsecured(completeDocument(credential, baseUrl))))
  } catch (fault) {
    if (!(fault instanceof DocumentFault)) throw fault
    throw new RegistryError('validation-failed', 'this issuer issues certificates of its own profile only', {
      cause: fault,
      faults: [{ pointer: `/credential${fault.pointer}`, detail: fault.message }],
    })
  }
}

function inputFrom({
  holder,
  qualification,
  certificateNumber,
  units,
  centre,
  signatory,
  ...certificate
}: Certificate): IssueInput {
  const { assessedOn, awardedOn, route, method, assessor, validUntil } = certificate
  const whole = qualification.partOf?.id ?? qualification.id
  return {
    qualification: whole.split('/').at(-1) ?? '',
    holder: {
      name: holder.name,
      ...(holder.nativeName && { nativeName: holder.nativeName }),
      ...(holder.birthDate && { birthDate: holder.birthDate }),
    },
    certificateNumber,
    ...(holder.registerNumber && { registerNumber: holder.registerNumber }),
    ...(assessedOn && { assessedOn }),
    ...(awardedOn && { awardedOn }),
    ...(route && { route }),
    ...(method && { method }),
    ...(assessor && { assessor }),
    ...(centre && { centre: { id: centre.id.split('/').at(-1) ?? '' } }),
    ...(units.length > 0 && { units: units.map(({ code }) => code) }),
    ...(qualification.limits && { limits: qualification.limits }),
    ...(signatory && { signatory }),
    ...(validUntil && { validUntil: validUntil.slice(0, 10) }),
    language: qualification.language,
  }
}

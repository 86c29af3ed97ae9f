import { type Certificate, issuerOfDid } from '@sijil/credentials'
import type { Paper, PaperTitle } from '@sijil/paper'
import { RegistryError } from '@sijil/registry'
import type { Verification } from '@sijil/registry/verification'
import { type LetterheadDeps, letterheadAt } from './letterhead.ts'
import type { ViewDeps } from './view.ts'

interface Printed {
  /** The token of its link. */
  token: string
  /** The signed certificate. */
  document: object
  /** 1 for the first print of the body, and for whoever holds the link. */
  copy?: number
}

/**
 * Everything that stands on the paper of a certificate. Throws `conflict` unless it is in force now: a paper outlives every later change of
 * its certificate, so none is made of one that no longer counts. Logo and signatory are those that were recorded when it was signed.
 */
export async function paperView(
  verification: Verification,
  { token, document, copy = 1 }: Printed,
  { baseUrl, now, ...deps }: Pick<ViewDeps, 'baseUrl' | 'now'> & LetterheadDeps,
): Promise<Paper> {
  const { verdict, certificate, demonstration } = verification
  if (verdict !== 'valid' || certificate === undefined)
    throw new RegistryError(
      'conflict',
      verdict === 'indeterminate'
        ? 'It cannot be confirmed now that this certificate is in force, so no paper is made. Open its link to see why.'
        : 'This certificate is not in force, so no paper is made. Open its link to see why.',
    )
  const { holder, issuer, qualification } = certificate
  return {
    body: { bodyName: issuer.name, ...(await sealOf(certificate, baseUrl, deps)) },
    ...(issuer.onBehalfOf && { onBehalfOf: issuer.onBehalfOf.name }),
    certificateNumber: certificate.certificateNumber,
    kind: qualification.kind,
    holder: { name: holder.name, ...(holder.nativeName && { nativeName: holder.nativeName }) },
    titles: titlesOf(qualification),
    isPart: qualification.partOf !== undefined,
    facts: factsOf(certificate),
    levels: certificate.levels.map(({ name, citation }) => ({ name, citation })),
    units: certificate.units,
    token,
    registry: baseUrl,
    madeAt: now,
    isDuplicate: copy > 1,
    isSpecimen: demonstration === true,
    document: JSON.stringify(document),
  }
}

/** A signatory whom the certificate names stands before the recorded one, so that the paper contradicts nothing that was signed. */
async function sealOf({ issuer, validFrom, signatory }: Certificate, baseUrl: string, deps: LetterheadDeps) {
  const body = issuerOfDid(issuer.id, baseUrl)
  // The start of the second that the certificate names, so that nothing recorded after the signature changes its paper.
  const signed = new Date(validFrom).toISOString()
  const recorded =
    body === undefined ? undefined : await letterheadAt(body, { effective: signed, recorded: signed }, deps)
  const named = signatory ? { name: signatory.name, title: signatory.position } : recorded?.signatory
  return { ...(recorded?.logo && { logo: recorded.logo }), ...(named && { signatory: named }) }
}

/** The national title first, then the English one. A part has the title of the whole qualification, and says that it is a part. */
function titlesOf({
  title,
  language,
  localTitle,
  partOf,
}: Certificate['qualification']): readonly [PaperTitle, ...PaperTitle[]] {
  if (partOf !== undefined) return [{ text: partOf.title, language: 'en' }]
  const own = { text: title, language }
  if (localTitle === undefined) return [own]
  return localTitle.language === 'en' ? [own, localTitle] : [localTitle, own]
}

/** Days are in UTC, as on every page. */
function factsOf({ validFrom, validUntil, holder, qualification, assessedOn, centre }: Certificate): Paper['facts'] {
  return {
    issued: validFrom.slice(0, 10),
    ...(validUntil && { validUntil: validUntil.slice(0, 10) }),
    ...(holder.birthDate && { birthDate: holder.birthDate }),
    ...(holder.registerNumber && { registerNumber: holder.registerNumber }),
    ...(qualification.edition && { edition: qualification.edition }),
    ...(assessedOn && { assessedOn }),
    ...(centre && { centre: centre.name }),
    ...(qualification.limits && { limits: qualification.limits }),
  }
}

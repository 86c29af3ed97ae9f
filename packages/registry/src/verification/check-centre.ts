import type { Certificate } from '@sijil/credentials'
import { type QualificationHistory, qualificationAt } from '../catalogue/qualification-at.ts'
import { endOfDay } from '../moments.ts'
import { isOwnerId } from '../stream.ts'
import { accreditationStatus } from '../trust/accreditation-status.ts'
import { entityAt } from '../trust/fold.ts'
import { placeOf } from '../trust/place.ts'
import { failed, notPerformed, passed } from './check.ts'
import type { RecordSource } from './record-source.ts'
import type { Check } from './verification.ts'

export const centreUrl = (baseUrl: string, id: string): string => `${baseUrl}/centres/${id}`

/** The id of the centre that the certificate names. `undefined` if it names none, or one that is not of this registry. */
export function centreIdOf({ centre }: Certificate, baseUrl: string): string | undefined {
  const prefix = centreUrl(baseUrl, '')
  const bare = centre?.id.startsWith(prefix) ? centre.id.slice(prefix.length) : ''
  return isOwnerId(bare) ? bare : undefined
}

/**
 * `centre`: was the named centre in scope on the day of assessment, as far as is known now? Passes if the certificate names no centre.
 * `pilot` says whether the answer rests on a pilot.
 */
export async function checkCentre(
  certificate: Certificate,
  { issuedAt, reservedAt }: { issuedAt: string; reservedAt: string | undefined },
  qualification: QualificationHistory,
  { trust, policy, baseUrl, now, keptBy }: Pick<RecordSource, 'trust' | 'policy' | 'baseUrl' | 'now' | 'keptBy'>,
): Promise<{ check: Check; pilot: boolean }> {
  const { centre, assessedOn, awardedOn } = certificate
  if (centre === undefined) return { check: passed('centre', { named: false }), pilot: false }
  const id = centreIdOf(certificate, baseUrl)
  const recorded = now.toISOString()
  const entity = id === undefined ? undefined : entityAt(id, await trust(id), recorded)
  if (id === undefined || entity?.kind !== 'centre')
    return { check: notPerformed('centre', 'centre-unknown'), pilot: false }
  // The other registry may know a qualification that this one does not.
  const isKnown = qualificationAt(qualification, { effective: recorded, recorded }) !== undefined
  if (!isKnown && keptBy !== undefined)
    return { check: notPerformed('centre', 'catalogue-not-copied', { registry: keptBy.registry }), pilot: false }
  const day = assessedOn ?? awardedOn
  const effective = day === undefined ? issuedAt : endOfDay(day)
  const { standing, pilot = false } = await accreditationStatus(
    {
      issuer: id,
      right: 'assess',
      qualification,
      certificate: {
        edition: certificate.qualification.edition,
        units: certificate.units.map(({ code }) => code),
        reservedAt,
      },
      place: placeOf(entity),
      site: id,
      effective,
      recorded,
    },
    { trust, policy },
  )
  const evidence = { centre: id, effective, recorded, standing }
  if (standing === 'authorised') return { check: passed('centre', evidence), pilot }
  if (standing === 'unknown') return { check: notPerformed('centre', 'centre-unknown', evidence), pilot }
  return { check: failed('centre', 'centre-not-in-scope', evidence), pilot }
}

import type { Certificate } from '@sijil/credentials'
import { isOwnerId } from '../stream.ts'
import { entityAt } from '../trust/fold.ts'
import { issuerStanding } from '../trust/standing.ts'
import type { CheckList } from './check-list.ts'
import { qualificationOf } from './check-qualification.ts'
import type { Verifying } from './verifying.ts'

export const centreUrl = (baseUrl: string, id: string): string => `${baseUrl}/centres/${id}`

/** Our id of the centre that is named; absent where none is, or where it is none of this registry. */
export function centreIdOf({ centre }: Certificate, baseUrl: string): string | undefined {
  const prefix = centreUrl(baseUrl, '')
  const bare = centre?.id.startsWith(prefix) ? centre.id.slice(prefix.length) : ''
  return isOwnerId(bare) ? bare : undefined
}

/** The centre that is named was in scope on the day of assessment, by what is known now. Where none is named there is nothing to ask. Answers whether it was a pilot. */
export async function checkCentre(
  certificate: Certificate,
  issuedAt: string,
  checks: CheckList,
  { trust, policy, baseUrl, now }: Verifying,
): Promise<boolean> {
  const { centre, assessedOn, awardedOn } = certificate
  if (centre === undefined) {
    checks.pass('centre', { named: false })
    return false
  }
  const id = centreIdOf(certificate, baseUrl)
  const recorded = now.toISOString()
  const entity = id === undefined ? undefined : entityAt(id, await trust(id), recorded)
  if (id === undefined || entity?.kind !== 'centre') {
    checks.leave('centre', 'centre-unknown')
    return false
  }
  const day = assessedOn ?? awardedOn
  const effective = day === undefined ? issuedAt : `${day}T23:59:59.999Z`
  const place = entity.identity.state === 'ASEAN' ? undefined : entity.identity.state
  const qualification = qualificationOf(certificate)
  const { standing, pilot = false } = await issuerStanding(
    { issuer: id, right: 'assess', qualification, place, site: id, effective, recorded },
    { trust, policy },
  )
  const evidence = { centre: id, effective, recorded, standing }
  if (standing === 'authorised') checks.pass('centre', evidence)
  else if (standing === 'unknown') checks.leave('centre', 'centre-unknown', evidence)
  else checks.fail('centre', 'centre-not-in-scope', evidence)
  return pilot
}

import { ANY_SITE } from '@sijil/qualifications'
import type { CatalogueReader } from '../catalogue/reader.ts'
import { accreditationStatus } from '../trust/accreditation-status.ts'
import { successorOn } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { placeOf } from '../trust/place.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import type { TrustReader } from '../trust/reader.ts'
import type { RecognisedEdition } from './decided.ts'

export interface MayRecogniseDeps {
  trust: TrustReader
  /** Asked by an id, or by the address of a qualification of another registry. */
  catalogue: CatalogueReader
  policy: TrustPolicy
}

/**
 * True if the authority may decide now, in its own state, about these units of an edition of another state, or about all of them. Its state
 * is that of its record. Of a qualification of another registry, the catalogue knows what the accepted list and the baseline say.
 */
export async function mayRecognise(
  authority: string,
  { of, units }: { of: RecognisedEdition; units: readonly string[] | undefined },
  moment: string,
  { trust, catalogue, policy }: MayRecogniseDeps,
): Promise<boolean> {
  const entity = entityAt(authority, await trust(authority), moment)
  const place = entity && placeOf(entity)
  if (entity?.kind !== 'authority' || place === undefined || successorOn(entity, moment) !== undefined) return false
  const { standing } = await accreditationStatus(
    {
      issuer: authority,
      right: 'recognise',
      qualification: await catalogue(of.qualification),
      certificate: { edition: of.edition, ...(units && { units }) },
      place,
      site: ANY_SITE,
      effective: moment,
      recorded: moment,
    },
    { trust, policy },
  )
  return standing === 'authorised'
}

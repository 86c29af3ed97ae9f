import type { Plan } from '../certificates/plan.ts'
import { RegistryError } from '../errors.ts'
import { earlierOf, endOfDay } from '../moments.ts'
import { isOwnerId } from '../stream.ts'
import { accreditationStatus } from '../trust/accreditation-status.ts'
import { entityAt } from '../trust/fold.ts'
import { placeOf } from '../trust/place.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import type { TrustReader } from '../trust/reader.ts'

/**
 * Throws `validation-failed` unless the named centre is registered and was allowed to assess for this qualification on the day.
 * Verification asks the same later.
 */
export async function requireCentre(
  plan: Plan,
  { trust, policy, now }: { trust: TrustReader; policy: TrustPolicy; now: Date },
): Promise<Plan> {
  const id = plan.input.centre?.id
  if (id === undefined) return plan
  const recorded = now.toISOString()
  const fault = (detail: string) =>
    new RegistryError('validation-failed', 'the assessment centre cannot be named', {
      faults: [{ pointer: '/centre/id', detail }],
    })
  const entity = isOwnerId(id) ? entityAt(id, await trust(id), recorded) : undefined
  if (entity?.kind !== 'centre') throw fault('no assessment centre with this id; have it registered, or leave it out')
  const effective = earlierOf(endOfDay(plan.input.assessedOn ?? plan.award), recorded)
  const { standing, sentence } = await accreditationStatus(
    {
      issuer: id,
      right: 'assess',
      qualification: plan.history,
      certificate: { edition: plan.qualification.edition, units: plan.units.map(({ code }) => code) },
      place: placeOf(entity),
      site: id,
      effective,
      recorded,
    },
    { trust, policy },
  )
  if (standing !== 'authorised') throw fault(sentence)
  return { ...plan, centre: { id, name: entity.identity.name } }
}

import { RegistryError } from '../errors.ts'
import { trustOf } from '../trust/reader.ts'
import { issuerStanding } from '../trust/standing.ts'
import { burnReservation } from './burn.ts'
import type { Plan } from './compose.ts'
import type { Issuing } from './issuing.ts'
import type { CertificateRecord } from './record.ts'
import type { SigningBody } from './signing-body.ts'

/**
 * Judged for this qualification, place and assessment centre, now and on the day of the award; a refusal ends what was reserved. "Now" is the moment of
 * the request, or that of the body's last entry where one came meanwhile: a suspension between two steps is seen (F12, I20).
 */
export async function requireAuthority(
  plan: Plan,
  body: SigningBody,
  needs: Issuing,
  record?: CertificateRecord,
): Promise<void> {
  const trust = trustOf(needs.store)
  const asked = needs.now.toISOString()
  const latest = (await trust(body.id)).at(-1)?.recordedAt ?? asked
  const moment = latest > asked ? latest : asked
  const question = {
    issuer: body.id,
    qualification: plan.qualification.id,
    place: body.place,
    site: plan.centre?.id,
    recorded: moment,
  }
  for (const effective of [`${plan.award}T23:59:59.999Z`, moment]) {
    const answer = await issuerStanding(
      { ...question, effective: effective < moment ? effective : moment },
      { trust, policy: needs.policy },
    )
    if (answer.standing === 'authorised') continue
    if (record !== undefined) await burnReservation({ issuer: body.id, record, actor: 'system:issue' }, needs)
    const code = (
      {
        'not-for-this': 'type-not-in-scope',
        suspended: 'issuer-suspended',
        withdrawn: 'issuer-not-accredited',
        unknown: 'issuer-not-accredited',
      } as const
    )[answer.standing]
    throw new RegistryError(
      code,
      effective === moment ? answer.sentence : `On the day of the award: ${answer.sentence}`,
      answer.outside && {
        faults: [
          {
            pointer: answer.outside === 'site' ? '/centre/id' : '/qualification',
            detail: `outside the scope: ${answer.outside}`,
          },
        ],
      },
    )
  }
}

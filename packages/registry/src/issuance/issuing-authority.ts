import type { Plan } from '../certificates/plan.ts'
import type { CertificateRecord } from '../certificates/record.ts'
import { RegistryError } from '../errors.ts'
import { earlierOf, endOfDay } from '../moments.ts'
import { accreditationStatus } from '../trust/accreditation-status.ts'
import type { TrustHistory } from '../trust/events.ts'
import type { TrustReader } from '../trust/reader.ts'
import { abandonReservation } from './abandon.ts'
import type { IssueDeps } from './issue-deps.ts'
import type { SigningBody } from './signing-body.ts'

/**
 * Requires authority for this qualification, place and assessment centre, now and on the day of the award. A refusal abandons the
 * reservation. "Now" is the moment of the request, or of a later commit of anyone in the chain. So a suspension between two steps counts,
 * at any level above the body (F12, I20).
 */
export async function requireAuthority(
  { plan, body, record, trust }: { plan: Plan; body: SigningBody; record?: CertificateRecord; trust: TrustReader },
  deps: Pick<IssueDeps, 'store' | 'policy' | 'now'>,
): Promise<void> {
  const read = new Map<string, Promise<TrustHistory>>()
  const noting: TrustReader = (id) => {
    const history = read.get(id) ?? trust(id)
    read.set(id, history)
    return history
  }
  const judge = (effective: string, recorded: string) =>
    accreditationStatus(
      {
        issuer: body.id,
        qualification: plan.history,
        certificate: { edition: plan.qualification.edition, units: plan.units.map(({ code }) => code) },
        place: body.place,
        site: plan.centre?.id,
        effective: earlierOf(effective, recorded),
        recorded,
      },
      { trust: noting, policy: deps.policy },
    )
  const asked = deps.now.toISOString()
  // The first question only reads the streams of everyone in the chain.
  await judge(asked, asked)
  const histories = await Promise.all(read.values())
  const moment = histories.reduce((latest, history) => {
    const last = history.at(-1)?.recordedAt ?? ''
    return last > latest ? last : latest
  }, asked)
  for (const effective of [endOfDay(plan.award), moment]) {
    const answer = await judge(effective, moment)
    if (answer.standing === 'authorised') continue
    if (record !== undefined) await abandonReservation({ issuer: body.id, record, actor: 'system:issue' }, deps)
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

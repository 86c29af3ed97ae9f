import { type Scope, scopeWithin } from '@sijil/qualifications'
import { RegistryError } from '../../../packages/registry/src/errors.ts'
import { type Entity, EVERYTHING } from '../../../packages/registry/src/trust/entity.ts'
import { entityAt } from '../../../packages/registry/src/trust/fold.ts'
import { grantState, termsAt } from '../../../packages/registry/src/trust/grant.ts'
import {
  accepts,
  beyondRoot,
  isWholeRoot,
  speaksFor,
  type TrustPolicy,
} from '../../../packages/registry/src/trust/policy.ts'
import type { TrustReader } from '../../../packages/registry/src/trust/reader.ts'
import { MAX_CHAIN_LENGTH } from './standing.ts'

/** What somebody would grant. */
interface Offer {
  scope: Scope
  until?: string
  effectiveAt: string
}

interface Asking {
  trust: TrustReader
  policy: TrustPolicy
}

/** Throws unless `grantor` holds what it would grant on that day, as do those from whom it has it. A wider grant is refused with the difference named. */
export async function requireHeld(id: string, grantee: Entity, offer: Offer, asking: Asking): Promise<void> {
  const grantor = entityAt(id, await asking.trust(id), EVERYTHING)
  if (grantor === undefined) throw new RegistryError('not-found', 'no such authority')
  if (!speaksFor(grantor, grantee)) {
    throw new RegistryError(
      'validation-failed',
      `a grantor of ${grantor.identity.state} cannot accredit anybody of ${grantee.identity.state}`,
    )
  }
  const lacking = await lackOf(grantor, offer, asking, [grantee.id])
  if (lacking === undefined) return
  throw new RegistryError('validation-failed', `${grantor.identity.name} does not hold what it would grant`, {
    faults: lacking.map((dimension) =>
      dimension === NOTHING
        ? { pointer: '/grantors', detail: 'it may accredit nobody on that day' }
        : { pointer: dimension === 'period' ? '/until' : '/scope', detail: `wider than its own: ${dimension}` },
    ),
  })
}

const NOTHING = 'nothing'

/** What an offer has beyond what the grantor holds; absent: it holds all of it. */
async function lackOf(
  grantor: Entity,
  offer: Offer,
  asking: Asking,
  below: readonly string[],
): Promise<string[] | undefined> {
  if (below.includes(grantor.id) || below.length > MAX_CHAIN_LENGTH) return [NOTHING]
  const beyond = grantor.registeredFrom <= offer.effectiveAt ? beyondRoot(grantor, offer.scope) : [NOTHING]
  if (isWholeRoot(grantor, asking.policy)) return beyond.length > 0 ? beyond : undefined
  const lacks: string[] = []
  for (const grant of grantor.grants) {
    if (grant.right !== 'accredit' || grantState(grant, offer.effectiveAt).in !== 'force') continue
    const { scope, until } = termsAt(grant, offer.effectiveAt)
    const compared = scopeWithin(offer.scope, scope)
    const found: string[] = compared.within ? [] : [...compared.differences]
    if (until !== undefined && (offer.until === undefined || offer.until > until)) found.push('period')
    // By law it holds that only where it is accepted, and of its own state.
    if (grant.grantors.length === 0) found.push(...(accepts(asking.policy, grantor) ? beyond : [NOTHING]))
    for (const id of grant.grantors) {
      const above = entityAt(id, await asking.trust(id), EVERYTHING)
      const lack =
        above !== undefined && speaksFor(above, grantor)
          ? await lackOf(above, offer, asking, [...below, grantor.id])
          : [NOTHING]
      found.push(...(lack ?? []))
    }
    if (found.length === 0) return undefined
    lacks.push(...found)
  }
  const named = [...new Set(lacks)].filter((dimension) => dimension !== NOTHING)
  return named.length > 0 ? named : [NOTHING]
}

import { RegistryError } from '../errors.ts'
import type { ClassDecision } from '../recognition/decided.ts'
import type { CertificateClass, HostAuthority } from '../recognition/events.ts'
import type { Entity } from '../trust/entity.ts'
import { stateOf } from '../trust/place.ts'

/** An authority decides once about the same certificates, alone or together with others. */
export function requireUndecided(
  host: string,
  { class: covered, from }: Pick<ClassDecision, 'class' | 'from'>,
  known: readonly ClassDecision[],
): void {
  const isBy = ({ host: by, jointly }: ClassDecision) =>
    by.id === host || jointly?.parties.some(({ id, isOrigin }) => id === host && !isOrigin)
  if (known.some((other) => isOpen(other, from) && isBy(other) && overlaps(other.class, covered)))
    throw new RegistryError(
      'conflict',
      'you decided about some of these certificates before: end that decision first',
      { reason: 'decided-already' },
    )
}

export const hostOf = (host: Entity): HostAuthority => ({
  id: host.id,
  name: host.identity.name,
  ...stateOf(host),
  ...(host.identity.demonstration && { demonstration: true as const }),
})

/** One that several authorities have still to join is open as well: otherwise its last join would make a second decision. */
const isOpen = ({ ended, terms }: ClassDecision, effectiveAt: string): boolean =>
  (ended === undefined || ended.from > effectiveAt) &&
  (terms.until === undefined || terms.until >= effectiveAt.slice(0, 10))

const overlaps = (one: CertificateClass, other: CertificateClass): boolean =>
  one.issuers.some((issuer) => other.issuers.includes(issuer)) &&
  one.award.from <= other.award.until &&
  other.award.from <= one.award.until

import { RegistryError } from '../errors.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import type { GrantTerms, Right } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { speaksFor } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import type { DecideDeps, Decision } from './decide-deps.ts'

/** What the terms of an accreditation must be, whoever grants it. What its grantors hold is another question (`holding.ts`). */

interface Fault {
  pointer: string
  detail: string
}
export const cannotBeAccredited = (...faults: Fault[]) =>
  new RegistryError('validation-failed', 'it cannot be accredited as described', { faults })

const kindsFor: Readonly<Record<Right, readonly Entity['kind'][]>> = {
  issue: ['body'],
  assess: ['centre', 'body'],
  accredit: ['authority', 'body'],
}

export function requireFittingKind({ kind }: Pick<Entity, 'kind'>, right: Right): void {
  if (kindsFor[right].includes(kind)) return
  const it = kind === 'authority' ? 'an authority' : `a ${kind}`
  throw new RegistryError('validation-failed', `nobody grants ${right} to ${it}`, {
    faults: [{ pointer: '/right', detail: `must be a right that fits: this is ${it}` }],
  })
}

/** Nobody is a second grantor beside itself, nor stands publicly for somebody who is not registered. */
export async function requireNamed(
  { grantors, onBehalfOf }: { grantors: readonly string[]; onBehalfOf?: string },
  { store }: DecideDeps,
): Promise<void> {
  if (new Set(grantors).size !== grantors.length)
    throw cannotBeAccredited({ pointer: '/jointly', detail: 'must be another than the first grantor' })
  if (onBehalfOf !== undefined && (await trustOf(store)(onBehalfOf)).length === 0)
    throw cannotBeAccredited({ pointer: '/onBehalfOf', detail: 'must be registered here' })
}

/** An id of nobody is refused: whoever is registered by it later would come into the scope unseen. */
export async function requireCentres({ scope: { sites = [] } }: GrantTerms, { store }: DecideDeps): Promise<void> {
  const trust = trustOf(store)
  const kinds = await Promise.all(sites.map(async (id) => entityAt(id, await trust(id), EVERYTHING)?.kind))
  const faults = kinds.flatMap((kind, index) =>
    kind === 'centre' ? [] : [{ pointer: `/scope/sites/${index}`, detail: 'must be a registered assessment centre' }],
  )
  if (faults.length > 0) throw new RegistryError('validation-failed', 'it cannot be limited to these sites', { faults })
}

/** Nothing ends before it begins, and no review was made in the future. */
export function requireSensible(
  { until, effectiveAt, assurance }: GrantTerms & Pick<Decision, 'effectiveAt'>,
  now: Date,
): void {
  const faults = [
    ...(until !== undefined && until < effectiveAt
      ? [{ pointer: '/until', detail: 'must not lie before the day that it counts from' }]
      : []),
    ...(assurance !== undefined && assurance.reviewedOn > tomorrow(now)
      ? [{ pointer: '/assurance/reviewedOn', detail: 'must not lie in the future' }]
      : []),
  ]
  if (faults.length > 0) throw cannotBeAccredited(...faults)
}

/** It is tomorrow already in the east of the region. */
const tomorrow = (now: Date): string => new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10)

/** It may lack the right for a time: that is judged whenever somebody asks. */
export async function requirePrincipal(id: string, grantee: Entity, { store }: DecideDeps): Promise<void> {
  const principal = entityAt(id, await trustOf(store)(id), EVERYTHING)
  const fits = principal !== undefined && principal.kind !== 'centre' && !principal.sandbox && id !== grantee.id
  if (fits && speaksFor(principal, grantee)) return
  throw new RegistryError('validation-failed', 'nobody acts on behalf of this one', {
    faults: [{ pointer: '/onBehalfOf', detail: 'must be another body or authority of this registry, of its state' }],
  })
}

import { catalogueOfAll } from '../accepted-registries/catalogue-of-all.ts'
import { EVER } from '../catalogue/framework-at.ts'
import { baselineRecordAt, editionsAt, qualificationAt } from '../catalogue/qualification-at.ts'
import { DAY_MS } from '../clocks.ts'
import { type Fault, RegistryError } from '../errors.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import { type GrantTerms, type Right, rights } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { speaksFor } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import type { DecideDeps, Decision } from './decide-deps.ts'

/** Rules for the terms of an accreditation that do not depend on its grantors. `holding.ts` checks what the grantors hold. */

/** The error `validation-failed` with these faults. */
export const cannotBeAccredited = (...faults: Fault[]) =>
  new RegistryError('validation-failed', 'it cannot be accredited as described', { faults })

const kindsFor: Readonly<Record<Right, readonly Entity['kind'][]>> = {
  issue: ['body'],
  assess: ['centre', 'body'],
  accredit: ['authority', 'body'],
  recognise: ['authority'],
}

/** The rights that an entity of this kind can hold. */
export const rightsOf = (kind: Entity['kind']): readonly Right[] =>
  rights.filter((right) => kindsFor[right].includes(kind))

/** Throws `validation-failed` if an entity of this kind cannot hold the right. */
export function requireFittingKind({ kind }: Pick<Entity, 'kind'>, right: Right): void {
  if (kindsFor[right].includes(kind)) return
  const it = kind === 'authority' ? 'an authority' : `a ${kind}`
  throw new RegistryError('validation-failed', `the right ${right} cannot be granted to ${it}`, {
    faults: [{ pointer: '/right', detail: `must be a right that ${it} can hold`, reason: 'right-does-not-fit' }],
    reason: 'right-does-not-fit',
  })
}

/** Throws if the two grantors are the same, or if the principal is not registered here. */
export async function requireNamed(
  { grantors, onBehalfOf }: { grantors: readonly string[]; onBehalfOf?: string },
  { store }: DecideDeps,
): Promise<void> {
  if (new Set(grantors).size !== grantors.length)
    throw cannotBeAccredited({ pointer: '/jointly', detail: 'must not be the same as the first grantor' })
  if (onBehalfOf !== undefined && (await trustOf(store)(onBehalfOf)).length === 0)
    throw cannotBeAccredited({ pointer: '/onBehalfOf', detail: 'must be registered here' })
}

/** Refuses an unregistered id, because a centre that is registered by it later would enter the scope without a decision. */
export async function requireCentres({ scope: { sites = [] } }: GrantTerms, { store }: DecideDeps): Promise<void> {
  const trust = trustOf(store)
  const kinds = await Promise.all(sites.map(async (id) => entityAt(id, await trust(id), EVERYTHING)?.kind))
  const faults = kinds.flatMap((kind, index) =>
    kind === 'centre'
      ? []
      : [
          {
            pointer: `/scope/sites/${index}`,
            detail: 'must be a registered assessment centre',
            reason: 'not-a-centre' as const,
          },
        ],
  )
  if (faults.length > 0) throw new RegistryError('validation-failed', 'it cannot be limited to these sites', { faults })
}

const statedWhere = {
  here: 'must be a qualification of this registry',
  anywhere:
    'must be a qualification of this registry, or the address of one of a registry whose list was accepted here',
} as const

/** Refuses an id that nobody has stated, because a qualification that its owner states later would enter the scope without a decision. */
export async function requireStated(
  { right, scope: { qualifications = [] } }: GrantTerms & { right: Right },
  deps: DecideDeps,
): Promise<void> {
  if ('framework' in qualifications) return
  const catalogue = catalogueOfAll(deps)
  const known = await Promise.all(qualifications.map(async (id) => qualificationAt(await catalogue(id), EVER)))
  const faults = known.flatMap((record, index) =>
    // Only the right to recognise is about qualifications of other registries.
    record === undefined || (right !== 'recognise' && qualifications[index]?.includes('/'))
      ? [
          {
            pointer: `/scope/qualifications/${index}`,
            detail: statedWhere[right === 'recognise' ? 'anywhere' : 'here'],
          },
        ]
      : [],
  )
  if (faults.length > 0) throw cannotBeAccredited(...faults)
}

/** Refuses a unit that no edition has, because one that is stated later would enter the scope without a decision. */
export async function requireUnits({ scope }: GrantTerms, deps: DecideDeps): Promise<void> {
  const { units = [], qualifications } = scope
  const catalogue = catalogueOfAll(deps)
  const faults = await Promise.all(
    units.map(async ({ qualification, codes }, index): Promise<Fault[]> => {
      const isNamed =
        qualifications === undefined || 'framework' in qualifications || qualifications.includes(qualification)
      const pointer = `/scope/units/${index}`
      if (!isNamed)
        return [{ pointer: `${pointer}/qualification`, detail: 'must be one of the qualifications of this scope' }]
      const history = await catalogue(qualification)
      const stated = editionsAt(history, EVER)
      const known = new Set(
        (stated.length > 0 ? stated : [baselineRecordAt(history, EVER)])
          .flatMap((one) => one?.units ?? [])
          .map(({ code }) => code),
      )
      return codes.flatMap((code, at) =>
        known.has(code) ? [] : [{ pointer: `${pointer}/codes/${at}`, detail: 'must be a unit of this qualification' }],
      )
    }),
  )
  if (faults.flat().length > 0) throw cannotBeAccredited(...faults.flat())
}

/** Throws if the end is before the start, or if the review is dated in the future. */
export function requireSensible(
  { until, effectiveAt, assurance }: GrantTerms & Pick<Decision, 'effectiveAt'>,
  now: Date,
): void {
  const faults = [
    ...(until !== undefined && until < effectiveAt
      ? [
          {
            pointer: '/until',
            detail: 'must not be before the day that it counts from',
            reason: 'ends-before-start' as const,
          },
        ]
      : []),
    ...(assurance !== undefined && assurance.reviewedOn > tomorrow(now)
      ? [{ pointer: '/assurance/reviewedOn', detail: 'must not be in the future', reason: 'in-the-future' as const }]
      : []),
  ]
  if (faults.length > 0) throw cannotBeAccredited(...faults)
}

/** Tomorrow in UTC, as `YYYY-MM-DD`. In the east of the region that day may have begun. */
const tomorrow = (now: Date): string => new Date(now.getTime() + DAY_MS).toISOString().slice(0, 10)

/** Throws unless the principal can be one. It need not hold the right now: verification checks that each time. */
export async function requirePrincipal(id: string, grantee: Entity, { store }: DecideDeps): Promise<void> {
  const principal = entityAt(id, await trustOf(store)(id), EVERYTHING)
  const fits = principal !== undefined && principal.kind !== 'centre' && !principal.sandbox && id !== grantee.id
  if (fits && speaksFor(principal, grantee)) return
  throw new RegistryError('validation-failed', 'this one cannot be a principal', {
    faults: [
      {
        pointer: '/onBehalfOf',
        detail: 'must be another body or authority of this registry, in the state of the grantee',
      },
    ],
  })
}

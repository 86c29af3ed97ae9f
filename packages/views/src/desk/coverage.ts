import { type Scope, unitsIn } from '@sijil/qualifications'
import type { ProposedChange } from '@sijil/registry/decisions'
import {
  type CoveringTerms,
  coverageOf,
  type Grant,
  grantOn,
  type KnownQualification,
  trustOf,
} from '@sijil/registry/trust'
import type { ShownCoverage, ShownCovered } from '@sijil/web'
import { recordsToday } from '../catalogue.ts'
import { unitValue } from './choices.ts'
import { type CatalogueDeps, findEntity } from './office.ts'

/** Most qualifications that a list names. The counts count all of them. */
const MOST_NAMED = 200

/**
 * What an accreditation covers today and what it would cover by the change, qualification by qualification. Undefined for a change that
 * adds and takes nothing of that kind.
 */
export async function coverageView(
  change: ProposedChange,
  authority: string,
  deps: CatalogueDeps,
): Promise<ShownCoverage | undefined> {
  if (change.verb !== 'accredit' && change.verb !== 'amend' && change.verb !== 'confirm') return undefined
  const grantee = await findEntity(change.grantee, deps)
  if (grantee === undefined) return undefined
  const moment = deps.now.toISOString()
  const seen = { catalogueAt: change.catalogueAt ?? moment, recordedAt: moment }
  if (change.verb === 'accredit') {
    const { right, jointly, onBehalfOf } = change
    const grantors = jointly === undefined ? [authority] : [authority, jointly]
    const terms = { scope: change.scope, ...seen }
    return compared(undefined, { grantee, right, grantors, ...(onBehalfOf && { onBehalfOf }), terms }, deps)
  }
  const grant = grantee.grants.find(({ id }) => id === change.grant)
  if (grant === undefined) return undefined
  const { terms } = grantOn(grant, moment)
  const scope: Scope = change.verb === 'amend' ? change.scope : terms.scope
  return compared({ ...grant, grantee, terms }, { ...grant, grantee, terms: { scope, ...seen } }, deps)
}

/** What an accreditation covers today, and what its grantor has not confirmed yet. */
export const presentCoverageView = (grantee: string, { id: grant }: Grant, authority: string, deps: CatalogueDeps) =>
  coverageView({ verb: 'confirm', grantee, grant, basis: '', effectiveAt: deps.now.toISOString() }, authority, deps)

async function compared(
  before: CoveringTerms | undefined,
  after: CoveringTerms,
  catalogue: CatalogueDeps,
): Promise<ShownCoverage> {
  const known = await recordsToday(catalogue)
  const deps = { trust: trustOf(catalogue.store), policy: catalogue.policy, moment: catalogue.now.toISOString() }
  const then = await coverageOf(after, known, deps)
  const today = before && (await coverageOf(before, known, deps))
  const [old, own] = [new Set(today?.covered), new Set(then.covered)]
  const isOpen = before !== undefined && before.terms.catalogueAt === undefined && isByFramework(before.terms.scope)
  return {
    after: shownCovered(then.covered),
    ...(today && {
      today: shownCovered(today.covered),
      enters: shownCovered(then.covered.filter((each) => !old.has(each))),
      leaves: shownCovered(today.covered.filter((each) => !own.has(each))),
    }),
    waits: shownCovered(then.waiting),
    ...unitCounts(
      { scope: after.terms.scope, covered: then.covered },
      before && today && { scope: before.terms.scope, covered: today.covered },
    ),
    ...(isOpen && { isOpen }),
  }
}

interface Covered {
  scope: Scope
  covered: readonly KnownQualification[]
}

/** Absent where neither names units: the counts of qualifications say everything. */
function unitCounts(after: Covered, before: Covered | undefined): Pick<ShownCoverage, 'units'> {
  if (after.scope.units === undefined && before?.scope.units === undefined) return {}
  const then = unitsOf(after)
  const today = before && unitsOf(before)
  const without = (some: ReadonlySet<string>, others: ReadonlySet<string>) =>
    [...some].filter((each) => !others.has(each)).length
  return {
    units: {
      after: then.size,
      ...(today && { today: today.size, enter: without(then, today), leave: without(today, then) }),
    },
  }
}

const unitsOf = ({ scope, covered }: Covered): Set<string> =>
  new Set(
    covered.flatMap(({ record: { id, units } }) => {
      const named = scope.units && new Set(unitsIn(scope.units, id))
      return units.filter(({ code }) => named?.has(code) ?? true).map(({ code }) => unitValue(id, code))
    }),
  )

const isByFramework = ({ qualifications }: Scope): boolean =>
  qualifications !== undefined && 'framework' in qualifications

function shownCovered(found: readonly KnownQualification[]): ShownCovered {
  const bodies = new Set(found.flatMap(({ record: { statedBy, body } }) => statedBy?.id ?? body ?? []))
  const named = found.slice(0, MOST_NAMED).map(({ record: { id, title, edition, statedBy } }) => ({
    id,
    title,
    ...(statedBy && { edition, statedBy: statedBy.name }),
  }))
  return { count: found.length, bodies: bodies.size, named }
}

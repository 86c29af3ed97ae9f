import {
  type Comparison,
  compareUnits,
  degreeOf,
  findStateName,
  levelDifference,
  levelsOf,
  type PinnedEdition,
} from '@sijil/qualifications'
import { RegistryError } from '@sijil/registry'
import { qualificationAt } from '@sijil/registry/catalogue'
import { type Joint, type JointCommits, jointAt, readJoint } from '@sijil/registry/joint'
import type { ComparedEdition, ComparisonValues, JointValues, ShownParty, VersionState } from '@sijil/web'
import { noSuchThing } from './reference.ts'
import { shownParty } from './shown-party.ts'
import type { View, ViewDeps } from './view.ts'

export type ComparisonDeps = Pick<ViewDeps, 'catalogue' | 'trust' | 'now' | 'reader' | 'baseUrl'>

export interface NamedVersion {
  id: string
  /** As an address names it. */
  version: string
}

/** One version of a comparison, as it counts now. Throws `not-found`. */
export async function comparisonView(
  named: NamedVersion,
  deps: ComparisonDeps,
): Promise<View<object, ComparisonValues>> {
  const values = await comparisonValues(named, deps)
  const { from, to, units, ...rest } = values
  return {
    json: {
      ...rest,
      from: from.pinned,
      to: to.pinned,
      units: units.map(({ unit, by, ...row }) => ({ ...unit, ...row, by })),
    },
    values: () => values,
  }
}

/** One version with all that its page shows. Throws `not-found`. */
export const comparisonValues = async (named: NamedVersion, deps: ComparisonDeps): Promise<ComparisonValues> =>
  valuesOf(await requireComparison(named, deps), deps)

/** The units of one version as a table. */
export async function comparisonTable(
  named: NamedVersion,
  deps: ComparisonDeps,
): Promise<{ columns: readonly string[]; rows: readonly (readonly string[])[] }> {
  const { units, id, number, state, joined } = await comparisonValues(named, deps)
  const rows = units.map(({ unit, result, by, note = '' }) => {
    const closest = [by.map(({ code }) => code).join('; '), by.map(({ title }) => title).join('; ')]
    return [unit.code, unit.title, result, ...closest, note, id, String(number), state, joined.map(nameOf).join('; ')]
  })
  return { columns: TABLE, rows }
}
const TABLE = ['unit', 'title', 'result', 'by', 'byTitles', 'note', 'comparison', 'version', 'state', 'saidBy']

const nameOf = ({ id, name = id }: ShownParty): string => name

const requireComparison = (named: NamedVersion, deps: ComparisonDeps) =>
  requireJoint<Comparison>('comparison', named, deps)

/** One version of any kind, as it counts now. Throws `not-found`. */
export async function requireJoint<C extends object>(
  kind: string,
  { id, version }: NamedVersion,
  { reader, now }: Pick<ComparisonDeps, 'reader' | 'now'>,
): Promise<Joint<C>> {
  if (!/^[a-z0-9-]{1,64}\.[a-z0-9-]{1,40}$/.test(id) || !/^[1-9][0-9]{0,2}$/.test(version)) throw noSuchThing()
  const moment = now.toISOString()
  const commits: JointCommits<C> = await readJoint({ kind, id, number: Number(version) }, reader)
  const joint = jointAt(commits, { effective: moment, recorded: moment })
  if (joint === undefined) throw noSuchThing()
  return joint
}

/** What a page shows of one version. */
export async function valuesOf(
  joint: Joint<Comparison>,
  deps: Omit<ComparisonDeps, 'reader'>,
): Promise<ComparisonValues> {
  const { content } = joint.text
  const [from, to] = await Promise.all([
    editionOf(content.from, content.catalogueAt, deps),
    editionOf(content.to, content.catalogueAt, deps),
  ])
  const compared = compareUnits(content, { from: from.units, to: to.units })
  const level = levelDifference(from.aqrf, to.aqrf)
  return {
    ...(await partiesOf(joint, deps)),
    catalogueAt: content.catalogueAt,
    from,
    to,
    ...compared,
    degree: degreeOf(compared, { aspects: content.aspects, level }),
    level,
    aspects: content.aspects,
  }
}

/** Who says what a version says, and whether all of them do. */
export async function partiesOf(
  { text, hash, joined, missing, left, state, jointFrom, endedFrom }: Joint,
  deps: Pick<ComparisonDeps, 'baseUrl' | 'trust' | 'now'>,
): Promise<JointValues> {
  const shown = (party: { registry: string; id: string }): Promise<ShownParty> => shownParty(party, deps)
  return {
    id: text.id,
    number: text.number,
    hash,
    state: state satisfies VersionState,
    joined: await Promise.all(joined.map(async ({ party, ...moments }) => ({ ...(await shown(party)), ...moments }))),
    missing: await Promise.all(missing.map(shown)),
    left: await Promise.all(left.map(async ({ party, ...moments }) => ({ ...(await shown(party)), ...moments }))),
    ...(jointFrom && { jointFrom }),
    ...(endedFrom && { endedFrom }),
  }
}

/** The edition as it was on record when it was compared. */
async function editionOf(
  pinned: PinnedEdition,
  at: string,
  { catalogue }: Pick<ViewDeps, 'catalogue'>,
): Promise<ComparedEdition> {
  const { qualification, edition } = pinned
  const record = qualificationAt(await catalogue(qualification), { effective: at, recorded: at, edition })
  // It was there when the comparison was recorded, and records only grow.
  if (record === undefined)
    throw new RegistryError('dependency-unavailable', 'an edition that was compared is not there')
  const { aqrf } = levelsOf(record, { on: at.slice(0, 10) })
  const { title, localTitle, state, stateName, units } = record
  const place = state === null ? {} : { state, ...(stateName && findStateName(state, stateName) && { stateName }) }
  return {
    pinned: {
      ...pinned,
      title,
      ...place,
      ...(aqrf.level !== undefined && { aqrf: { level: aqrf.level, confirmed: aqrf.confirmed } }),
    },
    ...(localTitle && { localTitle }),
    units,
    aqrf,
  }
}

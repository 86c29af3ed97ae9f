import { type Framework, nationalFrameworks, referenceFramework } from './framework.ts'
import { broadFields, detailedFields, majorGroups, unitGroups } from './international-codes.ts'
import { aqrfLevel, frameworkOf } from './level.ts'
import type { Qualification } from './qualification.ts'

/** A code of ISCED-F 2013 or of ISCO-08 with its title. */
export interface Sector {
  code: string
  title: string
}

/** A broad field or a major group, with those members for which there is a qualification here. */
export interface SectorGroup extends Sector {
  members: readonly Sector[]
}

/** Fields of study in which there is a qualification here. */
export const listFields = (
  qualifications: readonly Pick<Qualification, 'fieldOfEducation'>[],
): readonly SectorGroup[] =>
  grouped(
    broadFields,
    qualifications.map(({ fieldOfEducation }) => fieldOfEducation),
  )

/** Occupations for which there is a qualification here. */
export const listOccupations = (qualifications: readonly Pick<Qualification, 'occupation'>[]): readonly SectorGroup[] =>
  grouped(
    majorGroups,
    qualifications.map(({ occupation }) => occupation),
  )

function grouped(groups: Readonly<Record<string, string>>, found: readonly (Sector | undefined)[]): SectorGroup[] {
  const members = new Map(found.flatMap((sector) => (sector === undefined ? [] : [[sector.code, sector.title]])))
  return Object.entries(groups)
    .toSorted(byCode)
    .map(([code, title]) => ({
      code,
      title,
      members: [...members]
        .filter(([member]) => member.startsWith(code))
        .toSorted(byCode)
        .map(([member, name]) => ({ code: member, title: name })),
    }))
    .filter((group) => group.members.length > 0)
}

const byCode = ([a]: readonly string[], [b]: readonly string[]) => ((a ?? '') < (b ?? '') ? -1 : 1)

/** The title of a code. `undefined` for a code that is in no list here. */
export const titleOfField = (code: string): string | undefined => broadFields[code] ?? detailedFields[code]
export const titleOfOccupation = (code: string): string | undefined => majorGroups[code] ?? unitGroups[code]

/** The criteria of a search for qualifications. An absent criterion matches all. */
export interface Wanted {
  /** Prefix of an ISCED-F 2013 code. */
  field?: string
  /** Prefix of an ISCO-08 code. */
  occupation?: string
  /** A national level such as `PQF` and 2, as recorded. `AQRF` matches only levels that a national authority confirmed. */
  level?: { framework: string; level: number }
}

/** True if the qualification meets all criteria on that day. */
export function isWanted(each: Qualification, { field, occupation, level }: Wanted, { on }: { on: string }): boolean {
  const startsWith = (code: string | undefined, prefix: string | undefined) =>
    prefix === undefined || (code?.startsWith(prefix) ?? false)
  return (
    startsWith(each.fieldOfEducation?.code, field) &&
    startsWith(each.occupation?.code, occupation) &&
    (level === undefined || standsAt(each, level, on))
  )
}

function standsAt(qualification: Qualification, { framework, level }: NonNullable<Wanted['level']>, on: string) {
  if (framework !== referenceFramework.id) return qualification.framework === framework && qualification.level === level
  return confirmedAqrfLevel(qualification, on) === String(level)
}

/** Looks at the table first, because a citation for each of thousands of qualifications takes long. */
function confirmedAqrfLevel(qualification: Qualification, on: string): string | undefined {
  const framework = frameworkOf(qualification)
  return framework?.table?.confirmedBy === undefined ? undefined : aqrfLevel(qualification, framework, on).level
}

/** A level in an address, `PQF.2` or `demo-pqf.sqf.3`, or a framework alone. The id of a framework that an authority stated has a dot itself. */
export function parseLevel(text: string): { framework: string; level?: number } {
  const at = text.lastIndexOf('.')
  const [framework, number] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)]
  const isFramework =
    framework.includes('.') || [...nationalFrameworks, referenceFramework].some(({ id }) => id === framework)
  return isFramework && /^[0-9]{1,2}$/.test(number) ? { framework, level: Number(number) } : { framework: text }
}

interface FrameworkLevels {
  framework: string
  /** The short name, if it differs from the id. */
  acronym?: string
  name: string
  levels: number[]
}

/**
 * The levels that these qualifications have, by framework, also of frameworks that authorities stated. AQRF levels only if a national
 * authority confirmed them.
 */
export function listLevels(
  qualifications: readonly Qualification[],
  { on }: { on: string },
): readonly FrameworkLevels[] {
  const found = new Set<string>()
  const frameworks = new Map<string, Framework>()
  for (const each of qualifications) {
    const aqrf = confirmedAqrfLevel(each, on)
    const framework = frameworkOf(each)
    if (framework !== undefined) frameworks.set(framework.id, framework)
    if (each.level !== undefined) found.add(`${each.framework}.${each.level}`)
    if (aqrf !== undefined) found.add(`${referenceFramework.id}.${aqrf}`)
  }
  const national = nationalFrameworks.flatMap(({ id }) => {
    const framework = frameworks.get(id)
    frameworks.delete(id)
    return framework === undefined ? [] : { framework: id, name: framework.name }
  })
  const ofAuthorities = [...frameworks.values()]
    .map(({ id, name, acronym }) => ({ framework: id, name, ...(acronym && { acronym }) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
  return [...national, ...ofAuthorities, { framework: referenceFramework.id, name: referenceFramework.name }]
    .map((each) => ({
      ...each,
      levels: Array.from({ length: MAX_LEVELS }, (_, index) => index + 1).filter((level) =>
        found.has(`${each.framework}.${level}`),
      ),
    }))
    .filter(({ levels }) => levels.length > 0)
}

/** No framework of the region has more levels. */
const MAX_LEVELS = 10

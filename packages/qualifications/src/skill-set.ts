import { type Compared, type Comparison, type ComparisonFault, compareUnits, type UnitsOfBoth } from './comparison.ts'

type Units = readonly { code: string; title: string }[]

/** Units that parties agreed on, under a name. For each, the units of national standards that they accept for it. */
export interface SkillSet {
  name: string
  units: readonly {
    code: string
    title: string
    accepts: readonly { qualification: string; edition: string; unit: string }[]
  }[]
}

const MOST_UNITS = 100
/** As many units of national standards as one unit of the set accepts. */
const MOST_ACCEPTED = 20

/** Every fault of the form of a set. It names places and rules, never a text. */
export function skillSetFaults({ units }: SkillSet): ComparisonFault[] {
  if (units.length === 0 || units.length > MOST_UNITS)
    return [{ pointer: '/units', detail: `must be 1 to ${MOST_UNITS} units` }]
  const seen = new Set<string>()
  return units.flatMap(({ code, accepts }, at) => {
    const pointer = `/units/${at}`
    const faults: ComparisonFault[] = []
    if (seen.has(code)) faults.push({ pointer: `${pointer}/code`, detail: 'must be named once', reason: 'named-twice' })
    seen.add(code)
    const named = new Set(accepts.map(({ qualification, edition, unit }) => [qualification, edition, unit].join('\n')))
    if (accepts.length > MOST_ACCEPTED || named.size < accepts.length)
      faults.push({ pointer: `${pointer}/accepts`, detail: `must be ${MOST_ACCEPTED} units at most, each once` })
    return faults
  })
}

/** What one holder has of an agreed set: a unit for which the parties accept one that the certificate names. */
export function heldInSet(
  set: SkillSet,
  { qualification, edition, units }: HeldUnits & { units: readonly string[] },
): { has: Units; lacks: Units } {
  const held = new Set(units)
  const isHeld = ({ accepts }: SkillSet['units'][number]) =>
    accepts.some((one) => one.qualification === qualification && one.edition === edition && held.has(one.unit))
  const shown = (list: SkillSet['units']) => list.map(({ code, title }) => ({ code, title }))
  return { has: shown(set.units.filter(isHeld)), lacks: shown(set.units.filter((unit) => !isHeld(unit))) }
}

export interface Mismatch {
  /** Units of the set for which the parties accept a unit of this edition. */
  there: Units
  missing: Units
  /** Units of the edition that the parties accept for nothing in the set. */
  beyond: Units
}

/** A national standard against an agreed set. Only what the parties wrote down counts: no title is compared with another. */
export function mismatchOf(
  set: SkillSet,
  { qualification, edition, units }: { qualification: string; edition: string; units: Units },
): Mismatch {
  const codes = new Set(units.map(({ code }) => code))
  const acceptedFor = set.units.map(({ code, title, accepts }) => ({
    unit: { code, title },
    by: accepts.flatMap((one) =>
      one.qualification === qualification && one.edition === edition && codes.has(one.unit) ? one.unit : [],
    ),
  }))
  const accepted = new Set(acceptedFor.flatMap(({ by }) => by))
  return {
    there: acceptedFor.filter(({ by }) => by.length > 0).map(({ unit }) => unit),
    missing: acceptedFor.filter(({ by }) => by.length === 0).map(({ unit }) => unit),
    beyond: units.filter(({ code }) => !accepted.has(code)),
  }
}

/** What a certificate says about its holder. Without units it is of the whole edition. */
export interface HeldUnits {
  qualification: string
  edition: string
  units?: readonly string[]
}

export type Held = 'has' | 'in-part' | 'lacks' | 'not-compared'

/**
 * What one holder has of what a host's edition asks for. Undefined: the certificate is not of the edition that was compared. The same code
 * may mean something else in another edition, so nothing is said about it.
 */
export function heldAgainst(
  comparison: Pick<Comparison, 'from' | 'rows'>,
  units: UnitsOfBoth,
  held: HeldUnits,
): readonly { unit: Units[number]; held: Held; note?: string }[] | undefined {
  if (held.qualification !== comparison.from.qualification || held.edition !== comparison.from.edition) return undefined
  const codes = new Set(held.units ?? units.from.map(({ code }) => code))
  return compareUnits(comparison, units).units.map(({ unit, result, by, note }) => {
    const shown = by.filter(({ code }) => codes.has(code)).length
    return { unit, held: heldOf(result, shown, by.length), ...(note !== undefined && { note }) }
  })
}

function heldOf(result: Compared, shown: number, needed: number): Held {
  if (result === 'not-compared') return result
  if (shown === 0) return 'lacks'
  return result === 'match' && shown === needed ? 'has' : 'in-part'
}

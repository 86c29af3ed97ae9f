import type { AqrfStatement } from './level.ts'

/** What officers may say of a unit. A unit without a row is not compared, which is no gap. */
export const comparisonResults = ['match', 'partial', 'gap'] as const
export type ComparisonResult = (typeof comparisonResults)[number]
export type Compared = ComparisonResult | 'not-compared'

/** One unit that the host asks for, and what was found like it. */
export interface UnitRow {
  /** Code of the host's unit. */
  unit: string
  result: ComparisonResult
  /** Codes of the units of the origin that together come closest. None for a gap. */
  by: readonly string[]
  /** Needed for `partial` and `gap`: the words of the party that states it. */
  note?: string
}

export interface Aspect {
  result: ComparisonResult
  note?: string
}

/** What is compared besides units. An absent one is not compared. */
export const aspects = ['assessment', 'grades', 'validity', 'certification'] as const
export type AspectName = (typeof aspects)[number]

/** Pinned: the edition as it was on record at the moment of the comparison. */
export interface PinnedEdition {
  qualification: string
  edition: string
}

/** Directed: what a holder of `from` has of what `to`, the host's edition, asks for. */
export interface Comparison {
  from: PinnedEdition
  to: PinnedEdition
  /** Both editions are read as they were recorded by this moment. RFC 3339 UTC. */
  catalogueAt: string
  rows: readonly UnitRow[]
  aspects: Partial<Record<AspectName, Aspect>>
}

type Units = readonly { code: string; title: string }[]
/** The units of both editions. */
export interface UnitsOfBoth {
  from: Units
  to: Units
}

const MOST_COMPARED = 100
const NOTE_LENGTH = 500
/** As many units of the origin as one unit of the host may name. */
const MOST_BY = 10

export interface ComparisonFault {
  /** JSON Pointer (RFC 6901) into the comparison. */
  pointer: string
  detail: string
  reason?: 'named-twice' | 'no-such-unit' | 'result-and-units' | 'says-equivalent' | NoteReason
}
type NoteReason = 'missing' | 'too-long' | 'forbidden-characters' | 'not-a-choice'

/** Every fault of the rows and aspects of a comparison. It names places and rules, never a text. */
export function comparisonFaults(
  { rows, aspects: stated }: Pick<Comparison, 'rows' | 'aspects'>,
  units: UnitsOfBoth,
): ComparisonFault[] {
  const sizes = (['from', 'to'] as const).flatMap((side) =>
    units[side].length === 0 || units[side].length > MOST_COMPARED
      ? [{ pointer: `/${side}`, detail: `must be an edition with 1 to ${MOST_COMPARED} units` }]
      : [],
  )
  // Nothing else is looked at, so that a huge input costs nothing.
  if (rows.length > MOST_COMPARED)
    return [...sizes, { pointer: '/rows', detail: `must be ${MOST_COMPARED} rows at most` }]
  const asked = new Set(units.to.map(({ code }) => code))
  const offered = new Set(units.from.map(({ code }) => code))
  const seen = new Set<string>()
  const ofRows = rows.flatMap((row, at) => {
    const pointer = `/rows/${at}`
    const faults = noteFaults(row, pointer)
    if (!asked.has(row.unit))
      faults.push({
        pointer: `${pointer}/unit`,
        detail: 'must be the code of a unit of the host’s edition',
        reason: 'no-such-unit',
      })
    if (seen.has(row.unit))
      faults.push({ pointer: `${pointer}/unit`, detail: 'must be named in one row only', reason: 'named-twice' })
    seen.add(row.unit)
    // A long list is not read.
    if (row.by.length > MOST_BY || new Set(row.by).size < row.by.length || row.by.some((code) => !offered.has(code)))
      faults.push({
        pointer: `${pointer}/by`,
        detail: `must be codes of units of the other edition, each once, ${MOST_BY} at most`,
        reason: 'no-such-unit',
      })
    if ((row.result === 'gap') !== (row.by.length === 0))
      faults.push({
        pointer: `${pointer}/by`,
        detail: 'must name units for match and partial, and none for a gap',
        reason: 'result-and-units',
      })
    return faults
  })
  const ofAspects = Object.entries(stated).flatMap(([name, aspect]) =>
    aspects.some((known) => known === name)
      ? noteFaults(aspect, `/aspects/${name}`)
      : [{ pointer: '/aspects', detail: `must be of: ${aspects.join(', ')}` }],
  )
  return [...sizes, ...ofRows, ...ofAspects]
}

/** Control characters, and those that turn the direction of a text. */
const HIDDEN = /[\p{Cc}\p{Bidi_Control}]/u
/** "Equivalent" in English, Malay and Indonesian, Filipino, Portuguese and Tetum, Thai, Lao, Vietnamese, Khmer, Burmese, Chinese and Tamil. */
const CLAIM =
  /e[kq][uw]?i[vb]alen|setara|sama ?taraf|katumbas|เทียบเท่า|ທຽບເທົ່າ|tương đương|សមមូល|ညီမျှ|等同|同等|等值|சமமான|நிகரான/iu

/**
 * True for a text that says that something is equivalent. Only an arrangement may say so, in its own words, in the record of its pair. Letters
 * in another width, and signs that are not seen, do not hide the word.
 */
export const saysEquivalent = (text: string): boolean => CLAIM.test(text.normalize('NFKC').replace(/\p{Cf}/gu, ''))

function noteFaults({ result, note }: Aspect, pointer: string): ComparisonFault[] {
  const at = `${pointer}/note`
  if (!comparisonResults.includes(result))
    return [
      {
        pointer: `${pointer}/result`,
        detail: `must be one of: ${comparisonResults.join(', ')}`,
        reason: 'not-a-choice',
      },
    ]
  if (note === undefined || note.trim() === '')
    return result === 'match' ? [] : [{ pointer: at, detail: 'must say what is missing', reason: 'missing' }]
  if (note.length > NOTE_LENGTH)
    return [{ pointer: at, detail: `must be ${NOTE_LENGTH} characters at most`, reason: 'too-long' }]
  if (HIDDEN.test(note))
    return [{ pointer: at, detail: 'must be plain text in one line', reason: 'forbidden-characters' }]
  return saysEquivalent(note)
    ? [{ pointer: at, detail: 'must not say that anything is equivalent', reason: 'says-equivalent' }]
    : []
}

export interface ComparedUnit {
  unit: Units[number]
  result: Compared
  by: Units
  note?: string
}

export interface ComparedUnits {
  /** One for each unit that the host asks for, in the order of its edition. */
  units: readonly ComparedUnit[]
  /** What the origin has and no row names. */
  beyond: Units
  counts: Readonly<Record<Compared, number>>
  overall: Compared
}

/** Sets the units of two editions side by side. What is said of the whole is counted, and nobody states it. */
export function compareUnits({ rows }: Pick<Comparison, 'rows'>, { from, to }: UnitsOfBoth): ComparedUnits {
  const byUnit = new Map(rows.map((row) => [row.unit, row]))
  const offered = new Map(from.map((unit) => [unit.code, unit]))
  const named = new Set(rows.flatMap(({ by }) => by))
  const units = to.map((unit): ComparedUnit => {
    const row = byUnit.get(unit.code)
    if (row === undefined) return { unit, result: 'not-compared', by: [] }
    const by = row.by.flatMap((code) => offered.get(code) ?? [])
    return { unit, result: row.result, by, ...(row.note !== undefined && { note: row.note }) }
  })
  const counts: Record<Compared, number> = { match: 0, partial: 0, gap: 0, 'not-compared': 0 }
  for (const { result } of units) counts[result] += 1
  return { units, beyond: from.filter(({ code }) => !named.has(code)), counts, overall: overallOf(counts) }
}

/** What can still become anything is not compared. */
export function overallOf(counts: Readonly<Record<Compared, number>>): Compared {
  if (counts.partial > 0 || (counts.match > 0 && counts.gap > 0)) return 'partial'
  if (counts['not-compared'] > 0 || counts.match + counts.gap === 0) return 'not-compared'
  return counts.gap > 0 ? 'gap' : 'match'
}

/** How the level of the host stands to that of the origin on the AQRF. Without both levels, nothing is said. */
export type LevelDifference =
  | { difference: 'unknown'; missing: readonly ('from' | 'to')[] }
  | { difference: 'same' | 'host-higher' | 'host-lower'; steps: number; confirmed: boolean }

export function levelDifference(from: AqrfStatement, to: AqrfStatement): LevelDifference {
  const missing = (['from', 'to'] as const).filter((side) => ({ from, to })[side].level === undefined)
  if (missing.length > 0) return { difference: 'unknown', missing }
  const steps = Number(to.level) - Number(from.level)
  const difference = steps === 0 ? 'same' : steps > 0 ? 'host-higher' : 'host-lower'
  return { difference, steps: Math.abs(steps), confirmed: from.confirmed && to.confirmed }
}

/**
 * How much of what the host asks for was found, from all to none. It is counted, and nobody states it: "identical" and "equivalent" are
 * words that only an arrangement may use.
 */
export const degrees = ['all', 'every-unit', 'most-units', 'some-units', 'none', 'not-compared'] as const
export type Degree = (typeof degrees)[number]

/** Most: more than half match. `all` needs the same confirmed level too, and a match in each aspect besides the units. */
export function degreeOf(
  { overall, counts }: Pick<ComparedUnits, 'overall' | 'counts'>,
  { aspects: stated, level }: Pick<Comparison, 'aspects'> & { level: LevelDifference },
): Degree {
  switch (overall) {
    case 'match': {
      const isSameLevel = level.difference === 'same' && level.confirmed
      return isSameLevel && aspects.every((name) => stated[name]?.result === 'match') ? 'all' : 'every-unit'
    }
    case 'partial':
      return counts.match * 2 > Object.values(counts).reduce((sum, one) => sum + one, 0) ? 'most-units' : 'some-units'
    case 'gap':
      return 'none'
    case 'not-compared':
      return 'not-compared'
    default:
      return overall satisfies never
  }
}

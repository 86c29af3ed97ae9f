import type { Day, Qualification } from '@sijil/qualifications'
import { RegistryError } from '@sijil/registry'
import { type QualificationHistory, qualificationAt, statedAt } from '@sijil/registry/catalogue'
import { dayAfter } from './catalogue.ts'
import { folded, runsOf } from './search-words.ts'

/** A qualification as the search of today knows it. */
export interface CatalogueEntry {
  history: QualificationHistory
  record: Qualification
  /** The titles in other languages. */
  localTitles: readonly { text: string; language: string }[]
  /** The day since which it is awarded no more. */
  retiredOn?: Day
  /** The first day of award of an edition that has not begun. */
  nextEditionOn?: Day
  /** The codes of units of every edition, as they are compared. */
  unitCodes: ReadonlySet<string>
  /** Entries are in the order of this text: the title, then the id. */
  place: string
}

/** How much was done, so that a test can count it. */
interface IndexWork {
  /** Entries that were made anew. */
  indexed: number
  /** Runs of letters that were compared with a word. */
  runs: number
  /** Texts of entries that were searched as a whole. */
  texts: number
}

export interface CatalogueIndex {
  /** Makes those entries anew of which something changed since the last list. */
  refresh(histories: readonly QualificationHistory[], now: Date): void
  /** Every entry, in order. The same array until an entry changes. */
  entries(): readonly CatalogueEntry[]
  /** The entries that have each of these words (`searchWords`) somewhere in their texts, in order. */
  find(words: readonly string[]): readonly CatalogueEntry[]
  /** Since the index was made. */
  readonly work: Readonly<IndexWork>
}

interface Slot {
  entry: CatalogueEntry
  /** Every run of letters of the entry, between spaces. */
  text: string
}

/** Shorter words stand in nearly every entry, so looking them up saves nothing. */
const LOOKED_UP_FROM = 3
/** The longest words leave few entries. The others are then searched in the texts of these. */
const MOST_LOOKED_UP = 8

/**
 * Finds qualifications by parts of words. One map leads from each run of letters to its entries. A search looks through the distinct runs,
 * which are far fewer than all texts, and finds the same as a search through the texts.
 */
export function createCatalogueIndex(): CatalogueIndex {
  const slots: (Slot | undefined)[] = []
  const slotOf = new Map<string, { slot: number; version: string }>()
  const entriesOf = new Map<string, number[]>()
  const work: IndexWork = { indexed: 0, runs: 0, texts: 0 }
  let last: readonly QualificationHistory[] | undefined
  /** Until then the same list has the same records. */
  let until = ''
  let order: readonly number[] = []
  let all: readonly CatalogueEntry[] = []

  function clear(slot: number): void {
    for (const run of slots[slot]?.text.split(' ') ?? []) {
      const others = entriesOf.get(run)?.filter((other) => other !== slot) ?? []
      if (others.length === 0) entriesOf.delete(run)
      else entriesOf.set(run, others)
    }
    slots[slot] = undefined
  }

  function fill(slot: number, entry: CatalogueEntry): void {
    const runs = new Set(textsOf(entry).flatMap(runsOf))
    for (const run of runs) {
      const others = entriesOf.get(run)
      if (others === undefined) entriesOf.set(run, [slot])
      else others.push(slot)
    }
    slots[slot] = { entry, text: [...runs].join(' ') }
    work.indexed += 1
  }

  const placeAt = (slot: number): string => slots[slot]?.entry.place ?? ''
  const entriesAt = (found: readonly number[]): readonly CatalogueEntry[] =>
    found.flatMap((slot) => slots[slot]?.entry ?? [])

  return {
    work,
    refresh(histories, now) {
      const moment = now.toISOString()
      if (histories === last && moment < until) return
      last = histories
      until = nextMoment(histories, moment)
      const before = work.indexed
      for (const history of histories) {
        const version = versionOf(history, moment)
        const kept = slotOf.get(history.id)
        if (kept?.version === version) continue
        const slot = kept?.slot ?? slots.length
        slotOf.set(history.id, { slot, version })
        clear(slot)
        const entry = entryOf(history, now)
        if (entry !== undefined) fill(slot, entry)
      }
      if (work.indexed === before) return
      // The order of before first: sorting what is nearly sorted takes little time.
      order = [...new Set([...order, ...slots.keys()])]
        .filter((slot) => slots[slot] !== undefined)
        .sort((one, other) => (placeAt(one) < placeAt(other) ? -1 : 1))
      all = entriesAt(order)
    },
    entries: () => all,
    find(words) {
      const byLength = [...new Set(words)].sort((one, other) => other.length - one.length)
      const lookedUp = byLength.filter(({ length }) => length >= LOOKED_UP_FROM).slice(0, MOST_LOOKED_UP)
      const rest = byLength.filter((word) => !lookedUp.includes(word))
      // The number of words that each entry has so far. An entry that lacks one gets no more.
      const counts = new Uint8Array(slots.length)
      for (const [at, word] of lookedUp.entries()) {
        work.runs += entriesOf.size
        for (const [run, having] of entriesOf) {
          if (run.includes(word)) for (const slot of having) if (counts[slot] === at) counts[slot] = at + 1
        }
      }
      const found = order.filter((slot) => counts[slot] === lookedUp.length)
      if (rest.length === 0) return entriesAt(found)
      work.texts += found.length
      return entriesAt(found.filter((slot) => rest.every((word) => slots[slot]?.text.includes(word))))
    },
  }
}

/** Places are a title and an id. No answer contained a text of another form. */
const PLACE = /^[^\n]{1,200}\n[a-z0-9.-]{1,105}$/

/**
 * The first place after this text. A statement may have moved the last entry of the page before, so its text may be gone. Throws
 * `no-such-page` for a text that is no place.
 */
export function firstAfter(found: readonly Pick<CatalogueEntry, 'place'>[], after: string): number {
  if (!PLACE.test(after))
    throw new RegistryError('no-such-page', 'This page does not exist.', {
      faults: [{ pointer: '/page', detail: 'must be the "next" of an answer to the same question' }],
    })
  let [low, high] = [0, found.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((found[middle]?.place ?? '') > after) high = middle
    else low = middle + 1
  }
  return low
}

/** When the next statement begins to count, or the day ends. An edition begins and ends with a day. */
function nextMoment(histories: readonly QualificationHistory[], moment: string): string {
  let next = dayAfter(moment)
  for (const history of histories)
    for (const { commits } of [history, ...(history.frameworks ?? [])])
      for (const { effectiveAt } of commits) if (effectiveAt > moment && effectiveAt < next) next = effectiveAt
  return next
}

/**
 * Another text if the record of today may be another one: a statement about it or about its framework was recorded or began to count, or
 * an edition began or ended.
 */
function versionOf({ commits, frameworks = [] }: QualificationHistory, now: string): string {
  const today = now.slice(0, 10)
  let passed = 0
  let stated = commits.length
  for (const framework of frameworks) {
    stated += framework.commits.length
    passed += framework.commits.filter(({ effectiveAt }) => effectiveAt <= now).length
  }
  for (const { effectiveAt, events } of commits) {
    if (effectiveAt <= now) passed += 1
    for (const event of events) {
      if (event.type !== 'edition-stated') continue
      const { from, until } = event.edition
      if (from <= today) passed += 1
      if (until !== undefined && until < today) passed += 1
    }
  }
  return `${stated}/${passed}`
}

function entryOf(history: QualificationHistory, now: Date): CatalogueEntry | undefined {
  const moment = now.toISOString()
  const today = { effective: moment, recorded: moment }
  const record = qualificationAt(history, today)
  if (record === undefined) return undefined
  const { statement, editions, retiredOn } = statedAt(history, today)
  const { localTitle } = record
  const [nextEditionOn] = [...editions.values()]
    .map(({ value }) => value.from)
    .filter((from) => from > moment.slice(0, 10))
    .sort()
  const units = editions.size === 0 ? record.units : [...editions.values()].flatMap(({ value }) => value.units)
  return {
    history,
    record,
    unitCodes: new Set(units.map(({ code }) => folded(code))),
    localTitles: statement?.value.localTitles ?? (localTitle ? [localTitle] : []),
    ...(retiredOn && { retiredOn }),
    ...(nextEditionOn && { nextEditionOn }),
    place: `${folded(record.title).slice(0, 200)}\n${record.id}`,
  }
}

const textsOf = ({ record, localTitles }: CatalogueEntry): readonly string[] => [
  record.id,
  record.title,
  ...localTitles.map(({ text }) => text),
  record.code ?? '',
  record.description,
  record.occupation?.title ?? '',
  record.escoOccupation?.title ?? '',
  ...record.units.flatMap(({ code, title }) => [code, title]),
]

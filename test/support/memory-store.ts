import {
  type Box,
  type BoxEraser,
  type BoxStore,
  type Commit,
  type CommitStore,
  type IndexKey,
  type Part,
  RegistryError,
  type StreamId,
} from '@sijil/registry'

import { baselineCommits } from './baseline.ts'

interface Indexed {
  /** The sort key: time, then stream. */
  place: string
  commit: Commit<unknown>
}

/** Stores everything in memory, and fulfils the contract of `store-contract.ts`. For tests and the bench. */
export class MemoryStore implements CommitStore, BoxStore, BoxEraser {
  readonly #streams = new Map<StreamId, Map<number, Commit<unknown>>>()
  readonly #indexes = new Map<IndexKey, Indexed[]>()
  readonly #claims = new Map<string, string>()
  readonly #boxes = new Map<string, Box>()

  /** A registry has the baseline from its founding on. */
  constructor(loaded: readonly Commit<unknown>[] = baselineCommits, { isListed = true } = {}) {
    for (const commit of loaded) this.#keep(commit, isListed)
  }

  async read<E>(stream: StreamId, { from = 0 }: Partial<Part> = {}): Promise<Commit<E>[]> {
    const commits = [...(this.#streams.get(stream)?.values() ?? [])].sort((one, other) => one.number - other.number)
    if (commits.some((commit, place) => commit.number !== place)) {
      throw new RegistryError('internal', 'a record is not complete')
    }
    return commits.slice(from) as Commit<E>[]
  }

  async latest<E>(stream: StreamId): Promise<Commit<E> | undefined> {
    const commits = this.#streams.get(stream)
    return commits?.get(Math.max(...commits.keys())) as Commit<E> | undefined
  }

  async list<E>(index: IndexKey, page: Parameters<CommitStore['list']>[1]) {
    const from = page.since === undefined ? '' : instant(page.since)
    const to = page.until === undefined ? ':' : `${instant(page.until)}$`
    const after = page.after === undefined ? undefined : placeOf(page.after)
    const entries = this.#indexes.get(index) ?? []
    const begin = page.newestFirst || after === undefined ? from : after > from ? after : from
    const end = page.newestFirst && after !== undefined && after < to ? after : to
    // The places from `begin` to `end`, both included, without that of `after`, where the page before ended.
    let first = firstFrom(entries, begin)
    let next = firstFrom(entries, end)
    if (entries[first]?.place === after && after !== undefined) first += 1
    if (entries[next]?.place === end && end !== after) next += 1
    const count = Math.min(page.limit, Math.max(0, next - first))
    const shown = page.newestFirst ? entries.slice(next - count, next).reverse() : entries.slice(first, first + count)
    const last = shown.at(-1)
    return {
      commits: shown.map(({ commit }) => commit) as Commit<E>[],
      ...(next - first > count && last && { next: Buffer.from(last.place).toString('base64url') }),
    }
  }

  async append<E>(commit: Commit<E>): Promise<void> {
    this.#keep(commit)
  }

  #keep(commit: Commit<unknown>, isListed = true): void {
    const { stream, number, index, recordedAt } = commit
    const commits = this.#streams.get(stream) ?? new Map<number, Commit<unknown>>()
    if (commits.has(number)) {
      throw new RegistryError('write-conflict', `change ${number} was made by somebody else meanwhile`)
    }
    const kept = frozen(structuredClone(commit))
    this.#streams.set(stream, commits.set(number, kept))
    if (index === undefined || !isListed) return
    const entries = this.#indexes.get(index) ?? []
    const place = `${recordedAt}#${stream}#${String(number).padStart(12, '0')}`
    let at = entries.length
    while (at > 0 && (entries[at - 1]?.place ?? '') > place) at -= 1
    entries.splice(at, 0, { place, commit: kept })
    this.#indexes.set(index, entries)
  }

  async claim(pool: string, entry: number, holder: string): Promise<string> {
    const key = `${pool}#${entry}`
    const kept = this.#claims.get(key) ?? holder
    this.#claims.set(key, kept)
    return kept
  }

  async find(find: string): Promise<Box | undefined> {
    const box = this.#boxes.get(find)
    return box && structuredClone(box)
  }

  async put(box: Box): Promise<Box> {
    const kept = this.#boxes.get(box.find) ?? structuredClone(box)
    this.#boxes.set(box.find, kept)
    return structuredClone(kept)
  }

  async delete(find: string): Promise<void> {
    this.#boxes.delete(find)
  }

  /** What a backup of the table of boxes would hold. */
  get boxes(): Box[] {
    return structuredClone([...this.#boxes.values()])
  }
}

/** Freezes a value, because all readers share it and none may change it. Bytes cannot be frozen. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  for (const member of Object.values(value)) frozen(member)
  return Object.freeze(value)
}

/** The number of places that come before `place`. */
function firstFrom(entries: readonly Indexed[], place: string): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entries[middle]?.place ?? '') < place) low = middle + 1
    else high = middle
  }
  return low
}

function instant(text: string): string {
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime())) throw new RegistryError('validation-failed', 'not a moment (RFC 3339)')
  return moment.toISOString()
}

function placeOf(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString()
  if (!/^\d{4}-[^#]+Z#[^#]+#\d{12}$/.test(place)) {
    throw new RegistryError('no-such-page', 'This page does not exist.')
  }
  return place
}

import { type CheckedReader, type CheckedStore, artefacts as names } from '../artefacts.ts'
import { descriptionOf } from '../catalogue/description-at.ts'
import type { CatalogueCommits } from '../catalogue/events.ts'
import { catalogueOf, frameworkOf } from '../catalogue/reader.ts'
import { RegistryError } from '../errors.ts'
import { inParts } from '../in-parts.ts'
import { recognitionsOf } from '../recognition/reader.ts'
import { type Commit, type CommitReader, pagesOf } from '../stream.ts'
import { type CatalogueRecordEvent, catalogueRecord, logs, type PublicEntry, recordHash } from './logs.ts'
import { findPlace } from './serve.ts'

const AT_ONCE = 10
const PAGE = 200

/** Stores statements under their hashes. The same statement may be stored again. */
export async function storeRecords(records: readonly string[], artefacts: CheckedStore): Promise<void> {
  await inParts(records, AT_ONCE, (record) => artefacts.put(names.record, new TextEncoder().encode(record)))
}

/** By hand, after files were lost: stores every statement again that was recorded since. Answers their number. */
export async function restoreRecords(
  since: string,
  { store, artefacts, now }: { store: CommitReader; artefacts: CheckedStore; now: Date },
): Promise<number> {
  let count = 0
  for (const index of logs.catalogue.sources(new Date(since), now))
    for await (const commits of pagesOf<unknown>(store, index, { limit: PAGE, newestFirst: false, since })) {
      const records = commits.flatMap((commit) => logs.catalogue.logged(commit)?.record ?? [])
      await storeRecords(records, artefacts)
      count += records.length
    }
  return count
}

/**
 * The statements about a qualification and about the frameworks that it names, in order, each with its entry in the log. `undefined` if
 * there is no such qualification. Strongly consistent.
 */
export async function listRecords(id: string, reader: CommitReader): Promise<ListedRecord[] | undefined> {
  const { commits, frameworks = [] } = await catalogueOf(reader)(id)
  if (commits.length === 0) return undefined
  // What host authorities decided belongs to it as well, so that a bundle can bring it.
  const decided = await Promise.all(
    editionsIn(commits).map((edition) => recognitionsOf(reader)({ qualification: id, edition })),
  )
  return [...commits, ...frameworks.flatMap((framework) => framework.commits), ...decided.flat()].map(listed)
}

/** Every edition that the statements name, and that of the baseline. */
function editionsIn(commits: CatalogueCommits): readonly string[] {
  const named = commits.flatMap(({ events }) =>
    events.flatMap((event) => {
      if (event.type === 'edition-stated') return event.edition.id
      return event.type === 'baseline-stated' ? event.record.edition : []
    }),
  )
  return [...new Set(named)]
}

/** The same about one framework. */
export async function listFrameworkRecords(id: string, reader: CommitReader): Promise<ListedRecord[] | undefined> {
  const { commits } = await frameworkOf(id, reader)
  return commits.length === 0 ? undefined : commits.map(listed)
}

/** The same about a body, an arrangement, a state or a corridor: `body:ph-tesda`, `state:PH`. */
export async function listDescriptionRecords(named: string, reader: CommitReader): Promise<ListedRecord[] | undefined> {
  const commits = await descriptionOf(named, reader)
  return commits.length === 0 ? undefined : commits.map(listed)
}

/** What statements are about, each with its index. */
const indexOf = {
  qualifications: 'CATALOGUE',
  frameworks: 'FRAMEWORKS',
  descriptions: 'DESCRIPTIONS',
  decisions: 'RECOGNITIONS',
  versions: 'JOINT',
} as const
export type RecordKind = keyof typeof indexOf
export const recordKinds = Object.keys(indexOf) as [RecordKind, ...RecordKind[]]

/** Every statement about qualifications, frameworks or descriptions, or every class decision, oldest first, by pages. Eventually consistent. */
export async function listAllRecords(
  { of, ...page }: { of: RecordKind; limit: number; after?: string },
  reader: CommitReader,
): Promise<{ records: ListedRecord[]; next?: string }> {
  const { commits, next } = await reader.list<CatalogueRecordEvent>(indexOf[of], {
    ...page,
    newestFirst: false,
  })
  return { records: commits.map(listed), ...(next && { next }) }
}

interface ListedRecord {
  entry: string
  record: PublicEntry
}

function listed(commit: Commit<CatalogueRecordEvent>): ListedRecord {
  const record = catalogueRecord(commit)
  return { entry: recordHash(record), record: JSON.parse(record) as PublicEntry }
}

/** The statement of which this entry is the hash. `undefined`, after a report, if its file is missing or differs. */
export async function readRecordFile(entry: string, artefacts: CheckedReader): Promise<string | undefined> {
  const digest = Buffer.from(logs.catalogue.bytesOf(entry)).toString('hex')
  const bytes = await artefacts.read({ name: names.record(digest), digest })
  return bytes && new TextDecoder().decode(bytes)
}

/** The statement with this hash. `undefined` if no checkpoint covers it. Throws `dependency-unavailable` while its file is lost. */
export async function readRecord(
  key: string,
  { store, artefacts }: { store: CommitReader; artefacts: CheckedReader },
): Promise<string | undefined> {
  if ((await findPlace('catalogue', key, store)) === undefined) return undefined
  const record = await readRecordFile(key, artefacts)
  if (record === undefined)
    throw new RegistryError('dependency-unavailable', 'The file of this statement cannot be read now. Ask again later.')
  return record
}

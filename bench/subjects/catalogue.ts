import { DatabaseSync } from 'node:sqlite'
import type { Qualification } from '@sijil/qualifications'
import { listQualifications } from '@sijil/qualifications/shipped-baseline'
import { nextCommit, streams } from '@sijil/registry'
import type { CatalogueEvent, QualificationHistory } from '@sijil/registry/catalogue'
import { createCatalogueIndex, searchWords } from '@sijil/views'
import type { Subject } from '../rounds.ts'

const RECORDS = 20_000
const NOW = new Date('2026-12-01T12:00:00Z')
/** Words of three letters or more: the index of SQLite knows no shorter ones. */
const QUESTIONS = [
  'masonry',
  'brick lay',
  'welding 142',
  'electrical install',
  'ก่ออิฐ',
  'prepare materials',
  'cook',
  'care 1999',
]

/** As many records as a region may have, with the titles and units of real ones. */
function records(count: number): Qualification[] {
  const real = listQualifications()
  return Array.from({ length: count }, (_, n) => {
    const one = real[n % real.length] as Qualification
    return { ...one, id: `${one.id}-${n}`, title: `${one.title} ${n}` }
  })
}

/** The same texts for all subjects. */
const textOf = ({ id, title, localTitle, code, description, occupation, units }: Qualification): string =>
  [id, title, localTitle?.text ?? '', code ?? '', description, occupation?.title ?? '']
    .concat(units.flatMap((unit) => [unit.code, unit.title]))
    .join('\n')

const loaded = (record: Qualification) => {
  const event = { type: 'baseline-stated', baseline: 1, readOn: record.recordedOn, record, always: true } as const
  return nextCommit<CatalogueEvent>(streams.qualification(record.id), [], { events: [event], actor: 'bench', now: NOW })
}

/** As many histories as a region may have. */
export const histories = (count = RECORDS): QualificationHistory[] =>
  records(count).map((record) => ({ id: record.id, commits: [loaded(record)] }))

/** A search of the catalogue, against the full-text index of SQLite and against looking through every record. */
export function openCatalogueSubjects(count = RECORDS): Subject[] {
  const all = records(count)
  const index = createCatalogueIndex()
  index.refresh(
    all.map((record) => ({ id: record.id, commits: [loaded(record)] })),
    NOW,
  )
  const database = new DatabaseSync(':memory:')
  database.exec("create virtual table records using fts5(title unindexed, text, tokenize = 'trigram')")
  const insert = database.prepare('insert into records (title, text) values (?, ?)')
  database.exec('begin')
  for (const each of all) insert.run(each.title, textOf(each))
  database.exec('commit')
  const select = database.prepare('select title from records where records match ? order by title')
  const words = QUESTIONS.map(searchWords)
  const scan = (asked: readonly string[]) =>
    all.filter((each) => {
      const text = textOf(each).toLowerCase()
      return asked.every((word) => text.includes(word))
    })
  const expected = words.map((asked) => scan(asked).length)
  const subject = (name: string, find: (asked: readonly string[]) => number): Subject => ({
    name,
    run: (at) => find(words[at % words.length] ?? []) === expected[at % words.length],
  })
  return [
    subject('catalogue search', (asked) => index.find(asked).length),
    subject('SQLite FTS5 search', (asked) => select.all(asked.map((word) => `"${word}"`).join(' AND ')).length),
    subject('scan of all records', (asked) => scan(asked).length),
  ]
}

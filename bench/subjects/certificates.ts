import { DatabaseSync } from 'node:sqlite'
import type { CertificateFilter } from '@sijil/registry/issuance'
import { certificatesView, requireMemberAt } from '@sijil/views/desk'
import { type CertificatesValues, certificatesPage, type ListedCertificate } from '@sijil/web'
import { listCatalogue } from '../../test/support/list-catalogue.ts'
import { OTHER, withMany } from '../../test/support/many-certificates.ts'
import { after, BODY, OFFICER, SECOND } from '../../test/support/registry-world.ts'
import type { Subject } from '../rounds.ts'

/** Certificates on a page of the desk. */
const LIMIT = 50
// biome-ignore format: it reads as a table
const FILTERS: readonly CertificateFilter[] = [
  {}, { qualification: OTHER }, { state: 'suspended' }, { month: '2026-03' },
]
const CONTEXT = {
  language: 'en',
  path: `/desk/issuers/${BODY}/certificates`,
  baseUrl: 'https://registry.example',
  demonstration: true,
  desk: 'issuers',
  officer: OFFICER,
  formToken: { name: 'form-token', of: () => 'x' },
} as const

type Page = (filter: CertificateFilter) => string | Promise<string>

/**
 * The list page of a body with many certificates, of one with few, and the same page from one query of a plain table that has an index for
 * each question. Nothing of a page is remembered for the next.
 */
export async function openCertificateSubjects(many = 100_000, few = 1_000): Promise<Subject[]> {
  const [large, small] = [await listOf(many), await listOf(few)]
  return [
    await subject('list page of a body', large.page, large.page),
    await subject('list page of a small body', small.page, small.page),
    await subject('list page from a plain table', await fromPlainTable(large), large.page),
  ]
}

/** Each page must show the certificates that the registry lists. */
async function subject(name: string, page: Page, expectedPage: Page): Promise<Subject> {
  const shownIn = (html: string) => (html.match(/certificates\/[0-9a-f-]{36}/g) ?? []).join()
  const expected = await Promise.all(FILTERS.map(async (filter) => shownIn(await expectedPage(filter))))
  return {
    name,
    async run(at) {
      const place = at % FILTERS.length
      const shown = shownIn(await page(FILTERS[place] as CertificateFilter))
      return shown === expected[place] && shown !== ''
    },
  }
}

/** What the function `office` does for the list, after it has read the session. */
async function listOf(count: number) {
  const { store, keys, issuing } = await withMany(count)
  const catalogue = await listCatalogue(store)
  const now = after((count + 1) * 10 * SECOND)
  const deps = { store, secrets: keys, policy: issuing.policy, now, qualifications: async () => catalogue }
  const valuesOf = async (filter: CertificateFilter, place: { limit: number; after?: string }) => {
    const office = await requireMemberAt(BODY, OFFICER, deps)
    return certificatesView(office, { subject: OFFICER, filter, ...place }, deps)
  }
  return {
    valuesOf,
    async page(filter: CertificateFilter) {
      const { values } = await valuesOf(filter, { limit: LIMIT })
      return certificatesPage(values, CONTEXT)
    },
  }
}

/** The same page from a row for each certificate in SQLite. It reads no record and opens no sealed number. */
async function fromPlainTable({ valuesOf }: Pick<Awaited<ReturnType<typeof listOf>>, 'valuesOf'>): Promise<Page> {
  const database = new DatabaseSync(':memory:')
  database.exec(`create table certificates (id, number, title, state, issuedAt);
    create index by_issue on certificates (issuedAt);
    create index by_title on certificates (title, issuedAt);
    create index by_state on certificates (state, issuedAt);
    begin`)
  const insert = database.prepare('insert into certificates values (?, ?, ?, ?, ?)')
  let values: CertificatesValues
  let next: string | undefined
  do {
    ;({ values, next } = await valuesOf({}, { limit: 1_000, ...(next && { after: next }) }))
    for (const { id, number = '', title, state, issuedAt = '' } of values.certificates)
      insert.run(id, number, title, state, issuedAt)
  } while (next !== undefined)
  database.exec('commit')
  const select = (where: string) =>
    database.prepare(`select * from certificates ${where} order by issuedAt desc limit ${LIMIT}`)
  const [all, ofTitle] = [select(''), select('where title = ?')]
  const [inState, inMonth] = [select('where state = ?'), select("where issuedAt between ? and ? || '~'")]
  const titles = new Map(values.qualifications.map(({ id, title }) => [id, title]))
  return (filter) => {
    const { qualification, state, month } = filter
    const rows =
      qualification !== undefined
        ? ofTitle.all(titles.get(qualification) ?? '')
        : state !== undefined
          ? inState.all(state)
          : month !== undefined
            ? inMonth.all(month, month)
            : all.all()
    const certificates = rows as unknown as ListedCertificate[]
    return certificatesPage({ ...values, certificates, filter: { ...filter } }, CONTEXT)
  }
}

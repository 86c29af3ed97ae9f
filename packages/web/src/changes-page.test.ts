import { describe, expect, test } from 'vitest'
import { changesFeed } from './changes-feed.ts'
import { type ChangesValues, changePage, changesPage, type ListedChange } from './changes-page.ts'
import type { ListedStatement } from './changes-statement.ts'
import { aContext, aLog } from './test-values.ts'

const aChange = (change: Partial<ListedChange> = {}): ListedChange => ({
  index: 7,
  id: 'ph-tesda',
  name: 'TESDA',
  recordedAt: '2026-03-02T12:00:00.000Z',
  effectiveAt: '2026-01-01T00:00:00.000Z',
  happened: [{ type: 'accredited', by: 'PQF NCC', basis: 'decision 1' }],
  ...change,
})
const values = (change: Partial<ChangesValues> = {}): ChangesValues => ({
  changes: [aChange()],
  statements: [],
  size: 8,
  statementsSize: 0,
  search: {},
  kinds: ['listings', 'accreditations', 'keys', 'statements'],
  states: [{ state: 'PH' }, { state: 'TH' }],
  isOlder: false,
  ...change,
})

const feedOf = (change: ListedChange, addresses: { self?: string; page?: string; next?: string } = {}) =>
  changesFeed(
    { changes: [change], statements: [] },
    { self: '/changes.atom', page: '/changes', ...addresses },
    aContext(),
  )

test('R-021: the page of an amendment shows each term before and after', () => {
  const differences = [
    { grant: 'main', member: 'levels' as const, before: '1–4', after: '2–2' },
    { grant: 'main', member: 'until' as const, after: '2030-01-01T00:00:00.000Z' },
  ]
  const shown = changePage(aChange({ differences }), aLog(), aContext())
  const text = shown.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  expect(text).toContain('What it changed')
  expect(text).toContain('National levels 1–4 2–2')
  expect(text).toContain('End no limit, or not stated 2030-01-01')
  expect(changePage(aChange(), aLog(), aContext())).not.toContain('What it changed')
})

test('R-021, R-027: a change is a sentence with its days, a permanent address, and a link to its entity', () => {
  const shown = changesPage(values(), aContext())
  const text = shown.replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ')
  expect(text).toContain('PQF NCC accredited TESDA (decision 1).')
  expect(text).toContain('recorded 2 Mar 2026 · counts from 1 Jan 2026')
  expect(shown).toContain('href="/changes/7"')
  expect(shown).toContain('href="/issuers/ph-tesda"')
  expect(shown).toContain('href="/changes.atom"')
})

test('R-021, R-027: the page and the feed name who decided, if the sentence does not', () => {
  const key = { happened: [{ type: 'key-retired' as const, key: 'certificates-1' }] }
  const words = (change: ListedChange) =>
    changesPage(values({ changes: [change] }), aContext()).replaceAll(/<[^>]+>/g, '')
  const decided = aChange({ ...key, decidedBy: { name: 'PQF <NCC>' } })
  expect(words(decided)).toContain('Decided by PQF &lt;NCC&gt;.')
  expect(feedOf(decided)).toContain('was retired. Decided by PQF &lt;NCC&gt;.</title>')
  expect(words(aChange({ ...key, decidedBy: 'operator' }))).toContain('Registered by the operator of the registry.')
  expect(words(aChange(key))).not.toMatch(/Decided by|operator/)
})

test('a new contact is named, on the page and in the feed, and so is its end', () => {
  const words = (change: ListedChange) =>
    changesPage(values({ changes: [change] }), aContext()).replaceAll(/<[^>]+>/g, '')
  const contact = { type: 'contact-changed' as const, key: 'desk@tesda.example', grounds: 'the office moved' }
  const moved = aChange({ happened: [contact] })
  expect(words(moved)).toContain('The contact of TESDA was changed to desk@tesda.example. Why: the office moved.')
  expect(feedOf(moved)).toContain('<title>The contact of TESDA was changed to desk@tesda.example.')
  const none = aChange({ happened: [{ type: 'contact-changed' }] })
  for (const text of [words(none), feedOf(none)])
    expect(text).toContain('The contact of TESDA was removed from the record.')
})

test('the link to older changes keeps the filter', () => {
  expect(changesPage(values({ next: 3, search: { id: 'ph-tesda', kind: 'keys' } }), aContext())).toContain(
    'href="/changes?id=ph-tesda&amp;kind=keys&amp;before=3"',
  )
  expect(changesPage(values({ changes: [] }), aContext())).toContain('Nothing matches here.')
})

test('W001: names are text, on the page and in the feed', () => {
  const name = '<script>alert(1)</script>\u0000&"'
  const change = aChange({ name })
  for (const shown of [changesPage(values({ changes: [change] }), aContext()), changePage(change, aLog(), aContext())])
    expect(shown).not.toContain('<script>alert')
  const feed = feedOf(change)
  expect(feed).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;')
  expect(feed).not.toContain('\u0000')
})

test('the feed is Atom, and each change in it has a permanent id', () => {
  const feed = changesFeed(
    { changes: [aChange(), aChange({ index: 6 })], statements: [] },
    { self: '/changes.atom?state=PH', page: '/changes?state=PH', next: '/changes.atom?state=PH&before=6' },
    aContext({ baseUrl: 'https://registry.example' }),
  )
  expect(feed).toMatch(
    /^<\?xml version="1\.0" encoding="utf-8"\?>\n<feed xmlns="http:\/\/www\.w3\.org\/2005\/Atom" xml:lang="en">/,
  )
  expect(feed).toContain('<link rel="next" href="https://registry.example/changes.atom?state=PH&amp;before=6"/>')
  expect(feed.match(/<id>https:\/\/registry\.example\/changes\/\d<\/id>/g)).toHaveLength(2)
  expect(feed).toContain('<title>PQF NCC accredited TESDA (decision 1).</title>')
  expect(feed).toContain('<updated>2026-03-02T12:00:00.000Z</updated>')
})

const titles = Array.from({ length: 10 }, (_, n) => ({ id: `q-${n}`, title: `Trade <${n}>` }))
const about = (qualifications: NonNullable<ListedChange['happened'][number]['terms']>['qualifications']) =>
  aChange({
    happened: [
      {
        type: 'accreditation-suspended',
        by: 'PQF NCC',
        basis: 'order 2',
        terms: { right: 'issue', ...(qualifications && { qualifications }) },
      },
    ],
  })
const wordsOf = (document: string) => document.replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ')

test('R-021: a change names the right and the qualifications that it is about, each with its page', () => {
  const change = about(titles)
  const document = changesPage(values({ changes: [change] }), aContext())
  expect(document).toContain('<a href="/qualifications/q-0"><bdi lang="en">Trade &lt;0&gt;</bdi></a>; ')
  expect(wordsOf(document)).toContain('To issue certificates. Qualifications: Trade &lt;0&gt;; ')
  expect(wordsOf(document)).toContain('Trade &lt;7&gt; and 2 more')
  expect(feedOf(change)).toContain('<summary>To issue certificates. Qualifications: Trade &lt;0&gt; (q-0); ')
  expect(feedOf(change)).toContain('(q-7) and 2 more</summary>')
  for (const [qualifications, words] of [
    [undefined, 'Qualifications: All of its qualifications'],
    [{ framework: 'PQF' }, 'Qualifications: All of: PQF'],
    [[], 'No qualification: it allows nothing.'],
    [[{ id: 'xx-gone' }], 'Qualifications: xx-gone'],
  ] as const) {
    expect(wordsOf(changesPage(values({ changes: [about(qualifications)] }), aContext()))).toContain(words)
    expect(wordsOf(feedOf(about(qualifications)))).toContain(words)
  }
})

test('the page names its feed for feed readers, with the filters of the page, and leads back to the newest changes', () => {
  const document = changesPage(values({ search: { state: 'PH' }, isOlder: true }), aContext())
  expect(document).toMatch(/<link rel="alternate" type="application\/atom\+xml"[^>]* href="\/changes\.atom\?state=PH">/)
  expect(document).toContain('<option value="PH" selected>Philippines</option>')
  expect(document).toContain('href="/changes?state=PH">Newest changes</a>')
  expect(changesPage(values(), aContext())).not.toContain('Newest changes')
})

test('the page of a change speaks of witnesses only if this registry names one', () => {
  const none = changePage(aChange(), aLog({ witnesses: [] }), aContext())
  expect(none).toContain('This registry names no outside witness.')
  expect(none).not.toMatch(/auditors and witnesses/)
  expect(changePage(aChange(), aLog({ witnesses: ['w.example+00000000+key'] }), aContext())).toContain(
    'Outside auditors and witnesses',
  )
})

describe('R-021: a statement about the catalogue', () => {
  const aStatement = (change: Partial<ListedStatement> = {}): ListedStatement => ({
    record: { kind: 'qualification', id: 'demo-body.cookery', title: 'Cookery <b>' },
    type: 'edition-stated',
    statedBy: { id: 'demo-body', name: 'Harbour Crafts' },
    edition: '2026',
    recordedAt: '2026-03-02T11:00:00.000Z',
    effectiveAt: '2026-04-01T00:00:00.000Z',
    entry: 'A'.repeat(43),
    ...change,
  })

  test('stands between the changes by its time, with who stated it and both moments, and leads to the record and the signed text', () => {
    const later = aChange({ index: 6, recordedAt: '2026-03-02T10:00:00.000Z' })
    const page = changesPage(values({ changes: [aChange(), later], statements: [aStatement()] }), aContext())
    const text = page.replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ')
    expect(text).toContain('Harbour Crafts stated edition 2026 of Cookery &lt;b&gt;.')
    expect(text).toContain('recorded 2 Mar 2026, 11:00 (UTC+0) · counts from 1 Apr 2026')
    expect(page).toContain(`href="/log/catalogue/record/${'A'.repeat(43)}"`)
    expect(page).toContain('href="/qualifications/demo-body.cookery"')
    const order = ['Entry 7', 'edition 2026', 'Entry 6'].map((words) => text.indexOf(words))
    expect(order).toEqual(order.toSorted((one, other) => one - other))
  })

  test.each([
    'qualification-stated',
    'qualification-retired',
    'edition-placed',
    'placement-ended',
    'assigned',
    'framework-stated',
    'referencing-stated',
    'levels-confirmed',
    'body-described',
    'state-described',
  ] as const)('%s has words in English and Thai', (type) => {
    for (const language of ['en', 'th'] as const) {
      const page = changesPage(
        values({ statements: [aStatement({ type, level: 'SQF 3', owner: 'demo-x', basis: 'decision 9' })] }),
        aContext({ language }),
      )
      expect(page).toContain('Harbour Crafts')
    }
  })

  test.each([
    ['body-described', { kind: 'body', id: 'ph-tesda', title: 'TESDA' }, '/issuers/demo-body'],
    ['state-described', { kind: 'state', id: 'PH', title: 'Philippines' }, '/states/PH'],
    ['assigned', { kind: 'body', id: 'ph-tesda', title: 'TESDA' }, '/issuers/demo-x'],
  ] as const)('of a description leads to the page that shows it: %s', (type, record, path) => {
    const statement = aStatement({ type, record, ...(type === 'assigned' && { owner: 'demo-x' }) })
    expect(changesPage(values({ statements: [statement] }), aContext())).toContain(`<a href="${path}">`)
  })

  test('is an entry of the feed with an id of its own, also if one commit holds two', () => {
    const statements = [aStatement(), aStatement({ type: 'qualification-stated' })]
    const feed = changesFeed({ changes: [], statements }, { self: '/changes.atom', page: '/changes' }, aContext())
    const ids = [...feed.matchAll(/<entry><id>([^<]+)/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(2)
    expect(feed).toContain('Harbour Crafts stated the qualification Cookery &lt;b&gt;.')
  })
})

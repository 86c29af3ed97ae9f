import { findStateProfile, type StateProfile } from '@sijil/qualifications'
import { listStateProfiles } from '@sijil/qualifications/shipped-baseline'
import { expect, test } from 'vitest'
import { citations } from './citations.ts'
import { dayOrLess } from './dates.ts'
import { compareStatesPage, statePage, statesPage } from './index.ts'
import { levelRange } from './state-facts.ts'
import { aContext, aState, someStates } from './test-values.ts'

const profileOf = (iso2: string): StateProfile => aState(iso2).profile
const codes = someStates().states.map(({ iso2 }) => iso2)
const compare = (one: string, other: string, context = aContext()) =>
  compareStatesPage({ pair: [profileOf(one), profileOf(other)], states: codes }, context)
/** The text as a reader sees it: no tags, and one space between words. */
const textOf = (document: string) =>
  document
    .replace(/^.*<main/s, '<main')
    .replace(/<br>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')

test('R-074: the list has a row for each of the eleven states, which links to its page', () => {
  const document = statesPage(someStates(), aContext())
  for (const iso2 of codes) expect(document).toContain(`href="/states/${iso2}"`)
  expect(textOf(document)).toContain('Endorsed between 24 May 2019 and 23 Oct 2025')
  expect(textOf(document)).toContain('Endorsed: Jun 2020')
  expect(textOf(document)).toContain('Sources disagree')
})

test('a request for an unknown state gets the list of states, and search engines do not index the answer', () => {
  const document = statesPage(someStates({ missing: true }), aContext())
  expect(document).toContain('There is no such country here.')
  expect(document).toContain('name="robots" content="noindex"')
  expect(statesPage(someStates(), aContext())).not.toContain('noindex')
})

test('R-014: a page names each body with mandate, law, date and contact', () => {
  const text = textOf(statePage(aState('PH'), aContext()))
  for (const words of [
    'Technical Education and Skills Development Authority (TESDA)',
    'By lawRepublic Act 7796',
    'Date of the law25 Aug 1994',
    'Its site, not checked by us: tesda.gov.ph',
    'Registry of Certified Workers',
    'PQF level 1–4',
    '5 years',
    'Training regulations promulgated by the TESDA Board',
    'Published at tesda.gov.ph',
    'A title, not a permit to practise.',
  ])
    expect(text).toContain(words)
  expect(textOf(statePage(aState('BN'), aContext()))).toContain('Ministry of Education, Old Airport Road')
})

test('R-014: the page says on which day a description was read, that it is unconfirmed, or who stated it', () => {
  const known = aState('PH')
  const [body, ...bodies] = known.profile.bodies.map((each) => ({ ...each, describedBy: { readOn: '2026-11-24' } }))
  const statedBy = { id: 'demo-ph-pqfncc', name: 'PQF NCC' }
  const describedBy = { statedBy, recordedOn: '2026-12-01', effectiveOn: '2026-11-30' }
  const profile = { ...known.profile, bodies: body ? [body, ...bodies] : [], describedBy }
  const document = statePage({ ...known, profile }, aContext())
  expect(textOf(document)).toContain('From public sources, read on 24 Nov 2026, unconfirmed.')
  expect(textOf(document)).toContain('Stated by PQF NCC. It counts from 30 Nov 2026 and was recorded on 1 Dec 2026.')
  expect(document).toContain('href="/issuers/demo-ph-pqfncc"')
  const thai = textOf(statePage({ ...known, profile }, aContext({ language: 'th' })))
  expect(thai).toContain('จากแหล่งข้อมูลสาธารณะ อ่านเมื่อ')
})

test('the page says what is not known, and marks weak facts as unconfirmed', () => {
  const text = textOf(statePage(aState('TL'), aContext()))
  expect(text).toContain('EngineeringNot stated')
  expect(textOf(statePage(aState('TH'), aContext()))).toMatch(
    /Vocational Education Commission \(OVEC\) \(unconfirmed\)/,
  )
  expect(textOf(statePage(aState('VN'), aContext()))).toContain('How assessment is quality-assuredNot stated')
})

test('a page says that a name on it is no accreditation, and says whom this registry lists', () => {
  const document = statePage(aState('MM'), aContext())
  expect(document).toContain('Being named here is not an accreditation by this registry.')
  expect(document).toContain('It lists a competent authority of this country. It lists no certification body')
  expect(document).toContain('href="/issuers?c=MM"')
  const registry = { authorities: 'not-known', bodies: 'not-known', asOf: '2026-11-24' } as const
  expect(statePage(aState('MM', { registry }), aContext()).match(/We could not finish counting/g)).toHaveLength(2)
})

test('on a demonstration, the pages of states say which of their facts are real', () => {
  const words = 'are as the sources give them'
  expect(statePage(aState('PH'), aContext())).toContain(words)
  expect(statePage(aState('PH'), aContext({ demonstration: false }))).not.toContain(words)
})

test.each(listStateProfiles())('every fact on the page of $state links to a source on that page', ({ state }) => {
  for (const document of [statePage(aState(state), aContext()), compare(state, state === 'TH' ? 'PH' : 'TH')]) {
    const cited = new Set([...document.matchAll(/href="#source-(\d+)"/g)].map(([, number]) => number))
    const listed = [...document.matchAll(/id="source-(\d+)"/g)].map(([, number]) => number)
    expect(cited.size).toBeGreaterThan(3)
    expect(listed).toEqual(Array.from({ length: cited.size }, (_, index) => String(index + 1)))
    // If a body, a standard or a regulator lacked a source, nothing would stand between its name and the next tag.
    expect(document).not.toMatch(/class="cite"><\/span>/)
  }
})

test('a source that is cited twice has one number', () => {
  const { cite, list } = citations(aContext())
  expect(String(cite({ sources: ['https://a.example', 'b'] }))).toContain('[2]')
  expect(String(cite({ sources: ['b'], confidence: 'low' }))).toMatch(/unconfirmed.*\[2\]/)
  expect(String(list()).match(/<li/g)).toHaveLength(2)
})

test('a fact that nobody can look up is unconfirmed, however sure its record is', () => {
  const { cite } = citations(aContext())
  expect(String(cite({ sources: ['general knowledge, unverified'], confidence: 'high' }))).toContain('(unconfirmed)')
  expect(String(cite({ sources: ['general knowledge, unverified'] }))).toContain('(unconfirmed)')
  const both = ['general knowledge, unverified', 'https://a.example']
  expect(String(cite({ sources: both, confidence: 'high' }))).not.toContain('unconfirmed')
})

test('R-121: two states stand side by side, and their levels are compared only through the AQRF', () => {
  const document = compare('ID', 'MY')
  const text = textOf(document)
  expect(document).toContain('<h1><a href="/states/ID">Indonesia</a> and <a href="/states/MY">Malaysia</a></h1>')
  expect(text).toContain('AQRF level 7IQF level 8 Expert band; Magister (S2); Specialist 1MQF level 7')
  expect(text).toContain('IQF level 7: we know no comparable level, so none stands beside it.')
  expect(text).toContain('Unconfirmed: the national authority has not confirmed this table.')
  expect(text).toContain('Comparable, not automatic recognition.')
})

/** A part of a page as a reader sees it. */
const readIn = (part = ''): string =>
  textOf(`<main${part}`).replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&')
/** The content below each heading, or beside each row heading. */
function partsOf(document: string, head: RegExp): Map<string, string> {
  const parts = document.split(head).slice(1)
  return new Map(parts.map((part) => [readIn(part.replace(/<\/(?:h2|th)>.*$/s, '')), part]))
}
/** The texts that the records of a state have for each part of its profile, or "Not stated". */
function recorded({ bodies, standards, assurance }: StateProfile) {
  const certifying = bodies.filter(({ role }) => role !== 'professional-regulator')
  const awards = certifying.flatMap(({ awards: each }) => each.map(({ title }) => title))
  const orNone = (texts: readonly string[]) => (texts.length === 0 ? ['Not stated'] : texts)
  return Object.entries({
    'Competent bodies': certifying.map(({ name }) => name),
    'Types of certificates': orNone(awards),
    'Where the standards are published': orNone(
      standards.flatMap(({ text, place }) => [text, place ?? 'Where: not stated']),
    ),
    'How assessment is quality-assured': orNone(assurance.map(({ text }) => text)),
  })
}

test.each(codes)(
  'R-074: the page of %s has bodies, certificates, levels, standards with their place, quality assurance',
  (iso2) => {
    const { profile } = aState(iso2)
    const parts = partsOf(statePage(aState(iso2), aContext()), /<h2[^>]*/)
    const { framework } = profile
    const named = Object.values(framework.titles).map((titles) => titles.join('; '))
    const levels = framework.levels === null ? ['No framework level.'] : named
    for (const [head, texts] of [
      ...recorded(profile),
      ['Qualifications framework', [framework.name, ...levels]] as const,
    ])
      for (const text of texts) expect(readIn(parts.get(head)), `${head} of ${iso2}`).toContain(text)
  },
)

test.each(codes)(
  'R-121: beside another state, %s has certificates, standards and quality assurance in one row each',
  (iso2) => {
    const pair = [iso2, iso2 === 'PH' ? 'VN' : 'PH'] as const
    const rows = partsOf(compare(...pair), /<th scope="row"[^>]*/)
    for (const [column, each] of pair.entries())
      for (const [head, texts] of recorded(profileOf(each))) {
        const cell = readIn(rows.get(head)?.split('<td')[column + 1])
        for (const text of texts) expect(cell, `${head} of ${each}`).toContain(text)
      }
  },
)

test('without two endorsed referencings, no level stands beside another', () => {
  for (const [one, other] of [
    ['PH', 'KH'],
    ['SG', 'TL'],
  ] as const) {
    const text = textOf(compare(one, other))
    expect(text).toContain('No levels are compared')
    expect(text).not.toMatch(/AQRF level \d/)
  }
})

test('no page of states claims more than comparable', () => {
  const documents = codes.flatMap((iso2) => [statePage(aState(iso2), aContext()), compare(iso2, 'PH')])
  for (const document of documents) {
    expect(document).not.toMatch(/equivalen|automatically recogni/i)
    expect(document).not.toMatch(/undefined|\bNaN\b|\[object/)
  }
})

test('the form keeps the language and the choices', () => {
  const context = aContext({ language: 'th', languageChosen: true })
  const document = compareStatesPage({ states: codes, chosen: { one: 'MM' } }, context)
  expect(document).toContain('<input type="hidden" name="lang" value="th">')
  expect(document).toContain('<option value="MM" selected>')
  expect(document).toContain('method="get" action="/states/compare"')
})

test('a form sent with one country, or with the same one twice, says what is missing and where', () => {
  const asked = (one: string | undefined, other: string | undefined, fault?: 'missing' | 'same') =>
    compareStatesPage({ states: codes, chosen: { one, other }, ...(fault && { fault }) }, aContext())
  const same = asked('PH', 'PH', 'same')
  expect(same).toContain('Choose two different countries')
  expect(same).toMatch(/id="other"[^>]*aria-invalid="true" aria-describedby="compare-error"/)
  expect(same.match(/<option value="PH" selected>/g)).toHaveLength(2)
  expect(same).toContain('<title>There is a problem: ')
  const missing = asked(undefined, 'PH', 'missing')
  expect(missing).toContain('Choose a country in each of the two lists.')
  expect(missing).toMatch(/id="one"[^>]*aria-invalid="true"/)
  expect(asked(undefined, undefined)).not.toMatch(/aria-invalid|There is a problem/)
})

test('a comparison in another language compares the same states', () => {
  const document = compare('KH', 'TH', aContext({ path: '/states/compare?one=KH&other=TH' }))
  expect(document).toContain('href="/states/compare?one=KH&amp;other=TH&amp;lang=th"')
})

test('a date says no more than is known', () => {
  expect(['2018', '2018-03', '1994-08-25'].map((text) => dayOrLess(text, 'en'))).toEqual([
    '2018',
    'Mar 2018',
    '25 Aug 1994',
  ])
  expect(dayOrLess('2018', 'th')).toBe('2018 (พ.ศ. 2561)')
})

test('levels without a gap are a range', () => {
  const ranges = [undefined, [], [2], [3, 4], [1, 2, 3, 4], [1, 2, 4]].map(levelRange)
  expect(ranges).toEqual([undefined, undefined, '2', '3, 4', '1–4', '1, 2, 4'])
})

test('W001: text from a record is text', () => {
  const profile = findStateProfile('PH', listStateProfiles()) as StateProfile
  const [first, ...rest] = profile.bodies
  const bodies = [{ ...first, name: '<img src=x onerror=alert(1)>' } as (typeof profile.bodies)[number], ...rest]
  const document = statePage(aState('PH', { profile: { ...profile, bodies } }), aContext())
  expect(document).not.toContain('<img')
})

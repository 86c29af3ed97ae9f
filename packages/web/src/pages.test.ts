import { readFileSync } from 'node:fs'
import { findStateProfile } from '@sijil/qualifications'
import { findFramework, findQualification, listStateProfiles } from '@sijil/qualifications/shipped-baseline'
import { expect, test } from 'vitest'
import { edition } from './edition.ts'
import {
  assetPaths,
  assets,
  compareStatesPage,
  errorPage,
  frameworkPage,
  homePage,
  issuerPage,
  issuersPage,
  notFoundPage,
  problemPage,
  qrSvg,
  qualificationPage,
  referencePage,
  refusedPage,
  statePage,
  statesPage,
  tooManyPage,
} from './index.ts'
import { textOf } from './test-text.ts'
import { aContext, anIssuer, aState, someIssuers, someStates } from './test-values.ts'

const known = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the record is gone')
  return value
}
const qualification = known(findQualification('ph-masonry-nc2'))
const framework = known(findFramework('PQF'))
const states = someStates().states.map(({ iso2 }) => iso2)

const all = (context = aContext()): Record<string, string> => ({
  home: homePage({}, context),
  homeError: homePage({ error: 'foreign' }, context),
  issuers: issuersPage(someIssuers(), context),
  issuer: issuerPage(anIssuer(), context),
  qualification: qualificationPage(
    {
      qualification,
      levelConfirmed: false,
      frameworkPage: '/frameworks/PQF',
      body: { name: 'TESDA', path: '/issuers/ph-tesda' },
    },
    context,
  ),
  framework: frameworkPage({ framework }, context),
  reference: referencePage(context),
  states: statesPage(someStates(), context),
  statesMissing: statesPage(someStates({ missing: true }), context),
  state: statePage(aState('MM'), context),
  compare: compareStatesPage(
    {
      pair: [known(findStateProfile('PH', listStateProfiles())), known(findStateProfile('SG', listStateProfiles()))],
      states,
    },
    context,
  ),
  compareForm: compareStatesPage({ states, chosen: { one: 'PH' } }, context),
  problem: problemPage({ code: 'not-found', title: 'No such thing', remedy: 'Look elsewhere.' }, context),
  refused: refusedPage({ code: 'payload-too-large', detail: 'Too many bytes.' }, context),
  tooMany: tooManyPage({ seconds: 60 }, context),
  notFound: notFoundPage('page', context),
  notFoundLink: notFoundPage('link', context),
  error: errorPage(context),
})

/** The only links that lead to other sites. The referrer is not sent. */
/** A contact of the record. The registry gives no other form a link. */
const contactLink = /<a href="(?:mailto:|tel:|https:\/\/)[^"\s]+" rel="noopener noreferrer"><bdi>/g
const sourceLink = /<a href="https?:[^"\s]+" rel="external nofollow noreferrer">/g

test('I42: no page has an inline script or style, or an address outside this site other than a source or a contact', () => {
  for (const [name, whole] of Object.entries(all())) {
    const document = whole.replaceAll(sourceLink, '<a>').replaceAll(contactLink, '<a>')
    expect(document.match(/<script(?![^>]*\bsrc="\/assets\/)/g), name).toBeNull()
    expect(document, name).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:/)
    expect(document.match(/(?:src|href|action)="(?!\/|#|\?)[^"]*"/g), name).toBeNull()
  }
})

test('every page is one document with one h1 in its language, and says that it is a demonstration', () => {
  for (const language of ['en', 'th'] as const) {
    for (const [name, document] of Object.entries(all(aContext({ language })))) {
      expect(document.match(/<h1/g), name).toHaveLength(1)
      expect(document.startsWith(`<!doctype html>\n<html lang="${language}">`), name).toBe(true)
      expect(document, name).toContain('class="demo"')
      expect(document, name).not.toContain('undefined')
    }
  }
})

test('the menu offers only languages that exist', () => {
  const offered = [...homePage({}, aContext()).matchAll(/hreflang="(\w+)"/g)].map(([, code]) => code)
  expect(new Set(offered)).toEqual(new Set(['en', 'th']))
})

test('W013: a page that cannot confirm now is neither blank nor green', () => {
  const document = errorPage(aContext())
  expect(document).toContain('class="verdict am"')
  expect(document).toContain('Cannot confirm now')
})

test('a refused request is explained in the reader’s language, with a way back', () => {
  const document = refusedPage({ code: 'payload-too-large', detail: 'Too many bytes.' }, aContext({ language: 'th' }))
  expect(document).toContain('<h1>ใหญ่เกินไป</h1>')
  expect(document).toMatch(/class="btn" href="\/"/)
  expect(document).toContain('<bdi lang="en">Too many bytes.</bdi>')
  expect(refusedPage({ code: 'something-new' }, aContext())).toContain('That did not work')
})

test('I52: too many requests are explained in the reader’s language, with the time to wait and nothing about a certificate', () => {
  const document = tooManyPage({ seconds: 60 }, aContext())
  expect(document).toContain('<h1>Too many requests at once</h1>')
  expect(document).toContain('<li>Wait for 60 seconds.</li>')
  expect(document).toContain('This says nothing about any certificate.')
  expect(tooManyPage({ seconds: 60 }, aContext({ language: 'th' }))).toContain('<li>รอ 60 วินาที</li>')
})

test('W001: the search text comes back as text', () => {
  const document = issuersPage(someIssuers({ issuers: [], search: { s: '"><script>alert(1)</script>' } }), aContext())
  expect(document).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"')
  expect(document).toContain('Not listed is not the same as fake')
})

test('W020: a link to another site comes back with an explanation, and never as an address', () => {
  expect(homePage({ error: 'foreign' }, aContext())).toContain('Only links to sijil.example are checked here.')
})

test('a problem with a form stands in the title, at its field, and in the description of the field', () => {
  for (const [error, field, other] of [
    ['unknown', 'code', 'document'],
    ['several', 'code', 'document'],
    ['file', 'document', 'code'],
    ['noFile', 'document', 'code'],
  ] as const) {
    const document = homePage({ error, typed: '<4KX7' }, aContext())
    expect(document).toContain('<title>There is a problem: Check a skills certificate')
    expect(document).toContain(`aria-describedby="${field}-hint ${field}-error" aria-invalid="true"`)
    expect(document).toContain(`id="${field}-error"`)
    expect(document).toContain(`aria-describedby="${other}-hint"`)
    expect(document).toContain('value="&lt;4KX7"')
    expect(document.match(/aria-invalid/g)).toHaveLength(1)
  }
  expect(homePage({}, aContext())).not.toMatch(/aria-invalid|There is a problem/)
})

test('a photo that is already on the phone can be chosen, because the camera has a button of its own', () => {
  expect(homePage({}, aContext())).toMatch(/<input id="photo"[^>]*>/)
  expect(homePage({}, aContext())).not.toContain('capture=')
})

test('advice about a certificate stands on the page for a missing link, and not on the page for another missing page', () => {
  expect(notFoundPage('link', aContext())).toContain('Ask the person for the newest link')
  expect(notFoundPage('page', aContext())).not.toMatch(/certificate is real|Ask the person/)
})

test.each([
  ['en', 'General knowledge, not checked: we could name no page for it.'],
  ['th', 'ความรู้ทั่วไป'],
] as const)(
  'a framework shows in %s the sources of its level table, apart from its own sources',
  (language, general) => {
    const stated = textOf(frameworkPage({ framework }, aContext({ language })))
    const [table = '', own = ''] = stated.split(language === 'en' ? 'Sources' : 'แหล่งที่มา')
    expect(table).toContain('https://pqf.gov.ph')
    expect(table).toContain(general)
    expect(table).toContain('The one-to-one level table is from general knowledge.')
    expect(own).toContain('https://pqf.gov.ph/Home/Details/7')
  },
)

test('a framework without an endorsed referencing shows no AQRF level', () => {
  const document = frameworkPage({ framework: known(findFramework('CQF')) }, aContext())
  expect(document).toContain('No endorsed referencing')
  expect(document).not.toMatch(/AQRF level \d/)
  expect(document).not.toMatch(/Not known|Referenced to AQRF/)
})

test('if sources disagree on the referencing, the page does not deny it; a framework without levels shows no dash', () => {
  const document = frameworkPage({ framework: known(findFramework('WSQ')) }, aContext())
  expect(document).toContain('We do not know whether it was referenced')
  expect(document).not.toContain('No endorsed referencing')
  expect(document).toContain('Singapore</a>: no numbered levels')
})

test('assets are named by their content and import each other by those names, and nothing else is an asset', () => {
  for (const path of Object.values(assetPaths))
    expect(assets[path.replace('/assets/', '')]?.body.length).toBeGreaterThan(50)
  const imported = Object.values(assets).flatMap(({ body, type }) =>
    typeof body === 'string' && type.startsWith('text/javascript')
      ? [...body.matchAll(/(?:from|import)\s*\(?'(\.\/[^']+)'/g)].map(([, name]) => name?.slice(2) ?? '')
      : [],
  )
  expect(imported).toHaveLength(6)
  for (const name of imported) expect(Object.keys(assets)).toContain(name)
  expect(Object.getPrototypeOf(assets)).toBeNull()
})

test('scripts are sent without comment lines and indents, and with all their code', () => {
  for (const name of ['in-place', 'local-time', 'menu', 'scan', 'tlog', 'log-proof']) {
    const file = Object.entries(assets).find(([path]) => new RegExp(`^${name}-[0-9a-f]{16}\\.js$`).test(path))?.[1]
    const source = readFileSync(new URL(`./assets/${name}.js`, import.meta.url), 'utf8')
    const sent = String(file?.body)
    expect(sent).not.toMatch(/^\s*(?:\/\/|\/?\*)/m)
    // Every line with code is there, apart from the names of other files, which hold a hash.
    const isCode = (line: string) => /\S/.test(line) && !/^\s*(?:\/\/|\/?\*)/.test(line) && !line.includes("'./")
    const lines = new Set(sent.split('\n'))
    expect(source.split('\n').filter((line) => isCode(line) && !lines.has(line.trimStart()))).toEqual([])
  }
})

test('a QR code has four light modules around it', () => {
  const svg = String(qrSvg('https://sijil.example/v/4KX79QMB2TZ08WNRC5VHGJ1DSA', 'QR'))
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
  const dark = [...svg.matchAll(/M(\d+) (\d+)h1/g)].flatMap(([, x, y]) => [Number(x), Number(y)])
  expect(Math.min(...dark)).toBe(4)
  expect(Math.max(...dark)).toBe(size - 5)
})

test('a body says once that it is a demonstration, and its short name stands with its name', () => {
  const issuer = { ...anIssuer().issuer, name: 'Skills Authority (demonstration)', acronym: 'SA (demonstration)' }
  const document = issuerPage(anIssuer({ issuer }), aContext())
  expect(document).toContain('Skills Authority (SA) (demonstration)</bdi></h1>')
})

test('a page in another language names states and writes sentences in it, and marks what stays English', () => {
  const document = issuerPage(
    anIssuer({ answers: { ...anIssuer().answers, real: 'yes' } }),
    aContext({ language: 'th' }),
  )
  expect(document).toContain('ฟิลิปปินส์')
  expect(document).toContain('ที่มา: <bdi lang="en">Republic Act 7796 (1994)</bdi>')
  expect(issuersPage(someIssuers(), aContext({ language: 'th' }))).toContain('อ้างอิงกับ AQRF แล้ว')
  expect(problemPage({ code: 'revoked', title: 'It was revoked' }, aContext({ language: 'th' }))).not.toContain(
    'It was',
  )
})

test('for a day before the record begins, the page of an issuer says so everywhere and claims nothing', () => {
  const unknown = 'not-known' as const
  const answers = { real: unknown, may: unknown, scope: unknown, standing: unknown }
  const document = issuerPage(anIssuer({ answers, recordBegins: '2025-01-01', asOf: '2020-05-05' }), aContext())
  expect(document.match(/Our record of it begins on 1 Jan 2025\. For earlier days we cannot say\./g)).toHaveLength(4)
  expect(document).toContain('what it was allowed to do on <b>5 May 2020</b>')
  expect(document).not.toContain('was known here')
})

test('the answers about an issuer name the chosen qualification; the page of a centre does not ask what it may issue', () => {
  const given = anIssuer().explained
  if (given === undefined) throw new Error('a page without its answer')
  const explained = { ...given, answer: { ...given.answer, standing: 'authorised' } } as const
  const answers = { real: 'yes', may: 'yes', scope: 'yes', standing: 'in-part' } as const
  const values = anIssuer({ answers, explained, standing: 'authorised' })
  const document = issuerPage(values, aContext())
  expect(document).toContain('May it issue <bdi lang="en">Masonry NC II</bdi>?')
  expect(document).toContain('In force for <bdi lang="en">Masonry NC II</bdi>. Another accreditation')
  const centre = issuerPage({ ...values, issuer: { ...values.issuer, kind: 'centre' } }, aContext())
  expect(centre).toContain('May it assess candidates?')
  expect(centre).not.toContain('May it issue')
})

test('a qualification that does not exist is pointed out, and no other question is answered instead', () => {
  const open = 'not-known' as const
  const { explained: _, ...asked } = anIssuer({
    answers: { real: 'yes', may: open, scope: open, standing: open },
    replaced: { qualification: true },
    chain: [],
  })
  const document = issuerPage(asked, aContext())
  expect(document).toContain('does not exist in this registry')
  expect(document).toContain('<option value="" selected></option>')
  expect(document).not.toMatch(/No listed authority|its scope covers no/)
})

test('neither a sandbox nor a demonstration is a real body', () => {
  const answers = { ...anIssuer().answers, real: 'no', may: 'no' } as const
  expect(issuerPage(anIssuer({ answers, unreal: 'sandbox' }), aContext())).toContain('its signature proves nothing')
  const demonstration = issuerPage(anIssuer({ answers, unreal: 'demonstration' }), aContext())
  expect(demonstration).toContain('This is a demonstration: its name is an example')
  expect(demonstration).not.toContain('Listed in this registry. Basis')
})

test('if the accreditation status changed during the day, the page says from when until when', () => {
  const turns = [
    { from: '2026-11-24T00:00:00.000Z', standing: 'authorised' },
    { from: '2026-11-24T01:23:45.000Z', standing: 'suspended' },
  ] as const
  expect(issuerPage(anIssuer({ turns }), aContext())).toContain(
    'This changed on 24 Nov 2026: Authorised until 01:23 UTC, Suspended from 01:23 UTC.',
  )
})

test('each source that is an address is a link, and other sources are text', () => {
  const sources = ['https://law.example/act-1', 'general knowledge', 'javascript:alert(1)', 'https://x.example/ a note']
  const documents = [
    qualificationPage({ qualification: { ...qualification, sources }, levelConfirmed: false }, aContext()),
    frameworkPage({ framework: { ...framework, sources } }, aContext()),
  ]
  for (const document of documents) {
    const own = [...document.matchAll(/<a href="([^"/][^"]*)" rel="external nofollow noreferrer">/g)].map(
      ([, to]) => to,
    )
    expect(own).toContain('https://law.example/act-1')
    expect(own.filter((to) => !to?.startsWith('https://'))).toEqual([])
    for (const text of sources.slice(1)) expect(document).toContain(`<li><bdi class="mono">${text}</bdi></li>`)
    expect(document).toContain('These links lead to other sites.')
  }
  expect(all().state).toMatch(/<li id="source-1"><a href="https:/)
})

test('if no source states the edition, the page says so in its own words', () => {
  const edition = 'Edition of the standard not stated in the sources of 24 November 2026'
  const values = { qualification: { ...qualification, edition }, levelConfirmed: false }
  expect(qualificationPage(values, aContext())).toContain('Not stated in the sources that we read on 24 Nov 2026.')
  expect(qualificationPage(values, aContext({ language: 'th' }))).toContain('24 พ.ย. 2026')
})

test('if a certificate states no edition, the page says that it was not known', () => {
  expect(String(edition(undefined, aContext()))).toBe('Not known when this certificate was issued.')
  expect(String(edition(undefined, aContext({ language: 'th' })))).toBe('ไม่ทราบฉบับเมื่อออกใบรับรองนี้')
})

test('R-081: the page of an issuer says in both languages if it is limited to assessment centres', () => {
  const { explained: given, scope } = anIssuer()
  if (given === undefined) throw new Error('a page without its answer')
  const limited = { ...given, answer: { ...given.answer, sites: ['hall'] }, sites: ['Hall <b>'] }
  for (const [language, words, none, nowhere] of [
    [
      'en',
      'Only for certificates that name one of these assessment centres',
      'At no assessment centre.',
      'it holds at none of them',
    ],
    ['th', 'เฉพาะใบรับรองที่ระบุศูนย์ประเมินเหล่านี้', 'ไม่มีศูนย์ประเมินใดเลย', 'ไม่มีแห่งใดที่การอนุญาตนี้มีผล'],
  ] as const) {
    const context = aContext({ language })
    const page = issuerPage(anIssuer({ explained: limited }), context)
    expect(page).toContain(words)
    expect(page).toContain('Hall &lt;b&gt;')
    expect(issuerPage(anIssuer(), context)).not.toContain(words)
    expect(issuerPage(anIssuer({ scope: scope.map((row) => ({ ...row, sites: [] })) }), context)).toContain(none)
    const outside = { ...given.answer, standing: 'not-for-this', outside: 'site' } as const
    expect(issuerPage(anIssuer({ explained: { ...given, answer: outside } }), context)).toContain(nowhere)
  }
})

test('two accreditations with the same day and basis differ by what they allow', () => {
  const line = { at: '2025-01-01', event: 'accredited', basis: 'Act 1', by: ['PQF NCC'] } as const
  const timeline = [{ ...line, right: 'issue' } as const, { ...line, right: 'accredit' } as const]
  const document = issuerPage(anIssuer({ timeline }), aContext())
  const lines = [...document.matchAll(/Accreditation starts: [\s\S]*?<\/li>/g)].map(([text]) => text)
  expect(new Set(lines).size).toBe(2)
  expect(lines[1]).toContain('To accredit others.')
})

test('an accreditation for no qualification is shown as one that allows nothing, never as any field', () => {
  const [row] = anIssuer().scope
  if (row === undefined) throw new Error('a page without its scope')
  const { fields: _, ...rest } = row
  const document = issuerPage(anIssuer({ scope: [{ ...rest, qualifications: [] }] }), aContext())
  expect(document).toContain('No qualification: it allows nothing.')
  expect(document).not.toContain('Any field')
  const named = issuerPage(anIssuer({ scope: [{ ...rest, qualifications: ['Masonry NC I'] }] }), aContext())
  expect(named).not.toContain('Any field')
  const { qualifications: __, ...open } = rest
  expect(issuerPage(anIssuer({ scope: [open] }), aContext())).toContain('Any field')
})

test('an accreditation that may rest on an agreement between states is never said to rest on a law alone', () => {
  expect(issuersPage(someIssuers(), aContext())).toContain('An authority, a law or an agreement between states allows')
  const given = anIssuer().explained
  const own = given?.answer.chain.at(-1)
  if (given === undefined || own === undefined) throw new Error('a page without its answer')
  const answer = { ...given.answer, standing: 'authorised' as const, chain: [own] }
  const document = issuerPage(anIssuer({ explained: { ...given, answer } }), aContext())
  expect(document).toContain('A law or an agreement between states itself allows it')
  expect(document).not.toMatch(/[Bb]y law[.:]|The law itself/)
})

test('R-088: the page of an issuer shows its quality review with the gaps, its pilot, and its successor', () => {
  const document = issuerPage(anIssuer(), aContext())
  for (const words of [
    'No appeal procedure in writing',
    'PILOT',
    'Only at: <bdi lang="en">Assessment Center, Taguig</bdi>; <bdi lang="en">Assessment Center, Cebu</bdi>.',
    'records@tesda.example',
    'href="/issuers/ph-tesda-2"',
    'Terms changed: ',
    'Met</strong> <bdi',
    'Met in part</strong>',
    'by word of mouth',
    'Not met</strong>',
    'Next review: 1 Feb 2027.',
  ])
    expect(document).toContain(words)
  const scope = anIssuer().scope.map(({ assurance: _, ...row }) => row)
  expect(issuerPage(anIssuer({ scope }), aContext())).toContain('No quality review is recorded.')
})

test('a demonstration body is never said to be allowed by a law, an agreement or an authority', () => {
  const given = anIssuer().explained
  const own = given?.answer.chain.at(-1)
  if (given === undefined || own === undefined) throw new Error('a page without its answer')
  const answer = { ...given.answer, standing: 'authorised' as const, chain: [own] }
  const document = issuerPage(anIssuer({ unreal: 'demonstration', explained: { ...given, answer } }), aContext())
  expect(document).toContain('It is a demonstration: no law and no authority allows it')
  expect(document).toContain('Made for this demonstration.')
  expect(document).not.toMatch(/itself allows it|By law or by agreement/)
})

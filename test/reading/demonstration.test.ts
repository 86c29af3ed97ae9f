import { readdir, readFile, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { announcement } from '../../infra/local/announce.ts'
import { asPage, checkOf, pathOf, uuidOf, type Verdict, verify } from '../journeys/certificate.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

let registry: SharedRegistry
beforeAll(async () => {
  registry = await sharedRegistry()
})

const link = /^http:\/\/localhost:\d+\/v\/[0-9A-HJKMNP-TV-Z]{26}$/

// biome-ignore format: it reads as a table
/** For each case its verdict, and the check and reason that decide it. */
const cases: Record<string, { verdict: string; check?: string; reason?: string; hasLink: boolean }> = {
  'signed-aqrf-level':      { verdict: 'valid',         hasLink: true },
  'in-force':               { verdict: 'valid',         hasLink: true },
  'edition-ended':          { verdict: 'valid',         hasLink: true },
  'no-framework-level':     { verdict: 'valid',         hasLink: true },
  'part-qualification':     { verdict: 'valid',         hasLink: true },
  'mra-title':              { verdict: 'valid',         hasLink: true },
  'issuer-suspended-since': { verdict: 'valid',         hasLink: true },
  'revoked':                { verdict: 'invalid',       check: 'status',       reason: 'revoked',               hasLink: true },
  'suspended':              { verdict: 'invalid',       check: 'status',       reason: 'suspended',             hasLink: true },
  'superseded':             { verdict: 'invalid',       check: 'status',       reason: 'superseded',            hasLink: true },
  'expired':                { verdict: 'invalid',       check: 'period',       reason: 'expired',               hasLink: true },
  'out-of-scope':           { verdict: 'invalid',       check: 'issuer-trust', reason: 'issuer-not-accredited', hasLink: true },
  'altered':                { verdict: 'invalid',       check: 'proof',        reason: 'signature-mismatch',    hasLink: false },
  'not-recorded':           { verdict: 'invalid',       check: 'recorded',     reason: 'not-recorded',          hasLink: false },
  'issuer-unknown':         { verdict: 'indeterminate', check: 'issuer-trust', reason: 'issuer-unknown',        hasLink: false },
}
const linked = Object.keys(cases).filter((name) => cases[name]?.hasLink)
/** The answer about the link of a case: the certificate without the person, its levels and its notices. */
const shown = async (name: string) => {
  const { certificate, levels, notices = [] } = await verify(registry, { link: certificateOf(name)?.link })
  return {
    certificate,
    title: certificate?.qualification.title,
    levels: levels.map(({ framework, level }) => [framework, level]),
    notices: notices.map(({ code }) => code),
  }
}
const certificateOf = (name: string) => registry.demonstration.certificates.find((one) => one.case === name)

test('demo.json lists the cases to try, in a sensible order', async () => {
  const text = await readFile(join(registry.folder, 'demo.json'), 'utf8')
  const demo: unknown = JSON.parse(text)
  expect(demo).toEqual(registry.demonstration)
  expect(Object.keys(demo as object)).toEqual(['baseUrl', 'issuers', 'officers', 'certificates'])
  const { baseUrl, certificates, issuers } = registry.demonstration
  expect(baseUrl).toBe(registry.baseUrl)
  expect(certificates.map(({ case: name, verdict, ...rest }) => [name, verdict, 'link' in rest])).toEqual(
    Object.entries(cases).map(([name, { verdict, hasLink }]) => [name, verdict, hasLink]),
  )
  for (const { file, link: opened } of certificates) {
    expect(isAbsolute(file)).toBe(false)
    if (opened !== undefined) expect(opened).toMatch(link)
  }
  for (const { did, name, id } of issuers) {
    expect(did).toBe(`did:web:${new URL(baseUrl).host.replace(':', '%3A')}:issuers:${id}`)
    expect(name).toContain('(demonstration)')
  }
})

test('only their owner can read the files of the demonstration', async () => {
  const folder = join(registry.folder, 'demo')
  for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
})

describe.each(Object.keys(cases))('the case "%s"', (name) => {
  const { verdict, check, reason } = cases[name] ?? { verdict: '' }

  test('by file', async () => {
    const found = await verify(registry, { verifiableCredential: await registry.document(name) })
    expect(found.verdict).toBe(verdict)
    if (check !== undefined) expect(checkOf(found, check)).toMatchObject({ reason })
    else expect(found.problemDetails).toEqual([])
  })

  test('through VCALM: 200 if it is valid, 400 otherwise', async () => {
    const answer = await registry.ask('/credentials/verify', {
      body: { verifiableCredential: await registry.document(name) },
    })
    expect([answer.status, answer.json().verified]).toEqual(verdict === 'valid' ? [200, true] : [400, false])
  })

  test('by its file on the page', async () => {
    const form = new FormData()
    form.set('document', new Blob([JSON.stringify(await registry.document(name))]), 'certificate.json')
    const answer = await fetch(`${registry.baseUrl}/check`, {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json' },
    })
    expect(((await answer.json()) as Verdict).verdict).toBe(verdict)
  })
})

describe.each(linked)('the link of the case "%s"', (name) => {
  const { verdict, check, reason } = cases[name] ?? { verdict: '' }

  test('gives the same verdict as JSON, by POST /verify, and as a page', async () => {
    const { link: opened = '' } = certificateOf(name) ?? {}
    const [json, verified, page] = await Promise.all([
      registry.ask(pathOf({ link: opened })),
      verify(registry, { link: opened }),
      registry.ask(pathOf({ link: opened }), { headers: asPage }),
    ])
    expect([json.json().verdict, verified.verdict, page.status]).toEqual([verdict, verdict, 200])
    // Only the page of a valid certificate has no warning tone.
    expect(/<section class="verdict([^"]*)"/.exec(page.text)?.[1]).toBe(verdict === 'valid' ? '' : ' no')
    if (check !== undefined) expect(checkOf(verified, check)).toMatchObject({ reason })
  })
})

test('a certificate of a body that was suspended later stays valid, and both answers are given', async () => {
  const { verdict, issuer } = await verify(registry, { link: certificateOf('issuer-suspended-since')?.link })
  expect(verdict).toBe('valid')
  expect(issuer).toMatchObject({ onIssueDate: { standing: 'authorised' }, today: { standing: 'suspended' } })
})

test('a part of a qualification has no level of its own, and a qualification without a level says so', async () => {
  for (const name of ['part-qualification', 'mra-title']) {
    const { levels } = await verify(registry, { link: certificateOf(name)?.link })
    for (const level of levels) expect(level).not.toHaveProperty('level')
  }
})

test('the first case is of a fictional state, whose authority confirmed its levels: it carries both levels, with citation and units (R-002, R-019, R-050)', async () => {
  const [first] = registry.demonstration.certificates
  expect(first?.case).toBe('signed-aqrf-level')
  const { verdict, certificate, levels, issuer, notices = [] } = await verify(registry, { link: first?.link })
  expect([verdict, notices]).toEqual(['valid', []])
  expect(certificate?.levels).toMatchObject([
    { kind: 'national', framework: 'demo-xs-sqc.sqf', level: '2', name: 'SQF level 2' },
    {
      kind: 'aqrf',
      framework: 'AQRF',
      level: '2',
      citation: expect.stringMatching(
        /referencing report \(fictional\).* confirmed by Samudra Qualifications Council \(demonstration\)/,
      ),
    },
  ])
  expect(levels.every(({ confirmed }) => confirmed)).toBe(true)
  expect(certificate?.units).toHaveLength(8)
  const named = { state: 'XS', stateName: 'Fictional Samudra' }
  expect(issuer.today.chain).toMatchObject([named, named])
  const page = await registry.ask(pathOf({ link: first?.link ?? '' }), { headers: asPage })
  for (const words of ['Fictional Samudra', 'Comparable, not automatic recognition.', 'signed by the issuer'])
    expect(page.text).toContain(words)
  expect(page.text).not.toContain('Unconfirmed')
  const announced = await announcement(registry)
  expect(announced).toContain(first?.link)
  const { id } = (await registry.document('signed-aqrf-level')) as { id: string }
  expect(announced.join('\n')).toContain(`sijil revoke ${uuidOf({ id })} --issuer demo-xs-stc`)
})

test('no certificate under a real state carries an AQRF level, because no real authority confirmed one here (D-09)', async () => {
  for (const { case: name } of registry.demonstration.certificates) {
    if (name === 'signed-aqrf-level') continue
    expect([name, JSON.stringify(await registry.document(name))]).toEqual([name, expect.not.stringContaining('AQRF')])
  }
  const { statements } = (await registry.ask('/frameworks/PQF')).json<{ statements?: object[] }>()
  expect(statements ?? []).toEqual([])
})

test('the second qualification of the fictional state has two editions: the newer one supersedes the older', async () => {
  const { editions, levels } = (await registry.ask('/qualifications/demo-xs-stc.scaffolding-2')).json<{
    editions: { id: string; until?: string; supersedes?: string }[]
    levels: { aqrf: { level?: string; confirmed: boolean } }
  }>()
  expect(editions.map(({ id, supersedes }) => [id, supersedes])).toEqual([
    ['2020', undefined],
    ['2025', '2020'],
  ])
  expect(levels.aqrf).toMatchObject({ level: '2', confirmed: true })
})

test('a fictional state has its name from its records, in lists and in searches', async () => {
  const pages = ['/issuers?c=XS', '/authorities?state=XS', '/qualifications?state=XS', '/qualifications?level=AQRF.2']
  for (const path of [
    ...pages,
    '/states',
    '/frameworks/demo-xs-sqc.sqf',
    '/issuers/demo-xs-stc',
    '/issuers/demo-xs-sqc',
  ])
    expect([path, (await registry.ask(path, { headers: asPage })).text]).toEqual([
      path,
      expect.stringContaining('Fictional Samudra'),
    ])
})

test.each(['/issuers', '/authorities', '/centres', '/changes', '/qualifications'])(
  '%s offers the fictional state by its name, and shows it as chosen',
  async (path) => {
    const { text } = await registry.ask(`${path}?${path === '/issuers' ? 'c' : 'state'}=XS`, { headers: asPage })
    expect(text).toMatch(/<option value="XS" selected>Fictional Samudra<\/option>/)
  },
)

test('the case in force shows a current edition of an ordinary trade with a level and a description, and has no notice (R-050)', async () => {
  const { certificate, levels, notices } = await shown('in-force')
  expect(certificate).toMatchObject({
    qualification: {
      title: 'Heavy Equipment Operation (Forklift) NC II',
      description: 'Found able to drive and work a forklift.',
      edition: expect.stringContaining('promulgated 7 November 2019'),
    },
  })
  expect(levels).toEqual([
    ['PQF', '2'],
    ['AQRF', '2'],
  ])
  expect(notices).toEqual([])
})

test('the cases that show an ended edition are the bricklayers, and their pages say so', async () => {
  const noticed: string[] = []
  for (const name of linked) {
    const { notices, title } = await shown(name)
    if (notices.length > 0) noticed.push(name)
    if (notices.length > 0) expect([notices, title]).toEqual([['edition-ended'], expect.stringContaining('Masonry')])
  }
  expect(noticed).toEqual(['edition-ended', 'part-qualification'])
  const page = await registry.ask(pathOf({ link: certificateOf('edition-ended')?.link ?? '' }), { headers: asPage })
  expect(page.text).toContain('29 Oct 2018')
})

test('the bricklayer has all units; the part has two units; the case without a level of the AQRF has level 1 (R-078, R-130)', async () => {
  const whole = await shown('edition-ended')
  expect(whole).toMatchObject({
    title: 'Masonry NC II',
    levels: [
      ['PQF', '2'],
      ['AQRF', '2'],
    ],
  })
  expect(whole.certificate?.units).toHaveLength(5)
  expect((await shown('part-qualification')).certificate).toMatchObject({
    qualification: { partOf: { title: 'Masonry NC II' } },
    units: [{ code: 'CON712301' }, { code: 'CON712302' }],
  })
  expect(await shown('no-framework-level')).toMatchObject({
    title: expect.stringContaining('CQF 1'),
    levels: [
      ['CQF', '1'],
      ['AQRF', undefined],
    ],
  })
})

test('authorities and bodies are of six states and one fictional state, and id and name of each mark it as a demonstration', async () => {
  interface Listed {
    id: string
    name: string
    state: string
  }
  const lists = await Promise.all(['/issuers?limit=100', '/authorities?limit=100'].map((path) => registry.ask(path)))
  for (const list of lists) {
    const { issuers, authorities } = list.json<Record<'issuers' | 'authorities', Listed[]>>()
    const listed = issuers ?? authorities
    const states = new Set(listed.map(({ state }) => state))
    for (const state of ['PH', 'ID', 'TH', 'MY', 'VN', 'KH', 'XS']) expect(states).toContain(state)
    for (const { id, name } of listed)
      expect([id, name]).toEqual([expect.stringMatching(/^demo-/), expect.stringContaining('demonstration')])
  }
})

test('the issuer of every certificate is named as a demonstration', async () => {
  for (const { case: name } of registry.demonstration.certificates) {
    const { issuer } = (await registry.document(name)) as { issuer: { name: string } }
    expect(issuer.name).toContain('(demonstration)')
  }
})

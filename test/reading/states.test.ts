import { states } from '@sijil/qualifications'
import { beforeAll, expect, test } from 'vitest'
import { asPage, problemOf } from '../journeys/certificate.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

interface Profile extends Record<string, unknown> {
  state: string
  name: string
  notice: string
  framework: { id: string; referencing: { status: string; report: string } }
  bodies: { id: string; role: string; sources: string[]; mandate?: { law: string } }[]
  professions: { arrangement: { id: string }; regulators: { name: string; sources: string[] }[] }[]
  standards: { text: string; place?: string; sources: string[] }[]
  registry: { authorities: string; bodies: string; asOf: string; issuers: string }
}

let registry: SharedRegistry
beforeAll(async () => {
  registry = await sharedRegistry()
})

const profileOf = async (state: string) => (await registry.ask(`/states/${state}`)).json<Profile>()

test('R-074, R-092: everybody can read eleven states, and each of them, without a login', async () => {
  const list = (await registry.ask('/states')).json<{ states: { state: string; url: string }[] } & Profile>()
  expect(list.states.map(({ state }) => state)).toEqual(states.map(({ iso2 }) => iso2))
  for (const { url } of list.states) {
    const [page, json] = await Promise.all([registry.ask(url, { headers: asPage }), registry.ask(url)])
    expect([page.status, json.status]).toEqual([200, 200])
    expect(page.text).toContain('not an accreditation by this registry')
    expect(json.json<Profile>().notice).toContain('not an accreditation by this registry')
  }
})

test('R-014: the directory of a state lists role, mandate and profession, each with its sources', async () => {
  const { framework, bodies, professions, standards } = await profileOf('PH')
  expect(framework).toMatchObject({ id: 'PQF', referencing: { status: 'endorsed' } })
  expect(bodies.find(({ id }) => id === 'ph-tesda')).toMatchObject({
    role: 'skills-certifier',
    domain: 'tesda.gov.ph',
    mandate: { law: 'Republic Act 7796', dated: '1994-08-25' },
  })
  expect(professions).toHaveLength(8)
  for (const { sources } of [...bodies, ...standards, ...professions.flatMap(({ regulators }) => regulators)])
    expect(sources.length).toBeGreaterThan(0)
})

test('the code of a state may be in capitals or not; an unknown code is a 404 that lists the known ones', async () => {
  expect((await profileOf('th')).state).toBe('TH')
  for (const path of ['/states/xx', '/states/thailand', '/states/compare?one=PH&other=ZZ', '/states/compare?one=%00']) {
    const [page, json] = await Promise.all([registry.ask(path, { headers: asPage }), registry.ask(path)])
    expect([path, page.status, json.status]).toEqual([path, 404, 404])
    expect(problemOf(json)).toMatchObject({ type: `${registry.baseUrl}/problems/not-found` })
    expect(json.text).toContain('BN, KH, ID, LA, MY, MM, PH, SG, TH, TL, VN')
    for (const { iso2 } of states) expect(page.text).toContain(`href="/states/${iso2}"`)
    // The answer must not repeat the request.
    expect(page.text + json.text).not.toMatch(/thailand"|ZZ|%00/)
  }
})

test('a state says whether this registry lists any of its bodies, which is not the same as naming them', async () => {
  expect((await profileOf('PH')).registry).toMatchObject({
    authorities: 'yes',
    bodies: 'yes',
    issuers: '/issuers?c=PH',
  })
  const singapore = await profileOf('SG')
  expect(singapore.bodies.length).toBeGreaterThan(0)
  expect(singapore.registry).toMatchObject({ authorities: 'no', bodies: 'no' })
  const { issuers } = (await registry.ask(singapore.registry.issuers)).json<{ issuers: unknown[] } & Profile>()
  expect(issuers).toEqual([])
})

test('R-121: two states are compared side by side, for programs and by a plain form', async () => {
  const { one, other } = (await registry.ask('/states/compare?one=id&other=my')).json<{
    one: Profile
    other: Profile
  }>()
  expect([one.state, other.state]).toEqual(['ID', 'MY'])
  const form = await registry.ask('/states/compare?one=PH&other=', { headers: asPage })
  expect(form.status).toBe(200)
  expect(form.text).toContain('<option value="PH" selected>')
  const same = await registry.ask('/states/compare?one=PH&other=ph', { headers: asPage })
  expect(same.text).toContain('<option value="PH" selected>')
  expect(same.text).not.toContain('The two systems')
  expect(same.text).toContain('Choose two different countries')
  expect(form.text).toContain('Choose a country in each of the two lists.')
  expect((await registry.ask('/states/compare', { headers: asPage })).text).not.toContain('There is a problem')
  // As a browser sends the form, with the chosen language.
  const sent = new URLSearchParams({ lang: 'th', one: 'ID', other: 'MY' })
  const page = await registry.ask(`/states/compare?${sent}`, { headers: asPage })
  expect(page.text).toContain('<html lang="th">')
  expect(page.text).toContain('href="/states/compare?one=ID&amp;other=MY&amp;lang=en"')
  expect(page.text).toContain('IQF ระดับ 7')
})

test('caches keep an answer as long as its sources allow: an hour for records of states, 40 seconds for the registry', async () => {
  const kept = async (path: string) => (await registry.ask(path)).headers.get('cache-control')
  expect(await kept('/states')).toMatch(/^public, max-age=3600\b/)
  expect(await kept('/states/compare?one=ID&other=MY')).toMatch(/^public, max-age=3600\b/)
  expect(await kept('/states/PH')).toMatch(/^public, max-age=40\b/)
  expect(await kept('/states/XX')).toBe('no-store')
})

test('pages of issuers and of frameworks link to their state', async () => {
  for (const path of ['/issuers', '/issuers/demo-ph-tesda', '/frameworks/PQF'])
    expect((await registry.ask(path, { headers: asPage })).text, path).toContain('href="/states/PH"')
  expect((await registry.ask('/', { headers: asPage })).text).toContain('href="/states"')
})

test('a parameter that is too long is refused by name', async () => {
  const answer = await registry.ask(`/states/compare?one=${'P'.repeat(11)}`)
  expect(answer.status).toBe(400)
  expect(problemOf(answer)).toMatchObject({ errors: [{ pointer: '/one' }] })
})

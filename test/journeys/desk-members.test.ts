import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, unclear, visit } from '../support/browser.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { atTheDesk, plain } from './desk-officers.ts'
import { DSD, officersOf } from './trust.ts'

/** Two officers of a certification body name its members at its desk, over HTTP, after its authority named the two. */

const [ONE, TWO, CLERK] = ['dsd-officer-1', 'dsd-officer-2', 'dsd-clerk']
const OTHER = 'demo-th-tpqi'
const HOME = `/desk/issuers/${DSD}`
const MEMBERS = `${HOME}/members`
const at = { home: HOME, one: ONE, two: TWO }
const officer = { 'roles:propose': 'yes', 'roles:approve': 'yes' }

let registry: OpenRegistry
let browser: Browser
let desk: ReturnType<typeof atTheDesk>
let authority: Awaited<ReturnType<typeof officersOf>>
beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
  desk = atTheDesk(registry)
  authority = await officersOf(registry)
  const { decide, base } = authority
  for (const subject of [ONE, TWO])
    await decide(`${base}/members`, { owner: DSD, subject, roles: ['propose', 'approve'] })
})
afterAll(async () => {
  await browser?.close()
  await registry?.close()
})

const listed = async (subject = ONE) => plain((await desk.open(MEMBERS, subject)).text)
/** A form on a page: the fields that its button sends. */
const formWith = (html: string, words: string) => {
  const form = html.split('<form').find((each) => plain(`<${each}`).includes(words)) ?? ''
  const action = /action="([^"]+)"/.exec(form)?.[1] ?? ''
  const fields = [...form.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])
  // Each request here has a session of its own, with its own token.
  const { 'form-token': _, ...own } = Object.fromEntries(fields) as Record<string, string>
  return { action, fields: own }
}

describe('the officers of a body', () => {
  test('find its members with roles, since when, and whose decision it was, and no form of another body', async () => {
    const page = await desk.open(MEMBERS, ONE)
    expect(plain(page.text)).toMatch(/dsd-officer-2 +propose and suspend +approve +Since .*, decided by Office of the/)
    expect(page.text).not.toMatch(/href="[^"]*dsd-officer/)
    const form = await desk.open(`${HOME}/actions/add-member`, ONE)
    expect(form.text).not.toContain('name="owner"')
    expect(form.text).toContain('name="subject"')
  })

  test('name a member, who sees only what their role can do', async () => {
    await desk.decided('add-member', { subject: CLERK, 'roles:issue': 'yes' }, at)
    expect(await listed()).toMatch(/dsd-clerk +issue certificates +Since .*, decided by Department of Skill/)
    const home = await desk.open(HOME, CLERK)
    expect([home.status, plain(home.text)]).toEqual([200, expect.stringContaining('may issue')])
    expect(home.text).not.toMatch(/Waiting for a second officer|\/members"|\/reports"|\/actions\//)
    for (const path of [MEMBERS, `${HOME}/reports`, `${HOME}/actions/add-member`, `${HOME}/certificates`])
      expect([path, (await desk.open(path, CLERK)).status]).toEqual([path, 404])
  })

  test('change roles by a button of the list: the second officer reads the roles of before beside the new ones', async () => {
    const { action, fields } = formWith((await desk.open(MEMBERS, ONE)).text, `Change the roles : ${CLERK}`)
    const form = await desk.ask('POST', action, { ...(await desk.as(ONE)), fields })
    expect(form.text).toMatch(/name="roles:issue" value="yes" checked/)
    expect(form.text).toContain(`value="${CLERK}"`)
    const changed = { subject: CLERK, 'roles:issue': 'yes', 'roles:read': 'yes' }
    const checked = plain((await desk.send('add-member', changed, 'check', at)).text)
    expect(checked).toContain('Change the roles of a member of Department of Skill')
    expect(checked).toMatch(/issue certificates +read records +before: issue certificates/)
    await desk.decided('add-member', changed, at)
    expect(await listed()).toMatch(/dsd-clerk +issue certificates +read records/)
  })

  test('do not approve a role for themselves: the page says so, and the request is refused', async () => {
    const sent = await desk.send('add-member', { subject: TWO, ...officer, 'roles:issue': 'yes' }, 'send', at)
    const proposal = String(sent.headers.get('location'))
    const page = await desk.open(proposal, TWO)
    expect(plain(page.text)).toContain('This gives you a role. Another officer must approve it.')
    expect(page.text).not.toContain('/approve"')
    const hash = /data-hash>([^<]+)</.exec(page.text)?.[1] ?? ''
    const forced = await desk.ask('POST', `${proposal}/approve`, { ...(await desk.as(TWO)), fields: { hash } })
    expect([forced.status, plain(forced.text)]).toEqual([403, expect.stringContaining('Another officer must do this')])
    await desk.ask('POST', `${proposal}/reject`, { ...(await desk.as(ONE)), fields: {} })
  })

  test('cannot be reduced below two, and the page of the form says why', async () => {
    const last = await desk.send('remove-member', { member: TWO }, 'check', at)
    expect([last.status, plain(last.text)]).toEqual([
      409,
      expect.stringContaining('there would no longer be two officers'),
    ])
  })

  test('I36: cannot reach another body by a field of the form or by its address', async () => {
    const forged = await desk.send(
      'add-member',
      { owner: OTHER, subject: 'mallory', 'roles:issue': 'yes' },
      'check',
      at,
    )
    expect(forged.status).toBe(422)
    for (const address of [`/desk/issuers/${OTHER}/members`, `/desk/issuers/${OTHER}/actions/add-member`])
      expect((await desk.open(address, ONE)).status).toBe(404)
  })

  test('are refused a third by their authority, which may still remove', async () => {
    const { first, base } = authority
    const third = await first(`${base}/members`, { owner: DSD, subject: 'third', roles: ['approve'] })
    expect([third.status, third.json()]).toEqual([409, expect.objectContaining({ reason: 'body-decides' })])
  })

  test('do the same through the API, with the id of the body in the place of the authority', async () => {
    const [one = '', two = ''] = registry.demonstration.officers.slice(2, 4).map(({ client }) => client)
    for (const subject of [one, two]) await desk.decided('add-member', { subject, ...officer }, at)
    const scopes = 'registry:propose registry:approve'
    const as = async (client: string, path: string, body: object) =>
      registry.ask(`/authorities/${DSD}${path}`, { token: await registry.token(client, scopes), body })
    const proposed = await as(one, '/members', { subject: 'api-clerk', roles: ['read'] })
    expect(proposed.status).toBe(202)
    const { id, hash } = proposed.json<{ id: string; hash: string }>()
    expect((await as(one, `/proposals/${id}/approve`, { hash })).status).toBe(403)
    expect((await as(two, `/proposals/${id}/approve`, { hash })).json()).toMatchObject({ state: 'carried-out' })
    const foreign = await as(one, '/members', { owner: OTHER, subject: 'mallory', roles: ['issue'] })
    expect([foreign.status, foreign.json()]).toEqual([404, expect.objectContaining({ reason: 'not-below' })])
  })

  test('are out with their next request once they are removed, and see the page of a stranger', async () => {
    await desk.decided('add-member', { subject: 'dsd-officer-3', ...officer }, at)
    const session = await desk.as('dsd-officer-3')
    expect((await desk.ask('GET', HOME, session)).status).toBe(200)
    await desk.decided('remove-member', { member: 'dsd-officer-3' }, at)
    for (const address of [HOME, MEMBERS]) expect((await desk.ask('GET', address, session)).status).toBe(404)
    const fields = { subject: 'mallory', 'roles:issue': 'yes', step: 'send' }
    expect((await desk.ask('POST', `${HOME}/actions/add-member`, { ...session, fields })).status).toBe(404)
  })

  test.each(['en', 'th'])('read the list in %s at both widths, and axe finds nothing', async (language) => {
    await desk.decided(
      'add-member',
      { subject: `a-${language}-${'very-long-identifier-'.repeat(4)}`, 'roles:read': 'yes' },
      at,
    )
    for (const width of [390, 1280]) {
      const cookie = await desk.cookie(ONE)
      const { page, close } = await visit(browser, `${registry.baseUrl}${MEMBERS}?lang=${language}`, { width, cookie })
      expect(await unclear(page)).toEqual([])
      await close()
    }
  })
})

test('while the right of the body is suspended, its officers read the list, and only its authority names members', async () => {
  const { first, base, decide } = authority
  const granted = await registry.later(() => registry.ask(`/issuers/${DSD}/accreditations`))
  const [{ id } = { id: '' }] = granted.json<{ accreditations: { id: string }[] }>().accreditations
  const suspended = await first(`${base}/accreditations/${id}/suspend`, { basis: 'Order 7', all: true })
  expect(suspended.status).toBe(200)
  const page = await desk.open(MEMBERS, ONE)
  expect(plain(page.text)).toContain('The authority of this body names its members now.')
  expect(page.text).not.toContain('/actions/')
  const refused = await desk.send('add-member', { subject: 'accomplice', ...officer }, 'check', at)
  expect([refused.status, plain(refused.text)]).toEqual([409, expect.stringContaining('holds no right now')])
  await decide(`${base}/members`, { owner: DSD, subject: 'trustee', roles: ['approve'] })
  expect(await listed()).toContain('trustee')
})

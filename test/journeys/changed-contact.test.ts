import { afterAll, beforeAll, expect, test } from 'vitest'
import { runHere } from '../support/command.ts'
import { deskOf } from '../support/desk.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { asPage, pathOf, problemOf, TESDA } from './certificate.ts'
import { DSD, ONEC, officersOf } from './trust.ts'

/** Two officers change a contact, through the API and at the desk. Pages show that of today, and of a past day that of the day. */

const [ONE, TWO] = ['demo-th-onec-officer-1', 'demo-th-onec-officer-2']
const DAY = 24 * 60 * 60 * 1_000
const CONTACTS = `/authorities/${ONEC}/contacts`
const FORM = `/desk/authorities/${ONEC}/actions/change-contact`
const FIRST = 'mailto:registrar@th-dsd.example'

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let desk: ReturnType<typeof deskOf>
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  desk = deskOf(registry)
})
afterAll(() => registry?.close())

const page = async (path: string) => (await registry.ask(path, { headers: asPage })).text
const verdictPage = () =>
  page(pathOf({ link: registry.demonstration.certificates.find((one) => one.case === 'suspended')?.link ?? '' }))
const contactsIn = (text: string) => [...text.matchAll(/href="((?:mailto|tel):[^"]+)"/g)].map(([, link]) => link)
const wordsOf = (text: string) => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const today = () => registry.now().toISOString().slice(0, 10)

const as = async (subject: string) => {
  const cookie = await desk.cookie(subject)
  return { headers: { cookie }, formToken: await desk.formToken(cookie) }
}
const send = async (fields: Record<string, string>, step: 'check' | 'send') => {
  registry.showAll()
  return desk.ask('POST', FORM, { ...(await as(ONE)), fields: { ...fields, step } })
}

test('through the API, one officer proposes and another approves; until then every page has the contact of before', async () => {
  const before = today()
  expect(contactsIn(await verdictPage())).toEqual([FIRST])
  registry.pass(2 * DAY)
  const proposed = await officers.first(CONTACTS, { id: DSD, contact: '+66 2 555 0143', reason: 'The office moved' })
  expect(proposed.status).toBe(202)
  const { id, hash } = proposed.json<{ id: string; hash: string }>()
  const approval = `/authorities/${ONEC}/proposals/${id}/approve`
  expect(problemOf(await officers.first(approval, { hash })).status).toBe(403)
  expect(await registry.later(verdictPage).then(contactsIn)).toEqual([FIRST])
  expect((await officers.second(approval, { hash })).json()).toMatchObject({ state: 'carried-out' })

  const [verdict, issuer] = await registry.later(() => Promise.all([verdictPage(), page(`/issuers/${DSD}`)]))
  expect(contactsIn(verdict)).toEqual(['tel:+6625550143'])
  expect(contactsIn(issuer)).toEqual(['tel:+6625550143'])
  expect(wordsOf(issuer)).toContain('New contact: +66 2 555 0143')
  expect(contactsIn(await page(`/issuers/${DSD}?as-of=${before}`))).toEqual([FIRST])
  const { issuer: json } = (await registry.ask(`/issuers/${DSD}?as-of=${before}`)).json<{ issuer: object }>()
  expect(json).toMatchObject({ contact: { text: 'registrar@th-dsd.example' } })
})

test('the public log names the new contact and the reason, on the page and in the feeds', async () => {
  const words = 'was changed to +66 2 555 0143'
  expect(wordsOf(await page(`/changes?id=${DSD}&kind=listings`))).toMatch(
    /The contact of .+ was changed to \+66 2 555 0143 ?\. Why: The office moved ?\. Decided by /,
  )
  for (const feed of ['/changes.atom', `/issuers/${DSD}/changes.atom`])
    expect((await registry.ask(feed)).text).toContain(words)
})

test('at the desk the check shows both contacts, and the change is sent by the second press and approved by another officer', async () => {
  registry.pass(DAY)
  const fields = { owner: DSD, contact: 'https://dsd.example/ask', reason: 'A page of its own' }
  const checked = await send(fields, 'check')
  expect([checked.status, wordsOf(checked.text)]).toEqual([200, expect.stringContaining('Check your answers')])
  expect(wordsOf(checked.text)).toContain('https://dsd.example/ask before: +66 2 555 0143')
  const sent = await send(fields, 'send')
  expect([sent.status, sent.text]).toEqual([303, ''])
  const proposal = String(sent.headers.get('location'))
  const shown = await desk.ask('GET', proposal, await as(TWO))
  expect(wordsOf(shown.text)).toContain('https://dsd.example/ask before: +66 2 555 0143')
  const hash = /data-hash>([^<]+)</.exec(shown.text)?.[1] ?? ''
  const approved = await desk.ask('POST', `${proposal}/approve`, { ...(await as(TWO)), fields: { hash } })
  expect([approved.status, approved.text]).toEqual([303, ''])
  const issuer = await registry.later(() => page(`/issuers/${DSD}`))
  expect(issuer).toContain('href="https://dsd.example/ask"')
  expect(contactsIn(issuer)).toEqual([])
})

test('an empty field records that there is none: the page says so and names the authority, which may change its own', async () => {
  registry.pass(DAY)
  expect(wordsOf((await send({ owner: DSD, contact: '' }, 'check')).text)).toContain(
    'Contact none before: https://dsd.example/ask',
  )
  await officers.decide(CONTACTS, { id: DSD, contact: null })
  await officers.decide(CONTACTS, { id: ONEC, contact: 'desk@th-onec.example' })
  const [verdict, issuer] = await registry.later(() => Promise.all([verdictPage(), page(`/issuers/${DSD}`)]))
  for (const text of [verdict, issuer]) {
    expect(wordsOf(text)).toContain('No contact is recorded for ')
    expect(contactsIn(text)).toEqual(['mailto:desk@th-onec.example'])
  }
  expect(wordsOf(await page(`/changes?id=${DSD}`))).toMatch(/The contact of .+ was removed from the record/)
  const { authorities } = (await registry.ask('/authorities?state=TH')).json<{ authorities: { id: string }[] }>()
  expect(authorities.find(({ id }) => id === ONEC)).toMatchObject({ contact: 'desk@th-onec.example' })
  expect(contactsIn(await page('/authorities?state=TH'))).toContain('mailto:desk@th-onec.example')
})

test('a contact that is no safe address is refused at its member and its field, and is not repeated', async () => {
  for (const contact of ['javascript:alert(1)', 'a@tesda.example?bcc=all@evil.example', 'Complaints office, room 3']) {
    const refused = await officers.first(CONTACTS, { id: DSD, contact })
    expect(problemOf(refused).status).toBe(422)
    expect(refused.json<{ errors: object[] }>().errors).toMatchObject([{ pointer: '/contact' }])
    expect(refused.text).not.toContain(contact)
    const form = await send({ owner: DSD, contact }, 'check')
    expect([form.status, form.text]).toEqual([422, expect.stringMatching(/id="f-contact"[^>]*aria-invalid="true"/)])
    expect(wordsOf(form.text)).toContain('Write one email address, one phone number')
  }
  const unsaid = await officers.first(CONTACTS, { id: DSD })
  expect(unsaid.json<{ errors: object[] }>().errors).toMatchObject([{ pointer: '/contact' }])
})

test('an authority changes nothing of a body that is not below it, and a change to the same contact is refused', async () => {
  expect(problemOf(await officers.first(CONTACTS, { id: TESDA, contact: 'a@evil.example' })).status).toBe(404)
  expect(problemOf(await officers.first(CONTACTS, { id: DSD, contact: null })).status).toBe(409)
})

test('an audit from outside gets the same contacts from the entries of the log', async () => {
  await registry.sequence()
  const { code, stderr } = await runHere(['log', 'audit', '--state', 'audit.json'], {
    folder: registry.folder,
    environment: { SIJIL_URL: registry.baseUrl },
  })
  expect({ code, stderr }).toMatchObject({ code: 0 })
})

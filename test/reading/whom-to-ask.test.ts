import { beforeAll, expect, test } from 'vitest'
import { asPage, pathOf } from '../journeys/certificate.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

let registry: SharedRegistry
beforeAll(async () => {
  registry = await sharedRegistry()
})

const page = async (path: string) => (await registry.ask(path, { headers: asPage })).text
const pageOf = (name: string) =>
  page(pathOf({ link: registry.demonstration.certificates.find((one) => one.case === name)?.link ?? '' }))
const contactsIn = (text: string) => [...text.matchAll(/href="((?:mailto|tel):[^"]+)"/g)].map(([, link]) => link)
const wordsOf = (text: string) => text.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')

test.each([
  ['revoked', 'mailto:registrar@ph-tesda.example'],
  ['superseded', 'mailto:registrar@ph-tesda.example'],
  ['expired', 'mailto:registrar@ph-tesda.example'],
  ['edition-ended', 'mailto:registrar@ph-tesda.example'],
  ['suspended', 'mailto:registrar@th-dsd.example'],
])('R-109: the page of the case "%s" links the contact of its issuer', async (name, contact) => {
  expect(contactsIn(await pageOf(name))).toEqual([contact])
})

test('the page of a plain yes names no contact, because there is nothing to ask', async () => {
  expect(contactsIn(await pageOf('in-force'))).toEqual([])
})

test('of a certificate out of scope and of one by an unknown issuer, the pages lead to the authorities', async () => {
  expect(await pageOf('out-of-scope')).toContain('href="/authorities?state=PH"')
  const form = new FormData()
  form.set('document', new Blob([JSON.stringify(await registry.document('issuer-unknown'))]), 'certificate.json')
  const answer = await fetch(`${registry.baseUrl}/check`, { method: 'POST', body: form, headers: asPage })
  expect(await answer.text()).toContain('href="/authorities"')
})

test('a body without a contact is said to have none, and its authority is named with its own', async () => {
  const text = await page('/issuers/demo-kh-mlvt')
  expect(wordsOf(text)).toContain('No contact is recorded for MLVT (demonstration) (Cambodia).')
  expect(contactsIn(text)).toEqual(['mailto:registrar@kh-ntb.example'])
  // Nobody is above a body that stands at the top.
  const top = await page('/issuers/demo-asean-acpacc')
  expect(wordsOf(top)).toMatch(/No contact is recorded for .+\(demonstration\)/)
  expect(contactsIn(top)).toEqual([])
})

test.each(['/v/4KX79QMB2TZ08WNRC5VHGJ1DSA', '/problems/revoked'])(
  'a page that cannot know the issuer leads to the lists of issuers and authorities: %s',
  async (path) => {
    const text = await page(path)
    for (const list of ['/issuers', '/authorities']) expect(text).toMatch(new RegExp(`<a class="tlink" href="${list}"`))
  },
)

test('no contact of the demonstration can reach anybody: each has a reserved domain (RFC 2606)', async () => {
  const { issuers } = (await registry.ask('/issuers?limit=100')).json<{ issuers: { id: string }[] }>()
  const texts = await Promise.all([page('/authorities?limit=100'), ...issuers.map(({ id }) => page(`/issuers/${id}`))])
  const contacts = texts.flatMap(contactsIn)
  expect(contacts.length).toBeGreaterThan(10)
  for (const contact of contacts) expect(contact).toMatch(/^mailto:registrar@[a-z-]+\.example$/)
})

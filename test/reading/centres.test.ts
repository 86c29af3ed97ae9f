import { beforeAll, expect, test } from 'vitest'
import { asPage } from '../journeys/certificate.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

let registry: SharedRegistry
beforeAll(async () => {
  registry = await sharedRegistry()
})

const CENTRE = 'demo-ph-centre-taguig'
const pageAt = async (path: string) => (await registry.ask(path, { headers: asPage })).text
const linked = (document: string) => [...document.matchAll(/href="\/centres\/([\w-]+)"/g)].map(([, id]) => id)
const wordsOf = (document: string) => document.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

test('the register of centres is a page, on which each centre has its country, its accreditation and a link', async () => {
  const document = await pageAt('/centres')
  const { centres } = (await registry.ask('/centres')).json<{ centres: { id: string }[] }>()
  expect(linked(document)).toEqual(centres.map(({ id }) => id))
  expect(linked(document)).toContain(CENTRE)
  expect(wordsOf(document)).toMatch(/Example Assessment Center, Taguig \(demonstration\) Philippines In force/)
  expect(wordsOf(document)).toContain(`Centres: ${centres.length}, as of`)
})

test('centres can be searched by country, as a page and by program', async () => {
  expect(linked(await pageAt('/centres?state=PH'))).toContain(CENTRE)
  expect(linked(await pageAt('/centres?state='))).toContain(CENTRE)
  expect(await pageAt('/centres?state=BN')).toContain('No centre of this country is listed.')
  expect((await registry.ask('/centres?state=BN')).json()).toMatchObject({ centres: [] })
  expect((await registry.ask('/centres?state=brunei')).status).toBe(400)
})

test('the list goes on after a centre, and is the same table as before for programs', async () => {
  expect(linked(await pageAt(`/centres?after=${CENTRE}`))).not.toContain(CENTRE)
  const csv = await registry.ask('/centres?format=csv', { headers: asPage })
  expect(csv.headers.get('content-type')).toContain('text/csv')
})

test('the pages that mention centres lead to their list', async () => {
  for (const path of ['/issuers', `/centres/${CENTRE}`]) expect(await pageAt(path), path).toContain('href="/centres"')
})

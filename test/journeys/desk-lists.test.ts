import { formTokenFor } from '@sijil/http'
import { publishBundle, readBundle, readVerifierKeys, sequenceLog } from '@sijil/registry/log'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskOf } from '../support/desk.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aWorld, type World } from '../support/registry-world.ts'
import { decisionsIn } from '../support/trust-world.ts'
import { ONEC, officersOf } from './trust.ts'

/** An officer hands in the list of another registry at the desk, as a file. */

const PATH = `/desk/authorities/${ONEC}/lists`

let registry: OpenRegistry
let region: World
let desk: ReturnType<typeof deskOf>
beforeAll(async () => {
  registry = await openRegistry()
  desk = deskOf(registry)
  region = await aWorld({ baseUrl: 'https://region.example' })
  await decisionsIn(region).authority('demo-council', 'ASEAN')
})
afterAll(() => registry?.close())

async function published() {
  const { store, artefacts, keys, baseUrl } = region
  const [now, policy] = [registry.now(), { demonstration: true }]
  await sequenceLog('registry', { store, artefacts, signer: keys, keys, baseUrl, now, seen: new Set() })
  await publishBundle({ store, artefacts, signer: keys, policy, baseUrl, now })
  return {
    bundle: (await readBundle({ store, artefacts })) ?? '',
    keys: await readVerifierKeys('registry', baseUrl, store),
  }
}

/** Sends the form as a browser does, with a file. */
async function handIn(file: string, { subject = 'demo-th-onec-officer-1', query = '' } = {}) {
  const cookie = await desk.cookie(subject)
  const form = new FormData()
  form.set('form-token', formTokenFor(await desk.formToken(cookie), PATH))
  form.set('bundle', new File([file], 'trust-bundle.json', { type: 'application/json' }))
  return fetch(`${registry.baseUrl}${PATH}${query}`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { cookie, accept: 'text/html', origin: registry.baseUrl, 'sec-fetch-site': 'same-origin' },
  })
}
const opened = async (query = '') =>
  (await desk.ask('GET', `${PATH}${query}`, { headers: { cookie: await desk.cookie('demo-th-onec-officer-1') } })).text

test('a bundle of a registry that was not accepted is refused in the language of the page, and nothing is copied', async () => {
  const { bundle } = await published()
  expect(await opened()).toContain('Your authority has accepted no list')
  const refused = await handIn(bundle)
  expect(refused.status).toBe(404)
  expect(await refused.text()).toContain('Your authority has not accepted the list of this registry.')
  expect(await (await handIn(bundle, { query: '?lang=th' })).text()).toContain('หน่วยงานของคุณยังไม่ได้ยอมรับรายชื่อของทะเบียนนี้')
})

test('after two officers accepted the list, an officer hands in its file, and the page says how old the copy is', async () => {
  const { bundle, keys } = await published()
  const officers = await officersOf(registry)
  const terms = { registry: region.baseUrl, keys, basis: 'memorandum 3', kind: 'regional-endorsement' }
  await officers.decide(`${officers.base}/lists`, terms)
  expect(await opened()).toContain('no copy yet')
  for (const file of ['no JSON', '{"bundle":{},"bundle":{}}', bundle.replace('demo-council', 'demo-counciI')]) {
    const refused = await handIn(file)
    expect([file.slice(0, 9), [404, 422].includes(refused.status)]).toEqual([file.slice(0, 9), true])
    expect(await refused.text()).toMatch(/<title>There is a problem/)
  }
  expect(await opened()).toContain('no copy yet')
  const done = await handIn(bundle)
  expect([done.status, done.headers.get('location')]).toEqual([303, `${PATH}?done=yes`])
  const page = await opened('?done=yes')
  expect(page).toContain('The list was checked and copied')
  expect(page).toContain('copy is valid')
})

test('a file without the token of the session, and one larger than 4 MiB, are refused', async () => {
  const cookie = await desk.cookie('demo-th-onec-officer-1')
  const headers = { cookie, accept: 'text/html', origin: registry.baseUrl, 'sec-fetch-site': 'same-origin' }
  const form = new FormData()
  form.set('bundle', new File(['{}'], 'a.json'))
  const foreign = await fetch(`${registry.baseUrl}${PATH}`, { method: 'POST', body: form, headers })
  expect(foreign.status).toBe(403)
  expect((await handIn('x'.repeat(4 * 1024 * 1024 + 1))).status).toBe(413)
})

test('a member of another authority finds nothing here', async () => {
  expect((await handIn('{}', { subject: 'demo-ph-pqfncc-officer-1' })).status).toBe(404)
})

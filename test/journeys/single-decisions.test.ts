import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { plain } from './desk-officers.ts'
import { officersOf } from './trust.ts'

/**
 * From fictional Samudra to fictional Lautan, one certificate: it is recognised in part with two units missing, then in full, and another one
 * is refused so that only its holder sees it.
 */

const HOST = 'demo-xl-lla'

interface Recognition {
  kind: string
  result: string
  applies: string
  units?: string[]
  decision?: string
  credential?: { id: string; relatedResource: { id: string }[] }
}
interface Verdict {
  about?: string
  verdict: string
  checks: { name: string; outcome: string }[]
  certificate?: { id?: string; units: { code: string }[] }
  recognition?: Recognition[]
}
interface Single {
  id: string
  hash: string
  state: string
  verifiableCredential?: { id: string }
}

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let base: string
let link: string
const linkOf = (wanted: string) =>
  registry.demonstration.certificates.find((each) => each.case === wanted)?.link ?? `no ${wanted}`
const verify = async (body: object) => (await registry.ask('/verify', { body })).json<Verdict>()
const byLink = (options?: object) => verify({ link, ...(options && { options }) })
const page = (path = link, language = 'en') =>
  registry.ask(new URL(path).pathname, { headers: { accept: 'text/html', 'accept-language': language } })
const terms = (change: object) => ({
  appeal: 'To the Lautan Labour Board, within 30 days.',
  basis: 'Skills Recognition Act 3 of 2019 (fictional), section 4',
  ...change,
})
async function decide(path: string, asked: object, of = link): Promise<Single> {
  const proposed = await officers.first(path, { link: of, ...terms(asked) })
  expect([proposed.status, proposed.text]).toEqual([202, expect.not.stringContaining('Lautan Labour Board')])
  const { id, hash } = proposed.json<Single>()
  const approved = await officers.second(`${base}/${id}/approve`, { hash, link: of })
  expect([approved.status, approved.text]).toEqual([200, expect.stringContaining('EndorsementCredential')])
  return approved.json<Single>()
}

beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry, HOST)
  base = `${officers.base}/single-decisions`
  link = linkOf('signed-aqrf-level')
})
afterAll(() => registry.close())

test('I23: an authority gets a key for decisions by two officers, and its DID document shows it', async () => {
  expect((await officers.first(base, { link, ...terms({ result: 'full' }) })).status).toBe(409)
  expect((await registry.ask(`/issuers/${HOST}/did.json`)).status).toBe(404)
  const refused = await officers.first(`/issuers/${HOST}/keys`, { purpose: 'certificates' })
  expect(refused.status).toBe(422)
  await officers.decide(`/issuers/${HOST}/keys`, { purpose: 'decisions' })
  const did = await registry.later(() => registry.ask(`/issuers/${HOST}/did.json`))
  expect(did.json()).toMatchObject({ assertionMethod: [expect.stringContaining(`${HOST}#decisions-1`)] })
})

test('R-007, R-020: in part, two units missing, then in full. The verdict is the same (K008), and only the link shows it (K014)', async () => {
  const before = await byLink()
  const units = before.certificate?.units.map(({ code }) => code) ?? []
  const others = await officersOf(registry, 'demo-xs-sqc')
  const body = terms({ result: 'part', units: units.slice(2), reason: 'Two units are not taught in Lautan.' })
  const ofSameState = await others.first(`${others.base}/single-decisions`, { link, ...body })
  expect([ofSameState.status, (await others.first(base, { link, ...body })).status]).toEqual([409, 404])
  const first = await decide(base, body)
  const { recognition, ...rest } = await byLink()
  const outcomes = ({ checks }: Pick<Verdict, 'checks'>) => checks.map(({ name, outcome }) => [name, outcome])
  expect([rest.verdict, outcomes(rest)]).toEqual(['valid', outcomes(before)])
  expect(recognition).toMatchObject([{ kind: 'single', result: 'part', applies: 'now', units: units.slice(2) }])
  expect(recognition?.[0]).not.toHaveProperty('decision')
  const words = plain((await page()).text).replaceAll(/ (?=[:.,])/g, '')
  for (const shown of [
    'These decisions are no part of the check above',
    'Decision about this certificate alone. Only those who hold its link see it.',
    `Recognised in part: ${units.length - 2} of its units`,
    'Units not recognised',
  ])
    expect(words).toContain(shown)
  expect(plain((await page(link, 'th')).text)).toMatch(/คำตัดสินเกี่ยวกับ\s*ใบรับรอง\s*นี้ใบเดียว/)

  // With the person asked for, a second authority gets the signed decision, and verifies it by itself.
  const whole = await byLink({ show: ['person'] })
  const { credential } = whole.recognition?.[0] ?? {}
  expect(credential?.relatedResource[0]?.id).toBe(whole.certificate?.id)
  expect(JSON.stringify(credential)).not.toContain('AMINAH')
  expect(await verify({ verifiableCredential: credential })).toMatchObject({
    about: 'decision',
    verdict: 'indeterminate',
    recognition: [{ result: 'part', decision: first.id }],
  })
  const document = await registry.document('signed-aqrf-level')
  expect(await verify({ verifiableCredential: document })).not.toHaveProperty('recognition')

  await decide(`${base}/${first.id}/complete`, { result: 'full' })
  expect((await byLink()).recognition?.map(({ result, applies }) => [result, applies])).toEqual([
    ['part', 'ended'],
    ['full', 'now'],
  ])
})

test('I47: the terms are opened by officers of the host alone; an appeal and an end need two of them', async () => {
  const { decisions } = (await officers.first(base)).json<{ decisions: Single[] }>()
  expect(decisions.map(({ state }) => state)).toEqual(['issued', 'issued'])
  const [{ id } = { id: '' }] = decisions
  const others = await officersOf(registry, 'demo-th-onec')
  for (const path of [`${base}/${id}/open`, `${others.base}/single-decisions/${id}/open`])
    expect((await others.first(path, {})).status).toBe(404)
  expect((await officers.second(`${base}/${id}/open`, {})).json()).toMatchObject({ terms: { result: 'full' } })
  const change = async (path: string, body: object) => {
    const { hash } = (await officers.first(`${base}/${id}/${path}`, body)).json<Single>()
    expect((await officers.first(`${base}/${id}/approve`, { hash })).status).toBe(403)
    expect((await officers.second(`${base}/${id}/approve`, { hash })).status).toBe(200)
  }
  await change('appeal', { state: 'open' })
  await change('end', { reason: 'made-in-error' })
  const appealed = await officers.first(`${base}/${id}/appeal`, { state: 'stands' })
  expect((await officers.second(`${base}/${id}/reject`, {})).status).toBe(200)
  expect(appealed.status).toBe(202)
  expect((await byLink()).recognition?.map(({ applies }) => applies)).toEqual(['ended', 'ended'])
  expect(plain((await page()).text)).toContain('An appeal is open')
})

test('K005, I65: a refusal that only its holder sees leaves the page of the link as it was, and is in the log by its hash', async () => {
  const other = linkOf('in-force')
  const readable = async () => {
    const { status, text, headers } = await page(other)
    return { status, length: text.length, headers: [...headers.keys()].toSorted() }
  }
  const before = await readable()
  const { verifiableCredential } = await decide(
    base,
    { result: 'refused', reason: 'The trade is reserved by law in Lautan.' },
    other,
  )
  expect(await readable()).toEqual(before)
  expect(await verify({ link: other })).not.toHaveProperty('recognition')
  const answer = await verify({ verifiableCredential })
  expect(answer).toMatchObject({ about: 'decision', recognition: [{ result: 'refused', kind: 'single' }] })
  await registry.sequence()
  const decided = await registry.ask('/log/certificates/checkpoint')
  expect(decided.status).toBe(200)
  for (const path of ['/decisions?host=XL', '/changes', '/log/catalogue/records?of=decisions'])
    expect((await registry.ask(path)).text).not.toContain(String(verifiableCredential?.id).slice('urn:uuid:'.length))
})

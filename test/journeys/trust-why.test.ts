import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { asPage, day, type Issued, officerOf, pathOf, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, ONEC, officersOf, QUALIFICATION } from './trust.ts'

/** Why an issuer is trusted: link by link to the root, with the review of each link and its place in the log. */

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let issued: Issued
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  issued = await officerOf(registry, DSD).issue(aThaiBricklayer('TH-W-1'))
})
afterAll(() => registry.close())

const HALL = 'demo-th-hall'
const scope = { qualifications: [QUALIFICATION], places: ['TH'] }
const assurance = { reviewer: 'ONEC review panel', reviewedOn: day(40), findings: 'Most is met.', gaps: ['No appeal'] }
const wordsOf = async (path: string) =>
  (await registry.ask(path, { headers: asPage })).text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

interface Why {
  policy: object
  issuer: { onIssueDate: { chain: { id: string; root?: true; decisions: { entry: string; by: string[] }[] }[] } }
}

test('R-045, R-122: a verdict has each link with its decisions, the root and the policy, and the log has each decision', async () => {
  const { policy, issuer } = (await verify(registry, { link: issued.link })) as unknown as Why
  expect(policy).toEqual({ demonstration: true })
  const { chain } = issuer.onIssueDate
  expect(chain).toMatchObject([
    { id: ONEC, root: true, decisions: [{ entry: `${ONEC}/trust/0`, by: [] }] },
    { id: DSD, review: 'none', decisions: [{ by: [ONEC] }] },
  ])
  for (const { entry } of chain.flatMap(({ decisions }) => decisions)) {
    expect(await registry.later(async () => (await registry.ask(`/log/registry/index/${entry}`)).status)).toBe(200)
    const { index } = (await registry.ask(`/log/registry/index/${entry}`)).json<{ index: number }>()
    expect((await registry.ask(`/changes/${index}`)).json()).toMatchObject({ id: entry.split('/')[0] })
  }
})

test('R-045, R-122: the page of a certificate says the same in words, and links to the entries', async () => {
  const words = await wordsOf(pathOf(issued))
  for (const stated of [
    'Links of the chain: 2, the highest first.',
    'It ends with Office of the Education Council (demonstration) (Thailand), accepted as a root.',
    'Policy of the registry: every authority that is registered there is accepted as a root. Nobody is refused by name.',
    'Registered by the operator of the registry.',
    'Decided by Office of the Education Council (demonstration) (Thailand).',
    'No review',
  ])
    expect(words).toContain(stated)
  const { text } = await registry.ask(pathOf(issued), { headers: asPage })
  expect(text).toMatch(new RegExp(`href="/issuers/${DSD}#log"><bdi class="mono">${DSD}/trust/\\d+</bdi>`))
  expect((await registry.ask(`/issuers/${DSD}`, { headers: asPage })).text).toContain('id="log"')
})

test('R-045: the page of an issuer has the place of each decision', async () => {
  const { places, chain } = (await registry.ask(`/issuers/${DSD}?qualification=${QUALIFICATION}`)).json<{
    places: Record<string, number>
    chain: Why['issuer']['onIssueDate']['chain']
  }>()
  const entries = chain.flatMap(({ decisions }) => decisions.map(({ entry }) => entry))
  expect(Object.keys(places)).toEqual(entries)
  const { text } = await registry.ask(`/issuers/${DSD}?qualification=${QUALIFICATION}`, { headers: asPage })
  const [inChain = ''] = /<section id="chain">.*?<\/section>/s.exec(text) ?? []
  for (const index of Object.values(places)) expect(inChain).toContain(`href="/changes/${index}"`)
})

test('R-069: once a centre and its body were reviewed, its answer and its page give the findings, link by link', async () => {
  await officers.decide(`${officers.base}/accreditations/${DSD}.main/amend`, {
    scope,
    basis: 'Act 5',
    assurance: { ...assurance, gaps: [] },
  })
  const identity = { name: 'Hall (demonstration)', state: 'TH', website: 'https://hall.example', demonstration: true }
  await officers.decide(`${officers.base}/centres`, { id: HALL, identity })
  const grant = { grantee: HALL, right: 'assess', scope, basis: 'decision 2', assurance }
  await officers.decide(`${officers.base}/accreditations`, grant)
  const asked = async (id: string) => {
    const answer = await registry.ask(`/issuers/${id}/accreditations?qualification=${QUALIFICATION}`)
    return answer.json<{ chain: { review?: unknown }[] }>().chain?.map(({ review }) => review)
  }
  const found = { reviewer: 'ONEC review panel', reviewedOn: day(40) }
  expect(await registry.later(() => asked(DSD))).toEqual([undefined, { ...found, gaps: 0 }])
  expect(await registry.later(async () => (await registry.ask(`/centres/${HALL}`)).status)).toBe(200)
  expect(
    await registry.later(async () => (await registry.ask(`/centres/${HALL}`)).json<{ chain: object[] }>().chain),
  ).toMatchObject([{ id: ONEC }, { id: HALL, review: { ...found, gaps: 1 } }])
  const centre = await wordsOf(`/centres/${HALL}`)
  for (const stated of ['Reviewed by ONEC review panel on', 'Gaps: 1', 'Gaps that the review found No appeal'])
    expect(centre).toContain(stated)
  const answer = await registry.ask(`/centres/${HALL}`, { headers: asPage })
  const [inChain = ''] = /<section id="chain">.*?<\/section>/s.exec(answer.text) ?? []
  expect(inChain.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).toMatch(/Reviewed by ONEC review panel on .* Gaps: 1/)
})

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runHere } from '../support/command.ts'
import { copyDemonstration } from '../support/demonstrations.ts'
import { freePort } from '../support/free-port.ts'
import { clientOf, type RegistryClient } from '../support/local-registry.ts'
import { aBricklayer, checkOf, day, officerOf, TESDA, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, ONEC, type Proposal } from './trust.ts'

const PQF = 'demo-ph-pqfncc'
const [MQA, JPK] = ['demo-my-mqa', 'demo-my-jpk']
const program = join(import.meta.dirname, '../support/start-deployment.ts')

interface Deployment {
  registry: RegistryClient
  folder: string
  child: ChildProcess
}

/** The same code and demonstration several times. Each deployment names the roots of its own state and does not know the others. */
async function deploy(roots: string): Promise<Deployment> {
  const folder = await mkdtemp(join(tmpdir(), 'sijil-two-'))
  const port = (await copyDemonstration(folder)) ?? (await freePort())
  const child = fork(program, [String(port), folder, roots], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  await answerOf(child)
  return { registry: clientOf({ baseUrl: `http://localhost:${port}`, folder }), folder, child }
}

/** The next message of the process. Throws if it ends instead. */
const answerOf = (child: ChildProcess) =>
  Promise.race([
    once(child, 'message'),
    once(child, 'close').then(([code]) => Promise.reject(new Error(`it ended: ${code}`))),
  ])

let philippines: Deployment
let thailand: Deployment
let malaysia: Deployment
beforeAll(async () => {
  await Promise.all([
    deploy(`${PQF},${TESDA}`).then((deployment) => (philippines = deployment)),
    deploy(ONEC).then((deployment) => (thailand = deployment)),
    deploy(MQA).then((deployment) => (malaysia = deployment)),
  ])
}, 300_000) // three starts, two of which make a demonstration
afterAll(async () => {
  for (const deployment of [philippines, thailand, malaysia]) {
    if (deployment === undefined) continue
    const { child, folder } = deployment
    child.kill('SIGKILL')
    await once(child, 'close')
    await rm(folder, { recursive: true, force: true })
  }
})

/** The two officers of an authority. */
function officers({ registry }: Deployment, authority: string) {
  const scopes = 'registry:propose registry:approve'
  const as = (one: 1 | 2) => async (path: string, body: unknown) =>
    registry.ask(`/authorities/${authority}${path}`, {
      body,
      token: await registry.token(`${authority}-officer-${one}`, scopes),
    })
  const [first, second] = [as(1), as(2)]
  return {
    first,
    async decide(path: string, body: object) {
      const { id, hash } = (await first(path, body)).json<Proposal>()
      return second(`/proposals/${id}/approve`, { hash })
    },
  }
}

/** Waits until the log is signed. */
async function bundleOf({ registry }: Deployment): Promise<string> {
  await aWhile()
  const answer = await registry.ask('/trust-bundle')
  expect(answer.status, answer.text).toBe(200)
  return answer.text
}

/** In each deployment, writes the log and moves the clock past the ten seconds for which trust and lists stay in memory. */
async function aWhile(): Promise<void> {
  const children = [philippines, thailand, malaysia].map(({ child }) => child)
  await Promise.all(
    children.map(async (child) => {
      child.send(10_001)
      await answerOf(child)
    }),
  )
}
async function soon(isSo: () => Promise<boolean>): Promise<void> {
  await aWhile()
  expect(await isSo()).toBe(true)
}
const isListed =
  ({ registry }: Deployment) =>
  async () =>
    (await registry.ask('/lists'))
      .json<{ lists: { taken?: object }[] }>()
      .lists.some(({ taken }) => taken !== undefined)

const keyOf = async ({ registry }: Deployment) => (await registry.ask('/log/registry/key')).text.trim()
const didOf = async ({ folder }: Deployment, id: string) =>
  (
    JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')) as { issuers: { id: string; did: string }[] }
  ).issuers.find((issuer) => issuer.id === id)?.did

/** Answers that must not depend on the third deployment. */
async function untouched(): Promise<string[]> {
  const asked = [
    [thailand, `/issuers/${DSD}/accreditations?effective=2025-06-01&recorded=${day(1)}&qualification=th-brick-1`],
    [thailand, `/issuers/${DSD}/did.json`],
    [thailand, '/authorities?limit=100'],
    [philippines, '/lists'],
  ] as const
  const texts = await Promise.all(asked.map(async ([{ registry }, path]) => (await registry.ask(path)).text))
  // Leaves out the moment of the answer.
  return texts.map((text) => text.replace(/"asOf":"[^"]+",/, ''))
}
const aMalaysianElectrician = (certificateNumber: string) =>
  aThaiBricklayer(certificateNumber, { qualification: 'my-sp-elec-l2' })

async function accept(host: Deployment, authority: string, origin: Deployment, state: string) {
  const { decide, first } = officers(host, authority)
  const accepted = await decide('/lists', {
    registry: origin.registry.baseUrl,
    keys: [await keyOf(origin)],
    states: [state],
    basis: 'memorandum of 2026',
  })
  if (accepted.status !== 200) throw new Error(accepted.text)
  return first('/lists/bundles', await bundleOf(origin))
}

/** Runs the command against one deployment, from the folder of the Thai one. */
async function sijil(words: string[], { registry, folder }: Deployment) {
  const { code, stdout } = await runHere([...words, '--json'], {
    folder: thailand.folder,
    environment: { SIJIL_URL: registry.baseUrl, SIJIL_DATA: folder },
  })
  return { code, stated: stdout === '' ? {} : JSON.parse(stdout) }
}

describe('R-008, R-015: two deployments that recognise each other’s roots', () => {
  test('at first neither knows the other', async () => {
    const { verifiableCredential } = await officerOf(philippines.registry, TESDA).issue(aBricklayer('TWO-1'))
    const { verdict, issuer } = await verify(thailand.registry, { verifiableCredential })
    expect([verdict, issuer.today.standing]).toEqual(['indeterminate', 'unknown'])
    expect((await thailand.registry.ask('/lists')).json()).toEqual({ lists: [] })
  })

  test('after two officers of each accepted the list of the other, each answers for it and names the list', async () => {
    expect((await accept(thailand, ONEC, philippines, 'PH')).status).toBe(200)
    expect((await accept(philippines, PQF, thailand, 'TH')).status).toBe(200)
    await soon(isListed(thailand))
    await soon(isListed(philippines))
    for (const [origin, host, body, input] of [
      [philippines, thailand, TESDA, aBricklayer('TWO-2')],
      [thailand, philippines, DSD, aThaiBricklayer('TWO-3')],
    ] as const) {
      const { verifiableCredential } = await officerOf(origin.registry, body).issue(input)
      await soon(
        async () => (await verify(host.registry, { verifiableCredential })).issuer.today.standing === 'authorised',
      )
      const answer = await verify(host.registry, { verifiableCredential })
      expect(answer).toMatchObject({
        verdict: 'indeterminate',
        issuer: { onIssueDate: { standing: 'authorised' }, today: { standing: 'authorised' } },
        list: { registry: origin.registry.baseUrl, size: expect.any(Number) },
      })
      expect(checkOf(answer, 'issuer-trust')?.outcome).toBe('passed')
      for (const name of ['recorded', 'status']) expect(checkOf(answer, name)?.reason).toBe('kept-elsewhere')
    }
  })

  test('the page names the registry that keeps the record', async () => {
    const { verifiableCredential } = await officerOf(philippines.registry, TESDA).issue(aBricklayer('TWO-4'))
    const form = new FormData()
    form.set('document', new Blob([JSON.stringify(verifiableCredential)]), 'certificate.json')
    const response = await fetch(`${thailand.registry.baseUrl}/check`, {
      method: 'POST',
      headers: { accept: 'text/html' },
      body: form,
    })
    const page = await response.text()
    expect(page).toContain('only the registry that keeps the record of this certificate can say')
    expect(page).toContain(`href="${philippines.registry.baseUrl}"`)
  })

  test('TRQP: the list answers the question as well', async () => {
    const entity_id = await didOf(philippines, TESDA)
    const question = {
      entity_id,
      authority_id: thailand.registry.baseUrl,
      action: 'issue',
      resource: 'ph-masonry-nc2',
    }
    const answer = (await thailand.registry.ask('/authorization', { body: question })).json()
    expect(answer).toMatchObject({ authorized: true, message: expect.stringContaining(philippines.registry.baseUrl) })
    const beyond = { ...question, resource: 'th-brick-1' }
    expect((await thailand.registry.ask('/authorization', { body: beyond })).json()).toMatchObject({
      authorized: false,
    })
    // A question may name the registry of an accepted list as its authority, and no other registry.
    const asked = async (authority_id: string) =>
      thailand.registry.ask('/authorization', { body: { ...question, authority_id } })
    const { host } = new URL(philippines.registry.baseUrl)
    for (const named of [philippines.registry.baseUrl, `did:web:${host.replace(':', '%3A')}`])
      expect((await asked(named)).json()).toMatchObject({ authorized: true })
    expect((await asked(`${entity_id}`)).json()).toMatchObject({ authorized: false })
    expect((await asked('https://registry.example')).status).toBe(404)
    const root = { ...question, entity_id: (entity_id ?? '').replace(TESDA, PQF), action: 'recognise' }
    expect((await thailand.registry.ask('/recognition', { body: root })).json()).toMatchObject({ recognized: true })
  })

  test('everybody sees the accepted lists, who accepted them and how old they are; the log has the decision', async () => {
    const { lists } = (await thailand.registry.ask('/lists')).json<{ lists: object[] }>()
    expect(lists).toEqual([
      expect.objectContaining({
        registry: philippines.registry.baseUrl,
        states: ['PH'],
        acceptedBy: ONEC,
        basis: 'memorandum of 2026',
        taken: expect.objectContaining({ size: expect.any(Number) }),
      }),
    ])
    const changes = () => thailand.registry.ask('/changes?kind=listings', { headers: { accept: 'text/html' } })
    await soon(async () => (await changes()).text.includes('accepted the list of the registry'))
  })

  test('an audit of the other side from outside still passes', async () => {
    const { code, stderr } = await runHere(['log', 'audit', '--state', 'audit.json'], {
      folder: thailand.folder,
      environment: { SIJIL_URL: thailand.registry.baseUrl },
    })
    expect({ code, stderr }).toMatchObject({ code: 0 })
  })

  test('a program submits a newer list with the command', async () => {
    expect((await sijil(['bundle', '--out', 'other.json'], philippines)).code).toBe(0)
    const relay = ['relay', 'other.json', '--authority', ONEC, '--client', `${ONEC}-officer-1`]
    expect(await sijil(relay, thailand)).toMatchObject({
      code: 0,
      stated: { registry: philippines.registry.baseUrl, added: expect.any(Number) },
    })
    expect((await sijil(['relay', 'none.json', '--authority', ONEC], thailand)).code).toBe(64)
  })

  test('R-015: a third is added later: each answer names its list, and nothing of the other list or its state has changed', async () => {
    const listOf = async ({ registry }: Deployment) => {
      const { lists } = (await thailand.registry.ask('/lists')).json<{ lists: { registry: string }[] }>()
      return JSON.stringify(lists.find((list) => list.registry === registry.baseUrl))
    }
    // Waits until the last submitted list is visible, so that only the third deployment can change it.
    const { madeAt } = (await officers(thailand, ONEC).first('/lists/bundles', await bundleOf(philippines))).json()
    await soon(async () => JSON.parse(await listOf(philippines)).taken.madeAt === madeAt)
    const [before, others] = [await listOf(philippines), await untouched()]
    expect((await accept(thailand, ONEC, malaysia, 'MY')).status).toBe(200)
    await soon(async () => (await listOf(malaysia))?.includes('"taken"') === true)
    // The states of a list stay in memory apart from its content.
    await soon(async () => (await listOf(malaysia))?.includes('"MY"') === true)
    expect(JSON.parse(await listOf(malaysia))).toMatchObject({ states: ['MY'], acceptedBy: ONEC })
    expect([await listOf(philippines), await untouched()]).toEqual([before, others])
    for (const [origin, body, input] of [
      [philippines, TESDA, aBricklayer('THREE-1')],
      [malaysia, JPK, aMalaysianElectrician('THREE-2')],
    ] as const) {
      const { verifiableCredential } = await officerOf(origin.registry, body).issue(input)
      const answer = () => verify(thailand.registry, { verifiableCredential })
      await soon(async () => (await answer()).issuer.today.standing === 'authorised')
      expect(await answer()).toMatchObject({
        verdict: 'indeterminate',
        issuer: { today: { standing: 'authorised' } },
        list: { registry: origin.registry.baseUrl },
      })
    }
    // A registry that did not accept the list does not know its bodies.
    const { verifiableCredential } = await officerOf(malaysia.registry, JPK).issue(aMalaysianElectrician('THREE-3'))
    const unasked = await verify(philippines.registry, { verifiableCredential })
    expect([unasked.verdict, unasked.issuer.today.standing]).toEqual(['indeterminate', 'unknown'])
  })

  test('R-008: a list counts for its own states alone: under the name of another state its bodies are unknown', async () => {
    // Accepts the roots of Malaysia for Singapore, so the list no longer counts for Malaysian bodies.
    expect((await accept(thailand, ONEC, malaysia, 'SG')).status).toBe(200)
    const { verifiableCredential } = await officerOf(malaysia.registry, JPK).issue(aMalaysianElectrician('THREE-4'))
    const answer = () => verify(thailand.registry, { verifiableCredential })
    await soon(async () => (await answer()).issuer.today.standing === 'unknown')
    expect((await answer()).verdict).toBe('indeterminate')
    const other = await officerOf(philippines.registry, TESDA).issue(aBricklayer('THREE-5'))
    const philippine = await verify(thailand.registry, { verifiableCredential: other.verifiableCredential })
    expect(philippine.issuer.today.standing).toBe('authorised')
  })

  test('no foreign root can be accepted for the home state, and one officer ends an acceptance at once', async () => {
    const { first } = officers(thailand, ONEC)
    const terms = { registry: philippines.registry.baseUrl, keys: [await keyOf(philippines)], basis: 'x' }
    expect((await first('/lists', { ...terms, states: ['TH'] })).status).toBe(422)
    const suspended = await first('/lists/suspend', { registry: philippines.registry.baseUrl, basis: 'doubt' })
    expect(suspended.json()).toMatchObject({ state: 'suspended' })
    const { verifiableCredential } = await officerOf(philippines.registry, TESDA).issue(aBricklayer('TWO-5'))
    await soon(
      async () => (await verify(thailand.registry, { verifiableCredential })).issuer.today.standing === 'unknown',
    )
  })

  test('an audit from outside finds the accepted lists, and who accepted them, as the log has them', async () => {
    const { lists } = (await thailand.registry.ask('/lists')).json<{ lists: object[] }>()
    expect(lists).toHaveLength(2)
    const audit = ['log', 'audit', '--patience', '0', '--state', 'audited.json']
    await soon(async () => (await sijil(audit, thailand)).stated.differences.length === 0)
  })

  test('R-008: ending the list of one state changes nothing for another state or for the home state', async () => {
    expect((await accept(thailand, ONEC, malaysia, 'MY')).status).toBe(200)
    const [other, own] = await Promise.all([
      officerOf(malaysia.registry, JPK).issue(aMalaysianElectrician('THREE-6')),
      officerOf(thailand.registry, DSD).issue(aThaiBricklayer('THREE-7')),
    ])
    const standing = async ({ verifiableCredential }: { verifiableCredential: object }) =>
      (await verify(thailand.registry, { verifiableCredential })).issuer.today.standing
    await soon(async () => (await standing(other)) === 'authorised')
    const basis = { registry: malaysia.registry.baseUrl, basis: 'doubt' }
    const before = await untouched()
    expect((await officers(thailand, ONEC).first('/lists/suspend', basis)).json()).toMatchObject({ state: 'suspended' })
    await soon(async () => (await standing(other)) === 'unknown')
    expect(await standing(own)).toBe('authorised')
    expect(await untouched()).toEqual(before)
  })
})

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DisableKeyCommand, EnableKeyCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms'
import { streams } from '@sijil/registry'
import { entityAt, keysFor, trustOf } from '@sijil/registry/trust'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { localParts } from '../../infra/local/demonstration/entities.ts'
import { kmsAs } from '../support/kms-as.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { troubledStore } from '../support/troubled-store.ts'
import { withoutPauses } from '../support/without-pauses.ts'
import { aBricklayer, checkOf, type Issued, officerOf, problemOf, TESDA, verify } from './certificate.ts'
import { aThaiBricklayer, DSD } from './trust.ts'

/** Faults in the store and in KMS, over the embedded store and the emulated KMS: docs/issuing.md, "If something breaks". */
const store = troubledStore()
let registry: OpenRegistry
let tesda: ReturnType<typeof officerOf>
let dsd: ReturnType<typeof officerOf>
beforeAll(async () => {
  registry = await openRegistry({ onTheWay: (endpoint) => store.before(endpoint), storeRetries: withoutPauses })
  tesda = officerOf(registry, TESDA)
  dsd = officerOf(registry, DSD)
})
afterEach(() => {
  store.trouble = 'none'
})
afterAll(async () => {
  await registry.close()
  await store.close()
})

const outage = (status: number, headers: Headers, text: string) => {
  expect(status, text).toBe(503)
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  expect(JSON.parse(text).type).toBe(`${registry.baseUrl}/problems/dependency-unavailable`)
}
const issuerNow = async (id: string) =>
  (await registry.ask(`/issuers/${id}`)).json<{
    interruptions?: { key?: { since: string }; paused: { title: string }[] }
  }>().interruptions

async function keyOf(body: string) {
  const entity = entityAt(body, await trustOf(localParts().store)(body), registry.now().toISOString())
  const key = entity && keysFor(entity, 'certificates')[0]
  if (key === undefined) throw new Error('no key')
  return key.keyRef
}

test('the function that issues reads only the end of each trust stream that its process knows, consistently, and always', async () => {
  await dsd.issue(aThaiBricklayer('VERSION-1'))
  const reads: { stream: string; from: number; consistent: boolean | undefined }[] = []
  store.watch = (operation, { ConsistentRead: consistent, ExpressionAttributeValues: values = {} }) => {
    const stream = /^STREAM#(.+)\/trust$/.exec(values[':stream']?.S ?? '')?.[1]
    if (operation === 'Query' && stream !== undefined)
      reads.push({ stream, from: Number(values[':from']?.S?.slice('COMMIT#'.length)), consistent })
  }
  await dsd.issue(aThaiBricklayer('VERSION-2'))
  store.watch = undefined
  // Its own stream and those of everybody above it.
  expect(new Set(reads.map(({ stream }) => stream)).size).toBeGreaterThan(1)
  for (const { stream } of reads) {
    const from = (await localParts().store.latest(streams.trust(stream)))?.number
    const own = reads.filter((read) => read.stream === stream)
    // Before the reservation, before the release, and before the commit that issues.
    expect(own).toEqual(Array.from({ length: 3 }, () => ({ stream, from, consistent: true })))
  }
  expect(Math.max(...reads.map(({ from }) => from))).toBeGreaterThan(0)
})

describe('F5: the store throttles', () => {
  let kept: Issued

  test('answers that need no record come from memory and state its age', async () => {
    kept = await tesda.issue(aBricklayer('F5-1'))
    await verify(registry, { verifiableCredential: kept.verifiableCredential })
    const did = await registry.ask(`/issuers/${TESDA}/did.json`)
    expect(did.status).toBe(200)
    for (const path of ['/qualifications/ph-masonry-nc2', `/issuers/${TESDA}`])
      expect((await registry.ask(path)).status).toBe(200)
    store.trouble = 'throttled'
    // Longer than an answer from memory counts as fresh.
    registry.pass(11_000)
    for (const path of ['/schemas/certificate', '/qualifications/ph-masonry-nc2', '/', '/problems/not-found'])
      expect((await registry.ask(path, { headers: { accept: '*/*' } })).status, path).toBe(200)
    const again = await registry.ask(`/issuers/${TESDA}/did.json`)
    expect([again.status, again.text]).toEqual([200, did.text])
    expect(Number(again.headers.get('age'))).toBeGreaterThanOrEqual(10)
    expect(
      (await registry.ask(`/issuers/${TESDA}`, { headers: { accept: 'text/html' } })).headers.get('age'),
    ).not.toBeNull()
  })

  test('a certificate cannot be confirmed: the verdict is indeterminate, never valid, and says why', async () => {
    store.trouble = 'throttled'
    const answer = await verify(registry, { verifiableCredential: kept.verifiableCredential })
    expect(answer.verdict).toBe('indeterminate')
    expect(checkOf(answer, 'recorded')).toMatchObject({ outcome: 'not_performed', reason: 'record-not-readable' })
    expect(checkOf(answer, 'proof')).toMatchObject({ outcome: 'passed' })
  })

  test('no issuer is called unknown, nothing is issued and nothing changes: each request gets a 503 with Retry-After', async () => {
    store.trouble = 'throttled'
    const token = await registry.token(TESDA, 'credentials:status')
    const answers = await Promise.all([
      registry.ask('/issuers/nobody-knows-him/did.json'),
      tesda.request(aBricklayer('F5-2'), 'f5-2'),
      registry.ask(`/issuers/${TESDA}/credentials/${kept.id.slice(9)}/revoke`, {
        body: { reason: 'issued-in-error' },
        token,
      }),
    ])
    for (const { status, headers, text } of answers) outage(status, headers, text)
    store.trouble = 'none'
    expect((await verify(registry, { verifiableCredential: kept.verifiableCredential })).verdict).toBe('valid')
    const { certificates } = (await tesda.get('/credentials?limit=100')).json<{ certificates: { state: string }[] }>()
    expect(certificates.filter(({ state }) => state === 'reserved')).toEqual([])
    // The refused request took no certificate number: a request with another key can use it.
    expect((await tesda.request(aBricklayer('F5-2'), 'f5-2-later')).status).toBe(201)
  })

  test('a store that refuses the role of a function is an outage for the caller, and never a verdict', async () => {
    registry.pass(60_000)
    store.trouble = 'denied'
    const issuing = await tesda.request(aBricklayer('F5-3'), 'f5-3')
    outage(issuing.status, issuing.headers, issuing.text)
    expect(issuing.headers.get('retry-after')).toBe('60')
    expect(issuing.text).not.toMatch(/access|denied|policy|refused/i)
    store.trouble = 'none'
    expect((await tesda.request(aBricklayer('F5-3'), 'f5-3')).status).toBe(201)
    await verify(registry, { verifiableCredential: kept.verifiableCredential })
    store.trouble = 'denied'
    expect((await verify(registry, { verifiableCredential: kept.verifiableCredential })).verdict).toBe('indeterminate')
  })

  test('F24, X006: during an outage caches serve no answer that rests on trust, and still serve those that no record changes', async () => {
    // The tests before got stale answers from memory. For a while after that, answers give caches a shorter time.
    registry.pass(60_000)
    const { verifiableCredential } = await tesda.issue(aBricklayer('F24-1'))
    const [{ statusListCredential = '' } = {}] = verifiableCredential.credentialStatus as Record<string, string>[]
    const list = new URL(statusListCredential).pathname
    const changing = [list, `/issuers/${TESDA}/did.json`, '/trust-bundle', '/qualifications/ph-masonry-nc2']
    const lasting = ['/schemas/certificate', '/log/registry/tile/0/000.p/1']
    const kept = async (path: string) => {
      const { status, headers } = await registry.ask(path, { headers: { accept: '*/*' } })
      return [path, status, headers.get('cache-control')]
    }
    for (const path of changing)
      expect(await kept(path)).toEqual([path, 200, expect.stringMatching(/\bmax-age=40\b.*\bstale-if-error=0\b/)])
    for (const path of lasting)
      expect(await kept(path)).toEqual([path, 200, expect.stringMatching(/\bstale-if-error=86400\b|\bimmutable\b/)])
    store.trouble = 'throttled'
    const paths = [list, '/trust-bundle', '/log/registry/checkpoint']
    expect(await Promise.all(paths.map(kept))).toEqual(paths.map((path) => [path, 503, 'no-store']))
  })

  test.each([0, 1, 2, 3, 4])(
    'I14: after %i of its writes no part of a certificate is visible, and the same request again succeeds',
    async (writesLeft) => {
      const number = `F5-W${writesLeft}`
      const listed = async () =>
        (
          await registry.ask(`/issuers/${TESDA}/credentials`, {
            token: await registry.token(TESDA, 'credentials:read'),
          })
        )
          .json<{ certificates: { certificateNumber?: string }[] }>()
          .certificates.filter(({ certificateNumber }) => certificateNumber === number)
      store.trouble = { writesLeft }
      const refused = await tesda.request(aBricklayer(number), number)
      outage(refused.status, refused.headers, refused.text)
      store.trouble = 'none'
      expect(await listed()).toEqual([])
      const issued = (await tesda.request(aBricklayer(number), number)).json<Issued>()
      expect((await verify(registry, { verifiableCredential: issued.verifiableCredential })).verdict).toBe('valid')
      expect(await listed()).toHaveLength(1)
    },
  )
})

describe('F8: a signing key is gone', () => {
  const kms = () => kmsAs('administrator', process.env.AWS_ENDPOINT_URL_KMS ?? '')

  test.each([
    ['disabled', (KeyId: string) => kms().send(new DisableKeyCommand({ KeyId }))],
    [
      'to-be-deleted',
      (KeyId: string) => kms().send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 30 })),
    ],
  ])(
    '%s: 503 for this body alone, which says so on its page; enabled again it goes on by itself',
    async (name, take) => {
      const KeyId = await keyOf(DSD)
      const before = await dsd.issue(aThaiBricklayer(`F8-${name}-0`))
      await take(KeyId)
      const refused = await dsd.request(aThaiBricklayer(`F8-${name}-1`), `f8-${name}-1`)
      outage(refused.status, refused.headers, refused.text)
      expect(await issuerNow(DSD)).toEqual({ key: { since: expect.any(String) }, paused: [] })
      const page = await registry.ask(`/issuers/${DSD}`, { headers: { accept: 'text/html' } })
      expect(page.text).toContain('its signing key has been out of use')
      // Certificates that this key signed before stay valid, and other bodies still sign.
      expect((await verify(registry, { verifiableCredential: before.verifiableCredential })).verdict).toBe('valid')
      await tesda.issue(aBricklayer(`F8-${name}-2`))
      expect(await issuerNow(TESDA)).toBeUndefined()
      // On AWS, `CancelKeyDeletion` leaves the key disabled until it is enabled.
      await kms().send(new EnableKeyCommand({ KeyId }))
      expect((await dsd.request(aThaiBricklayer(`F8-${name}-1`), `f8-${name}-1`)).status).toBe(201)
      expect(await issuerNow(DSD)).toBeUndefined()
    },
  )
})

describe('F10: a new signature does not verify', () => {
  test('three times: this body cannot issue this qualification until an operator resumes it', async () => {
    const file = join(registry.folder, 'keys', `${(await keyOf(DSD)).split('/').at(-1)}.json`)
    const right = await readFile(file, 'utf8')
    const { material } = JSON.parse(
      await readFile(join(registry.folder, 'keys', `${(await keyOf(TESDA)).split('/').at(-1)}.json`), 'utf8'),
    )
    // KMS makes a good signature here, but with another key than the registered one.
    await writeFile(file, JSON.stringify({ ...JSON.parse(right), material }))
    const statuses: number[] = []
    for (const number of [1, 2, 3])
      statuses.push((await dsd.request(aThaiBricklayer(`F10-${number}`), `f10-${number}`)).status)
    expect(statuses).toEqual([500, 500, 503])
    await writeFile(file, right)

    const paused = await dsd.request(aThaiBricklayer('F10-4'), 'f10-4')
    outage(paused.status, paused.headers, paused.text)
    expect(problemOf(paused).detail).toContain('is paused for this issuer')
    expect(await issuerNow(DSD)).toMatchObject({ paused: [{ title: expect.any(String), since: expect.any(String) }] })
    await tesda.issue(aBricklayer('F10-5'))

    const { handler } = await import('../../functions/sweep.ts')
    const { qualification } = aThaiBricklayer('any') as { qualification: string }
    await handler({ resumeIssuing: { issuer: DSD, qualification, reference: 'incident-1' } })
    expect((await dsd.request(aThaiBricklayer('F10-4'), 'f10-4')).status).toBe(201)
    expect(await issuerNow(DSD)).toBeUndefined()
  })
})

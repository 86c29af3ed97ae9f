import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeServer, listenOnLoopback } from '../../infra/local/loopback.ts'
import { hear } from './execution.ts'
import { aStranger, type Stranger, signAsStranger } from './forge.ts'
import { masonry, useStand } from './stand.ts'

const { stand } = useStand()

/** A malicious host with several bad answers. The registry must never connect to it. */
let connections = 0
let asked = 0
let host = ''
const server = createServer((request, response) => {
  asked += 1
  if (request.url?.includes('redirect')) response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
  else if (request.url?.includes('another-key')) response.end(JSON.stringify(withAnotherKey()))
  else if (request.url?.includes('huge')) for (let part = 0; part < 64; part++) response.write('x'.repeat(1_000_000))
  // For any other path it never answers.
}).on('connection', () => {
  connections += 1
})
beforeAll(async () => {
  host = new URL(await listenOnLoopback(server)).host
})
afterAll(() => closeServer(server))

const v2 = 'https://www.w3.org/ns/credentials/v2'
const url = (path: string) => `http://${host}/${path}`

/** A DID document with a key that did not sign. */
const withAnotherKey = () => ({
  verificationMethod: [{ type: 'Multikey', publicKeyMultibase: aStranger().did.slice('did:key:'.length) }],
})

/** A stranger whose DID is at that host. */
const at = (path: string): Stranger => {
  const did = `did:web:${host.replace(':', '%3A')}:${path}`
  return { ...aStranger(), did, method: `${did}#key-1` }
}

const signed = (path: string, more: object = {}) => {
  const stranger = at(path)
  const document = {
    '@context': [v2],
    type: ['VerifiableCredential'],
    issuer: stranger.did,
    credentialSubject: { id: 'did:example:s' },
    ...more,
  }
  return signAsStranger(document, stranger)
}

describe('F19, I40, I41: a poisoned host', () => {
  test.each(['slow', 'huge', 'redirect', 'another-key'])(
    '%s: it is never asked, so it delays nobody: indeterminate within three seconds',
    async (path) => {
      const started = performance.now()
      const [answer] = await hear([stand().verify(await signed(path))])
      expect(answer).toMatchObject({ status: 200, verdict: 'indeterminate' })
      expect(answer?.types).toContain(`${stand().baseUrl}/problems/issuer-unknown`)
      expect(performance.now() - started).toBeLessThan(3_000)
    },
  )

  test('is not contacted for any other address in a document', async () => {
    const withAddresses = {
      credentialStatus: {
        id: url('list#7'),
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '7',
        statusListCredential: url('list'),
      },
      credentialSchema: { id: url('schema'), type: 'https://types.example/JsonSchema' },
      termsOfUse: { id: url('terms'), type: 'https://types.example/IssuerPolicy' },
      evidence: { id: url('evidence'), type: 'https://types.example/Evidence' },
      refreshService: { id: url('refresh'), type: 'https://types.example/VerifiableCredentialRefreshService2021' },
      relatedResource: { id: url('related'), digestSRI: 'sha256-x' },
    }
    const documents = [
      ...(await Promise.all(Object.entries(withAddresses).map(([name, value]) => signed('slow', { [name]: value })))),
      { ...(await signed('slow')), '@context': [v2, url('context')] },
      { ...(await signed('slow')), issuer: { id: url('issuer'), image: url('image') } },
    ]
    const answers = await hear(documents.map((document) => stand().verify(document)))
    for (const { status, verdict } of answers) {
      expect([200, 422]).toContain(status)
      expect(verdict).not.toBe('valid')
    }
    const linked = await stand().ask('/verify', { body: { link: url('v/ABCDEFGHJKMNPQRSTVWXYZ0123') } })
    expect(linked.status).toBeGreaterThanOrEqual(400)
  })

  test('cannot slow down documents of this registry with a flood of others', async () => {
    const { document } = await stand().issued('demo-ph-tesda', masonry(stand()))
    const poisoned = await signed('slow')
    const flood = Array.from({ length: 50 }, () => stand().verify(poisoned))
    const [own] = await hear([stand().verify(document)])
    expect(own).toMatchObject({ status: 200, verdict: 'valid' })
    for (const { verdict } of await hear(flood)) expect(verdict).toBe('indeterminate')
  })

  test('never got a connection', async () => {
    await sleep(200)
    expect([connections, asked]).toEqual([0, 0])
    // The host was reachable during the tests.
    const heard = await fetch(url('redirect'), { redirect: 'manual' })
    expect([heard.status, connections]).toEqual([302, 1])
  })
})

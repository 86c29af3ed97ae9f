import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type SigningKey, streams } from '@sijil/registry'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isWhole } from '../../../test/support/whole.ts'
import { documentClient, kmsClient, requestLimits } from './clients.ts'
import { openCommitStore } from './dynamodb-commits.ts'
import { createSigner } from './kms-signer.ts'
import { s3Client } from './s3.ts'
import { secretsClient } from './secrets.ts'
import { sqsClient } from './sqs.ts'

let close = () => {}
/** Starts a server that `answer` answers, and gives its address to the clients. */
async function serve(answer: RequestListener): Promise<void> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', endpoint)
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', endpoint)
  close = () => {
    server.closeAllConnections()
    server.close()
  }
}
beforeEach(() => {
  for (const name of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'local')
})
afterEach(() => {
  close()
  vi.unstubAllEnvs()
})

const outage = {
  code: 'dependency-unavailable',
  cause: expect.objectContaining({ $metadata: expect.objectContaining({ attempts: 3 }) }),
}

test('F5: a throttled table is an outage after two more attempts', async () => {
  await serve((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
      response.end(JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException', message: 'slow' }))
    })
  })
  const store = openCommitStore({ client: documentClient(Date.now), table: 'commits' })
  await expect(store.read(streams.members('tesda'))).rejects.toMatchObject(outage)
})

const issuer = 'did:web:registry.example:issuers:tesda'
const key: SigningKey = {
  kid: 'certificates-1',
  purpose: 'certificates',
  algorithm: 'Ed25519',
  keyRef: 'arn:aws:kms:local:000000000000:key/x',
  publicKeyMultibase: 'z6MkrHKzgsahxBLyNAbLQyB1pcWNYC9GmywiWPgkrvntAZcj',
}

test('F6: a KMS that accepts requests and never answers is an outage after two more attempts, within ten seconds', async () => {
  await serve(() => {})
  // Three attempts with the limits of production take more than seven seconds, so a sample has a tenth of these limits.
  const kms = isWhole ? kmsClient() : kmsClient({ ...requestLimits, requestTimeout: requestLimits.requestTimeout / 10 })
  const began = performance.now()
  const signer = createSigner({ kms, now: () => new Date(), registry: 'https://registry.example' })
  await expect(signer.sign(key, issuer, 'certificates', new Uint8Array(64))).rejects.toMatchObject(outage)
  expect(performance.now() - began).toBeLessThan(10_000)
})

test.each([
  ['tables', () => documentClient(Date.now)],
  ['keys', kmsClient],
  ['files', s3Client],
  ['queues', sqsClient],
  ['secrets', secretsClient],
])('F5: the client of %s waits for no answer without end, also if it begins and then stalls', async (_, client) => {
  const { requestHandler } = client().config
  const limits = await (requestHandler as unknown as { configProvider: Promise<object> }).configProvider
  const seconds = expect.toSatisfy((limit: number) => limit > 0 && limit <= 2_500)
  expect(limits).toMatchObject({ connectionTimeout: seconds, requestTimeout: seconds, socketTimeout: seconds })
})

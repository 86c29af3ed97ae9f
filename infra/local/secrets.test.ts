import { createServer } from 'node:http'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { secretReader } from '@sijil/aws'
import { expect, onTestFinished, test } from 'vitest'
import { closeServer, listenOnLoopback } from './loopback.ts'
import { startSecrets } from './secrets.ts'

const clientOf = (endpoint: string) =>
  new SecretsManagerClient({
    endpoint,
    region: 'local',
    maxAttempts: 1,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })

async function open(values: Record<string, string>) {
  const secrets = await startSecrets(values)
  onTestFinished(secrets.close)
  return clientOf(secrets.endpoint)
}

/** A store of secrets that answers with these, one after the other. */
async function answering(...answers: [status: number, body: object][]) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const [status, body] = answers[asked.length] ?? [500, {}]
    asked.push(String(request.headers['x-amz-target']))
    request.resume()
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body))
  })
  const client = clientOf(await listenOnLoopback(server))
  onTestFinished(() => closeServer(server))
  return { client, asked }
}

test('a secret is read by its id', async () => {
  const client = await open({ session: 'one', 'sign-in': 'two' })
  expect(await secretReader({ client, id: 'sign-in' })()).toBe('two')
})

test('a secret that does not exist is our own fault, and an empty one too', async () => {
  const client = await open({ empty: '' })
  await expect(secretReader({ client, id: 'missing' })()).rejects.toMatchObject({ code: 'internal' })
  await expect(secretReader({ client, id: 'empty' })()).rejects.toMatchObject({ code: 'internal' })
})

test('a secret is asked for once, also by requests at the same moment', async () => {
  const { client, asked } = await answering([200, { SecretString: 'one' }])
  const read = secretReader({ client, id: 'session' })
  expect(asked).toEqual([])
  expect(await Promise.all([read(), read()])).toEqual(['one', 'one'])
  expect(await read()).toBe('one')
  expect(asked).toEqual(['secretsmanager.GetSecretValue'])
})

test('a failed read is an outage, and the next request tries again', async () => {
  const { client } = await answering([503, {}], [200, { SecretString: 'one' }])
  const read = secretReader({ client, id: 'session' })
  await expect(read()).rejects.toMatchObject({ code: 'dependency-unavailable' })
  expect(await read()).toBe('one')
})

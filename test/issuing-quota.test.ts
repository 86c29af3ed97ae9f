import { issuingQuota } from '@sijil/registry/issuance'
import { expect, test } from 'vitest'
import { anInput, BODY } from './support/registry-world.ts'
import { aSimulatedRegistry } from './support/simulated-registry.ts'

test('I52: a client beyond its quota gets a 429 with Retry-After on both routes, and after that time the same request issues', async () => {
  // One client gets half: two certificates in four seconds.
  const { world, clock, url, close } = await aSimulatedRegistry({ quota: issuingQuota({ perSecond: 1, burst: 4 }) })
  const send = async (path: string, key: string, body: object) => {
    const response = await fetch(`${url}/issuers/${BODY}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    })
    const answer = (await response.json()) as { verifiableCredential?: object }
    return { status: response.status, headers: Object.fromEntries(response.headers), body: answer }
  }
  const issue = (number: string) => send('credentials', number, anInput({ certificateNumber: number }))
  const refused = {
    status: 429,
    headers: { 'retry-after': '5', 'content-type': 'application/problem+json' },
    body: { type: `${world.baseUrl}/problems/quota-exceeded`, status: 429 },
  }
  try {
    const first = await issue('Q-1')
    expect([first.status, (await issue('Q-2')).status]).toEqual([201, 201])
    const written = world.store.appended.length
    expect(await issue('Q-3')).toMatchObject(refused)
    const { verifiableCredential: credential } = first.body
    expect(await send('credentials/issue', 'Q-4', { credential })).toMatchObject(refused)
    expect(world.store.appended).toHaveLength(written)
    clock.now += 5_000
    expect((await issue('Q-3')).status).toBe(201)
  } finally {
    await close()
  }
})

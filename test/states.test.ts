import type { CommitReader } from '@sijil/registry'
import type { TrustEvent } from '@sijil/registry/trust'
import { expect, test } from 'vitest'
import type { PageParts } from '../functions/answers/pages/parts.ts'
import { statesAnswers } from '../functions/answers/pages/states.ts'
import { identity, noon } from './support/registry-world.ts'

const registered = (state: string, sandbox = false): TrustEvent => ({
  type: 'body-registered',
  identity: identity({ state }),
  did: 'did:web:registry.example:issuers:a',
  sandbox,
})

/** What `GET /states/PH` says of the registry, over an index whose every chunk holds these, and how much was read of it. */
async function listings(events: TrustEvent[], { isEndless = false } = {}) {
  let chunks = 0
  const reader = {
    list: async () => {
      chunks++
      return { commits: [{ stream: 'a/trust', events }], ...(isEndless && { next: 'more' }) }
    },
  } as unknown as CommitReader
  const parts = { reader, clock: () => noon, baseUrl: 'https://registry.example' } as unknown as PageParts
  const answer = await statesAnswers(parts)['GET /states/{state}'].answer({
    params: { state: 'PH' },
    query: {},
    headers: new Map(),
    input: undefined,
    text: '',
    caller: undefined,
    requestId: 'a',
    language: 'en',
    wants: 'json',
  })
  return { ...(answer.body as { registry: object }).registry, chunks }
}

test('a body of the state is found, and one of another state or a sandbox is none', async () => {
  expect(await listings([registered('MY'), registered('PH')])).toMatchObject({ bodies: 'yes', authorities: 'no' })
  expect(await listings([registered('MY'), registered('PH', true)])).toMatchObject({ bodies: 'no', authorities: 'no' })
})

test('the first that is found is enough, and a registry that is too large is not read to its end, nor guessed about', async () => {
  const { chunks, ...registry } = await listings([registered('PH')], { isEndless: true })
  expect(registry).toMatchObject({ bodies: 'yes', authorities: 'not-known' })
  // One more is read where the first filled the answer; 50 for who was not found.
  expect(chunks).toBeLessThanOrEqual(52)
})

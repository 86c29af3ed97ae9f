import type { CommitReader } from '@sijil/registry'
import type { TrustEvent } from '@sijil/registry/trust'
import { expect, test } from 'vitest'
import { identity, noon } from '../../../test/support/registry-world.ts'
import { stateView } from './states.ts'

const registered = (state: string, sandbox = false): TrustEvent => ({
  type: 'body-registered',
  identity: identity({ state }),
  did: 'did:web:registry.example:issuers:a',
  sandbox,
})

/** What the view of a state says of the registry, over an index whose every chunk holds these, and how many chunks it read. */
async function listings(events: TrustEvent[], { isEndless = false } = {}) {
  let chunks = 0
  const reader = {
    list: async () => {
      chunks++
      return { commits: [{ stream: 'a/trust', events }], ...(isEndless && { next: 'more' }) }
    },
  } as unknown as CommitReader
  const { registry } = (await stateView('PH', { reader, now: noon })).values()
  return { ...registry, chunks }
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

import type { CommitReader } from '@sijil/registry'
import type { TrustEvent } from '@sijil/registry/trust'
import { expect, test } from 'vitest'
import { baselineDeps } from '../../../test/support/baseline.ts'
import { identity, noon } from '../../../test/support/registry-world.ts'
import { stateView } from './states.ts'

const registered = (state: string, sandbox = false): TrustEvent => ({
  type: 'body-registered',
  identity: identity({ state }),
  did: 'did:web:registry.example:issuers:a',
  sandbox,
})

/** The registry part of a state's view and the number of chunks read. Every chunk of the index holds these events. */
async function listings(events: TrustEvent[], { isEndless = false } = {}) {
  let chunks = 0
  const reader = {
    list: async () => {
      chunks++
      return { commits: [{ stream: 'a/trust', events }], ...(isEndless && { next: 'more' }) }
    },
  } as unknown as CommitReader
  const { registry } = (
    await stateView('PH', { ...baselineDeps, qualifications: async () => [], reader, now: noon })
  ).values()
  return { ...registry, chunks }
}

test('a body of the state is found, and a body of another state or a sandbox is not', async () => {
  expect(await listings([registered('MY'), registered('PH')])).toMatchObject({ bodies: 'yes', authorities: 'no' })
  expect(await listings([registered('MY'), registered('PH', true)])).toMatchObject({ bodies: 'no', authorities: 'no' })
})

test('the search stops at the first one, and if the registry is too large to read to its end the answer is not known', async () => {
  const { chunks, ...registry } = await listings([registered('PH')], { isEndless: true })
  expect(registry).toMatchObject({ bodies: 'yes', authorities: 'not-known' })
  // At most 2 chunks for the body that is found, and 50 for the authority that is not.
  expect(chunks).toBeLessThanOrEqual(52)
})

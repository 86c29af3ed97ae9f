import { expect, test } from 'vitest'
import {
  INDEX_LAG_MS,
  LOG_LAG_MS,
  MEMORY_MS,
  REGISTRY_TOLERANCE_MS,
  STORE_TOLERANCE_MS,
  TRUST_SETTLED_MS,
} from './clocks.ts'
import { MAX_AGE_MS } from './histories.ts'

test('an answer about trust is settled only after every cache has expired and every clock has passed it', () => {
  expect(TRUST_SETTLED_MS).toBeGreaterThan(MAX_AGE_MS + MEMORY_MS + STORE_TOLERANCE_MS)
})

test('changes are read again from further back than any clock is behind, or any log lags', () => {
  expect(INDEX_LAG_MS).toBeGreaterThan(REGISTRY_TOLERANCE_MS)
  expect(INDEX_LAG_MS).toBeGreaterThan(LOG_LAG_MS)
})

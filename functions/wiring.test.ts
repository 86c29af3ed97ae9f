import { expect, test } from 'vitest'
import { policyOf } from './wiring.ts'

test('a deployment names the roots that it accepts; without a list every one that is registered; and whom it refuses', () => {
  expect(policyOf({ DEMONSTRATION: 'no', ROOTS: '', REFUSED: '' })).toEqual({ demonstration: false })
  expect(policyOf({ DEMONSTRATION: 'yes', ROOTS: 'ph-pqf, th-onec', REFUSED: 'ph-mill' })).toEqual({
    demonstration: true,
    roots: ['ph-pqf', 'th-onec'],
    refused: ['ph-mill'],
  })
})

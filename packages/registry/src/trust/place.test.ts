import { expect, test } from 'vitest'
import { placeOf } from './place.ts'

test('a body of a state has that state as its place, and a body of the region has none', () => {
  expect(placeOf({ identity: { state: 'PH' } })).toBe('PH')
  expect(placeOf({ identity: { state: 'ASEAN' } })).toBeUndefined()
})

import { expect, test } from 'vitest'
import { isObject, isObjectOrList } from './json-object.ts'

test.each([
  [{}, true, true],
  [{ a: 1 }, true, true],
  [Object.create(null), true, true],
  [[], false, true],
  [[{}], false, true],
  [null, false, false],
  [undefined, false, false],
  ['{}', false, false],
  [0, false, false],
  [true, false, false],
  [() => ({}), false, false],
])('%j: an object %j, an object or a list %j', (value, object, either) => {
  expect([isObject(value), isObjectOrList(value)]).toEqual([object, either])
})

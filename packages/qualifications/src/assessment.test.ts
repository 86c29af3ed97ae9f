import { expect, test } from 'vitest'
import {
  assessmentMethodOf,
  assessmentMethods,
  assessmentMethodValues,
  assessmentRouteOf,
  assessmentRoutes,
  assessmentRouteValues,
} from './assessment.ts'

test('each value is found by its text, and no two values have the same text', () => {
  for (const [value, text] of Object.entries(assessmentRoutes)) expect(assessmentRouteOf(text)).toBe(value)
  for (const [value, text] of Object.entries(assessmentMethods)) expect(assessmentMethodOf(text)).toBe(value)
})

test('any other text is "other", even if it is similar to a text of the list', () => {
  for (const text of ['training', 'Training ', 'Training of Ana', 'other', 'toString', '__proto__', ''])
    expect([assessmentRouteOf(text), assessmentMethodOf(text)]).toEqual(['other', 'other'])
})

test('"other" may be chosen, and comes last', () => {
  expect([assessmentRouteValues.at(-1), assessmentMethodValues.at(-1)]).toEqual(['other', 'other'])
  expect(assessmentRouteValues).toHaveLength(Object.keys(assessmentRoutes).length + 1)
  expect(assessmentMethodValues).toHaveLength(Object.keys(assessmentMethods).length + 1)
})

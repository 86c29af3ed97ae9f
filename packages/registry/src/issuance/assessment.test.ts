import { assessmentMethodValues, assessmentRouteValues } from '@sijil/qualifications'
import { expect, test } from 'vitest'
import { assessmentInputOf, signedAssessment } from './assessment.ts'

test('signed texts are read back as they were stated: each value of a list, and free text unchanged', () => {
  for (const route of assessmentRouteValues)
    for (const method of assessmentMethodValues) {
      const stated = {
        ...{ route, method },
        ...(route === 'other' && { otherRoute: 'In two steps' }),
        ...(method === 'other' && { otherMethod: 'By hand' }),
      }
      expect(assessmentInputOf(signedAssessment(stated))).toEqual(stated)
    }
  expect(assessmentInputOf(signedAssessment({}))).toEqual({})
})

test('free text that equals the text of a value counts as that value, as both are signed alike', () => {
  const signed = signedAssessment({ route: 'other', otherRoute: 'Training' })
  expect(signed).toEqual(signedAssessment({ route: 'training' }))
  expect(assessmentInputOf(signed)).toEqual({ route: 'training' })
})

test('the text of a value, which older requests have instead of the value, is signed unchanged', () => {
  const signed = signedAssessment({ route: 'Assessment only', method: 'Written test' })
  expect(signed).toEqual({ route: 'Assessment only', method: 'Written test' })
  expect(signed).toEqual(signedAssessment({ route: 'assessment-only', method: 'written-test' }))
})

import { assessmentMethodValues, assessmentRouteValues } from '@sijil/qualifications'
import { expect, test } from 'vitest'
import { assessmentInputOf, signedAssessment } from './assessment.ts'

test('what was said is read again from what was signed: each value of a list, and free text as it stands', () => {
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

test('free text that is the text of a value is that value: both are signed alike', () => {
  const signed = signedAssessment({ route: 'other', otherRoute: 'Training' })
  expect(signed).toEqual(signedAssessment({ route: 'training' }))
  expect(assessmentInputOf(signed)).toEqual({ route: 'training' })
})

test('the text of a value, as requests had it before there were lists, is signed as it was', () => {
  const signed = signedAssessment({ route: 'Assessment only', method: 'Written test' })
  expect(signed).toEqual({ route: 'Assessment only', method: 'Written test' })
  expect(signed).toEqual(signedAssessment({ route: 'assessment-only', method: 'written-test' }))
})

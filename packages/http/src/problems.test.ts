import { RegistryError } from '@sijil/registry'
import { expect, test } from 'vitest'
import { explainProblem, problemOf, problems, problemType } from './problems.ts'

test('every problem type has a page that says how to mend it', () => {
  for (const code of Object.keys(problems)) {
    const type = problemType('', code as keyof typeof problems)
    // What a standard names has its page there, and one of ours under our own word.
    if (type.startsWith('https:')) expect(explainProblem(code)?.remedy).toMatch(/\.$/)
    if (type.startsWith('https:')) continue
    expect(explainProblem(type.slice('/problems/'.length))?.remedy).toMatch(/\.$/)
  }
})

test('what is no problem type has no page', () => {
  for (const code of ['nothing', '', 'constructor', '__proto__', 'malformed-request'])
    expect(explainProblem(code)).toBeUndefined()
})

test('faults are told with pointer and detail, and nothing that was hung on them', () => {
  const faults = [{ pointer: '/a', detail: 'is missing', value: 'Siti' }]
  const { body } = problemOf(new RegistryError('validation-failed', 'No.', { faults }), {
    baseUrl: 'https://r.example',
    requestId: 'r',
  })
  expect(body.errors).toEqual([{ pointer: '/a', detail: 'is missing' }])
})

import { RegistryError } from '@sijil/registry'
import { expect, test } from 'vitest'
import { explainProblem, problemOf, problems, problemType } from './problems.ts'

test('every problem type has a page that says how to correct the problem', () => {
  for (const code of Object.keys(problems)) {
    const type = problemType('', code as keyof typeof problems)
    // A type that a standard defines also has a page here, under our own code.
    if (type.startsWith('https:')) expect(explainProblem(code)?.remedy).toMatch(/\.$/)
    if (type.startsWith('https:')) continue
    expect(explainProblem(type.slice('/problems/'.length))?.remedy).toMatch(/\.$/)
  }
})

test('a text that is no problem type has no page', () => {
  for (const code of ['nothing', '', 'constructor', '__proto__', 'malformed-request'])
    expect(explainProblem(code)).toBeUndefined()
})

test('an answer contains only the pointer, the detail and the reason of a fault, and no further member of it', () => {
  const faults = [{ pointer: '/a', detail: 'is missing', value: 'Siti' }]
  const { body } = problemOf(new RegistryError('validation-failed', 'No.', { faults }), {
    baseUrl: 'https://r.example',
    requestId: 'r',
  })
  expect(body.errors).toEqual([{ pointer: '/a', detail: 'is missing' }])
})

test('a refusal carries its reason as a member, for programs that do not read English', () => {
  const faults = [{ pointer: '/id', detail: 'choose another id', reason: 'id-reserved' as const }]
  const refused = new RegistryError('conflict', 'No.', { faults, reason: 'already-registered' })
  const { body } = problemOf(refused, { baseUrl: 'https://r.example', requestId: 'r' })
  expect(body).toMatchObject({ reason: 'already-registered', errors: [{ pointer: '/id', reason: 'id-reserved' }] })
})

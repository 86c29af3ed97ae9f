import { parseInput } from '@sijil/http'
import { expect, test } from 'vitest'
import { verifyInput } from './verify-inputs.ts'

const everything = { omit: ['evidence'], challenge: 'c', domain: 'd' }

test.each([{ verifiableCredential: {} }, { link: 'x' }])(
  'what a presentation must answer is not left aside where %o is asked about',
  (asked) => {
    expect(() => parseInput(verifyInput, { ...asked, options: everything })).toThrow(
      expect.objectContaining({
        code: 'validation-failed',
        faults: ['/options/challenge', '/options/domain'].map((pointer) => expect.objectContaining({ pointer })),
      }),
    )
    expect(parseInput(verifyInput, { ...asked, options: { omit: [] } })).toMatchObject(asked)
  },
)

test('the person is asked for of a link alone, for a document has it', () => {
  const options = { show: ['person'] }
  expect(parseInput(verifyInput, { link: 'x', options })).toEqual({ link: 'x', options })
  for (const asked of [{ verifiableCredential: {} }, { verifiablePresentation: {} }])
    expect(() => parseInput(verifyInput, { ...asked, options })).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ pointer: '/options/show' })] }),
    )
})

test('a presentation is asked for both', () => {
  const asked = { verifiablePresentation: {}, options: everything }
  expect(parseInput(verifyInput, asked)).toEqual(asked)
})

import { parseInput } from '@sijil/http'
import { expect, test } from 'vitest'
import { verifyInput } from './verify-inputs.ts'

const everything = { omit: ['evidence'], challenge: 'c', domain: 'd' }

test.each([{ verifiableCredential: {} }, { link: 'x' }])(
  'a challenge and a domain are refused for %o: only a presentation answers them',
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

test('only a question about a link may ask for the person: a document contains them', () => {
  const options = { show: ['person'] }
  expect(parseInput(verifyInput, { link: 'x', options })).toEqual({ link: 'x', options })
  for (const asked of [{ verifiableCredential: {} }, { verifiablePresentation: {} }])
    expect(() => parseInput(verifyInput, { ...asked, options })).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ pointer: '/options/show' })] }),
    )
})

test('a question about a presentation may have a challenge and a domain', () => {
  const asked = { verifiablePresentation: {}, options: everything }
  expect(parseInput(verifyInput, asked)).toEqual(asked)
})

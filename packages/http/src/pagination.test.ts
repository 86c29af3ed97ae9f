import { describe, expect, test } from 'vitest'
import { createPageToken, type ListQuestion, readPage, readPageToken } from './pagination.ts'
import { problemOf } from './problems.ts'

const ours = { index: 'CERTIFICATES#body-a', filters: { state: 'revoked' } }
const refused = (read: () => unknown) => {
  try {
    return read()
  } catch (error) {
    return problemOf(error, { baseUrl: 'https://registry.example', requestId: 'r' }).body
  }
}
const validationFailed = { status: 400, type: 'https://registry.example/problems/validation-failed' }

test('a page token gives back its position', () => {
  for (const position of ['{"pk":"STREAM#a/b","sk":"COMMIT#000001"}', 'é', 'x'])
    expect(readPageToken(createPageToken(position, ours), ours)).toBe(position)
})

describe('R020: a token is refused', () => {
  const token = createPageToken('position-7', ours)
  test('for another body', () => {
    expect(refused(() => readPageToken(token, { ...ours, index: 'CERTIFICATES#body-b' }))).toMatchObject(
      validationFailed,
    )
  })

  test('for another question', () => {
    const others: ListQuestion['filters'][] = [undefined, {}, { state: 'suspended' }, { state: 'revoked', more: '1' }]
    for (const filters of others)
      expect(refused(() => readPageToken(token, { index: ours.index, filters }))).toMatchObject(validationFailed)
  })

  test('with any changed character', () => {
    for (let i = 0; i < token.length; i += 1) {
      const edited = `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`
      expect(refused(() => readPageToken(edited, ours))).toMatchObject(validationFailed)
    }
  })

  test.each(['', '.', 'cG9zaXRpb24', `${token}=`, `${token}.`, ` ${token}`, 'x'.repeat(10_000)])(
    'with the text "%s"',
    (text) => {
      expect(refused(() => readPageToken(text, ours))).toMatchObject(validationFailed)
    },
  )
})

test('a token does not depend on the order of the filters', () => {
  const token = createPageToken('p', { index: 'i', filters: { a: '1', b: '2' } })
  expect(readPageToken(token, { index: 'i', filters: { b: '2', a: '1' } })).toBe('p')
})

test('a page has 1 to 100 items, and 50 by default', () => {
  expect(readPage({}, ours)).toEqual({ limit: 50 })
  expect(readPage({ limit: '100', page: createPageToken('p', ours) }, ours)).toEqual({ limit: 100, after: 'p' })
  for (const limit of ['0', '101', '-1', '1e1', '010', '', ' 5', '9999999'])
    expect(refused(() => readPage({ limit }, ours))).toMatchObject(validationFailed)
})

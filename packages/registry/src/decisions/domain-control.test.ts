import { createHmac } from 'node:crypto'
import { createDomainText, hashDomainText, readDomainText } from '@sijil/credentials'
import { describe, expect, test } from 'vitest'
import { RegistryError } from '../errors.ts'
import { compareDomainText, requestDomainText, type TextMarks } from './domain-control.ts'

const marksOf = (secret: string): TextMarks => {
  const make = async (text: string) => createHmac('sha256', secret).update(text).digest('base64url')
  return { make, isOf: async (text, mark) => (await make(text)) === mark }
}
const baseUrl = 'https://registry.example'
const noon = new Date('2026-03-02T12:00:00Z')
const days = (count: number) => new Date(noon.getTime() + count * 86_400_000)
const at = (now: Date, secret = 'one') => ({ baseUrl, marks: marksOf(secret), now })
const question = { authority: 'my-authority', body: 'my-board', website: 'https://board.example/about' }
const { text, address } = await requestDomainText(question, at(noon))

const reasonOf = async (found: string, change: object = {}, deps = at(noon)) => {
  try {
    await compareDomainText({ ...question, ...change, found }, deps)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    expect(error.faults.map(({ pointer }) => pointer)).toEqual(['/text'])
    return error.faults[0]?.reason
  }
}

test('the text names registry, body, domain and day, and its place is that of the website', () => {
  expect(address).toBe('https://board.example/.well-known/sijil-registry')
  expect(text).toMatch(
    /^sijil domain control v1\nhttps:\/\/registry\.example\nmy-board\nboard\.example\n2026-03-02\.[\w-]{43}\n$/,
  )
})

test('a text that was read at the website gives what the registration records, with the day of the server', async () => {
  const found = text.trimEnd().replaceAll('\n', '\r\n')
  expect(await compareDomainText({ ...question, found }, at(days(3)))).toEqual({
    domain: 'board.example',
    sha256: hashDomainText(text),
    readOn: '2026-03-05',
  })
})

test('a text counts for 30 days, also after the texts of later days were made, and not before its day', async () => {
  expect(await reasonOf(text, {}, at(days(29)))).toBe('accepted')
  expect(await reasonOf(text, {}, at(days(30)))).toBe('text-too-old')
  expect(await reasonOf(text, {}, at(days(-1)))).toBe('text-too-old')
})

describe('a text is refused', () => {
  test.each([
    ['of another body', { body: 'their-board' }, 'text-of-another-body'],
    ['of another website', { website: 'https://boards.example' }, 'text-of-another-website'],
    ['of another authority', { authority: 'their-authority' }, 'another-text'],
  ])('%s', async (_, change, reason) => {
    expect(await reasonOf(text, change)).toBe(reason)
  })

  test('of another registry, even one with the same address', async () => {
    expect(await reasonOf(text, {}, { ...at(noon), baseUrl: 'https://other.example' })).toBe('text-of-another-registry')
    expect(await reasonOf(text, {}, at(noon, 'two'))).toBe('another-text')
  })

  test.each([
    ['with a later day, so that it counts for longer', text.replace('2026-03-02', '2026-03-20')],
    ['with a changed mark', text.replace(/.\n$/, (end) => (end[0] === 'A' ? 'B\n' : 'A\n'))],
    ['with a blank after its mark', text.replace(/\n$/, ' \n')],
    [
      'with a mark of the command',
      createDomainText({ registry: baseUrl, body: 'my-board', domain: 'board.example' }, 'abc'),
    ],
    ['that holds two marks', text.replace(/\n$/, `.${text.split('.').at(-1)}`)],
  ])('%s', async (_, found) => {
    expect(await reasonOf(found)).toBe('another-text')
  })

  test('that is the page of an error', async () => {
    expect(await reasonOf('404 Not Found')).toBe('not-a-domain-text')
  })
})

test('the text of the desk is read by the function of the command as well', () => {
  const claim = { registry: baseUrl, body: 'my-board', domain: 'board.example' }
  expect(readDomainText(text, claim)).toEqual({ mark: text.split('\n')[4] })
})

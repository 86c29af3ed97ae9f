import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createDomainText, type DomainClaim, hashDomainText, placeOfDomainText, readDomainText } from './domain-text.ts'

const claim: DomainClaim = { registry: 'https://registry.example', body: 'my-board', domain: 'board.example' }
const text = createDomainText(claim, 'mark-1')

test('a text has five lines, and its place and hash are those that the registration names', () => {
  expect(text).toBe('sijil domain control v1\nhttps://registry.example\nmy-board\nboard.example\nmark-1\n')
  expect(placeOfDomainText(new URL('https://Board.example/about?x'))).toEqual({
    domain: 'board.example',
    address: 'https://board.example/.well-known/sijil-registry',
  })
  expect(hashDomainText(text)).toBe(createHash('sha256').update(text).digest('base64url'))
})

test.each([
  ['as it was made', text],
  ['without its last line feed', text.trimEnd()],
  ['with more line feeds at its end', `${text}\n\n`],
  ['with the ends of lines of Windows', text.replaceAll('\n', '\r\n')],
  ['with the ends of lines of old editors', text.replaceAll('\n', '\r')],
])('a text is read %s', (_, found) => {
  expect(readDomainText(found, claim)).toEqual({ mark: 'mark-1' })
})

describe('a text is refused', () => {
  const of = (change: Partial<DomainClaim>) => createDomainText({ ...claim, ...change }, 'mark-1')
  test.each([
    ['that is empty', '', 'not-a-domain-text'],
    ['that is a page', '<html>Not found</html>', 'not-a-domain-text'],
    ['with a byte order mark', `\ufeff${text}`, 'not-a-domain-text'],
    ['with a blank before it', ` ${text}`, 'not-a-domain-text'],
    ['of another version', text.replace('v1', 'v2'), 'not-a-domain-text'],
    ['of another registry', of({ registry: 'https://other.example' }), 'text-of-another-registry'],
    ['of another body', of({ body: 'their-board' }), 'text-of-another-body'],
    ['of another website', of({ domain: 'boards.example' }), 'text-of-another-website'],
    ['that ends early', text.split('\n').slice(0, 3).join('\n'), 'text-of-another-website'],
    ['without a mark', createDomainText(claim, ''), 'another-text'],
    ['with a line more', `${text}more`, 'another-text'],
  ])('%s', (_, found, fault) => {
    expect(readDomainText(found, claim)).toEqual({ fault })
  })

  test('with an end of line in the middle', () => {
    expect(readDomainText(text.replace('mark-1', '\nmark-1'), claim)).toEqual({ fault: 'another-text' })
  })
})

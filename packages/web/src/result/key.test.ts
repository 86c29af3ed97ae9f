import { describe, expect, test } from 'vitest'
import { resultPage } from '../index.ts'
import { headingOf, textOf } from '../test-text.ts'
import { aContext, aResult, aVerification } from '../test-values.ts'

describe('a genuine certificate whose key is trusted no longer', () => {
  const shown = (because: Parameters<typeof aVerification>[0]) => {
    const document = resultPage(aResult({ verification: aVerification(because) }), aContext())
    return { heading: headingOf(document), text: textOf(document) }
  }

  test.each(['key-compromised', 'key-retired'] as const)(
    '%s: the page blames the key and not the worker, shows the claims, and says to ask the issuer for a new one',
    (reason) => {
      const { heading, text } = shown({ because: { 'issuer-key': ['failed', reason] } })
      expect(heading).toBe('Not valid: the issuer’s key is no longer trusted')
      for (const words of [
        'This alone does not mean that the worker did wrong.',
        'ask the issuer for a new one',
        'Be fair: what happened to a key is not the worker’s fault.',
        'You may ask the issuer why, and ask for a review.',
        'What it claims',
        'Masonry NC II',
      ])
        expect(text).toContain(words)
      expect(text).not.toMatch(
        /not signed by the issuer|was not signed in the way|The content of the file is not shown/,
      )
      expect(text).not.toContain('Could be relied on')
    },
  )

  test.each(['key-compromised', 'key-suspended'] as const)('%s since an unknown day: no answer for now', (reason) => {
    const { heading, text } = shown({ because: { 'issuer-key': ['not_performed', reason] } })
    expect(heading).toBe('Cannot say')
    for (const words of ['For now this is neither a yes nor a no.', 'Be fair: what happened to a key', 'Claims only.'])
      expect(text).toContain(words)
  })

  test('a revocation or a newer certificate comes before the key and counts for no day; a suspension comes after it', () => {
    for (const [status, heading] of [
      ['revoked', 'Not valid: revoked'],
      ['superseded', 'Not valid: replaced by a newer one'],
      ['suspended', 'Not valid: the issuer’s key is no longer trusted'],
    ] as const) {
      const history = [
        { state: 'in-force', at: '2025-03-14T02:41:00Z' },
        { state: status, at: '2026-06-03T01:12:00Z', reason: 'key-compromise' },
      ] as const
      const because = { status: ['failed', status], 'issuer-key': ['failed', 'key-compromised'] } as const
      const page = shown({ because: because as never, history: [...history] })
      expect(page.heading).toBe(heading)
      expect(page.text).not.toMatch(/Could be relied on|Was valid/)
      expect(page.text).toContain('On the day it was issued, 14 Mar 2025Not validThe key was compromised')
    }
  })

  test('a forgery signed with that key stays a forgery: a certificate that was never recorded shows no facts', () => {
    const { heading, text } = shown({
      because: { 'issuer-key': ['failed', 'key-compromised'], recorded: ['failed', 'not-recorded'] },
    })
    expect(heading).toBe('Not valid: not recorded by the issuer')
    expect(text).not.toContain('Masonry')
    // If no record is at hand, only the untrusted key supports the claims.
    const unread = shown({
      because: { 'issuer-key': ['failed', 'key-compromised'], recorded: ['not_performed', 'kept-elsewhere'] },
    })
    expect(unread.heading).toBe('Not valid: the issuer’s key is no longer trusted')
    expect(unread.text).not.toContain('Masonry')
  })

  test('a key that is not the issuer’s is still called that', () => {
    for (const reason of ['issuer-mismatch', 'key-not-authorized'] as const)
      expect(shown({ because: { 'issuer-key': ['failed', reason] } }).heading).toBe(
        'Not valid: not signed by the issuer',
      )
  })
})

test('a revocation for a stolen key says that somebody else may have signed', () => {
  const verification = aVerification({
    because: { status: ['failed', 'revoked'] },
    history: [
      { state: 'in-force', at: '2025-03-14T02:41:00Z' },
      { state: 'revoked', at: '2026-06-03T01:12:00Z', reason: 'key-compromise' },
    ],
  })
  expect(textOf(resultPage(aResult({ verification }), aContext()))).toContain(
    'Reason class: somebody else may have been able to use the key of the issuer',
  )
})

import { describe, expect, test } from 'vitest'
import { resultPage } from '../index.ts'
import { en } from '../messages/en.ts'
import { headingOf, textOf, verdictOn } from '../test-text.ts'
import { aCertificate, aContext, anAnswer, aResult, aVerification, verifications } from '../test-values.ts'
import { stateOf, states } from './state.ts'

const cases = Object.entries(verifications)
const revokedFor = (reason: string) => {
  const revoked = verifications['Not valid: revoked']
  return {
    ...revoked,
    history: revoked.history?.map((entry) => ('reason' in entry ? { ...entry, reason } : entry)) ?? [],
  }
}

test.each(cases)('R-108: %s stands in words, in the one h1 and in the title', (words, verification) => {
  const document = resultPage(aResult({ verification }), aContext())
  const heading = words.replace(/ \(.*/, '')
  expect(headingOf(document)).toBe(heading)
  expect(document).toContain(`<title>${heading} · Sijil</title>`)
  expect(document.match(/<h1/g)).toHaveLength(1)
})

test('R-108: no two states say the same on the whole', () => {
  const said = cases.map(([, verification]) => textOf(verdictOn(resultPage(aResult({ verification }), aContext()))))
  expect(new Set(said).size).toBe(cases.length)
})

test.each(['en', 'th'] as const)(
  'R-082: beside the notice of a demonstration none says in %s that it is real',
  (language) => {
    for (const [, verification] of cases) {
      const document = resultPage(aResult({ verification }), aContext({ language, demonstration: true }))
      expect(document).toContain('class="demo"')
      expect(textOf(verdictOn(document)).trim()).not.toBe('')
      expect(textOf(verdictOn(document))).not.toMatch(/(?:is|was) real|ของจริง/)
    }
  },
)

test('R-008: where the record is kept elsewhere, it says by whom and since when, and links there', () => {
  const verification = verifications['Cannot say (kept elsewhere)']
  const document = resultPage(aResult({ verification }), aContext())
  expect(document).toContain(
    '<a class="tlink" href="https://registry.example" rel="noopener noreferrer">registry.example</a>',
  )
  expect(textOf(document)).toContain('as it was on 24 Nov 2026')
})

test('R-127: a regional endorsement stands apart from the chain, and says that it grants nothing', () => {
  const endorsements = [
    {
      registry: 'https://region.example',
      by: ['ASEAN TVET Council (demonstration)'],
      madeAt: '2026-11-24T03:00:00.000Z',
    },
  ]
  const verification = { ...verifications.Valid, endorsements }
  const said = textOf(resultPage(aResult({ verification }), aContext()))
  expect(said).toContain('by ASEAN TVET Council (demonstration), in the list of region.example')
  expect(said).toContain('An endorsement grants nothing')
  expect(textOf(resultPage(aResult({ verification: verifications.Valid }), aContext()))).not.toContain('endorsement')
})

test('every state that there is has been shown', () => {
  expect(new Set(cases.map(([, verification]) => stateOf(verification)))).toEqual(new Set(states))
})

test('I1: only a valid verdict is green: what stayed open is amber, what failed is red', () => {
  for (const [, verification] of cases) {
    const verdict = verdictOn(resultPage(aResult({ verification }), aContext()))
    const tone = { valid: 'class="verdict"', invalid: 'class="verdict no"', indeterminate: 'class="verdict am"' }
    expect(verdict).toContain(tone[verification.verdict])
  }
})

test('a revoked certificate was valid on its day, and is not today', () => {
  const verdict = textOf(verdictOn(resultPage(aResult({ verification: revokedFor('holder-request') }), aContext())))
  expect(verdict).toContain('On the day it was issued, 14 Mar 2025Was valid')
  expect(verdict).toContain('Today, 24 Nov 2026Not validRevoked on 3 Jun 2026.')
})

test.each(['obtained-by-fraud', 'issued-in-error'])(
  'what was revoked as %s never counted: nothing green, and nothing that says it could be relied on',
  (reason) => {
    const document = resultPage(aResult({ verification: revokedFor(reason) }), aContext())
    expect(verdictOn(document)).not.toContain('a-ok')
    const text = textOf(document)
    expect(text).not.toMatch(/Was valid|Could be relied on/)
    expect(text).toContain(`later revoked: ${reason.replaceAll('-', ' ')}. Do not rely on it for that day either.`)
    expect(text.includes('is not a fault of the worker')).toBe(reason === 'issued-in-error')
  },
)

describe('a genuine certificate whose key is trusted no longer', () => {
  const shown = (because: Parameters<typeof aVerification>[0]) => {
    const document = resultPage(aResult({ verification: aVerification(because) }), aContext())
    return { heading: headingOf(document), text: textOf(document) }
  }

  test.each(['key-compromised', 'key-retired'] as const)(
    '%s: the key is at fault and not the worker, what it claims is named, and the issuer is asked for a new one',
    (reason) => {
      const { heading, text } = shown({ because: { 'issuer-key': ['failed', reason] } })
      expect(heading).toBe('Not valid: the issuer’s key is no longer trusted')
      for (const words of [
        'This alone does not mean that the worker did wrong.',
        'ask the issuer for a new one',
        'Be fair: what happened to a key is not a fault of the worker.',
        'You may ask the issuer why, and ask for a review.',
        'What it claims',
        'Masonry NC II',
      ])
        expect(text).toContain(words)
      expect(text).not.toMatch(/not signed by the issuer|was not signed in the way|Nothing that the file says is shown/)
      expect(text).not.toContain('Could be relied on')
    },
  )

  test.each(['key-compromised', 'key-suspended'] as const)('%s, and it is not known since when: for now', (reason) => {
    const { heading, text } = shown({ because: { 'issuer-key': ['not_performed', reason] } })
    expect(heading).toBe('Cannot say')
    for (const words of ['For now this is neither a yes nor a no.', 'Be fair: what happened to a key', 'Claims only.'])
      expect(text).toContain(words)
  })

  test('a revocation or a newer certificate is said first, and counts for no day; a suspension, which may be lifted, is not', () => {
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

  test('a forgery signed with that key is no less one: nothing of what was never recorded is shown', () => {
    const { heading, text } = shown({
      because: { 'issuer-key': ['failed', 'key-compromised'], recorded: ['failed', 'not-recorded'] },
    })
    expect(heading).toBe('Not valid: not recorded by the issuer')
    expect(text).not.toContain('Masonry')
    // Where no record can be read, nothing but the key vouches for what it says.
    const unread = shown({
      because: { 'issuer-key': ['failed', 'key-compromised'], recorded: ['not_performed', 'record-not-readable'] },
    })
    expect(unread.heading).toBe('Not valid: the issuer’s key is no longer trusted')
    expect(unread.text).not.toContain('Masonry')
  })

  test('a key that is not the issuer’s is still said to be that', () => {
    for (const reason of ['issuer-mismatch', 'key-not-authorized'] as const)
      expect(shown({ because: { 'issuer-key': ['failed', reason] } }).heading).toBe(
        'Not valid: not signed by the issuer',
      )
  })
})

test('an issuer that is named otherwise than in the record is a matter of the issuer, and not of a key', () => {
  const verification = verifications['Not valid: issuer named otherwise in the record']
  const text = textOf(resultPage(aResult({ verification }), aContext()))
  expect(text).toContain('Be fair: a mistake by an office is not a fault of the worker.')
  expect(text).not.toContain('was not signed in the way')
})

test('what happened on the day of issue, or today, is told with its time', () => {
  const history = [
    { state: 'in-force', at: '2026-11-24T02:41:00Z' },
    { state: 'revoked', at: '2026-11-24T05:00:00Z', reason: 'holder-request' },
  ] as const
  const verification = { ...verifications['Not valid: revoked'], history: [...history] }
  const text = textOf(resultPage(aResult({ verification }), aContext()))
  expect(text).toContain('On the day it was issued, 24 Nov 2026, 02:41 (UTC+0)')
  expect(text).toContain('Revoked on 24 Nov 2026, 05:00 (UTC+0).')
  expect(text).toContain('Today, 24 Nov 2026, 06:30 (UTC+0)')
})

test('the day of the award and the day of issue are named apart', () => {
  const verification = aVerification({ certificate: aCertificate({ awardedOn: '2025-01-20' }) })
  const text = textOf(resultPage(aResult({ verification }), aContext()))
  expect(text).toContain('It was awarded before, on 20 Jan 2025; the issuer was authorised on that day as well.')
  expect(text).toMatch(/Awarded on20 Jan 2025\s*Issued on14 Mar 2025/)
  expect(text).toContain('From the award, 20 Jan 2025, to 13 Mar 2030')
  expect(text).toContain('This certificate is not suspended and not revoked.')
})

test('the period of what is not valid is one that is named in it, and not one in which it is valid', () => {
  const labelOf = (words: keyof typeof verifications) =>
    /<dt>(Valid|Period named in it)<\/dt>/.exec(
      resultPage(aResult({ verification: verifications[words] }), aContext()),
    )?.[1]
  expect(labelOf('Valid')).toBe('Valid')
  for (const words of ['Not valid: expired', 'Not valid today: suspended', 'Cannot say (not finished)'] as const)
    expect(labelOf(words)).toBe('Period named in it')
})

test('I1: an answer without its checks is a yes for no day', () => {
  const verification = { ...verifications['Cannot say (another question)'], checks: [] }
  const verdict = verdictOn(resultPage(aResult({ verification }), aContext()))
  expect(verdict).not.toContain('a-ok')
  expect(textOf(resultPage(aResult({ verification }), aContext()))).toContain(
    '0 passed, 0 failed, 9 could not be checked',
  )
})

test('what was issued while the issuer was authorised says so, and names the suspension as a notice', () => {
  const document = resultPage(aResult({ verification: verifications['Valid, with a notice'] }), aContext())
  expect(textOf(document)).toContain('The issuer has been suspended since 5 Oct 2026')
  expect(textOf(document)).toContain('Why it still counts')
})

test('in Thai the same states have words of their own, and days bear both years', () => {
  for (const [words, verification] of cases) {
    const document = resultPage(aResult({ verification, issuerPage: undefined }), aContext({ language: 'th' }))
    expect(headingOf(document), words).not.toBe(words)
    expect(headingOf(document), words).toMatch(/[\u0e00-\u0e7f]/)
  }
  const document = resultPage(aResult(), aContext({ language: 'th' }))
  expect(document).toContain('14 มี.ค. 2025 (พ.ศ. 2568)')
  expect(document).toContain('<html lang="th">')
})

test('an issuer that changed since is told apart by its standing today', () => {
  const today = anAnswer({ standing: 'withdrawn', since: '2026-09-01T00:00:00Z' })
  const document = resultPage(
    aResult({ verification: aVerification({ issuer: { onIssueDate: anAnswer(), today } }) }),
    aContext(),
  )
  expect(textOf(document)).toContain('was withdrawn on 1 Sep 2026')
  expect(Object.values(en)).toContain('Valid, with a notice')
})

test('R-081: what rests on a pilot says PILOT beside the verdict, and nothing else does', () => {
  const shown = (pilot?: true) =>
    textOf(verdictOn(resultPage(aResult({ verification: aVerification({ ...(pilot && { pilot }) }) }), aContext())))
  expect(shown(true)).toContain('PILOT This rests on a pilot')
  expect(shown()).not.toContain('PILOT')
})

import { expect, test } from 'vitest'
import { resultPage } from '../index.ts'
import { en } from '../messages/en.ts'
import { headingOf, textOf, verdictOn } from '../test-text.ts'
import { aCertificate, aContext, anAnswer, aResult, aVerification, someChecks, verifications } from '../test-values.ts'
import { stateOf, states } from './state.ts'

const cases = Object.entries(verifications)
const revokedFor = (reason: string) => {
  const revoked = verifications['Not valid: revoked']
  return {
    ...revoked,
    history: revoked.history?.map((entry) => ('reason' in entry ? { ...entry, reason } : entry)) ?? [],
  }
}
const inForce = (at: string) => ({ state: 'in-force', at }) as const
const suspendedAt = (at: string) => ({ state: 'suspended', at, reason: 'under-investigation' }) as const
const revokedAt = (at: string) => ({ state: 'revoked', at, reason: 'holder-request' }) as const

test.each(cases)('R-108: %s stands in words, in the one h1 and in the title', (words, verification) => {
  const document = resultPage(aResult({ verification }), aContext())
  const heading = words.replace(/ \(.*/, '')
  expect(headingOf(document)).toBe(heading)
  // Beside others in a history it is told by what it is for; nothing of a file of which nothing is shown, and never the person.
  const isShown = document.includes('id="levels"') || document.includes('What it claims')
  expect(document).toContain(`<title>${heading}${isShown ? ' – Masonry NC II' : ''} · Sijil</title>`)
  expect(document.match(/<h1/g)).toHaveLength(1)
})

test('R-108: no two states say the same on the whole', () => {
  const stated = cases.map(([, verification]) => textOf(verdictOn(resultPage(aResult({ verification }), aContext()))))
  expect(new Set(stated).size).toBe(cases.length)
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
  const stated = textOf(resultPage(aResult({ verification }), aContext()))
  expect(stated).toContain('by ASEAN TVET Council (demonstration), in the list of region.example')
  expect(stated).toContain('An endorsement grants nothing')
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

test('an issuer that is named otherwise than in the record is a matter of the issuer, and not of a key', () => {
  const verification = verifications['Not valid: issuer named otherwise in the record']
  const text = textOf(resultPage(aResult({ verification }), aContext()))
  expect(text).toContain('Be fair: a mistake by an office is not a fault of the worker.')
  expect(text).not.toContain('was not signed in the way')
})

test.each([
  ['a body that nobody listed', 'period', 'expired', 'issuer-unknown', 'No listed authority vouches for this issuer.'],
  [
    'a body that nobody listed',
    'period',
    'not-yet-valid',
    'issuer-unknown',
    'No listed authority vouches for this issuer.',
  ],
  ['a key of the sandbox', 'status', 'revoked', 'issuer-unknown', 'No listed authority vouches for this issuer.'],
  [
    'a body that is refused',
    'status',
    'suspended',
    'issuer-refused',
    'This registry has decided not to accept this issuer.',
  ],
] as const)('of a file of %s, whose %s says %s, nobody is said to have issued it', (_, name, end, open, why) => {
  const { 'Cannot say (unknown issuer)': unknown } = verifications
  const verification = aVerification({
    because: { [name]: ['failed', end], 'issuer-trust': ['not_performed', open] },
    issuer: unknown.issuer,
  })
  const document = resultPage(aResult({ verification }), aContext())
  expect(headingOf(document)).toBe('Not valid: not in force, and its issuer not confirmed')
  const text = textOf(document)
  expect(text).toContain(`Cannot say${why}`)
  expect(text).not.toMatch(/issued this certificate|once could do|begins to count|renew|skill may still be there| –\./)
  expect(verdictOn(document)).not.toContain('a-ok')
})

test.each(['context-not-allowed', 'malformed-value', 'undefined-term', 'not-a-certificate'] as const)(
  'of a file that was not read, by %s, no day of issue is judged: nothing in it was checked',
  (reason) => {
    const verification = { ...aVerification({ because: { format: ['failed', reason] } }), history: undefined }
    const verdict = verdictOn(resultPage(aResult({ verification }), aContext()))
    expect(verdict).toContain('class="verdict no"')
    expect(textOf(verdict)).toContain('On the day it was issuedCannot sayNothing in the file was checked.')
    expect(textOf(verdict)).toContain('written in a form that is not read here, so nothing in it was checked')
  },
)

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

test.each([
  ['failed', 'issuer-not-accredited', 'Not valid: issuer not authorised', 'Not valid'],
  ['not_performed', 'issuer-unknown', 'Cannot say', 'Cannot say'],
] as const)('where the day of the award %s by %s, that day is named and no other', (outcome, reason, title, answer) => {
  const verification = aVerification({
    because: { 'issuer-trust': [outcome, reason] },
    certificate: aCertificate({ awardedOn: '2019-01-20' }),
  })
  const document = resultPage(aResult({ verification }), aContext())
  expect(headingOf(document)).toBe(title)
  const verdict = textOf(verdictOn(document))
  expect(verdict).toContain(`On the day it was issued, 14 Mar 2025${answer}`)
  expect(verdict).toMatch(/authorised (?:for this )?on 20 Jan 2019, the day it was awarded\./)
  expect(verdict).not.toMatch(/on that day|when it was issued|No country has listed|No listed authority/)
})

test('a body that was listed by the day of issue issued what has expired, also where the award was before', () => {
  const verification = aVerification({
    because: { period: ['failed', 'expired'], 'issuer-trust': ['not_performed', 'issuer-unknown'] },
  })
  expect(headingOf(resultPage(aResult({ verification }), aContext()))).toBe('Not valid: expired')
})

test.each(['awardedOn', 'assessedOn'] as const)(
  'what was issued in the morning of a day that had not begun in UTC is not older than its %s',
  (member) => {
    const verification = aVerification({
      certificate: aCertificate({ assessedOn: undefined, awardedOn: undefined, [member]: '2026-11-24' }),
      history: [inForce('2026-11-23T20:15:00Z')],
    })
    const document = resultPage(aResult({ verification }), aContext())
    const ahead = 'In the issuer’s country the next day had begun.'
    const verdict = textOf(verdictOn(document))
    expect(verdict).toContain('On the day it was issued, 23 Nov 2026, 20:15 (UTC+0)')
    expect(verdict).toContain(ahead)
    expect(textOf(document)).toContain(`Issued on23 Nov 2026, 20:15 (UTC+0)${ahead}`)
    expect(textOf(resultPage(aResult(), aContext()))).not.toContain(ahead)
  },
)

test('the period of what is not valid is one that is named in it, and not one in which it is valid', () => {
  const labelOf = (words: keyof typeof verifications) =>
    /<dt>(Valid|Period named in it)<\/dt>/.exec(
      resultPage(aResult({ verification: verifications[words] }), aContext()),
    )?.[1]
  expect(labelOf('Valid')).toBe('Valid')
  for (const words of ['Not valid: expired', 'Not valid today: suspended', 'Cannot say (not finished)'] as const)
    expect(labelOf(words)).toBe('Period named in it')
})

test.each([
  [
    'revoked after its last day: until that day',
    '2026-06-03T01:12:00Z',
    [inForce('2025-03-14T02:41:00Z'), revokedAt('2026-09-01T01:00:00Z')],
    'Could be relied on14 Mar 2025 to 3 Jun 2026',
  ],
  [
    'suspended, and then revoked: until the suspension',
    '2030-03-13T23:59:59Z',
    [inForce('2025-03-14T02:41:00Z'), suspendedAt('2025-06-01T01:00:00Z'), revokedAt('2026-09-01T01:00:00Z')],
    'Could be relied on14 Mar 2025 to 1 Jun 2025',
  ],
  [
    'suspended, back in force, and then revoked: there is no one span',
    '2030-03-13T23:59:59Z',
    [
      inForce('2025-03-14T02:41:00Z'),
      suspendedAt('2025-06-01T01:00:00Z'),
      inForce('2025-07-01T01:00:00Z'),
      revokedAt('2026-09-01T01:00:00Z'),
    ],
    'Period named in itFrom the award, 10 Mar 2025, to 13 Mar 2030',
  ],
  [
    'made digital after its last day: at no time here',
    '2025-03-01T00:00:00Z',
    [inForce('2025-03-14T02:41:00Z'), revokedAt('2026-09-01T01:00:00Z')],
    'Period named in itFrom the award, 10 Mar 2025, to 1 Mar 2025',
  ],
])('how long it could be relied on, %s', (_, validUntil, history, stated) => {
  const certificate = aCertificate({ validUntil, awardedOn: '2025-03-10' })
  const verification = aVerification({ because: { status: ['failed', 'revoked'] }, history, certificate })
  expect(textOf(resultPage(aResult({ verification }), aContext()))).toContain(stated)
})

test('of what was suspended and has expired meanwhile nothing says that it may come back', () => {
  const verification = {
    ...verifications['Not valid today: suspended'],
    checks: someChecks({ status: ['failed', 'suspended'], period: ['failed', 'expired'] }),
  }
  const document = resultPage(aResult({ verification }), aContext())
  expect(headingOf(document)).toBe('Not valid: expired')
  expect(textOf(document)).not.toMatch(/come back|can be lifted/)
  expect(textOf(document)).toContain('Failed: It is suspended')
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

test('a Thai sentence ends in no full stop, in whatever state', () => {
  for (const [words, verification] of cases) {
    const text = textOf(resultPage(aResult({ verification }), aContext({ language: 'th' })))
    // Years and months are shortened with points.
    expect(text.replaceAll(/(?:[\u0e00-\u0e7f]{1,3}\.){2}/g, ''), words).not.toMatch(/[\u0e00-\u0e7f]\./)
  }
})

test('what would end a certificate that stands is not told as one thing alone', () => {
  const text = textOf(resultPage(aResult({ verification: verifications['Valid, with a notice'] }), aContext()))
  expect(text).toContain('If this one is suspended, revoked or replaced, or if the key that signed it is no longer')
  expect(text).not.toContain('Only the revocation')
})

test('what does not match its signature may have been changed, or signed by another key: both are said', () => {
  const verification = verifications['Not valid: changed after signing']
  const text = textOf(resultPage(aResult({ verification }), aContext()))
  expect(text).toContain('was changed after it was signed, or another key signed it.')
  expect(text).toContain('Failed: The content was changed after signing, or another key signed it')
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

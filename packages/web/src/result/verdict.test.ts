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

test.each(cases)('R-108: %s stands in words in the only h1, and not in the title', (words, verification) => {
  const document = resultPage(aResult({ verification }), aContext())
  const heading = words.replace(/ \(.*/, '')
  expect(headingOf(document)).toBe(heading)
  expect(document).toContain('<title>Check of a skills certificate · Sijil</title>')
  expect(document.match(/<h1/g)).toHaveLength(1)
})

test('R-108, D-01: no two states show the same verdict text', () => {
  const stated = cases.map(([, verification]) => textOf(verdictOn(resultPage(aResult({ verification }), aContext()))))
  expect(new Set(stated).size).toBe(cases.length)
})

test.each(['en', 'th'] as const)(
  'R-082: beside the notice of a demonstration, no verdict says in %s that it is real',
  (language) => {
    for (const [, verification] of cases) {
      const document = resultPage(aResult({ verification }), aContext({ language, demonstration: true }))
      expect(document).toContain('class="demo"')
      expect(textOf(verdictOn(document)).trim()).not.toBe('')
      expect(textOf(verdictOn(document))).not.toMatch(/(?:is|was) real|ของจริง/)
    }
  },
)

test('R-008: if another registry keeps the record, the page says which and since when, and links to it', () => {
  const verification = verifications['Cannot say (kept elsewhere)']
  const document = resultPage(aResult({ verification }), aContext())
  expect(document).toContain(
    '<a class="tlink" href="https://registry.example" rel="noopener noreferrer">registry.example</a>',
  )
  expect(textOf(document)).toContain('as it was on 24 Nov 2026')
})

test('R-127: a regional endorsement stands apart from the chain and says that it grants nothing', () => {
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

test('D-13: the cases cover every state', () => {
  expect(new Set(cases.map(([, verification]) => stateOf(verification)))).toEqual(new Set(states))
})

test('I1: only a valid verdict is green; an indeterminate one is amber and an invalid one is red', () => {
  for (const [, verification] of cases) {
    const verdict = verdictOn(resultPage(aResult({ verification }), aContext()))
    const tone = { valid: 'class="verdict"', invalid: 'class="verdict no"', indeterminate: 'class="verdict am"' }
    expect(verdict).toContain(tone[verification.verdict])
  }
})

test('a revoked certificate was valid on its day of issue and is not valid today', () => {
  const verdict = textOf(verdictOn(resultPage(aResult({ verification: revokedFor('holder-request') }), aContext())))
  expect(verdict).toContain('On the day it was issued, 14 Mar 2025Was valid')
  expect(verdict).toContain('Today, 24 Nov 2026, 06:30 (UTC+0)Not validRevoked on 3 Jun 2026.')
})

test.each(['obtained-by-fraud', 'issued-in-error'])(
  'a certificate revoked as %s never counted: nothing is green, and no text says that one could rely on it',
  (reason) => {
    const document = resultPage(aResult({ verification: revokedFor(reason) }), aContext())
    expect(verdictOn(document)).not.toContain('a-ok')
    const text = textOf(document)
    expect(text).not.toMatch(/Was valid|Could be relied on/)
    expect(text).toContain(`later revoked: ${reason.replaceAll('-', ' ')}. Do not rely on it for that day either.`)
    expect(text.includes('is not the worker’s fault')).toBe(reason === 'issued-in-error')
  },
)

test('if the record names another issuer, the page speaks of the issuer and not of a key', () => {
  const verification = verifications['Not valid: name of the issuer differs from the record']
  const text = textOf(resultPage(aResult({ verification }), aContext()))
  expect(text).toContain('Be fair: an office’s mistake is not the worker’s fault.')
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
] as const)('a file of %s whose %s says %s is not said to have been issued', (_, name, end, open, why) => {
  const { 'Cannot say (unknown issuer)': unknown } = verifications
  const verification = aVerification({
    because: { [name]: ['failed', end], 'issuer-trust': ['not_performed', open] },
    issuer: unknown.issuer,
  })
  const document = resultPage(aResult({ verification }), aContext())
  expect(headingOf(document)).toBe('Not valid: not in force, and issuer not confirmed')
  const text = textOf(document)
  expect(text).toContain(`Cannot say${why}`)
  expect(text).not.toMatch(/issued this certificate|once could do|begins to count|renew|skill may still be there| –\./)
  expect(verdictOn(document)).not.toContain('a-ok')
})

test.each(['context-not-allowed', 'malformed-value', 'undefined-term', 'not-a-certificate'] as const)(
  'a file that could not be read (%s) gets no answer for the day of issue: nothing in it was checked',
  (reason) => {
    const verification = { ...aVerification({ because: { format: ['failed', reason] } }), history: undefined }
    const verdict = verdictOn(resultPage(aResult({ verification }), aContext()))
    expect(verdict).toContain('class="verdict no"')
    expect(textOf(verdict)).toContain('On the day it was issuedCannot sayNothing in the file was checked.')
    expect(textOf(verdict)).toContain('has a form that we do not read, so nothing in it was checked')
  },
)

test('a change on the day of issue or today is shown with its time', () => {
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
  expect(text).toContain('It was awarded earlier, on 20 Jan 2025. The issuer was authorised on that day as well.')
  expect(text).toMatch(/Awarded on20 Jan 2025\s*Issued on14 Mar 2025/)
  expect(text).toContain('From the award, 20 Jan 2025, to 13 Mar 2030')
  expect(text).toContain('Not suspended, not revoked.')
})

test.each([
  ['failed', 'issuer-not-accredited', 'Not valid: issuer not authorised', 'Not valid'],
  ['not_performed', 'issuer-unknown', 'Cannot say', 'Cannot say'],
] as const)('issuer trust %s by %s on the award day: only that day is named', (outcome, reason, title, answer) => {
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

test('an expired certificate counts as issued if its body was listed on the day of issue, even if not on the day of the award', () => {
  const verification = aVerification({
    because: { period: ['failed', 'expired'], 'issuer-trust': ['not_performed', 'issuer-unknown'] },
  })
  expect(headingOf(resultPage(aResult({ verification }), aContext()))).toBe('Not valid: expired')
})

test.each(['awardedOn', 'assessedOn'] as const)(
  'a certificate issued in the morning, before that day began in UTC, does not seem older than its %s',
  (member) => {
    const verification = aVerification({
      certificate: aCertificate({ assessedOn: undefined, awardedOn: undefined, [member]: '2026-11-24' }),
      history: [inForce('2026-11-23T20:15:00Z')],
    })
    const document = resultPage(aResult({ verification }), aContext())
    const ahead = 'In the issuer’s country, the next day had already begun.'
    const verdict = textOf(verdictOn(document))
    expect(verdict).toContain('On the day it was issued, 23 Nov 2026, 20:15 (UTC+0)')
    expect(verdict).toContain(ahead)
    expect(textOf(document)).toContain(`Issued on23 Nov 2026, 20:15 (UTC+0)${ahead}`)
    expect(textOf(resultPage(aResult(), aContext()))).not.toContain(ahead)
  },
)

test('the period of a certificate that is not valid is called the period named in it, not its validity', () => {
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
])('how long one could rely on it, %s', (_, validUntil, history, stated) => {
  const certificate = aCertificate({ validUntil, awardedOn: '2025-03-10' })
  const verification = aVerification({ because: { status: ['failed', 'revoked'] }, history, certificate })
  expect(textOf(resultPage(aResult({ verification }), aContext()))).toContain(stated)
})

test('a certificate that was suspended and has expired since is not said to come back', () => {
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

test('a certificate issued while its issuer was authorised says so, and gives the suspension as a notice', () => {
  const document = resultPage(aResult({ verification: verifications['Valid, with a notice'] }), aContext())
  expect(textOf(document)).toContain('The issuer has been suspended since 5 Oct 2026')
  expect(textOf(document)).toContain('Why it still counts')
})

test('in Thai, each state has Thai words and each day has both years', () => {
  for (const [words, verification] of cases) {
    const document = resultPage(aResult({ verification, issuerPage: undefined }), aContext({ language: 'th' }))
    expect(headingOf(document), words).not.toBe(words)
    expect(headingOf(document), words).toMatch(/[\u0e00-\u0e7f]/)
  }
  const document = resultPage(aResult(), aContext({ language: 'th' }))
  expect(document).toContain('14 มี.ค. 2025 (พ.ศ. 2568)')
  expect(document).toContain('<html lang="th">')
})

test('no Thai sentence ends in a full stop, in any state', () => {
  for (const [words, verification] of cases) {
    const text = textOf(resultPage(aResult({ verification }), aContext({ language: 'th' })))
    // Abbreviations of years and months end in points.
    expect(text.replaceAll(/(?:[\u0e00-\u0e7f]{1,3}\.){2}/g, ''), words).not.toMatch(/[\u0e00-\u0e7f]\./)
  }
})

test('a valid certificate names every cause that would end it, not just one', () => {
  const text = textOf(resultPage(aResult({ verification: verifications['Valid, with a notice'] }), aContext()))
  expect(text).toContain('If this one is suspended, revoked or replaced, or if the key that signed it is no longer')
  expect(text).not.toContain('Only the revocation')
})

test('if the signature does not match, the page says both: the content was changed, or another key signed', () => {
  const verification = verifications['Not valid: changed after signing']
  const text = textOf(resultPage(aResult({ verification }), aContext()))
  expect(text).toContain('was changed after it was signed, or another key signed it.')
  expect(text).toContain('Failed: The content was changed after signing, or another key signed it')
})

test('an issuer that changed since the day of issue is described by its status today', () => {
  const today = anAnswer({ standing: 'withdrawn', since: '2026-09-01T00:00:00Z' })
  const document = resultPage(
    aResult({ verification: aVerification({ issuer: { onIssueDate: anAnswer(), today } }) }),
    aContext(),
  )
  expect(textOf(document)).toContain('was withdrawn on 1 Sep 2026')
  expect(Object.values(en)).toContain('Valid, with a notice')
})

test('R-081: only a certificate that rests on a pilot shows PILOT beside the verdict', () => {
  const shown = (pilot?: true) =>
    textOf(verdictOn(resultPage(aResult({ verification: aVerification({ ...(pilot && { pilot }) }) }), aContext())))
  expect(shown(true)).toContain('PILOT This rests on a pilot')
  expect(shown()).not.toContain('PILOT')
})

test('a notice about the edition stands below the answers, and the verdict stays', () => {
  const notices = [{ code: 'edition-ended', sentence: 'It had ended.', since: '2018-10-29' } as const]
  const of = (verification: ReturnType<typeof aVerification>, language: 'en' | 'th' = 'en') =>
    textOf(verdictOn(resultPage(aResult({ verification: { ...verification, notices } }), aContext({ language }))))
  expect(of(aVerification())).toMatch(/^Valid.*Still valid.*Notice about the edition\. .* had ended on 29 Oct 2018/s)
  expect(of(aVerification(), 'th')).toContain('สิ้นสุดเมื่อ 29 ต.ค. 2018 (พ.ศ. 2561)')
  const changed = { code: 'standard-changed', sentence: '', since: '2027-01-01' } as const
  const shown = (change: 'later-edition' | 'corrected', language: 'en' | 'th' = 'en') => {
    const verification = { ...aVerification(), notices: [{ ...changed, change }] }
    return textOf(verdictOn(resultPage(aResult({ verification }), aContext({ language }))))
  }
  expect(shown('later-edition')).toMatch(
    /^Valid.*The standard has changed since\. Since 1 Jan 2027 there is a later edition/s,
  )
  expect(shown('corrected')).toMatch(/^Valid.*restated this edition on 1 Jan 2027/s)
  expect(shown('corrected', 'th')).toContain('แจ้งฉบับนี้ใหม่เมื่อ 1 ม.ค. 2027')
  // A certificate that does not count has more important things to say.
  expect(of(verifications['Not valid: revoked'])).not.toContain('edition')
  expect(textOf(verdictOn(resultPage(aResult(), aContext())))).not.toContain('edition')
})

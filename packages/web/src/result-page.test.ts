import { describe, expect, test } from 'vitest'
import { resultPage } from './index.ts'
import { en } from './messages/en.ts'
import { stateOf, states } from './result/state.ts'
import {
  aCertificate,
  aContext,
  anAnswer,
  aPanel,
  aResult,
  aToken,
  aVerification,
  verifications,
} from './test-values.ts'

const textOf = (document: string): string =>
  document
    .replace(/<(?:style|script|title)[^>]*>[^<]*<\/(?:style|script|title)>/g, '')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&#39;', '’')
const headingOf = (document: string): string | undefined => /<h1 id="v">([^<]*)<\/h1>/.exec(document)?.[1]
const verdictOn = (document: string): string => /<section class="verdict[\s\S]*?<\/section>/.exec(document)?.[0] ?? ''

const cases = Object.entries(verifications)
const revokedFor = (reason: string) => {
  const revoked = verifications['Not valid: revoked']
  return {
    ...revoked,
    history: revoked.history?.map((entry) => ('reason' in entry ? { ...entry, reason } : entry)) ?? [],
  }
}

describe('the verdict', () => {
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
})

describe('what is shown', () => {
  test('failed checks come first and open, with what is wrong', () => {
    const document = resultPage(aResult({ verification: verifications['Not valid: revoked'] }), aContext())
    const [first] = /<div class="checks">([\s\S]*)/.exec(document)?.[1]?.split('</details>') ?? []
    expect(first).toContain('<details open>')
    expect(textOf(first ?? '')).toContain('Failed: It has been revoked')
  })

  test.each([
    'Not valid: changed after signing',
    'Not valid: not signed by the issuer',
    'Not valid: not recorded by the issuer',
    'Not valid: not a certificate of this kind',
    'Cannot say (unknown issuer)',
  ] as const)('%s: nothing that the file claims is shown, even where the name was asked for', (words) => {
    const verification = { ...verifications[words], certificate: aCertificate() }
    const document = resultPage(aResult({ verification, person: 'shown', fileName: 'claims.json' }), aContext())
    for (const claim of ['Masonry', 'RODEL', '25-DEMO', 'claims.json', 'id="levels"'])
      expect(document).not.toContain(claim)
  })

  test('R-002: three levels side by side, each with its basis, marked unconfirmed, and never as recognition', () => {
    const document = resultPage(aResult(), aContext())
    expect(document).toContain('aria-label="PQF: level 2 of 8; AQRF: level 2 of 8; MQF: level 2 of 8"')
    expect(textOf(document)).toContain('Comparable, not automatic recognition.')
    expect(textOf(document).match(/Basis: .*(?:report|Record)/gi)?.length).toBeGreaterThanOrEqual(3)
    expect(textOf(document).match(/Unconfirmed:/g)).toHaveLength(3)
    expect(document.toLowerCase()).not.toContain('equivalent')
  })

  test('R-036: who certified, for what and until when; whether the person may work here is asked of the host authority', () => {
    const words = textOf(resultPage(aResult(), aContext()))
    expect(words).toMatch(/issued this certificate and has not cancelled it/)
    expect(words).toContain('The authority of the host country decides.')
    expect(words).toContain('If the person may work in your country. That is a separate permit or licence.')
  })

  test('R-108: whoever is told yes is told to look at the address, for a page can be copied; and that nothing is ever to be paid', () => {
    for (const [, verification] of cases) {
      const words = textOf(resultPage(aResult({ verification }), aContext()))
      expect(words).toContain('Sijil never asks for money, a password or a one-time code to check one.')
      if (verification.verdict === 'valid')
        expect(words).toContain('Does your address bar show this? A fake page can copy these colours.')
    }
  })

  test('a title under a mutual recognition arrangement is no permit', () => {
    expect(textOf(resultPage(aResult({ kind: 'mra-title' }), aContext()))).toContain(
      'A title, not a permit to practise.',
    )
  })

  test('a licence is no permit elsewhere: the verdict of a valid one says so, and none of another claims that it permits', () => {
    const valid = resultPage(aResult({ kind: 'licence' }), aContext())
    expect(textOf(verdictOn(valid))).toContain('in another country that is not a permit to practise')
    const verification = verifications['Not valid: revoked']
    const revoked = textOf(resultPage(aResult({ kind: 'licence', verification }), aContext()))
    expect(revoked).toContain('A licence of one country, not a permit to practise in another.')
    expect(revoked).not.toContain('permits practice')
  })

  test('a title of no framework gets no ladder, and does not say what the person can do', () => {
    const none = {
      framework: 'none',
      basis: 'A mutual recognition title has no framework level.',
      confirmed: false,
    } as const
    const levels = { national: { ...aPanel().national, ...none }, aqrf: aPanel().aqrf }
    const { level: _, ...national } = levels.national
    const document = resultPage(
      aResult({ kind: 'mra-title', levels: { ...levels, national }, host: undefined }),
      aContext(),
    )
    expect(document).not.toContain('viewBox="0 0 280 300"')
    expect(textOf(verdictOn(document))).toContain('was given the title Masonry NC II; that is not a permit')
  })

  test('a part is described by its units; the words and the level of the whole are named as those of the whole', () => {
    const { qualification } = aCertificate()
    const partOf = { id: qualification.id, title: qualification.title }
    const part = {
      ...qualification,
      title: 'Masonry NC II (part: 2 of 5 units)',
      kind: 'MicroCredential',
      partOf,
    } as const
    const verification = aVerification({ certificate: aCertificate({ qualification: part }) })
    const text = textOf(resultPage(aResult({ verification }), aContext()))
    expect(text.match(/Lays brick and block/g)).toHaveLength(1)
    expect(text).toContain('The whole qualification says: Lays brick and block')
    expect(text).toContain('a part has no level of its own')
  })

  test('the ladder of a part lights no level: it has none', () => {
    const { qualification } = aCertificate()
    const partOf = { id: qualification.id, title: qualification.title }
    const certificate = aCertificate({ qualification: { ...qualification, kind: 'MicroCredential', partOf } })
    const document = resultPage(aResult({ verification: aVerification({ certificate }) }), aContext())
    expect(document).toContain('aria-label="PQF: no framework level; AQRF: no framework level')
    expect(document).not.toContain('font-weight="700" fill="#fff">Level')
  })

  test('of an unknown issuer nothing “could not be read just now”: it is not looked up', () => {
    const verification = aVerification({
      because: {
        'issuer-trust': ['not_performed', 'issuer-unknown'],
        status: ['not_performed', 'record-not-readable'],
      },
      certificate: undefined,
      history: undefined,
    })
    const text = textOf(resultPage(aResult({ verification }), aContext()))
    expect(text).toContain('nobody here looks up its records')
    expect(text).not.toContain('could not be read just now')
  })

  test('who was not authorised is not asked for a review: the competent authority is', () => {
    const verification = verifications['Not valid: issuer not authorised']
    const document = resultPage(aResult({ verification }), aContext())
    expect(textOf(document)).toContain('You may ask the competent authority of the country why')
    expect(textOf(document)).not.toContain('You may ask the issuer why')
    expect(document).toContain('href="/authorities"')
  })

  test.each([
    ['Not valid: revoked', 'cancelled this certificate of', 'revoked this certificate, not the issuer'],
    ['Not valid today: suspended', 'suspended this certificate of', 'the issuer cannot lift that'],
  ] as const)('%s by an authority: it did so and it is asked for a review, never the issuer', (words, did, asked) => {
    const own = verifications[words]
    const [authority, name] = ['demo-th-tpqi', 'Authority of Skills (demonstration)']
    const history = own.history?.map((entry, index) => (index === 0 ? entry : { ...entry, by: authority })) ?? []
    const pages = (['en', 'th'] as const).map((language) =>
      resultPage(
        aResult({ verification: { ...own, history }, authorities: { [authority]: name } }),
        aContext({ language }),
      ),
    )
    const [english = '', thai = ''] = pages.map(textOf)
    expect(english).toContain(`${name} ${did} `)
    expect(english).toContain(`You may ask ${name} why`)
    expect(english).toContain(asked)
    expect(english).not.toContain('You may ask the issuer why')
    expect(thai).toContain(`คุณถามเหตุผลจาก ${name}`)
    expect(thai).not.toContain('คุณถามเหตุผลจากผู้ออก')
    for (const document of pages) expect(document).toMatch(/class="tlink" href="\/issuers\/demo-th-tpqi/)
    // What the body did itself is still its own.
    const itself = textOf(resultPage(aResult({ verification: own }), aContext()))
    expect(itself).toContain('You may ask the issuer why')
    expect(itself).not.toContain(did)
  })

  test('evidence is told in words where there are words for it, in the language of the page', () => {
    const checks = aVerification().checks.map((check) =>
      check.name === 'status' ? { ...check, evidence: { index: 7, class: 'issued-in-error', unheard: 1 } } : check,
    )
    const verification = aVerification({ checks })
    const document = resultPage(aResult({ verification }), aContext())
    expect(document).toContain('<dt>Place in the status lists</dt><dd class="mono"><bdi>7</bdi></dd>')
    expect(document).toContain('<dt>Reason class</dt><dd>issued in error</dd>')
    expect(document).toContain('<dt><span lang="en">unheard</span></dt>')
    expect(resultPage(aResult({ verification }), aContext({ language: 'th' }))).toContain('<dt>ตำแหน่งในบัญชีสถานะ</dt>')
  })

  test('W015: a result is not for search engines and has no preview', () => {
    const document = resultPage(aResult(), aContext())
    expect(document).toContain('<meta name="robots" content="noindex">')
    expect(document).not.toContain('og:')
  })

  test('R-082: a demonstration says so, whoever runs the page', () => {
    const verification = aVerification({ demonstration: true })
    expect(resultPage(aResult({ verification }), aContext({ demonstration: false }))).toContain('class="demo"')
    expect(resultPage(aResult(), aContext({ demonstration: false }))).not.toContain('class="demo"')
  })
})

describe('the person', () => {
  const canaries = {
    name: 'CANARY-NAME',
    nativeName: 'CANARY-NATIVE',
    birthDate: '1901-02-03',
    registerNumber: 'CANARY-REGISTER',
    certificateNumber: 'CANARY-NUMBER',
    passport: 'CANARY-PASSPORT',
    signatory: 'CANARY-SIGNATORY',
    assessor: 'CANARY-ASSESSOR',
    id: 'urn:uuid:11111111-canary',
    holderId: 'urn:uuid:22222222-canary',
    file: 'CANARY-FILE.json',
  }
  const secret = aCertificate({
    id: canaries.id,
    holder: {
      id: canaries.holderId,
      name: canaries.name,
      nativeName: canaries.nativeName,
      birthDate: canaries.birthDate,
      registerNumber: canaries.registerNumber,
    },
    certificateNumber: canaries.certificateNumber,
    signatory: { name: canaries.signatory, position: 'CANARY-POSITION' },
    assessor: canaries.assessor,
    centre: { id: 'https://sijil.example/centres/canary', name: 'CANARY-CENTRE' },
  })

  test.each(cases)('I46: hidden, nothing of the person is anywhere in the page: %s', (_, verification) => {
    const values = aResult({
      verification: { ...verification, certificate: secret },
      passportName: canaries.passport,
      fileName: canaries.file,
    })
    const document = resultPage(values, aContext())
    expect(document.toLowerCase()).not.toContain('canary')
    expect(document).not.toContain('1901')
  })

  test('shown, the name stands as printed, but not in the title', () => {
    const values = aResult({
      verification: aVerification({ certificate: secret }),
      person: 'shown',
      passportName: canaries.passport,
    })
    const document = resultPage(values, aContext())
    for (const shown of [
      'CANARY-NAME',
      'CANARY-NATIVE',
      'CANARY-REGISTER',
      'CANARY-NUMBER',
      'CANARY-PASSPORT',
      'CANARY-CENTRE',
      '3 Feb 1901',
    ])
      expect(document).toContain(shown)
    // D-02: each number says what it is a number of.
    for (const [label, value] of [
      ['Certificate number', 'CANARY-NUMBER'],
      ['Number in the public register', 'CANARY-REGISTER'],
    ])
      expect(textOf(document)).toContain(`${label}${value}`)
    expect(/<title>.*<\/title>/.exec(document)?.[0]).not.toContain('CANARY')
    expect(document).not.toContain(canaries.id)
    expect(document).not.toContain(canaries.holderId)
  })

  test('the name is asked for by a plain POST, and only then can the document be taken along', () => {
    const hidden = resultPage(aResult(), aContext())
    const shown = resultPage(aResult({ person: 'shown' }), aContext())
    expect(hidden).toContain(`method="post" action="/v/${aToken}"`)
    expect(textOf(hidden)).toContain('Show the name')
    expect(hidden).not.toContain('name="format"')
    expect(shown).toContain('name="format" value="json"')
    expect(textOf(shown)).not.toContain('Show the name')
  })
})

describe('foreign text', () => {
  const attacks = [
    '<img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    '</title><script>alert(1)</script>',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: other engines would fill it
    "'{{7*7}}${7*7}<%= 7*7 %>",
    '__proto__',
    'constructor',
  ]

  /** Every text of a value, replaced. Fields that steer the page (states, days, addresses of ours) stay. */
  const poisoned = <T>(value: T, attack: string, steering: ReadonlySet<string>): T => {
    if (typeof value === 'string') return attack as T
    if (Array.isArray(value)) return value.map((each) => poisoned(each, attack, steering)) as T
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, steering.has(key) ? each : poisoned(each, attack, steering)]),
    ) as T
  }
  const steering = new Set([
    'verdict',
    'outcome',
    'standing',
    'role',
    'state',
    'kind',
    'checks',
    'evaluatedAt',
    'token',
    'person',
    'framework',
    'level',
    'url',
    'language',
    'hosts',
    'issuerPage',
    'qualificationPage',
  ])

  test.each(attacks)('W001, W005: %s in every field is text', (attack) => {
    for (const verification of Object.values(verifications)) {
      const document = resultPage(
        poisoned(aResult({ verification, person: 'shown', fileName: 'x' }), attack, steering),
        aContext(),
      )
      expect(document.match(/<script[^>]*>/g)).toEqual([
        expect.stringMatching(/^<script type="module" src="\/assets\/print-[0-9a-f]{16}\.js">$/),
      ])
      expect(document).not.toContain('<img')
      expect(document.match(/<title>/g)).toHaveLength(1)
    }
    const whole = resultPage(poisoned(aResult({ person: 'shown' }), attack, steering), aContext())
    const escaped = attack
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;')
    expect(whole.split(escaped).length).toBeGreaterThan(20)
  })

  test('W001: evidence and its names are text too', () => {
    const checks = aVerification().checks.map((check) => ({
      ...check,
      evidence: { '<b onclick=x>': '<script>1</script>' },
    }))
    const document = resultPage(aResult({ verification: aVerification({ checks }) }), aContext())
    expect(document).toContain('&lt;b onclick=x&gt;')
    expect(document).not.toContain('<script>1')
  })

  test('W006: a name stands isolated, so that it cannot turn what stands around it', () => {
    const certificate = aCertificate({ holder: { ...aCertificate().holder, name: '\u202eEMAN' } })
    const document = resultPage(aResult({ verification: aVerification({ certificate }), person: 'shown' }), aContext())
    expect(document.split('\u202eEMAN').length).toBe(document.split('<bdi>\u202eEMAN</bdi>').length)
  })
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

test('a language that the reader chose goes along with every address of ours', () => {
  const document = resultPage(aResult(), aContext({ language: 'th', languageChosen: true }))
  expect(document).toContain(`action="/v/${aToken}?lang=th"`)
  expect(document).toContain('<input type="hidden" name="lang" value="th">')
  expect(document).toContain('href="/issuers/ph-tesda?lang=th"')
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

test('a link of the chain says who took its place, and that it was recorded later', () => {
  const answer = anAnswer()
  const chain = answer.chain.map((link) => ({
    ...link,
    recordedLater: true,
    successor: { id: 'ph-next', name: 'Next <Authority>' },
  }))
  const verification = aVerification({ issuer: { onIssueDate: { ...answer, chain }, today: answer } })
  const document = resultPage(aResult({ verification }), aContext())
  expect(document).toContain('href="/issuers/ph-next"')
  expect(document).toContain('Next &lt;Authority&gt;')
  expect(textOf(document)).toContain('Recorded after that day.')
})

test('R-122: the chain says how long it is, where it ends, and by which policy; of whom that refuses, that it does', () => {
  const shown = (changes: Parameters<typeof aVerification>[0]) =>
    textOf(resultPage(aResult({ verification: aVerification(changes) }), aContext()))
  const named = shown({ policy: { demonstration: true, roots: ['ph-pqf-ncc', 'other'], refused: ['somebody'] } })
  for (const words of [
    'Links of the chain: 2, the highest first.',
    'It ends in PQF National Coordinating Council, accepted as a root.',
    'roots are accepted by name alone; there are 2. Refused by name, whoever vouches for them: 1.',
    'Decided by PQF National Coordinating Council. · recorded 2 Jan 2025 · entry of the public log ph-tesda/trust/3',
  ])
    expect(named).toContain(words)
  const chain = anAnswer().chain.slice(1)
  const rootless = { issuer: { onIssueDate: anAnswer({ chain }), today: anAnswer({ chain }) } }
  expect(shown(rootless)).toContain('It ends in no root that is accepted.')
  const refused = anAnswer({ standing: 'unknown', chain: [], refused: true })
  const words = shown({
    because: { 'issuer-trust': ['not_performed', 'issuer-refused'] },
    issuer: { onIssueDate: refused, today: refused },
  })
  expect(words).toContain('Who stands behind itThis registry has decided not to accept this issuer.')
  expect(words).not.toContain('No listed authority vouches')
})

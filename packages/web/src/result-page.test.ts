import { describe, expect, test } from 'vitest'
import { resultPage } from './index.ts'
import { textOf, verdictOn } from './test-text.ts'
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

const cases = Object.entries(verifications)

describe('what a result page shows', () => {
  test('failed checks come first, are open, and say what is wrong', () => {
    const document = resultPage(aResult({ verification: verifications['Not valid: revoked'] }), aContext())
    const [first] = /<div class="checks">([\s\S]*)/.exec(document)?.[1]?.split('</details>') ?? []
    expect(first).toContain('<details open>')
    expect(textOf(first ?? '')).toContain('Failed: It has been revoked')
  })

  test.each([
    'Not valid: changed after signing',
    'Not valid: not signed by the issuer',
    'Not valid: not recorded by the issuer',
    'Not valid: never completed',
    'Not valid: not a certificate of this kind',
    'Cannot say (unknown issuer)',
  ] as const)('%s: no claim of the file is shown, even if the name was asked for', (words) => {
    const verification = { ...verifications[words], certificate: aCertificate() }
    const document = resultPage(aResult({ verification, person: 'shown', fileName: 'claims.json' }), aContext())
    for (const claim of ['Masonry', 'RODEL', '25-DEMO', 'claims.json', 'id="levels"'])
      expect(document).not.toContain(claim)
  })

  test.each([
    'Not valid: not recorded by the issuer',
    'Not valid: never completed',
    'Not valid: changed after signing',
  ] as const)('%s: nobody stands behind it, and passed checks show nothing of the file', (words) => {
    const verification = { ...verifications[words], certificate: aCertificate() }
    const document = resultPage(aResult({ verification, person: 'shown' }), aContext())
    expect(document).not.toMatch(/Who stands behind it|class="(?:tag|dot) ok"/)
    const passed = document.match(/<details><summary><span class="st ok">[\s\S]*?<\/details>/g) ?? []
    expect(passed).not.toEqual([])
    expect(passed.join()).not.toContain('14 Mar 2025')
  })

  test('D-16: the law that demands it for the work stands with the facts, as the words of the owner and as no permit', () => {
    const requiredByLaw = { law: 'Construction Services Act, article 70', source: 'https://law.example/70' }
    const law = { state: 'PH', statedBy: { id: 'board', name: 'Board of Trades' }, requiredByLaw }
    const shown = textOf(resultPage(aResult({ law }), aContext()))
    expect(shown).toContain(
      'Philippines: the law demands this certificate for this work. Construction Services Act, article 70.',
    )
    expect(shown).toContain('So states Board of Trades. It is no permit in itself, and says nothing about the law of')
    expect(textOf(resultPage(aResult(), aContext()))).not.toContain('Demanded by law')
  })

  test('R-002: three levels side by side, each with its basis and marked unconfirmed, none called recognition', () => {
    const document = resultPage(aResult(), aContext())
    for (const framework of ['PQFPhilippines', 'AQRFASEAN reference framework', 'MQFMalaysia'])
      expect(textOf(document)).toMatch(new RegExp(`${framework}12345678Level 2 of 8`))
    expect(document.match(/<i class="on">2<\/i>/g)).toHaveLength(3)
    expect(textOf(document)).toContain('Comparable, not automatic recognition.')
    expect(textOf(document).match(/Basis: .*(?:report|Record)/gi)?.length).toBeGreaterThanOrEqual(3)
    // A doubt is said once, after the comparison, with a link to what it means.
    expect(textOf(document).match(/Unconfirmed/g)).toHaveLength(1)
    expect(document.indexOf('Unconfirmed')).toBeGreaterThan(document.indexOf('Comparable, not'))
    expect(document).toContain('href="#unconfirmed"')
    expect(document).toContain('<p id="unconfirmed">')
    expect(document.toLowerCase()).not.toContain('equivalent')
  })

  test('R-036: who certified, for what and until when; the page leaves the right to work to the host authority', () => {
    const words = textOf(resultPage(aResult(), aContext()))
    expect(words).toMatch(/Issued by Technical .* \(demonstration\), a certification body of the Philippines\./)
    expect(words).toContain('Not suspended, not revoked. It runs until 13 Mar 2030.')
    expect(words).toContain('The authority of the host country decides.')
    expect(words).toContain('Whether the person may work in your country. That is a separate permit or licence.')
  })

  test('R-108: a valid result says to check the address, because a page can be copied; every result says that Sijil asks for no money', () => {
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

  test('a licence is no permit in another country: a valid one says so, and no other one claims to permit practice', () => {
    const valid = resultPage(aResult({ kind: 'licence' }), aContext())
    expect(textOf(verdictOn(valid))).toContain('In another country, that is not a permit to practise')
    const verification = verifications['Not valid: revoked']
    const revoked = textOf(resultPage(aResult({ kind: 'licence', verification }), aContext()))
    expect(revoked).toContain('A licence of one country, not a permit to practise in another.')
    expect(revoked).not.toContain('permits practice')
  })

  test.each([
    ['good-standing', 'was in good standing with the regulator on 14 Mar 2025. That is not a permit to practise.'],
    ['standard-in-draft', 'It names Masonry NC II, a standard that is still a draft.'],
  ] as const)('for the kind %s, the page does not say that a skill is or was proven', (kind, words) => {
    const stated = (verification = aVerification()) => textOf(resultPage(aResult({ kind, verification }), aContext()))
    expect(stated()).toContain(words)
    expect(stated(verifications['Not valid: expired'])).toContain(
      'its time ended on 13 Mar 2030. It does not count today.',
    )
    for (const text of [stated(), stated(verifications['Not valid: expired'])])
      expect(text).not.toMatch(/found able to do|once could do|the skill may/)
  })

  test('a title without a framework gets no ladder, and the page does not say what the person can do', () => {
    const none = {
      framework: 'none',
      basis: 'A mutual recognition title has no framework level.',
      confirmed: false,
    } as const
    const { frame: _frame, ...stated } = aPanel().national
    const levels = { national: { ...stated, ...none }, aqrf: aPanel().aqrf }
    const { level: _, ...national } = levels.national
    const document = resultPage(
      aResult({ kind: 'mra-title', levels: { ...levels, national }, host: undefined }),
      aContext(),
    )
    expect(document.match(/class="rung/g)).toHaveLength(1) // of the AQRF
    expect(textOf(verdictOn(document))).toContain('was given the title Masonry NC II. That is not a permit')
  })

  test('a part is described by its units; the text and the level of the whole are named as those of the whole', () => {
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
    expect(text).toContain('The description of the whole qualification is: Lays brick and block')
    expect(text).toContain('A part has no level of its own')
  })

  test('the verdict of a part says how many of the units, and names three at most', () => {
    const { qualification, units } = aCertificate()
    const partOf = { id: qualification.id, title: 'Masonry NC II' }
    const verdictOf = (count: number, changes: Parameters<typeof aResult>[0]) => {
      const part = { ...qualification, kind: 'MicroCredential', partOf } as const
      const certificate = aCertificate({ qualification: part, units: units.slice(0, count) })
      return textOf(
        verdictOn(resultPage(aResult({ verification: aVerification({ certificate }), ...changes }), aContext())),
      )
    }
    const two = verdictOf(2, { wholeUnits: units })
    expect(two).toContain('2 of 10 units, not the whole qualificationUnits of Masonry NC II')
    expect(two).toContain('only these units: Prepare masonry materials; Perform basic masonry works.')
    // The registry does not know the other units of every qualification.
    expect(verdictOf(2, {})).toContain('Some units, not the whole qualification')
    const four = verdictOf(4, { wholeUnits: units })
    expect(four).toContain('Lay brick/block for structure; and 1 more, listed below.')
    expect(four).not.toContain('Plaster wall surface')
  })

  test('the verdict calls the issuer by its short name, and by its own name on a page in its language', () => {
    const answer = anAnswer()
    const localName = { text: 'หน่วยงานทักษะ', language: 'th' }
    const chain = answer.chain.map((link) => ({ ...link, state: 'TH', localName, root: true as const }))
    const issuer = { onIssueDate: anAnswer({ chain }), today: anAnswer({ chain }) }
    const values = aResult({ verification: aVerification({ issuer }), acronym: 'DSD (demonstration)' })
    const shown = (language: 'en' | 'th', changes = {}) =>
      textOf(verdictOn(resultPage({ ...values, ...changes }, aContext({ language }))))
    expect(shown('en')).toContain('Issued by DSD (demonstration), the skills authority of Thailand.')
    expect(shown('th')).toContain('ออกโดย หน่วยงานทักษะ (สาธิต) หน่วยงานด้านทักษะของประเทศไทย')
    // A regulator that the law established is no skills authority.
    expect(shown('en', { kind: 'licence' })).toContain('DSD (demonstration), a certification body of Thailand.')
  })

  test('the ladder of a part highlights no level, because a part has none', () => {
    const { qualification } = aCertificate()
    const partOf = { id: qualification.id, title: qualification.title }
    const certificate = aCertificate({ qualification: { ...qualification, kind: 'MicroCredential', partOf } })
    const document = resultPage(aResult({ verification: aVerification({ certificate }) }), aContext())
    expect(document).not.toContain('class="on"')
    expect(document.match(/<span class="rung none" aria-hidden="true">(?:<i><\/i>){8}<\/span>/g)).toHaveLength(3)
    const text = textOf(document)
    expect(text).toContain('A part has no level of its own')
    expect(text).toContain('PQFPhilippinesNo framework level. The whole qualification: PQF level 2')
    expect(text).toContain('AQRFASEAN reference frameworkNo framework level. The whole qualification: AQRF level 2')
    expect(text).toContain('MQFMalaysiaNo framework level.')
    expect(text).not.toMatch(/Knows the facts of the trade/)
  })

  test('without a framework level the ladder has no marked step and no number, and the words say why', () => {
    const none = {
      framework: 'CQF',
      frame: { acronym: 'CQF', state: 'KH', stateName: 'Cambodia', levels: 8 },
      basis: 'No framework level. Its framework has no table.',
      confirmed: false,
    } as const
    const { level: _, ...national } = { ...aPanel().national, ...none }
    const { level: __, ...aqrf } = { ...aPanel().aqrf, basis: 'No AQRF level. There is no national level.' }
    const document = resultPage(aResult({ levels: { national, aqrf }, host: undefined }), aContext())
    expect(document.match(/<span class="rung none" aria-hidden="true">(?:<i><\/i>){8}<\/span>/g)).toHaveLength(2)
    expect(document).not.toContain('class="on"')
    expect(textOf(document)).toContain('CQFCambodiaNo framework level. Its framework has no table.')
    // Nothing is stated, so there is nothing to confirm.
    expect(textOf(document)).not.toContain('Unconfirmed')
  })

  test('a level in its own country is shown as it is, not compared', () => {
    const document = resultPage(aResult({ levels: aPanel('PH'), host: 'PH' }), aContext())
    const rows = textOf(document).match(/PQFPhilippines\d+Level 2 of 8, NC II/g)
    expect(rows).toHaveLength(2)
    expect(textOf(document)).not.toContain('Comparable through')
  })

  test('what only officers need is explained or stands in details: ids of entries, the policy, the review', () => {
    const policy = { demonstration: true, roots: ['ph-pqf-ncc'] }
    const document = resultPage(aResult({ verification: aVerification({ policy }) }), aContext())
    const folded = /<details class="more">(?:(?!<\/details>)[\s\S])*<\/details>/g
    const open = textOf(document.replace(folded, ''))
    const inDetails = textOf(document.match(folded)?.join('') ?? '')
    for (const words of ['ph-tesda/trust/3', 'accepted as a root', 'only the roots that it names', 'No review']) {
      expect(open).not.toContain(words)
      expect(inDetails).toContain(words)
    }
    expect(inDetails).toContain('No review Nobody has recorded a quality review of this accreditation.')
    expect(open).toContain('Trust starts here: this registry asks nobody above it.')
  })

  test('names the country and the issuer in rows, and the units that a part does not have', () => {
    const { qualification, units } = aCertificate()
    const partOf = { id: qualification.id, title: qualification.title }
    const part = { ...qualification, kind: 'MicroCredential', partOf } as const
    const certificate = aCertificate({ qualification: part, units: units.slice(0, 9) })
    const values = aResult({
      verification: aVerification({ certificate }),
      wholeUnits: units,
      acronym: 'TESDA (demonstration)',
    })
    const text = textOf(resultPage(values, aContext()))
    expect(text).toMatch(/CountryPhilippines\s*Issued byTechnical Education and Skills Development Authority \(TESDA\)/)
    expect(text).toContain('Not in this certificateCON712310Maintain tools and equipment')
    expect(textOf(resultPage(values, aContext({ language: 'th' })))).toContain('ประเทศฟิลิปปินส์')
  })

  test('for an unknown issuer, the page does not say “could not be read just now”, because nothing was looked up', () => {
    const verification = aVerification({
      because: {
        'issuer-trust': ['not_performed', 'issuer-unknown'],
        status: ['not_performed', 'record-not-readable'],
      },
      issuer: verifications['Cannot say (unknown issuer)'].issuer,
      certificate: undefined,
      history: undefined,
    })
    const text = textOf(resultPage(aResult({ verification }), aContext()))
    expect(text).toContain('its records are not looked up here')
    expect(text).not.toContain('could not be read just now')
  })

  test('if the issuer was not authorised, the page points to the competent authority for a review, not to the issuer', () => {
    const verification = verifications['Not valid: issuer not authorised']
    const document = resultPage(aResult({ verification }), aContext())
    expect(textOf(document)).toContain('You may ask the competent authority of the country why')
    expect(textOf(document)).not.toContain('You may ask the issuer why')
    expect(document).toContain('href="/authorities"')
  })

  test.each([
    ['Not valid: revoked', 'cancelled this certificate of', 'revoked this certificate, not the issuer'],
    ['Not valid today: suspended', 'suspended this certificate of', 'the issuer cannot lift that'],
  ] as const)('%s by an authority: the page names it for a review, never the issuer', (words, did, asked) => {
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
    // A change by the body itself is still the body's own.
    const itself = textOf(resultPage(aResult({ verification: own }), aContext()))
    expect(itself).toContain('You may ask the issuer why')
    expect(itself).not.toContain(did)
  })

  test('evidence is shown in words of the page’s language, if the catalogue has them', () => {
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

  test('evidence of issuer trust calls no date the day of issue: that day and an earlier award were both checked', () => {
    const evidence = { effective: '2025-01-20T23:59:59.999Z', changes: 1 }
    const checks = aVerification().checks.map((check) =>
      check.name === 'issuer-trust' ? { ...check, evidence } : check,
    )
    const text = textOf(resultPage(aResult({ verification: aVerification({ checks }) }), aContext()))
    expect(text).toContain('authorised on the day of issue, and on the day of the award if that was earlier')
    expect(text).toContain('Moment asked about20 Jan 2025, 23:59')
    // The record counts its issue as an entry, which is not a change.
    expect(text).toContain('Entries in its record1')
    expect(text).not.toMatch(/For this moment|Changes of its status/)
  })

  test('W015: a result is hidden from search engines, and its head is the same for every verdict', () => {
    const heads = Object.values(verifications).map(
      (verification) =>
        /<head>.*<\/head>/s.exec(resultPage(aResult({ verification, person: 'shown' }), aContext()))?.[0],
    )
    expect(new Set(heads).size).toBe(1)
    expect(heads[0]).toContain('<meta name="robots" content="noindex">')
    expect(heads[0]).not.toMatch(/og:url|4KX79QMB2TZ08WNRC5VHGJ1DSA/)
  })

  test('R-082: a demonstration says so on every deployment', () => {
    const verification = aVerification({ demonstration: true })
    expect(resultPage(aResult({ verification }), aContext({ demonstration: false }))).toContain('class="demo"')
    expect(resultPage(aResult(), aContext({ demonstration: false }))).not.toContain('class="demo"')
  })
})

describe('a certificate that was issued in Thai', () => {
  const title = 'ช่างก่ออิฐ ระดับ 1'
  const of = (qualification: Partial<ReturnType<typeof aCertificate>['qualification']>) => {
    const certificate = aCertificate({
      qualification: { ...aCertificate().qualification, ...qualification },
      route: 'เทียบโอนประสบการณ์',
      method: 'practical demonstration',
    })
    return aResult({ verification: aVerification({ certificate }), person: 'shown' })
  }
  const inThai = of({ title, language: 'th', localTitle: { text: 'Bricklaying 1', language: 'en' } })
  const inEnglish = of({ title: 'Bricklaying 1', language: 'en', localTitle: { text: title, language: 'th' } })

  test.each([
    ['en', 'Bricklaying 1', title],
    ['th', title, 'Bricklaying 1'],
  ] as const)('has the title in %s first, and so does a certificate issued in English', (language, first, other) => {
    for (const values of [inThai, inEnglish]) {
      const document = resultPage(values, aContext({ language }))
      expect(textOf(verdictOn(document))).toContain(first)
      expect(textOf(verdictOn(document))).not.toContain(other)
      expect(textOf(document)).toContain(`${first} (${other})`)
    }
  })

  test('a title in a third language is not the heading of the page', () => {
    const indonesian = of({
      title: 'Tukang Batu',
      language: 'id',
      localTitle: { text: 'Bricklaying 1', language: 'en' },
    })
    for (const language of ['en', 'th'] as const)
      expect(textOf(verdictOn(resultPage(indonesian, aContext({ language }))))).not.toContain('Tukang Batu')
  })

  test('marks each text with its own language, and no English text as Thai', () => {
    for (const values of [inThai, inEnglish]) {
      const document = resultPage(values, aContext())
      const thai = [...document.matchAll(/<bdi lang="th">([^<]*)/g)].map(([, text]) => text)
      expect(new Set(thai)).toEqual(new Set([title, 'เทียบโอนประสบการณ์']))
      for (const text of ['Lays brick and block', 'Construction', 'Bricklayers and', 'Prepare masonry'])
        expect(document).toContain(`<bdi lang="en">${text}`)
      expect(document).toContain('<bdi>practical demonstration</bdi>')
    }
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

  /** Replaces every text of a value, except fields that control the page (states, days, addresses of this site). */
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
        expect.stringMatching(/^<script type="module" src="\/assets\/menu-[0-9a-f]{16}\.js">$/),
        expect.stringMatching(/^<script type="module" src="\/assets\/in-place-[0-9a-f]{16}\.js">$/),
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

  test('W001: evidence and the names of evidence are text', () => {
    const checks = aVerification().checks.map((check) => ({
      ...check,
      evidence: { '<b onclick=x>': '<script>1</script>' },
    }))
    const document = resultPage(aResult({ verification: aVerification({ checks }) }), aContext())
    expect(document).toContain('&lt;b onclick=x&gt;')
    expect(document).not.toContain('<script>1')
  })

  test('W006: a name is isolated, so that it cannot change the direction of the text around it', () => {
    const certificate = aCertificate({ holder: { ...aCertificate().holder, name: '\u202eEMAN' } })
    const document = resultPage(aResult({ verification: aVerification({ certificate }), person: 'shown' }), aContext())
    expect(document.split('\u202eEMAN').length).toBe(document.split('<bdi>\u202eEMAN</bdi>').length)
  })
})

test('the language that the reader chose is kept in every address of this site', () => {
  const document = resultPage(aResult(), aContext({ language: 'th', languageChosen: true }))
  expect(document).toContain(`action="/v/${aToken}?host=MY&amp;lang=th"`)
  expect(document).toContain('<input type="hidden" name="lang" value="th">')
  expect(document).toContain('href="/issuers/ph-tesda?lang=th"')
})

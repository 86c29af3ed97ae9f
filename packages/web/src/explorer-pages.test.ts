import { listFields, listOccupations } from '@sijil/qualifications'
import { listQualifications } from '@sijil/qualifications/shipped-baseline'
import { expect, test } from 'vitest'
import { authoritiesPage } from './authorities-page.ts'
import { issuerPage } from './issuer-page.ts'
import { issuersPage } from './issuers-page.ts'
import { languages } from './messages/say.ts'
import { resultPage } from './result-page.ts'
import { sectorName } from './sector-names.ts'
import { aContext, anAnswer, anIssuer, aResult, aVerification, someAuthorities, someIssuers } from './test-values.ts'

const thai = aContext({ language: 'th' })
const textOf = (document: string) => document.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')

test('every sector that one can choose has a name in every language', () => {
  const schemes = [
    ['fields', listFields(listQualifications())],
    ['occupations', listOccupations(listQualifications())],
  ] as const
  for (const [scheme, groups] of schemes) {
    const codes = groups.flatMap(({ code, members }) => [code, ...members.map((member) => member.code)])
    expect(codes.length).toBeGreaterThan(10)
    for (const language of Object.keys(languages) as (keyof typeof languages)[])
      for (const code of codes) expect(sectorName(scheme, code, language)?.language, `${scheme} ${code}`).toBe(language)
  }
})

test('the form keeps the choices, offers no AQRF level, and says why', () => {
  const search = { s: 'x', c: 'PH', field: '0732', occupation: '71', level: 'PQF.2', standing: 'suspended' } as const
  const document = issuersPage(someIssuers({ search }), aContext())
  for (const option of [
    'value="PH" selected',
    'value="0732" selected',
    'value="PQF.2" selected',
    // The form keeps a prefix even if no option has it, so that it shows the whole question.
    'value="71" selected>71<',
    'value="suspended" selected',
  ])
    expect(document).toContain(option)
  expect(document).not.toContain('value="AQRF.')
  expect(document).toContain('no national authority has confirmed one yet')
  const confirmed = [{ framework: 'AQRF', name: 'AQRF', levels: [3] }]
  expect(issuersPage(someIssuers({ levels: confirmed }), aContext())).toContain(
    'or AQRF levels that a national authority',
  )
})

test('with a chosen country, the form offers its levels and the level that was asked for', () => {
  const states = [{ state: 'PH', framework: { name: 'Philippine Qualifications Framework', isReferenced: true } }]
  const document = issuersPage(someIssuers({ states, search: { c: 'PH', level: 'VQF.1' } }), aContext())
  expect([...document.matchAll(/<optgroup label="([A-Z-]+)">/g)].map(([, name]) => name)).toEqual(['PQF', 'VQF'])
})

test('an empty answer offers to leave out each part of the question, and claims nothing if the list goes on', () => {
  const search = { s: '<b>', c: 'TH', level: 'PQF.2', standing: 'pilot' } as const
  const document = issuersPage(someIssuers({ issuers: [], search }), aContext({ languageChosen: true }))
  expect(document).toContain('href="/issuers?s=%3Cb%3E&amp;level=PQF.2&amp;standing=pilot&amp;lang=en"')
  expect(document).toContain('Without Name or short name: <bdi>&lt;b&gt;</bdi>')
  const part = issuersPage(someIssuers({ issuers: [], search, isPart: true, next: 'n', examined: 200 }), aContext())
  expect(part).toContain('No body on this page matches.')
  expect(part).toContain('Bodies searched for this page: 200.')
  expect(part).toContain('standing=pilot&amp;page=n" rel="next"')
  expect(part).not.toContain('No body matches.')
})

test('a body that is suspended for a part of its scope, or authorised at some centres only, says so beside its status', () => {
  const document = textOf(issuersPage(someIssuers(), aContext()))
  expect(document).toContain('AuthorisedPILOTSome centres onlyIn part: Suspended')
})

test('authorities show mandate, law, contact and website, or "not stated", and whether this registry accepts them', () => {
  const document = textOf(authoritiesPage(someAuthorities(), aContext()))
  for (const words of [
    'Legal referenceRepublic Act 10968',
    'office@pqf.example',
    'Accepted here as a root',
    'Mandatenot stated',
    'Below another authority',
    'Registered underPQF National',
    'NowCrafts Board',
  ])
    expect(document).toContain(words)
  const foreign = someAuthorities()
    .authorities.slice(0, 1)
    .map((each) => ({ ...each, accepted: false }))
  expect(authoritiesPage(someAuthorities({ authorities: foreign }), aContext())).toContain(
    'Not accepted here as a root',
  )
  expect(authoritiesPage(someAuthorities(), thai)).toContain('ไม่ได้ระบุ')
})

const given = (answer: ReturnType<typeof anAnswer>) => ({
  explained: { qualification: { id: 'ph-masonry-nc2', title: 'Masonry NC II' }, right: 'issue' as const, answer },
})
const body = { ...(anAnswer().chain.at(-1) as ReturnType<typeof anAnswer>['chain'][number]), basis: 'decision 1' }
const authority = { ...(anAnswer().chain[0] as typeof body), name: 'PQF NCC', role: 'authority' as const }

test('the answer in plain words names who, what, when, by whom and on which basis, in both languages', () => {
  const values = anIssuer(given(anAnswer({ chain: [authority, body], effective: '2026-03-02T12:00:00.000Z' })))
  expect(textOf(issuerPage(values, aContext()))).toContain(
    'On 2 Mar 2026, TESDA was allowed to certify Masonry NC II. The accreditation came from PQF NCC (Philippines) (decision 1). 1 Jan 2025 to 31 Dec 2027.',
  )
  expect(textOf(issuerPage(values, thai))).toContain(
    'ณ วันที่ 2 มี.ค. 2026 (พ.ศ. 2569) TESDA ได้รับอนุญาตให้ออกใบรับรอง Masonry NC II ผู้ให้การอนุญาตคือ PQF NCC (ฟิลิปปินส์) (decision 1)',
  )
})

test('the answer names what stands in the way, even if that is another link of the chain', () => {
  const chain = [{ ...authority, standing: 'suspended' as const }, body]
  const answer = anAnswer({ chain, standing: 'suspended', since: '2026-02-01T00:00:00.000Z' })
  const document = textOf(issuerPage(anIssuer(given(answer)), aContext()))
  expect(document).toContain('was not allowed to certify Masonry NC II: it had been suspended since 1 Feb 2026.')
  expect(document).toContain('That follows from PQF NCC (Philippines): Suspended')
})

test('a body that acts in the name of another says so, in words and in the chain', () => {
  const principal = { ...body, id: 'p', name: 'Principal', principal: true as const }
  const chain = [authority, principal, { ...body, onBehalfOf: { id: 'p', name: 'Principal' } }]
  const values = anIssuer({ ...given(anAnswer({ chain })), chain })
  const document = textOf(issuerPage(values, aContext()))
  for (const words of [
    'It acts on behalf of Principal, which must be allowed the same',
    'On whose behalf it actsPrincipal',
    'Acts on behalf of Principal.',
    'On behalf of Skills Authority.',
  ])
    expect(document).toContain(words)
  const issuer = { onIssueDate: anAnswer({ chain }), today: anAnswer({ chain }) }
  const result = resultPage(aResult({ verification: aVerification({ issuer }), issuerPage: '/issuers/x' }), aContext())
  expect(result.split('See this issuer').length).toBe(2)
})

test('the scope shows its sector in words, its state on that day, the power that the grantor kept, and a missing review', () => {
  const document = textOf(issuerPage(anIssuer(), aContext()))
  for (const words of [
    'Building and civil engineering ISCED-F 2013 0732',
    'ISCO-08 99',
    'SuspendedPILOT',
    'The authority or body that granted it may also suspend and revoke certificates',
    'No review',
    'Gaps: 1',
    'Accreditation from 1 Jul 2025: Act 2',
  ])
    expect(document).toContain(words)
  expect(textOf(issuerPage(anIssuer(), thai))).toContain('การก่อสร้างและวิศวกรรมโยธา')
})

test('R-088: unmet points come first, and the page mentions a missing checklist and an overdue review', () => {
  const document = textOf(issuerPage(anIssuer({ asOf: '2027-02-02' }), aContext()))
  expect(document).toMatch(/Not met Results are published.*Met in part Appeals.*Met Assessors/)
  expect(document).toContain('The next review was due on 1 Feb 2027')
  const [row] = anIssuer().scope
  if (row?.assurance === undefined) throw new Error('no review')
  const { checklist: _, ...assurance } = row.assurance
  expect(issuerPage(anIssuer({ scope: [{ ...row, assurance }] }), aContext())).toContain(
    'No checklist of the Guiding Principles is recorded',
  )
})

test('R-088: a theme that no item answers is a gap, in words; evidence is a link only if its address has https', () => {
  const [row] = anIssuer().scope
  if (row === undefined) throw new Error('no scope')
  const withEvidence = (evidence: string) => {
    const item = { theme: 'assessors', principle: 'Assessors are trained', met: 'yes', evidence } as const
    const scope = [
      {
        ...row,
        assurance: { reviewer: 'Panel', reviewedOn: '2025-02-01', findings: 'Some.', gaps: [], checklist: [item] },
      },
    ]
    return issuerPage(anIssuer({ scope }), aContext())
  }
  const document = withEvidence('https://evidence.example/assessors')
  const words = textOf(document)
  expect(words).toContain('Themes answered: 1 of 7.')
  expect(words.match(/Not answered/g)).toHaveLength(6)
  expect(words).toContain('Not answered Approval and monitoring of assessment centres')
  expect(words).not.toContain('Not answered Assessors')
  expect(words.indexOf('Not answered')).toBeLessThan(words.indexOf('Met Assessors are trained'))
  expect(document).toContain('href="https://evidence.example/assessors" rel="noopener noreferrer nofollow"')
  expect(words).toContain('Evidence at evidence.example')
  for (const address of ['javascript:alert(1)', 'http://evidence.example/', 'data:text/html,x', 'no address'])
    expect(withEvidence(address)).not.toContain('Evidence at')
})

test('the X.509 chain of a key is shown with subjects and fingerprints, and says that nothing rests on it', () => {
  const [key] = anIssuer().keys
  if (key === undefined) throw new Error('no key')
  const certificate = { subject: 'CN=A <national> CA', until: '2030-05-06T00:00:00.000Z', fingerprint: 'AB:CD' }
  const words = (keys: readonly (typeof key)[]) => issuerPage(anIssuer({ keys }), aContext())
  const shown = words([{ ...key, chain: [certificate] }])
  expect(shown).toContain('CN=A &lt;national&gt; CA')
  for (const stated of [
    `X.509 chain shown with ${key.kid}`,
    'Until 6 May 2030',
    'AB:CD',
    'No verdict here depends on them',
  ])
    expect(textOf(shown)).toContain(stated)
  expect(textOf(words([key]))).not.toContain('X.509')
})

test('a compromised key says that it is compromised and which of its stamps still count; a retired key does not', () => {
  const [key] = anIssuer().keys
  if (key === undefined) throw new Error('no key')
  const compromised = { ...key, state: 'compromised', from: '2020-01-01', until: '2026-11-29' } as const
  const words = textOf(issuerPage(anIssuer({ keys: [compromised] }), aContext()))
  expect(words).toContain('From 1 Jan 2020; compromised from 29 Nov 2026 on')
  expect(words).toContain('It was on record before the day named here, and a witness outside this registry')
  expect(textOf(issuerPage(anIssuer(), aContext()))).not.toContain('A certificate that it stamped counts only if')
})

test('the timeline says who decided, and what was recorded later', () => {
  const document = textOf(issuerPage(anIssuer(), aContext()))
  expect(document).toContain('Suspended: records under review.By PQF NCC. Recorded later, on 3 Jul 2026.')
  expect(document).toContain('Terms changed: decision 12.By law or by agreement.')
})

test('the timeline has each change of the contact, and what was recorded later', () => {
  const at = '2026-05-06'
  const timeline = [
    { at, event: 'contact', contact: 'desk@board.example', recordedOn: '2026-07-03' } as const,
    { at, event: 'contact' } as const,
  ]
  const document = textOf(issuerPage(anIssuer({ timeline }), aContext()))
  expect(document).toContain('New contact: desk@board.example. Recorded later, on 3 Jul 2026.')
  expect(document).toContain('The contact was removed from the record.')
})

test('a root says that it is one, and no authority is called a body that may issue', () => {
  const issuer = { ...anIssuer().issuer, kind: 'authority' as const }
  const { explained: _, ...values } = anIssuer({ issuer, isRoot: true, scope: [], standing: 'authorised' })
  const document = textOf(issuerPage(values, aContext()))
  expect(document).toContain('was accepted here as a root. Its own mandate gives it the rights that it grants')
  expect(document).toContain('May it accredit others?')
  expect(document).not.toContain('May it issue')
})

test('the history of a certificate names the authority that changed it', () => {
  const history = [
    { state: 'in-force', at: '2025-03-14T00:00:00.000Z' },
    { state: 'suspended', at: '2026-03-14T00:00:00.000Z', reason: 'under-investigation', by: 'ph-pqfncc' },
  ] as const
  const verification = aVerification({ history: [...history], because: { status: ['failed', 'suspended'] } })
  const authorities = { 'ph-pqfncc': 'PQF NCC' }
  const named = textOf(resultPage(aResult({ verification, authorities }), aContext()))
  expect(named).toContain('Changed by an authority: PQF NCC')
  expect(named.split('Changed by an authority').length).toBe(2)
  expect(textOf(resultPage(aResult({ verification }), thai))).toContain('เปลี่ยนโดยหน่วยงานที่มีอำนาจ: ph-pqfncc')
})

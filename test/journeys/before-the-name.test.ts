import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, asPage, day, type Issued, officerOf, pathOf, problemOf, TESDA, uuidOf } from './certificate.ts'

/** I46: a link shows this before somebody presses "Show the name", as a page and as JSON. */

let registry: OpenRegistry
let issued: Issued
let asWritten: string[]

const stated = {
  holder: { name: 'ANDRES CANARY', nativeName: 'แอนเดรส คานารี', birthDate: '1987-06-05' },
  registerNumber: 'REGISTER-CANARY',
  assessor: 'ASSESSOR-CANARY',
  centre: { id: 'demo-ph-centre-taguig' },
  signatory: { name: 'SIGNATORY CANARY', position: 'POSITION CANARY' },
  limits: 'LIMITS only',
  route: 'other',
  otherRoute: 'ROUTE taught to ANDRES',
  method: 'other',
  otherMethod: 'METHOD seen by ANDRES',
}
/** The second certificate is asked for a month and 90 minutes later, so that no time of day is the same. */
const MONTH = 30 * 86_400_000 + 90 * 60_000
/** A new token for each call, because tokens end after ten minutes. */
const officer = () => officerOf(registry, TESDA)

beforeAll(async () => {
  registry = await openRegistry()
  issued = await officer().issue(aBricklayer('NUMBER-CANARY', stated))
  const { credentialStatus, credentialSubject, proof } = issued.verifiableCredential as {
    credentialStatus: { statusListCredential: string }[]
    credentialSubject: { id: string }
    proof: { created: string }
  }
  const { holder, signatory } = stated
  asWritten = [
    ...[uuidOf(issued), credentialSubject.id, 'NUMBER-CANARY', proof.created],
    ...[holder.name, 'CANARY', 'ANDRES', holder.nativeName, '1987', stated.registerNumber, stated.assessor],
    ...[signatory.name, signatory.position, 'taguig', 'Taguig', 'LIMITS', 'ROUTE', 'METHOD'],
    ...credentialStatus.map(({ statusListCredential }) => statusListCredential.split('/').at(-1) ?? ''),
  ]
  registry.pass(MONTH)
})
afterAll(() => registry.close())

const foundIn = (text: string) => asWritten.filter((each) => text.includes(each))
const json = { accept: 'application/json' }
const byLink = (link: string, options?: object) =>
  registry.ask('/verify', { body: { link, ...(options && { options }) } })
const opened = ({ link }: { link: string }, query = '', headers: Record<string, string> = json) =>
  registry.ask(`${pathOf({ link })}${query}`, { headers })

test('JSON by link and from /verify has the whole verdict and nothing of the person', async () => {
  for (const answer of [await opened(issued), await byLink(issued.link)]) {
    expect(answer.json()).toMatchObject({
      verdict: 'valid',
      certificate: {
        qualification: { title: 'Masonry NC II', limited: true },
        ...{ route: 'other', method: 'other', assessedOn: day(12), awardedOn: day(10) },
      },
    })
    expect(answer.json<{ checks: object[] }>().checks).toHaveLength(9)
    expect(foundIn(answer.text)).toEqual([])
    expect(answer.text).not.toMatch(
      /"(?:index|pair|list|status|successor|holder|certificateNumber|centre|limits)":|"id":"urn:/,
    )
  }
})

test('two certificates that differ only in their holders give the same answer before the name is shown', async () => {
  const two = await Promise.all(
    ['ALIKE-1', 'ALIKE-2'].map((number, at) =>
      officer().issue(
        aBricklayer(number, {
          holder: { name: ['SITI EXAMPLE', 'BENIGNO EXAMPLE'][at], birthDate: ['1990-01-01', '1971-12-31'][at] },
          ...{ limits: ['Brick', 'Block'][at], route: 'other', otherRoute: `Way ${at}`, assessor: `A-${at}` },
        }),
      ),
    ),
  )
  registry.pass(MONTH)
  const change = (each: Issued) => officer().change(each, 'revoke', { reason: 'issued-in-error' })
  const answers = async (ask: (link: string) => ReturnType<typeof byLink>) => {
    const texts = await Promise.all(two.map(async ({ link }) => (await ask(link)).text))
    // Removes the moment of asking, which differs between two answers.
    return texts.map((text) => JSON.parse(text, (name, value) => (isOfAsking(name) ? undefined : value)))
  }
  const isOfAsking = (name: string) =>
    name === 'evaluatedAt' || name === 'recorded' || name === 'log' || name === 'today'
  const requireAlike = async () => {
    for (const ask of [(link: string) => opened({ link }), byLink]) {
      const [one, other] = await answers(ask)
      expect(one).toHaveProperty('certificate')
      expect(one).toEqual(other)
    }
  }
  await requireAlike()
  await Promise.all(two.map(change))
  registry.pass(MONTH)
  await requireAlike()
  // The two answers do differ once they show the person, so the comparison above can fail.
  const [one, other] = await answers((link) => byLink(link, { show: ['person'] }))
  expect(one).not.toEqual(other)
})

test.each([
  ['en', 'There are some. They are shown with the name.', 'Route: another route', 'Method: another method'],
  ['th', 'มีข้อจำกัด ซึ่งจะแสดงพร้อมชื่อ', 'เส้นทาง: เส้นทางอื่น', 'วิธี: วิธีอื่น'],
])('the page in %s says that there are limits and another way, and quotes neither', async (lang, ...words) => {
  const page = await opened(issued, `?lang=${lang}`, asPage)
  expect(foundIn(page.text)).toEqual([])
  expect(words.filter((word) => !page.text.includes(word))).toEqual([])
  // A time to the minute would identify the certificate in the public log.
  const { history } = (await byLink(issued.link, { show: ['person'] })).json<{ history: [{ at: string }] }>()
  const minute = history[0].at.slice(11, 16)
  expect(page.text.includes(`${minute} (UTC+0)`)).toBe(false)
  const shown = await registry.ask(`${pathOf(issued)}?lang=${lang}`, {
    method: 'POST',
    headers: { ...asPage, 'content-type': 'application/x-www-form-urlencoded' },
    body: '',
  })
  const all = [stated.holder.name, stated.limits, stated.otherRoute, stated.otherMethod, `${minute} (UTC+0)`]
  expect(all.filter((text) => !shown.text.includes(text))).toEqual([])
})

test('everything is shown after the press, and where /verify is asked for the person', async () => {
  const whole = {
    holder: stated.holder,
    certificateNumber: 'NUMBER-CANARY',
    route: stated.otherRoute,
    method: stated.otherMethod,
  }
  for (const answer of [
    await registry.ask(pathOf(issued), { method: 'POST', headers: json }),
    await byLink(issued.link, { show: ['person'] }),
    await registry.ask('/verify', { body: { verifiableCredential: issued.verifiableCredential } }),
  ]) {
    const { certificate, checks } = answer.json<{ certificate: object; checks: { name: string; evidence: object }[] }>()
    expect(certificate).toMatchObject({ ...whole, id: issued.id, qualification: { limits: stated.limits } })
    expect(checks.find(({ name }) => name === 'status')?.evidence).toHaveProperty('index')
  }
})

test('a shorter answer does not show the person either', async () => {
  const answer = await byLink(issued.link, { omit: ['evidence'] })
  expect(foundIn(answer.text)).toEqual([])
  expect(answer.json()).toHaveProperty('certificate')
})

test('a request to show the person of a document is refused, because the document holds the person already', async () => {
  const body = { verifiableCredential: issued.verifiableCredential, options: { show: ['person'] } }
  const answer = await registry.ask('/verify', { body })
  expect(problemOf(answer)).toMatchObject({ status: 422, errors: [{ pointer: '/options/show' }] })
})

describe('a way of assessment from the closed list', () => {
  test.each([
    ['en', 'Route: recognition of prior learning.', 'Method: interview.'],
    ['th', 'เส้นทาง: การเทียบโอนประสบการณ์และการเรียนรู้เดิม', 'วิธี: การสัมภาษณ์'],
  ])('is shown at once, in %s', async (lang, ...words) => {
    const input = aBricklayer('LISTED-1', { route: 'prior-learning', method: 'interview' })
    const listed = await officer().issue(input)
    expect((await opened(listed)).json()).toMatchObject({
      certificate: { route: 'prior-learning', method: 'interview', qualification: { limited: false } },
    })
    const page = await opened(listed, `?lang=${lang}`, asPage)
    expect(words.filter((word) => !page.text.includes(word))).toEqual([])
  })

  test('given by VCALM is shown at once if its text is on the list; any other text, as in old certificates, is shown with the name', async () => {
    const { proof: _, ...document } = issued.verifiableCredential as Record<string, object>
    const credential = {
      ...document,
      credentialSubject: { ...document.credentialSubject, licenseNumber: 'VCALM-CANARY' },
      evidence: [
        { type: ['Evidence'], genre: 'Assessment', name: 'Training', narrative: 'Interview with ANDRES' },
        { type: ['Evidence'], genre: 'Assessor', name: stated.assessor },
      ],
    }
    const answer = await officer().post('/credentials/issue', { credential })
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
    const [link] = [answer.json<Issued>().link]
    const hidden = await opened({ link })
    expect(hidden.json()).toMatchObject({ certificate: { route: 'training', method: 'other' } })
    expect(hidden.text).not.toContain('ANDRES')
    const shown = await byLink(link, { show: ['person'] })
    expect(shown.json()).toMatchObject({ certificate: { route: 'Training', method: 'Interview with ANDRES' } })
  })
})

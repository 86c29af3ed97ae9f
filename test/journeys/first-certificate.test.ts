import { decodeList, isSet } from '@sijil/credentials'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import {
  aBricklayer,
  asPage,
  checkOf,
  type Issued,
  officerOf,
  pathOf,
  TESDA,
  type Verdict,
  verify,
} from './certificate.ts'

let registry: OpenRegistry
beforeAll(async () => {
  registry = await openRegistry()
})
afterAll(() => registry.close())

const NAME = 'JUAN REYES EXAMPLE'
const NUMBER = 'JOURNEY-1'

/** Reads the status bit as a stranger would: from the document and the list that it names. */
async function bitsOf(credential: Record<string, unknown>) {
  const entries = credential.credentialStatus as Record<
    'statusPurpose' | 'statusListIndex' | 'statusListCredential',
    string
  >[]
  const read = entries.map(async ({ statusPurpose, statusListIndex, statusListCredential }) => {
    const list = await registry.ask(new URL(statusListCredential).pathname)
    const { credentialSubject } = list.json<{ credentialSubject: { encodedList: string } }>()
    return [statusPurpose, isSet(decodeList(credentialSubject.encodedList), Number(statusListIndex))]
  })
  return Object.fromEntries(await Promise.all(read)) as Record<string, boolean>
}

describe('a first certificate', () => {
  let issued: Issued

  test('1. a body issues it', async () => {
    const answer = await officerOf(registry, TESDA).request(aBricklayer(NUMBER), 'journey-1')
    expect(answer.status).toBe(201)
    issued = answer.json<Issued & Record<string, unknown>>()
    expect(Object.keys(issued).sort()).toEqual(['id', 'link', 'verifiableCredential'])
    expect(issued.id).toMatch(/^urn:uuid:[0-9a-f-]{36}$/)
    expect(issued.link).toMatch(new RegExp(`^${registry.baseUrl}/v/[0-9A-HJKMNP-TV-Z]{26}$`))
    expect(issued.verifiableCredential).toMatchObject({ id: issued.id })
  })

  test('2. the link as JSON gives a verdict without the person (R-055)', async () => {
    const answer = await registry.ask(pathOf(issued))
    expect(answer.status).toBe(200)
    const verdict = answer.json<Verdict & Record<string, unknown>>()
    expect(verdict).toMatchObject({
      verdict: 'valid',
      issuer: { onIssueDate: { standing: 'authorised' }, today: { standing: 'authorised' } },
      certificate: { qualification: { title: 'Masonry NC II' } },
      history: [{ state: 'in-force' }],
      demonstration: true,
    })
    expect(verdict.checks.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 9 }, () => 'passed'))
    for (const personal of [NAME, 'REYES', NUMBER]) expect(answer.text).not.toContain(personal)
  })

  test('2. the link at /verify gives both answers about the issuer in a sentence, and for each level its basis', async () => {
    const { issuer, levels } = await verify(registry, { link: issued.link })
    const sentence = 'TESDA (demonstration) was allowed to certify Masonry NC II in this demonstration.'
    expect(issuer).toMatchObject({ onIssueDate: { sentence }, today: { sentence } })
    expect(levels).toEqual([
      { framework: 'PQF', level: '2', basis: expect.stringContaining('https://pqf.gov.ph/'), confirmed: false },
      { framework: 'AQRF', level: '2', basis: expect.stringMatching(/referencing report, endorsed/), confirmed: false },
    ])
  })

  test('2. a shorter answer on request never has fewer checks', async () => {
    const asked = (omit?: string[]) => verify(registry, { link: issued.link, ...(omit && { options: { omit } }) })
    const [whole, ...less] = await Promise.all([
      asked(),
      asked(['certificate']),
      asked(['evidence']),
      asked(['certificate', 'evidence']),
    ])
    const [noCertificate, noEvidence, neither] = less
    const evidence = (verdict: Verdict | undefined) => verdict?.checks.filter((check) => check.evidence).length
    expect(whole).toHaveProperty('certificate')
    expect(evidence(whole)).toBeGreaterThan(5)
    expect([noCertificate, noEvidence, neither].map((one) => one && 'certificate' in one)).toEqual([false, true, false])
    expect([noCertificate, noEvidence, neither].map(evidence)).toEqual([evidence(whole), 0, 0])
    const bare = (verdict: Verdict) => ({
      ...verdict,
      certificate: undefined,
      checks: verdict.checks.map(({ name, outcome, reason }) => ({ name, outcome, reason })),
      // The two moments of asking differ.
      issuer: undefined,
      evaluatedAt: undefined,
      log: undefined,
    })
    for (const one of less) expect(bare(one)).toEqual(bare(whole))
  })

  test('3. the link as a page shows no name before somebody asks for it (I46)', async () => {
    const page = await registry.ask(pathOf(issued), { headers: asPage })
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('cache-control')).toContain('no-store')
    expect(page.text).toContain('Masonry NC II')
    expect(page.text).toContain('<form')
    for (const personal of [NAME, 'REYES', NUMBER]) expect(page.text).not.toContain(personal)
  })

  test('3. the page for a host country shows units and edition, a level in each of three frameworks, and the two endorsed reports (R-002, R-005, R-133)', async () => {
    const page = await registry.ask(`${pathOf(issued)}?host=MY`, { headers: asPage })
    const words = page.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    for (const shown of [
      'PQF level 2',
      'AQRF level 2',
      'MQF level 2',
      'Philippine referencing report, endorsed by the AQRF Committee',
      'Malaysian referencing report (MQF 2007, first edition), endorsed by the AQRF Committee',
      'CON712301 Prepare masonry materials',
      'CON712305 Install pre-cast balusters and handrail',
      'Edition of the standard TESDA Training Regulations in force before the amendment of 29 October 2018',
    ])
      expect(words).toContain(shown)
  })

  test('4. after the button is pressed the name is shown, on the page and as JSON', async () => {
    const form = {
      method: 'POST',
      headers: { ...asPage, 'content-type': 'application/x-www-form-urlencoded' },
      body: '',
    }
    const page = await registry.ask(pathOf(issued), form)
    expect(page.status).toBe(200)
    expect(page.text).toContain(NAME)
    expect(page.text).toContain(NUMBER)
    const json = await registry.ask(pathOf(issued), { method: 'POST' })
    expect(json.json()).toMatchObject({
      verdict: 'valid',
      certificate: { holder: { name: NAME }, certificateNumber: NUMBER },
    })
  })

  test('5. the downloaded file is the certificate, byte for byte, and verifies (R-024)', async () => {
    const answer = await registry.ask(pathOf(issued), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'format=json',
    })
    expect(answer.headers.get('content-type')).toContain('application/vc+ld+json')
    expect(answer.headers.get('content-disposition')).toContain('attachment')
    expect(answer.json()).toEqual(issued.verifiableCredential)
    expect(await verify(registry, { verifiableCredential: answer.json() })).toMatchObject({ verdict: 'valid' })
    expect(await verify(registry, { link: issued.link })).toMatchObject({ verdict: 'valid' })
    expect(await verify(registry, { link: issued.link.slice(-26).toLowerCase() })).toMatchObject({ verdict: 'valid' })
  })

  test('6. its bits are clear in the public lists', async () => {
    expect(await bitsOf(issued.verifiableCredential)).toEqual({ revocation: false, suspension: false })
  })

  test('7. the body revokes it: at once the link says so, with reason and date (I25)', async () => {
    const revoked = await officerOf(registry, TESDA).change(issued, 'revoke', { reason: 'issued-in-error' })
    expect(revoked.status).toBe(200)
    const { since } = revoked.json<{ since: string }>()
    expect(revoked.json()).toMatchObject({ id: issued.id, state: 'revoked', reason: 'issued-in-error' })

    const verdict = (await registry.ask(pathOf(issued))).json<Verdict & Record<string, unknown>>()
    expect(verdict.verdict).toBe('invalid')
    expect(checkOf(verdict, 'status')).toMatchObject({
      outcome: 'failed',
      reason: 'revoked',
      evidence: { since: since.slice(0, 10), class: 'issued-in-error' },
    })
    const change = { state: 'revoked', reason: 'issued-in-error' }
    expect(verdict.history?.at(-1)).toEqual({ ...change, at: since.slice(0, 10) })
    const whole = (await registry.ask(pathOf(issued), { method: 'POST' })).json<Verdict>()
    expect(whole.history?.at(-1)).toEqual({ ...change, at: since })
    expect(await verify(registry, { verifiableCredential: issued.verifiableCredential })).toMatchObject({
      verdict: 'invalid',
    })
    const page = await registry.ask(pathOf(issued), { headers: asPage })
    expect(page.text.toLowerCase()).toContain('revoked')
  })

  test('8. its bit in the public list is set at once', async () => {
    expect(await bitsOf(issued.verifiableCredential)).toEqual({ revocation: true, suspension: false })
  })
})

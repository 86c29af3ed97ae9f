import { afterAll, beforeAll, expect, test } from 'vitest'
import { aStranger, signAsStranger } from '../attacks/forge.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, asPage, type Issued, officerOf, TESDA, type Verdict } from './certificate.ts'

/** A worker shows several certificates at once. Each gets its own verdict, and the whole claims no more than these. */
let registry: OpenRegistry
let certificates: Issued[]
const holder = aStranger()
beforeAll(async () => {
  registry = await openRegistry()
  const officer = officerOf(registry, TESDA)
  certificates = [await officer.issue(aBricklayer('SHOWN-1')), await officer.issue(aBricklayer('SHOWN-2'))]
})
afterAll(() => registry.close())

interface Shown extends Omit<Verdict, 'issuer' | 'levels' | 'certificate'> {
  credentials: (Verdict & { certificate?: { id: string } })[]
}

const presentationOf = (verifiableCredential: unknown[], more: object = {}) =>
  signAsStranger(
    {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      holder: holder.did,
      verifiableCredential,
      ...more,
    },
    holder,
    { proofPurpose: 'authentication' },
  )
async function show(credentials: unknown[], options = {}): Promise<Shown> {
  const answer = await registry.ask('/verify', {
    body: { verifiablePresentation: await presentationOf(credentials), options },
  })
  expect(answer.status, answer.text).toBe(200)
  return answer.json<Shown>()
}
const documents = () => certificates.map(({ verifiableCredential }) => verifiableCredential)

test('two certificates in force are valid together, and each has its own issuer while the whole has none', async () => {
  const shown = await show(documents())
  expect(shown.verdict).toBe('valid')
  expect(Object.keys(shown).sort()).toEqual(['checks', 'credentials', 'evaluatedAt', 'problemDetails', 'verdict'])
  expect(shown.credentials.map(({ certificate }) => certificate?.id)).toEqual(certificates.map(({ id }) => id))
  for (const each of shown.credentials) {
    expect(each).toMatchObject({ verdict: 'valid', issuer: { today: { standing: 'authorised' } } })
    expect(each.checks.every(({ outcome }) => outcome === 'passed')).toBe(true)
  }
})

test('a worker can show four certificates at once, and a fifth is refused', async () => {
  const officer = officerOf(registry, TESDA)
  const more = await Promise.all([3, 4, 5].map((place) => officer.issue(aBricklayer(`SHOWN-${place}`))))
  const all = [...certificates, ...more].map(({ verifiableCredential }) => verifiableCredential)
  const shown = await show(all.slice(0, 4))
  expect([shown.verdict, shown.credentials.length]).toEqual(['valid', 4])
  const verifiablePresentation = await presentationOf(all)
  expect((await registry.ask('/verify', { body: { verifiablePresentation } })).status).toBe(422)
})

test('a single certificate is answered in the same form, beside the rest of its usual answer', async () => {
  const shown = await show(documents().slice(0, 1))
  expect(shown).toMatchObject({ verdict: 'valid', credentials: [{ verdict: 'valid' }] })
  const [{ checks: _, evaluatedAt: __, ...rest } = {}] = shown.credentials as Partial<Verdict>[]
  expect(shown).toMatchObject(rest)
  expect(rest.issuer?.today.standing).toBe('authorised')
})

test('members that the request leaves out are left out for each certificate', async () => {
  const shown = await show(documents(), { omit: ['certificate', 'evidence'] })
  expect(shown.credentials).toHaveLength(2)
  for (const each of [shown, ...shown.credentials]) {
    expect(each).not.toHaveProperty('certificate')
    expect(each.checks.some((check) => 'evidence' in check)).toBe(false)
  }
})

test('O005: only the named holder may show a credential; if no holder is named, any signer may', async () => {
  const issuer = aStranger()
  const stranger = aStranger()
  const credential = await signAsStranger(
    {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiableCredential'],
      issuer: issuer.did,
      credentialSubject: { id: holder.did },
    },
    issuer,
  )
  const shownBy = async (who: typeof holder, named: string | undefined) => {
    const presentation = { '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiablePresentation'] }
    const whole = { ...presentation, ...(named && { holder: named }), verifiableCredential: [credential] }
    const verifiablePresentation = await signAsStranger(whole, who, { proofPurpose: 'authentication' })
    const answer = await registry.ask('/verify', { body: { verifiablePresentation } })
    const { verdict, checks } = answer.json<Shown>()
    return [verdict, checks.find(({ name }) => name === 'issuer-key')?.reason]
  }
  expect(await shownBy(holder, holder.did)).toEqual(['indeterminate', undefined])
  expect(await shownBy(holder, undefined)).toEqual(['indeterminate', undefined])
  expect(await shownBy(stranger, undefined)).toEqual(['invalid', 'holder-mismatch'])
  expect(await shownBy(stranger, stranger.did)).toEqual(['invalid', 'holder-mismatch'])
})

test('a presentation that is empty or has another form is never valid', async () => {
  expect(await show([])).toMatchObject({ verdict: 'indeterminate', credentials: [] })
  const answer = await registry.ask('/verify', { body: { verifiablePresentation: documents()[0] } })
  expect(answer.json<Shown>()).toMatchObject({ verdict: 'invalid', credentials: [] })
})

const HOLDS = 'https://www.w3.org/2018/credentials#verifiableCredential'
const forged = {
  type: ['VerifiableCredential'],
  issuer: 'did:web:issuer.example',
  credentialSubject: { id: 'urn:uuid:11111111-1111-4111-8111-111111111111' },
  validUntil: '2020-01-01T00:00:00Z',
}
const alias = { held: { '@id': HOLDS, '@type': '@id', '@container': '@graph' } }

test.each([
  ['under the absolute name of the member', { [HOLDS]: { '@graph': [forged] } }],
  ['under that name, as a node of the presentation itself', { [HOLDS]: forged }],
  ['under an alias', { '@context': ['https://www.w3.org/ns/credentials/v2', alias], held: forged }],
  ['beside what the presentation holds', { 'https://vocabulary.example/also': { '@graph': [forged] } }],
])('I2: a credential that a presentation holds %s is found, and the presentation is never valid', async (_, more) => {
  for (const beside of [documents().slice(0, 1), []]) {
    const held = { ...more, ...(beside.length === 0 && { verifiableCredential: undefined }) }
    const verifiablePresentation = JSON.parse(JSON.stringify(await presentationOf(beside, held)))
    const answer = await registry.ask('/verify', { body: { verifiablePresentation } })
    expect(answer.json<Shown>().verdict).toBe('invalid')
    expect(answer.json<Shown>().checks[0]).toMatchObject({ name: 'format', outcome: 'failed' })
    expect((await registry.ask('/presentations/verify', { body: { verifiablePresentation } })).status).toBe(400)
  }
})

test('the page of one certificate refuses a presentation, and says which file to choose', async () => {
  const presentation = await presentationOf(documents())
  for (const content of [presentation, { verifiablePresentation: presentation }]) {
    const form = new FormData()
    form.set('document', new Blob([JSON.stringify(content)]), 'presentation.json')
    const answer = await fetch(`${registry.baseUrl}/check`, { method: 'POST', body: form, headers: asPage })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain('This file is a presentation')
    expect(page).toContain('href="#document"')
    expect(page).not.toMatch(/<h1 id="v">/)
  }
})

test('a revoked certificate makes the whole invalid, and the other certificate stays valid', async () => {
  const [first] = certificates as [Issued, Issued]
  await officerOf(registry, TESDA).change(first, 'revoke', { reason: 'misconduct' })
  const shown = await show(documents())
  expect(shown.verdict).toBe('invalid')
  expect(shown.credentials.map(({ verdict }) => verdict)).toEqual(['invalid', 'valid'])
})

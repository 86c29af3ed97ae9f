import { documentHash, parseProfile } from '@sijil/credentials'
import { formatVerifierKey } from '@sijil/tlog'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signUnrecorded } from '../../infra/local/demonstration/beside.ts'
import { localParts } from '../../infra/local/demonstration/entities.ts'
import { aWitness } from '../support/a-witness.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { asPage, checkOf, type Issued, officerOf, pathOf, problemOf, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, officersOf } from './trust.ts'

const witness = aWitness('witness.example')
let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let body: ReturnType<typeof officerOf>
beforeAll(async () => {
  registry = await openRegistry({ witnesses: formatVerifierKey(witness.key) })
  officers = await officersOf(registry)
  body = officerOf(registry, DSD)
})
afterAll(() => registry.close())

const KEY = 'certificates-1'
const compromise = `/issuers/${DSD}/keys/${KEY}/compromise`
const answerOn = async (verifiableCredential: object) => {
  const verdict = await verify(registry, { verifiableCredential })
  const { outcome, reason } = checkOf(verdict, 'issuer-key') ?? {}
  return { verdict: verdict.verdict, key: [outcome, reason], recorded: checkOf(verdict, 'recorded')?.outcome }
}
const compromisedFrom = async () => {
  const { keys } = (await registry.ask(`/issuers/${DSD}/keys`)).json<{
    keys: { kid: string; compromisedFrom?: string }[]
  }>()
  return keys.find(({ kid }) => kid === KEY)?.compromisedFrom
}
const inLog = async ({ verifiableCredential }: Issued) => {
  const hash = documentHash(parseProfile(verifiableCredential))
  expect(await registry.later(async () => (await registry.ask(`/log/certificates/index/${hash}`)).status)).toBe(200)
}

let early: Issued
let unseen: Issued
let late: Issued
let stolenAt: Date

test('an outside witness cosigns a checkpoint that holds a certificate, and its cosignature is kept', async () => {
  early = await body.issue(aThaiBricklayer('TH-S-1'))
  await inLog(early)
  const note = new Uint8Array(await (await fetch(`${registry.baseUrl}/log/certificates/checkpoint`)).arrayBuffer())
  const kept = await registry.ask('/log/certificates/cosignatures', {
    body: Buffer.from(await witness.cosign(note, registry.now())).toString(),
    headers: { 'content-type': 'text/plain' },
  })
  expect([kept.status, kept.json()]).toEqual([200, { added: 1 }])
})

test('the key is stolen: the body issues on until it notices, and two officers declare the moment from which the key proves nothing', async () => {
  unseen = await body.issue(aThaiBricklayer('TH-S-2'))
  // A cosignature states its time to the second.
  registry.pass(1_100)
  stolenAt = registry.now()
  registry.pass(5)
  late = await body.issue(aThaiBricklayer('TH-S-3'))
  const declared = { authority: officers.authority, compromisedFrom: stolenAt.toISOString() }
  await officers.decide(compromise, declared)
  expect(await registry.later(compromisedFrom)).toBe(stolenAt.toISOString())
})

test('a certificate that the witness saw before stays valid; one recorded later is invalid; one that no witness saw stays open', async () => {
  expect(await registry.later(() => answerOn(late.verifiableCredential))).toMatchObject({
    verdict: 'invalid',
    key: ['failed', 'key-compromised'],
  })
  expect(await answerOn(early.verifiableCredential)).toMatchObject({ verdict: 'valid', key: ['passed', undefined] })
  await inLog(unseen)
  expect(await answerOn(unseen.verifiableCredential)).toMatchObject({ verdict: 'indeterminate', recorded: 'passed' })
})

test('each page says what became of the key and what the certificate claims; none calls its holder a forger', async () => {
  const shown = async (issued: Issued) => (await registry.ask(pathOf(issued), { headers: asPage })).text
  expect(await shown(early)).toContain('<h1 id="v">Valid</h1>')
  const [invalid, open] = [await shown(late), await shown(unseen)]
  expect(invalid).toContain('<h1 id="v">Not valid: the issuer’s key is no longer trusted</h1>')
  expect(open).toContain('<h1 id="v">Cannot say</h1>')
  for (const text of [invalid, open]) {
    expect(text).toContain('Be fair: what happened to a key is not the worker’s fault.')
    expect(text).toMatch(/What it claims|Claims only\./)
    expect(text).not.toMatch(/not signed by the issuer|The content of the file is not shown/)
  }
})

test('a forgery by the thief, dated back and signed with the real key, is invalid because no record holds it', async () => {
  const forged = (await signUnrecorded(
    DSD,
    early.verifiableCredential,
    localParts(),
  )) as typeof early.verifiableCredential
  const proof = forged.proof as { created: string; verificationMethod: string }
  expect(proof.verificationMethod.endsWith(`#${KEY}`)).toBe(true)
  expect(new Date(proof.created) < stolenAt).toBe(true)
  const verdict = await verify(registry, { verifiableCredential: forged })
  expect([verdict.verdict, checkOf(verdict, 'proof')?.outcome, checkOf(verdict, 'recorded')?.outcome]).toEqual([
    'invalid',
    'passed',
    'failed',
  ])
})

test('the body goes on with a new key, and the stolen one signs nothing more', async () => {
  expect(problemOf(await body.request(aThaiBricklayer('TH-S-4'), 'th-s-4')).status).toBe(503)
  await officers.decide(`/issuers/${DSD}/keys`, { authority: officers.authority, purpose: 'certificates' })
  const next = await body.issue(aThaiBricklayer('TH-S-4'), 'th-s-4')
  expect(await registry.later(() => answerOn(next.verifiableCredential))).toMatchObject({ verdict: 'valid' })
})

test('the moment can only be moved earlier, and then also counts against certificates that the witness saw after it', async () => {
  const propose = (moment: Date) =>
    officers.first(compromise, { authority: officers.authority, compromisedFrom: moment.toISOString() })
  for (const moment of [registry.now(), new Date(stolenAt.getTime() + 1)])
    expect(problemOf(await propose(moment))).toMatchObject({ status: 422, errors: [{ pointer: '/compromisedFrom' }] })
  expect(await compromisedFrom()).toBe(stolenAt.toISOString())
  const before = { authority: officers.authority, compromisedFrom: '2026-01-01T00:00:00Z' }
  await officers.decide(compromise, before)
  expect(await registry.later(() => answerOn(early.verifiableCredential))).toMatchObject({ verdict: 'invalid' })
})

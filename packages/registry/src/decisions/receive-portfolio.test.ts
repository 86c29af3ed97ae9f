import { randomUUID } from 'node:crypto'
import type { ReceiptDocument } from '@sijil/credentials'
import { beforeEach, expect, test } from 'vitest'
import { AUTHORITY } from '../../../../test/support/registry-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { readTrack } from '../corridors/reader.ts'
import { jointAt, readJoint } from '../joint/joint-at.ts'
import { logs } from '../log/logs.ts'
import { streams } from '../stream.ts'
import { verifyDocument } from '../verification/verify.ts'
import type { ProposedChange } from './proposals.ts'
import { signReceipt } from './sign-receipt.ts'

/** The host of the track is `demo-else`, of Thailand. `AUTHORITY` is the other party. */
const HOST = 'demo-else'
const CORRIDOR = `${AUTHORITY}.building`
const manifest = 'c'.repeat(64)
const portfolio = { corridor: CORRIDOR, track: 'walls', manifest }
let here: TwoOfficers

beforeEach(async () => {
  here = await withTwoOfficers({ elseIn: 'TH' })
  const registry = new URL(here.world.baseUrl).host
  const parties = [AUTHORITY, HOST].map((id) => ({ registry, id }))
  const joint = { kind: 'corridor', id: CORRIDOR, number: 1 }
  const demand = {
    access: 'public',
    artefact: 'demand-evidence',
    title: 'Survey',
    address: 'https://board.example/survey',
    sha256: 'd'.repeat(64),
  } as const
  const occupations = [{ isco: '7112', descriptions: [], roles: [] }]
  const track = { id: 'walls', skillsArea: 'Walls', origin: 'PH', host: 'TH', demand: [demand], occupations, areas: [] }
  const corridor = { title: 'Building', tracks: [track] }
  const effectiveAt = here.now().toISOString()
  await here.decide({ verb: 'propose-corridor', joint, parties, corridor, effectiveAt }, AUTHORITY)
  const moment = here.now().toISOString()
  const proposed = jointAt(await readJoint(joint, here.world.store), { effective: moment, recorded: moment })
  await here.decide({ verb: 'join-version', joint, hash: proposed?.hash ?? '', effectiveAt: moment }, HOST)
})

const addKey = (issuer = HOST) =>
  here.decide({ verb: 'add-key', issuer, purpose: 'decisions', algorithm: 'Ed25519' }, issuer)
const today = () => here.now().toISOString().slice(0, 10)
const received = (change: object = {}): ProposedChange => ({
  ...{ verb: 'receive-portfolio', portfolio, receipt: randomUUID(), receivedOn: today() },
  ...change,
})
const refusal = (change: ProposedChange, authority = HOST): Promise<object> =>
  here.propose(change, authority).then(
    () => ({}),
    ({ code, faults = [] }: { code: string; faults?: { pointer: string }[] }) => ({
      code,
      at: faults.map(({ pointer }) => pointer).join(' '),
    }),
  )
const signed = (of = portfolio, remembered = new Map<string, object>()) =>
  signReceipt(of, { ...here.world.at(here.next()), remembered }) as Promise<ReceiptDocument>
const verified = (document: object) => verifyDocument(document, here.world.verifying(here.next()))

test('R-071, R-057: two officers of the receiving authority give a signed receipt, which names no person and verifies', async () => {
  await addKey()
  await here.decide(received(), HOST)
  const remembered = new Map<string, object>()
  const document = await signed(portfolio, remembered)
  expect(await signed()).toEqual(document)
  expect(await signed(portfolio, remembered)).toBe(document)
  expect(document.evidence[0]).toMatchObject({ genre: 'Portfolio received', name: today() })
  const verification = await verified(document)
  expect(verification).toMatchObject({
    ...{ about: 'receipt', verdict: 'indeterminate' },
    receipt: { manifest, receivedOn: today(), track: `${here.world.baseUrl}/corridors/${CORRIDOR}/walls` },
  })
  expect(verification).not.toHaveProperty('certificate')
  expect(verification).not.toHaveProperty('recognition')
  const outcome = (name: string) => verification.checks.find((check) => check.name === name)
  for (const name of ['format', 'proof', 'issuer-key', 'recorded'])
    expect(outcome(name)).toMatchObject({ outcome: 'passed' })
  expect(outcome('status')).toMatchObject({ outcome: 'not_performed', reason: 'not-a-certificate' })
  const [commit] = await here.world.store.read(streams.receipt(CORRIDOR, 'walls', manifest))
  // The log of certificates holds its hash, and the track says nothing of it.
  expect(commit && logs.certificates.logged(commit)?.entry).toMatch(/^[\w-]{43}$/)
  expect(await readTrack(CORRIDOR, 'walls', here.world.store)).toEqual([])
  expect(JSON.stringify([document, verification])).not.toMatch(/"actor"|one|officer/)
})

test('R-071: a receipt that was changed, or that nobody recorded, is invalid, and never a word about a certificate', async () => {
  await addKey()
  await here.decide(received(), HOST)
  const document = await signed()
  const [resource] = document.relatedResource
  const other = `uEiA${'A'.repeat(43)}`
  for (const changed of [
    { ...document, relatedResource: [{ ...resource, digestMultibase: other }] },
    { ...document, evidence: [{ ...document.evidence[0], name: '2026-01-02' }] },
    { ...document, name: 'Receipt of an authority for a portfolio of evidence', validUntil: document.validFrom },
    { ...document, evidence: [] },
  ]) {
    const verification = await verified(changed)
    expect(verification).toMatchObject({ about: 'receipt', verdict: 'invalid' })
    expect(verification).not.toHaveProperty('receipt')
  }
})

test('R-071: it is refused without a key, for another state, for another day, for half a hash, and a second time', async () => {
  expect(await refusal(received())).toMatchObject({ code: 'conflict' })
  await addKey()
  await addKey(AUTHORITY)
  expect(await refusal(received(), AUTHORITY)).toEqual({ code: 'validation-failed', at: '/track' })
  for (const hash of [
    '',
    'C'.repeat(64),
    'c'.repeat(40),
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  ])
    expect(await refusal(received({ portfolio: { ...portfolio, manifest: hash } }))).toEqual({
      ...{ code: 'validation-failed', at: '/manifest' },
    })
  for (const receivedOn of ['2025-12-31', '2027-01-01'])
    expect(await refusal(received({ receivedOn }))).toEqual({ code: 'validation-failed', at: '/receivedOn' })
  expect(await refusal(received({ portfolio: { ...portfolio, track: 'none' } }))).toMatchObject({ code: 'not-found' })
  await here.decide(received(), HOST)
  expect(await refusal(received())).toMatchObject({ code: 'conflict' })
  for (const of of [
    { ...portfolio, manifest: 'b'.repeat(64) },
    { ...portfolio, track: 'none' },
    { ...portfolio, corridor: 'corridor-1' },
  ])
    await expect(signed(of)).rejects.toMatchObject({ code: 'not-found' })
})

test('once its key may not sign, an earlier receipt still verifies, and two officers give another one', async () => {
  await addKey()
  await here.decide(received(), HOST)
  const document = await signed()
  const kid = document.proof.verificationMethod.split('#')[1] ?? ''
  await addKey()
  await here.decide({ verb: 'retire-key', issuer: HOST, kid }, HOST)
  await expect(signed()).rejects.toMatchObject({ code: 'conflict' })
  expect(await verified(document)).toMatchObject({ about: 'receipt', receipt: { manifest } })
  await here.decide(received(), HOST)
  const next = await signed()
  expect(next.id).not.toBe(document.id)
  for (const one of [document, next]) expect(await verified(one)).toMatchObject({ receipt: { manifest } })
})

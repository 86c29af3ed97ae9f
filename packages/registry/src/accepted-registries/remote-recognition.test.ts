import { didForIssuer } from '@sijil/credentials'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  after,
  aWorld,
  BODY,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import { decideRecognition } from '../decisions/decide-class.ts'
import type { RecognitionChange } from '../decisions/recognition-change.ts'
import { publishBundle, readBundle } from '../log/bundle.ts'
import { readVerifierKeys } from '../log/log-keys.ts'
import { sequenceLog } from '../log/sequence.ts'
import { recognitionsOf } from '../recognition/reader.ts'
import { addMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { verifyDocument } from '../verification/verify.ts'
import { acceptList, suspendList } from './accepted-lists.ts'
import { acceptedRegistries } from './accepted-registries.ts'
import { importRegistry } from './import-registry.ts'
import { withRemote } from './remote-qualification.ts'

/** The registry of the Philippines, and one of Thailand that accepted its list. */
const [HOST, BOARD] = ['demo-onec', 'demo-board']
const MASONRY = 'https://ph.example/qualifications/ph-masonry-nc2'
/** Recorded by a body there. Nothing of it but its owner is known here. */
const OWN = `https://ph.example/qualifications/${BODY}.tiling-2`
const HOUR = 60 * MINUTE
const policy = { demonstration: true, roots: [HOST] }
const authority = HOST

let origin: World
let host: World
let decisions: ReturnType<typeof decisionsIn>
let edition: string
let document: object
beforeEach(async () => {
  origin = await aWorld({ baseUrl: 'https://ph.example' })
  host = await aWorld({ baseUrl: 'https://th.example' })
  decisions = decisionsIn(host)
  await decisions.authority(HOST, 'TH')
  await addMember(
    { owner: HOST, subject: OFFICER, roles: ['propose'], actor: 'registrar' },
    { store: host.store, now: noon },
  )
  const { verifiableCredential } = await origin.issue()
  document = verifiableCredential
  const asking = { ...origin.verifying(after(MINUTE)) }
  edition = (await verifyDocument(document, asking)).certificate?.qualification.edition ?? ''
  const { store, artefacts, keys: signer, baseUrl } = origin
  await sequenceLog('registry', { store, artefacts, signer, keys: signer, baseUrl, now: noon, seen: new Set() })
  await publishBundle({ store, artefacts, signer, policy: { demonstration: true }, baseUrl, now: noon })
  const keys = await readVerifierKeys('registry', baseUrl, store)
  const terms = { authority, actor: OFFICER, registry: baseUrl, keys, states: ['PH'], basis: 'memorandum 1' }
  await acceptList(terms, { store: host.store, policy, baseUrl: host.baseUrl, now: noon })
  const file = JSON.parse((await readBundle({ store, artefacts })) ?? '')
  await importRegistry({ authority, subject: OFFICER, file }, { store: host.store, now: after(SECOND) })
})

const did = () => didForIssuer(origin.baseUrl, BODY)
const decide = (change: object = {}, by = HOST, covered: object = {}) =>
  decideRecognition(
    {
      verb: 'recognise-class',
      recognised: { qualification: MASONRY, edition },
      decision: 'd1',
      effectiveAt: after(SECOND).toISOString(),
      terms: { result: 'full', basis: 'Skills Act, section 12', appeal: 'To the Skills Board, within 30 days.' },
      ...change,
      class: {
        issuers: [did()],
        award: { from: '2026-01-01', until: '2027-12-31' },
        issuedUntil: '2028-03-31',
        ...covered,
      },
    } as RecognitionChange,
    { authority: by, actor: 'officer-1' },
    { ...host.at(after(SECOND)), policy },
  )
async function verified(now = after(MINUTE), shown = document) {
  const asking = { trust: trustOf(host.store), catalogue: catalogueOf(host.store), policy, baseUrl: host.baseUrl }
  const lists = acceptedRegistries(host.store, { ...asking, clock: () => now.getTime() })
  return verifyDocument(shown, {
    ...host.verifying(now),
    policy,
    catalogue: withRemote(asking.catalogue, lists.qualification),
    findRemote: async (one) => (await lists.find(one))?.list,
    recognitions: recognitionsOf(host.store),
  })
}
const grant = (scope: object, right = 'recognise' as const) =>
  decisions.grant(BOARD, [HOST], { right, scope: { places: ['TH'], ...scope } })

describe('a class decision about certificates of an accepted registry', () => {
  test('R-013, R-020, I1: it stands beside the verdict, and says that the moment of issue was not checked', async () => {
    const before = await verified()
    await decide()
    const { recognition, ...rest } = await verified()
    expect(rest).toEqual(before)
    expect(recognition).toMatchObject([
      {
        decision: 'd1',
        host: { id: HOST, state: 'TH' },
        applies: 'open',
        notPerformed: { check: 'issued-until', reason: 'kept-elsewhere', registry: 'https://ph.example' },
      },
    ])
    expect(recognition?.[0]).not.toHaveProperty('noLongerHeld')
    // A forged document has none.
    expect((await verified(after(MINUTE), { ...document, name: 'Another' })).recognition).toBeUndefined()
  })

  test('it does not cover a certificate that its issuer dated after the last day of issue', async () => {
    await decide({}, HOST, { issuedUntil: '2026-03-02' })
    expect((await verified()).recognition).toHaveLength(1)
    const how = { key: 'key-2', deps: { now: after(13 * HOUR) } }
    const later = await origin.issue({ certificateNumber: '26-MAS2-000002' }, how)
    expect((await verified(after(14 * HOUR), later.verifiableCredential)).recognition).toBeUndefined()
  })

  test('I65: it covers no award of another day and no other edition, and no class is over before it is decided', async () => {
    await decide({}, HOST, { award: { from: '2026-02-25', until: '2027-12-31' } })
    expect((await verified()).recognition).toBeUndefined()
    const award = { from: '2026-01-01', until: '2026-02-24' }
    // A class whose period is over, and that cannot be counted, would be about single people.
    await expect(decide({ decision: 'd2' }, HOST, { award })).rejects.toMatchObject({
      faults: [{ reason: 'too-few-fit' }],
    })
    await decide({ decision: 'd3', recognised: { qualification: MASONRY, edition: 'other' } }, HOST)
    expect((await verified()).recognition).toBeUndefined()
  })

  test('its issuers are bodies on the list of that registry, and the registry is one whose list counts', async () => {
    for (const issuer of [BODY, didForIssuer('https://sg.example', BODY), didForIssuer(origin.baseUrl, 'demo-nobody')])
      await expect(decide({}, HOST, { issuers: [issuer] })).rejects.toMatchObject({
        faults: [{ pointer: '/issuers/0', reason: 'no-such-body' }],
      })
    const of = (qualification: string) => decide({ recognised: { qualification, edition } })
    // A registry speaks of no state that was not agreed, also not of the host's own.
    for (const address of [
      'https://sg.example/qualifications/ph-masonry-nc2',
      'https://ph.example/qualifications/th-brick-1',
      'https://ph.example/qualifications/demo-nobody.tiling-2',
    ])
      await expect(of(address)).rejects.toMatchObject({
        faults: [{ pointer: '/qualification', reason: 'no-such-registry' }],
      })
    await of(OWN)
    const suspension = { authority, subject: OFFICER, registry: origin.baseUrl, basis: 'doubt' }
    await suspendList(suspension, { store: host.store, now: after(SECOND) })
    await expect(of(MASONRY)).rejects.toMatchObject({ faults: [{ reason: 'no-such-registry' }] })
  })
})

describe('the right to recognise qualifications of an accepted registry', () => {
  beforeEach(() => decisions.authority(BOARD, 'TH'))

  test.each<[string, boolean, boolean, object]>([
    ['by its address', true, false, { qualifications: [MASONRY] }],
    ['of one that its owner recorded there, by its address', false, true, { qualifications: [OWN] }],
    ['by its address and its occupation', true, false, { qualifications: [MASONRY], occupations: ['7112'] }],
    ['by an occupation that the baseline states', true, false, { occupations: ['7112'] }],
    ['by another field', false, false, { qualifications: [MASONRY, OWN], fields: ['0101'] }],
    // The same id of this registry is another qualification.
    ['by the id alone', false, false, { qualifications: ['ph-masonry-nc2'] }],
  ])('K011, R-013: %s', async (_, coversMasonry, coversOwn, scope) => {
    await grant(scope)
    const may = (qualification: string, decision: string) =>
      decide({ recognised: { qualification, edition }, decision }, BOARD).then(
        () => true,
        ({ faults }: { faults: { reason: string }[] }) => faults[0]?.reason !== 'may-not-recognise' && 'another fault',
      )
    expect([await may(MASONRY, 'm'), await may(OWN, 'o')]).toEqual([coversMasonry, coversOwn])
  })

  test('no other right names a qualification of another registry, and none of an unknown registry is named', async () => {
    await expect(grant({ qualifications: ['https://ph.example/qualifications/ph-none'] })).rejects.toThrow()
    await expect(grant({ qualifications: ['https://sg.example/qualifications/ph-masonry-nc2'] })).rejects.toThrow()
    const accrediting = decisions.grant(BOARD, [HOST], { right: 'accredit', scope: { qualifications: [MASONRY] } })
    await expect(accrediting).rejects.toMatchObject({ code: 'validation-failed' })
  })

  test('a decision stays when the right ends, and says so', async () => {
    await grant({ qualifications: [MASONRY] })
    await decide({}, BOARD)
    expect((await verified()).recognition?.[0]).not.toHaveProperty('noLongerHeld')
    await decisions.withdraw(BOARD, HOST, {}, after(2 * MINUTE))
    expect((await verified(after(3 * MINUTE))).recognition).toMatchObject([{ decision: 'd1', noLongerHeld: true }])
  })
})

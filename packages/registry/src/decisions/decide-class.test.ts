import { beforeEach, describe, expect, test } from 'vitest'
import {
  after,
  aWorld,
  BODY,
  FROM,
  identity,
  MINUTE,
  noon,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { countAffected } from '../certificates/affected.ts'
import { RegistryError } from '../errors.ts'
import { everyClassDecision } from '../recognition/class-decision.ts'
import { jointClassAt } from '../recognition/joint-class.ts'
import { recognitionsOf } from '../recognition/reader.ts'
import { revokeCertificate } from '../status/revoke.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { addMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { verifyDocument } from '../verification/verify.ts'
import { fittingOf } from './class-faults.ts'
import { decideRecognition } from './decide-class.ts'
import { isVouchedFor, mayOversee } from './overseers.ts'
import { proposeChange } from './propose.ts'
import type { RecognitionChange } from './recognition-change.ts'
import { registerBody } from './register.ts'
import { rehearsal } from './rehearsal.ts'

const HOST = 'demo-host'
const EDITION = 'not stated by the source'
type ClassChange = Extract<RecognitionChange, { verb: 'recognise-class' }>

let world: World
let decisions: ReturnType<typeof decisionsIn>
let edition: string
let units: string[]
beforeEach(async () => {
  world = await aWorld()
  decisions = decisionsIn(world)
  await decisions.authority(HOST, 'TH')
  const { catalogue } = world.verifying(noon)
  const { qualificationAt } = await import('../catalogue/qualification-at.ts')
  const moment = noon.toISOString()
  const record = qualificationAt(await catalogue('ph-masonry-nc2'), { effective: moment, recorded: moment })
  edition = record?.edition ?? EDITION
  units = record?.units.map(({ code }) => code) ?? []
})

const aClass = (change: { terms?: object; class?: object } & Partial<Omit<ClassChange, 'terms' | 'class'>> = {}) =>
  ({
    verb: 'recognise-class',
    recognised: { qualification: 'ph-masonry-nc2', edition },
    decision: 'd1',
    effectiveAt: noon.toISOString(),
    ...change,
    class: {
      issuers: [BODY],
      award: { from: '2026-01-01', until: '2027-12-31' },
      issuedUntil: '2028-03-31',
      ...change.class,
    },
    terms: {
      result: 'full',
      basis: 'Skills Act, section 12',
      appeal: 'To the Skills Board, within 30 days.',
      ...change.terms,
    },
  }) as ClassChange

const decide = (change: RecognitionChange, authority = HOST, now = noon) =>
  decideRecognition(change, { authority, actor: 'officer-1' }, world.at(now))

const verified = async (document: object, now: Date) =>
  verifyDocument(document, { ...world.verifying(now), recognitions: recognitionsOf(world.store) })

describe('a class decision stands beside the verdict', () => {
  test('K008, I1, I64: it is found by what the issuer signed and by our record, and changes nothing else (R-013, R-020)', async () => {
    const { verifiableCredential } = await world.issue()
    const before = await verified(verifiableCredential, after(MINUTE))
    expect(before.verdict).toBe('valid')
    expect(before.recognition).toBeUndefined()
    await decide(
      aClass({
        terms: { entitles: [{ kind: 'wage', text: 'Class 2', source: 'https://law.example/w', readOn: '2026-02-01' }] },
      }),
    )
    const { recognition, ...rest } = await verified(verifiableCredential, after(MINUTE))
    expect(rest).toEqual(before)
    expect(recognition).toEqual([
      expect.objectContaining({
        kind: 'class',
        decision: 'd1',
        host: { id: HOST, name: 'demo-host (demonstration)', state: 'TH', demonstration: true },
        result: 'full',
        applies: 'now',
        entitles: [expect.objectContaining({ kind: 'wage' })],
      }),
    ])
    // A forged document has no recognition, and one that nobody recorded has none.
    const forged = { ...verifiableCredential, name: 'Another title' }
    expect((await verified(forged, after(MINUTE))).recognition).toBeUndefined()
  })

  test('a record that cannot be read leaves question 5 open, and the verdict as it is', async () => {
    const { verifiableCredential } = await world.issue()
    const away = async () => {
      throw new RegistryError('dependency-unavailable', 'away')
    }
    const answer = await verifyDocument(verifiableCredential, { ...world.verifying(after(MINUTE)), recognitions: away })
    expect([answer.verdict, answer.recognition, answer.recognitionUnread]).toEqual(['valid', undefined, true])
    // An event of a later version could be an end.
    await decide(aClass())
    const commits = await recognitionsOf(world.store)(aClass().recognised)
    const later = { read: async () => [{ ...commits[0], events: [{ type: 'class-paused', decision: 'd1' }] }] }
    const unknown = recognitionsOf(later as never)
    await expect(unknown(aClass().recognised)).rejects.toMatchObject({ code: 'dependency-unavailable' })
  })

  test('it was recognised, once it is in force no more; a decision ends and is appealed, and says so', async () => {
    const { id, verifiableCredential } = await world.issue()
    await decide(aClass())
    const of = { recognised: aClass().recognised, decision: 'd1' }
    await decide(
      {
        verb: 'record-appeal',
        ...of,
        state: 'open',
        note: 'Two holders appealed.',
        effectiveAt: after(SECOND).toISOString(),
      },
      HOST,
      after(SECOND),
    )
    expect((await verified(verifiableCredential, after(MINUTE))).recognition?.[0]).toMatchObject({
      applies: 'now',
      appealed: { state: 'open', note: 'Two holders appealed.' },
    })
    const revocation = { issuer: BODY, uuid: id.slice(9), actor: 'officer', reason: 'misconduct' } as const
    await revokeCertificate(revocation, world.at(after(2 * SECOND)))
    const revoked = await verified(verifiableCredential, after(MINUTE))
    expect([revoked.verdict, revoked.recognition?.[0]?.applies]).toEqual(['invalid', 'was'])
    const end = { verb: 'end-recognition', ...of, basis: 'Decree 9', effectiveAt: after(MINUTE).toISOString() } as const
    await decide(end, HOST, after(3 * SECOND))
    expect((await verified(verifiableCredential, after(2 * MINUTE))).recognition?.[0]).toMatchObject({
      applies: 'ended',
    })
    // Before its end it had not ended, by everything that is known today.
    expect((await verified(verifiableCredential, after(30 * SECOND))).recognition?.[0]?.applies).toBe('was')
    await expect(
      decide({ ...end, effectiveAt: after(5 * MINUTE).toISOString() }, HOST, after(4 * MINUTE)),
    ).rejects.toMatchObject({ reason: 'ended-already' })
  })

  test('R-020: one for a time ends by itself after its last day', async () => {
    const { verifiableCredential } = await world.issue()
    await decide(aClass({ terms: { result: 'temporary', until: '2026-03-31' } }))
    const on = async (moment: string) =>
      (await verified(verifiableCredential, new Date(moment))).recognition?.[0]?.applies
    expect(await on('2026-03-31T20:00:00.000Z')).toBe('now')
    expect(await on('2026-04-01T20:00:00.000Z')).toBe('ended')
  })

  test.each([
    ['another issuer', { class: { issuers: ['demo-other'] } }],
    ['an award before the period', { class: { award: { from: '2026-02-25', until: '2027-12-31' } } }],
    [
      'an award after the period',
      { class: { award: { from: '2026-01-01', until: '2026-02-23' }, issuedUntil: '2028-01-01' } },
    ],
    ['an issue after the last day, whatever day the award states', { class: { issuedUntil: '2026-03-01' } }],
  ])('K003: it does not cover %s', async (_, change) => {
    await decisions.body('demo-other')
    const { verifiableCredential } = await world.issue()
    // Two days before the issue, so that no period lies in the past.
    const early = new Date('2026-02-20T12:00:00.000Z')
    await decide(aClass({ ...change, effectiveAt: early.toISOString() }), HOST, early)
    expect((await verified(verifiableCredential, after(MINUTE))).recognition).toBeUndefined()
  })

  test('a part is covered only by a decision that names its units', async () => {
    const [one = '', two = ''] = units
    const part = await world.issue({ units: [one] } as never)
    await decide(aClass())
    expect((await verified(part.verifiableCredential, after(MINUTE))).recognition).toBeUndefined()
    await decide(
      {
        verb: 'end-recognition',
        recognised: aClass().recognised,
        decision: 'd1',
        basis: 'Decree',
        effectiveAt: after(SECOND).toISOString(),
      },
      HOST,
      after(SECOND),
    )
    const named = { decision: 'd2', effectiveAt: after(2 * SECOND).toISOString() }
    await decide(aClass({ ...named, terms: { result: 'part', units: [one, two] } }), HOST, after(2 * SECOND))
    const found = (await verified(part.verifiableCredential, after(MINUTE))).recognition
    expect(found?.map(({ decision, units: own }) => [decision, own])).toEqual([['d2', [one, two]]])
  })
})

describe('the right to recognise', () => {
  const refused = { faults: [expect.objectContaining({ pointer: '/qualification', reason: 'may-not-recognise' })] }

  test('K001, K011: a root decides about other states’ qualifications, for its own territory', async () => {
    await decisions.authority('demo-region', 'ASEAN')
    for (const authority of ['demo-pqf', 'demo-region', BODY, 'nobody'])
      await expect(decide(aClass(), authority)).rejects.toMatchObject(refused)
    await decide(aClass())
    // Another root of another state decides for itself alone, and cannot end what the first decided.
    await decisions.authority('demo-third', 'VN')
    const end = {
      verb: 'end-recognition',
      recognised: aClass().recognised,
      decision: 'd1',
      basis: 'x',
      effectiveAt: noon.toISOString(),
    } as const
    await expect(decide(end, 'demo-third')).rejects.toMatchObject({ code: 'not-found' })
    await decide(aClass({ decision: 'd3' }), 'demo-third')
  })

  test('K011: a root grants it to an authority of its state, which passes it on to nobody', async () => {
    await decisions.authority('demo-board', 'TH')
    const scope = { qualifications: ['ph-masonry-nc2'], places: ['TH'] }
    await decisions.grant('demo-board', [HOST], { right: 'recognise', scope })
    await decide(aClass(), 'demo-board', after(SECOND))
    const ask = (qualification: string) =>
      decisions.ask('demo-board', { right: 'recognise', place: 'TH', qualification }).then(({ standing }) => standing)
    expect([await ask('ph-masonry-nc2'), await ask('ph-tile-nc2'), await ask('th-brick-1')]).toEqual([
      'authorised',
      'not-for-this',
      'not-for-this',
    ])
    await decisions.authority('demo-below', 'TH')
    await expect(decisions.grant('demo-below', ['demo-board'], { right: 'recognise', scope })).rejects.toMatchObject({
      code: 'validation-failed',
    })
    await expect(decisions.grant(BODY, ['demo-pqf'], { right: 'recognise', grant: 'y' })).rejects.toMatchObject({
      reason: 'right-does-not-fit',
    })
    for (const wrong of [{ qualifications: ['th-brick-1'] }, { qualifications: ['ph-masonry-nc2'], places: ['VN'] }])
      await expect(
        decisions.grant('demo-below', [HOST], { right: 'recognise', scope: wrong, grant: 'x' }),
      ).rejects.toMatchObject({ code: 'validation-failed' })
    // A suspended grant decides nothing more. What was decided stays, and says that the authority lost the right.
    const { verifiableCredential } = await world.issue()
    const counted = await countAffected({ issuer: 'demo-board', grant: 'main' }, { store: world.store })
    expect(counted).toEqual({ affected: 0, issuedUnder: 0 })
    await decisions.suspend('demo-board', HOST, {}, after(2 * SECOND))
    await expect(decide(aClass({ decision: 'd2' }), 'demo-board', after(3 * SECOND))).rejects.toMatchObject(refused)
    expect((await verified(verifiableCredential, after(MINUTE))).recognition?.[0]).toMatchObject({
      applies: 'now',
      noLongerHeld: true,
    })
    // It ends its own decision all the same, and the root of its state could. Nobody of another state can.
    const of = { recognised: aClass().recognised, decision: 'd1' }
    const end = {
      verb: 'end-recognition',
      ...of,
      effectiveAt: after(MINUTE).toISOString(),
      basis: 'The right ended',
    } as const
    await decisions.authority('demo-xx', 'VN')
    await expect(decide(end, 'demo-xx', after(MINUTE))).rejects.toMatchObject({ code: 'not-found' })
    await decide(
      { verb: 'record-appeal', ...of, state: 'fell', note: 'Half of it.', effectiveAt: noon.toISOString() },
      'demo-board',
      after(MINUTE),
    )
    await decide(end, HOST, after(MINUTE + SECOND))
  })

  test('K011: a right for some units decides about no other unit, and about no whole; and it gives nobody into its hands', async () => {
    await decisions.authority('demo-board', 'TH')
    const [one = '', other = ''] = units
    const scope = { qualifications: ['ph-masonry-nc2'], units: [{ qualification: 'ph-masonry-nc2', codes: [one] }] }
    await decisions.grant('demo-board', [HOST], { right: 'recognise', scope })
    const at = after(SECOND)
    const part = (named: string[]) => aClass({ terms: { result: 'part', units: named } })
    await expect(decide(aClass(), 'demo-board', at)).rejects.toMatchObject(refused)
    await expect(decide(part([one, other]), 'demo-board', at)).rejects.toMatchObject(refused)
    await decide(part([one]), 'demo-board', at)
    const board = entityAt('demo-board', await trustOf(world.store)('demo-board'), EVERYTHING)
    expect(board && (await mayOversee(board, world.at(at)))).toBe(false)
    expect(board && (await isVouchedFor(board, world.at(at)))).toBe(true)
  })
})

describe('K007: a decision is refused', () => {
  test.each([
    [
      'with words of a verdict (K007)',
      { terms: { conditions: 'VALID ✓ in all ten states' } },
      '/conditions',
      'reads-like-a-verdict',
    ],
    ['with a claim in its basis', { terms: { basis: 'Equivalency Act 3' } }, '/basis', 'says-equivalent'],
    ['with a claim in another language', { terms: { conditions: 'ระดับเทียบเท่ากัน' } }, '/conditions', 'says-equivalent'],
    ['in part without units', { terms: { result: 'part' } }, '/units', 'missing'],
    ['after measures without one', { terms: { result: 'measures' } }, '/measures', 'missing'],
    ['for a time without an end', { terms: { result: 'temporary' } }, '/until', 'missing'],
    ['as a refusal without a reason', { terms: { result: 'refused' } }, '/reason', 'missing'],
    ['in full with units', { terms: { units: ['X-1'] } }, '/units', undefined],
    [
      'with a hidden word of a verdict',
      { terms: { conditions: 'ＶＡ\u00adＬＩＤ' } },
      '/conditions',
      'reads-like-a-verdict',
    ],
    [
      'with a unit that the edition does not have',
      { terms: { result: 'part', units: ['X-1'] } },
      '/units/0',
      'no-such-unit',
    ],
    ['for the sandbox or nobody (K002)', { class: { issuers: ['nobody'] } }, '/issuers/0', 'no-such-body'],
    [
      'backwards',
      { class: { award: { from: '2027-01-01', until: '2026-01-01' } } },
      '/award/until',
      'ends-before-start',
    ],
  ])('%s', async (_, change, pointer, reason) => {
    await expect(decide(aClass(change))).rejects.toMatchObject({
      faults: expect.arrayContaining([expect.objectContaining({ pointer, ...(reason && { reason }) })]),
    })
  })

  test('as a part that leaves nothing out', async () => {
    await expect(decide(aClass({ terms: { result: 'part', units } }))).rejects.toMatchObject({
      faults: [expect.objectContaining({ pointer: '/units' })],
    })
  })

  test('K002: about certificates of the sandbox, or in a demonstration about those of a real body', async () => {
    const entity = (id: string, demonstration: boolean) => ({
      ...{ id, actor: 'registrar', effectiveAt: FROM, baseUrl: world.baseUrl },
      identity: { ...identity({ name: demonstration ? `${id} (demonstration)` : id }), demonstration },
    })
    await registerBody({ ...entity('demo-sand', true), sandbox: true }, decisions.at())
    await registerBody(entity('real-body', false), { ...decisions.at(), policy: { demonstration: false } } as never)
    for (const issuer of ['demo-sand', 'real-body'])
      await expect(decide(aClass({ class: { issuers: [BODY, issuer] } }))).rejects.toMatchObject({
        faults: [expect.objectContaining({ pointer: '/issuers/1', reason: 'no-such-body' })],
      })
  })

  test('of an edition or a registry that nobody knows', async () => {
    const of = (qualification: string, named: string) => aClass({ recognised: { qualification, edition: named } })
    await expect(decide(of('ph-masonry-nc2', '1850'))).rejects.toMatchObject({
      faults: [{ reason: 'no-such-edition' }],
    })
    await expect(decide(of('https://other.example/qualifications/x', '1'))).rejects.toMatchObject({
      faults: expect.arrayContaining([expect.objectContaining({ reason: 'no-such-registry' })]),
    })
  })

  test('I65: about one to nine certificates of a period that is over, and about the same certificates twice', async () => {
    await world.issue()
    const over = { class: { award: { from: '2026-01-01', until: '2026-02-28' } } }
    await expect(decide(aClass(over))).rejects.toMatchObject({ faults: [{ reason: 'too-few-fit' }] })
    // Nobody enters either once the last day of issue is over.
    const closed = {
      class: { award: { from: '2026-01-01', until: '2099-12-31' }, issuedUntil: noon.toISOString().slice(0, 10) },
    }
    await expect(decide(aClass(closed), HOST, after(2 * 24 * 60 * MINUTE))).rejects.toMatchObject({
      faults: [{ pointer: '/issuedUntil', reason: 'too-few-fit' }],
    })
    // None is normal for another period, and ten are a class.
    await decide(aClass({ decision: 'd0', class: { award: { from: '2027-01-01', until: '2027-12-31' } } }))
    for (let at = 2; at <= 10; at++) await world.issue({ certificateNumber: `26-MAS2-0000${at}` }, { key: `key-${at}` })
    await world.issue({ certificateNumber: '26-MAS2-000011' }, { key: 'key-11' })
    expect(await fittingOf(aClass(over), { store: world.store })).toBe('at-least-10')
    // Nobody is issued a certificate before the award.
    const from = after(24 * 60 * MINUTE)
      .toISOString()
      .slice(0, 10)
    const next = aClass({ class: { award: { from, until: '2027-12-31' } } })
    expect(await fittingOf(next, { store: world.store })).toBe('none')
    await decide(aClass(over))
    await expect(decide(aClass({ decision: 'd2' }))).rejects.toMatchObject({ reason: 'decided-already' })
  })
})

test('K011: no day in the past can be proposed, and an approval some days later counts from its record on', async () => {
  const dry = rehearsal(world.at(noon)).deps
  const backdated = decideRecognition(aClass({ effectiveAt: FROM }), { authority: HOST, actor: 'officer-1' }, dry)
  await expect(backdated).rejects.toMatchObject({ faults: [{ pointer: '/effectiveFrom', reason: 'in-the-past' }] })
  const days = after(3 * 24 * 60 * MINUTE)
  await decide(aClass(), HOST, days)
  const [commit] = await recognitionsOf(world.store)(aClass().recognised)
  expect([commit?.effectiveAt, commit?.recordedAt]).toEqual([days.toISOString(), days.toISOString()])
})

test('K001: of two decisions at the same moment one is recorded, and a successor ends what its predecessor decided', async () => {
  const both = await Promise.allSettled([decide(aClass()), decide(aClass({ decision: 'd2' }))])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const [
    {
      events: [decided],
    } = { events: [] },
  ] = await recognitionsOf(world.store)(aClass().recognised)
  await decisions.authority('demo-heir', 'TH')
  await decisions.succeed(HOST, 'demo-heir', after(SECOND))
  const end = {
    verb: 'end-recognition',
    recognised: aClass().recognised,
    decision: decided?.decision ?? '',
    basis: 'Decree 9',
    effectiveAt: after(MINUTE).toISOString(),
  } as const
  await expect(decide(end, HOST, after(MINUTE))).rejects.toMatchObject({ code: 'not-found' })
  // Nor does it decide anything new.
  const recognised = { qualification: 'ph-tile-nc2', edition }
  await expect(decide(aClass({ decision: 'd3', recognised }), HOST, after(MINUTE))).rejects.toMatchObject({
    faults: [expect.objectContaining({ reason: 'may-not-recognise' })],
  })
  await decide(end, 'demo-heir', after(MINUTE))
})

test('a proposal says how many certificates fit, in tens, and a later decision makes it fail', async () => {
  const member = { owner: HOST, subject: 'officer-1', roles: ['propose', 'approve'] as const, actor: 'registrar' }
  await addMember(member, { store: world.store, now: noon })
  await world.issue()
  const propose = (id: string, change: RecognitionChange) =>
    proposeChange({ authority: HOST, subject: 'officer-1', id, change }, world.at(after(SECOND)))
  const { change } = await propose('p1', aClass())
  expect(change).toMatchObject({ fitting: 'one-to-nine', version: 0 })
  await decide(
    aClass({
      decision: 'd9',
      class: { award: { from: '2029-01-01', until: '2029-12-31' }, issuedUntil: '2030-01-01' },
    }),
  )
  await expect(decide(change as ClassChange, HOST, after(MINUTE))).rejects.toMatchObject({ reason: 'stated-meanwhile' })
  // A dry run writes nothing.
  const { deps, written } = rehearsal(world.at(noon))
  await decideRecognition(aClass(), { authority: HOST, actor: 'officer-1' }, deps)
  expect(written.map(({ index }) => index)).toEqual(['RECOGNITIONS'])
})

describe('several authorities decide together', () => {
  const [OTHER, ORIGIN] = ['demo-other', 'demo-pqf']
  const jointly = () => aClass({ jointly: [OTHER, ORIGIN] })
  const hashOf = async (decision = 'd1') => {
    const commits = await recognitionsOf(world.store)(aClass().recognised)
    return jointClassAt(decision, commits, EVERYTHING)?.hash ?? ''
  }
  const join = async (by: string, now: Date, hash?: string) =>
    decide(
      {
        verb: 'join-recognition',
        recognised: aClass().recognised,
        decision: 'd1',
        hash: hash ?? (await hashOf()),
        effectiveAt: noon.toISOString(),
      },
      by,
      now,
    )
  const end = (by: string, now: Date) =>
    decide(
      {
        verb: 'end-recognition',
        recognised: aClass().recognised,
        decision: 'd1',
        effectiveAt: now.toISOString(),
        basis: 'Act 3',
      },
      by,
      now,
    )
  beforeEach(() => decisions.authority(OTHER, 'VN'))

  test('R-094, K004: it counts from the last join, and ends for all when one leaves', async () => {
    const { verifiableCredential } = await world.issue()
    const stands = async (minutes: number) =>
      (await verified(verifiableCredential, after(minutes * MINUTE))).recognition?.map(({ applies }) => applies)
    await decide(jointly())
    expect(await stands(1)).toBeUndefined()
    await join(OTHER, after(2 * MINUTE))
    expect(await stands(3)).toBeUndefined()
    // The root of the state of the qualification agrees. In its own state nothing follows.
    await join(ORIGIN, after(4 * MINUTE))
    expect(await stands(5)).toEqual(['now'])
    const [shown] = (await verified(verifiableCredential, after(5 * MINUTE))).recognition ?? []
    expect(shown).toMatchObject({
      host: { id: HOST, state: 'TH' },
      jointly: [
        { id: OTHER, state: 'VN' },
        { id: ORIGIN, isOrigin: true },
      ],
      from: after(4 * MINUTE).toISOString(),
      recordedAt: after(4 * MINUTE).toISOString(),
    })
    await end(OTHER, after(6 * MINUTE))
    expect(await stands(7)).toEqual(['ended'])
    // Nobody joins it after that, and it ends once for each party.
    await expect(end(OTHER, after(8 * MINUTE))).rejects.toMatchObject({ code: 'conflict' })
    // Another one that leaves later, and names an earlier day, changes neither the end nor its basis.
    const { recognised } = aClass()
    const earlier = { effectiveAt: after(5 * MINUTE).toISOString(), basis: 'Act 9' }
    await decide({ verb: 'end-recognition', recognised, decision: 'd1', ...earlier }, HOST, after(9 * MINUTE))
    const [decided] = everyClassDecision(recognised, await recognitionsOf(world.store)(recognised), EVERYTHING)
    expect(decided?.ended).toMatchObject({ from: after(6 * MINUTE).toISOString(), basis: 'Act 3' })
  })

  test('K004: a party joins once, the text that it saw, and nobody else does', async () => {
    await expect(join(OTHER, noon, 'none')).rejects.toMatchObject({ code: 'not-found' })
    await decide(jointly())
    await expect(join(OTHER, after(MINUTE), 'another')).rejects.toMatchObject({ code: 'conflict' })
    await decisions.authority('demo-third', 'VN')
    await expect(join('demo-third', after(MINUTE))).rejects.toMatchObject({ code: 'not-found' })
    await join(OTHER, after(MINUTE))
    await expect(join(OTHER, after(2 * MINUTE))).rejects.toMatchObject({ reason: 'nothing-changes' })
    await end(HOST, after(3 * MINUTE))
    await expect(join(ORIGIN, after(4 * MINUTE))).rejects.toMatchObject({ code: 'conflict' })
    for (const [named, pointer] of [
      [[], '/jointly'],
      [[HOST], '/jointly/0'],
      [[OTHER, OTHER], '/jointly/1'],
      [[BODY], '/jointly/0'],
      [['nobody'], '/jointly/0'],
    ] as const)
      await expect(decide(aClass({ decision: 'd2', jointly: named }), HOST, after(5 * MINUTE))).rejects.toMatchObject({
        faults: [{ pointer }],
      })
  })

  test('an authority decides once about the same certificates, also while the others have not joined', async () => {
    await decide(jointly())
    const twice = { reason: 'decided-already' }
    await expect(decide(aClass({ decision: 'd2' }), HOST, after(MINUTE))).rejects.toMatchObject(twice)
    await decide(aClass({ decision: 'd3' }), OTHER, after(MINUTE))
    await expect(join(OTHER, after(2 * MINUTE))).rejects.toMatchObject(twice)
  })
})

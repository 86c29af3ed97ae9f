import type { OfferedEvidence, PublicEvidence, StepId, TrackText } from '@sijil/qualifications'
import { beforeEach, describe, expect, test } from 'vitest'
import { AUTHORITY, BODY } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { corridorAt } from '../corridors/corridor-at.ts'
import { plansAt } from '../corridors/plan-at.ts'
import { readCorridor, readPlan, readTrack } from '../corridors/reader.ts'
import { trackAt } from '../corridors/track-at.ts'
import type { Fault } from '../errors.ts'
import { decisionLogs } from '../log/audit-decisions.ts'
import { logs } from '../log/logs.ts'
import { commitmentOf, type TrackChange } from './decide-track.ts'
import type { VersionChange } from './decide-version.ts'
import type { ProposedChange } from './proposals.ts'
import { proposeChange } from './propose.ts'

const OTHER = 'demo-else'
const THIRD = 'demo-third'
const CORRIDOR = `${AUTHORITY}.building`
const DAY_MS = 86_400_000
const hashed = (digit: string) => digit.repeat(64)
const open = (artefact: PublicEvidence['artefact'], digit = 'a', title = `Document ${digit}`): PublicEvidence => ({
  access: 'public',
  artefact,
  title,
  address: 'https://labour.example/document',
  sha256: hashed(digit),
})
const bricks: TrackText = {
  id: 'bricks',
  skillsArea: 'Bricklaying',
  origin: 'PH',
  host: 'TH',
  demand: [open('demand-evidence', 'd')],
  occupations: [{ isco: '7112', descriptions: [{ language: 'en', text: 'Lays bricks' }], roles: ['Builds walls'] }],
  areas: [{ area: 'Walls', occupations: ['7112'], qualifications: [`${BODY}.bricks`] }],
}

let here: TwoOfficers
let host: string
const today = () => here.now().toISOString().slice(0, 10)
const later = (days: number) => here.pass(days * DAY_MS)
type Proposal = Extract<VersionChange, { verb: 'propose-corridor' }>
const proposal = (
  parties = [AUTHORITY, OTHER],
  number = 1,
  change: Partial<TrackText> = {},
  title = 'Building trades',
): Proposal => ({
  verb: 'propose-corridor',
  joint: { kind: 'corridor', id: CORRIDOR, number },
  parties: parties.map((id) => ({ registry: host, id })),
  corridor: { title, tracks: [{ ...bricks, ...change }] },
  effectiveAt: here.now().toISOString(),
})
const corridor = async (at = here.now()) => {
  const moment = at.toISOString()
  return corridorAt(await readCorridor(CORRIDOR, here.world.store), { effective: moment, recorded: moment })
}
const join = async (authority: string, number = 1) => {
  const { current, waiting } = (await corridor()) ?? {}
  const version = [waiting, current].find((one) => one?.text.number === number)
  const joint = { kind: 'corridor', id: CORRIDOR, number }
  const effectiveAt = here.now().toISOString()
  return here.decide({ verb: 'join-version', joint, hash: version?.hash ?? '', effectiveAt }, authority)
}
const found = async () => {
  await here.decide(proposal(), AUTHORITY)
  await join(OTHER)
}
const track = (step: StepId) => ({ corridor: CORRIDOR, id: 'bricks', step })
const declaring = (
  step: StepId,
  change: Partial<Extract<TrackChange, { verb: 'declare-step' }>> = {},
): TrackChange => ({
  verb: 'declare-step',
  track: track(step),
  progress: 'done',
  on: today(),
  part: 'The whole step',
  evidence: [],
  ...change,
})
const steps = async (at = here.now()) => {
  const now = await corridor(here.now())
  if (now === undefined) throw new Error('no corridor')
  return trackAt(await readTrack(CORRIDOR, 'bricks', here.world.store), now, at.toISOString())
}
const step = async (id: StepId) => (await steps()).find((one) => one.step === id)
const joinStep = async (id: StepId, authority: string) =>
  here.decide({ verb: 'join-step', track: track(id), hash: (await step(id))?.declarations[0]?.hash ?? '' }, authority)
/** One declares it and the other joins; or each declares its own. */
const finish = async (id: StepId, parties = [AUTHORITY, OTHER]) => {
  const isEach = id === '4' || id === '5'
  for (const [at, party] of parties.entries())
    await (at === 0 || isEach ? here.decide(declaring(id), party) : joinStep(id, party))
}
const refusal = (change: ProposedChange, authority = AUTHORITY): Promise<string[]> =>
  here.propose(change, authority).then(
    () => [],
    ({ code, faults = [] }: { code: string; faults?: Fault[] }) => [code, ...faults.map(({ pointer }) => pointer)],
  )

beforeEach(async () => {
  here = await withTwoOfficers({ elseIn: 'TH' })
  host = new URL(here.world.baseUrl).host
})

describe('R-065, R-118: a corridor', () => {
  test('is founded jointly, with its parties, occupations and evidence of the demand', async () => {
    await here.decide(proposal(), AUTHORITY)
    expect(await corridor()).toMatchObject({ state: 'waiting', waiting: { missing: [{ id: OTHER }] } })
    // Nobody declares before all have joined.
    expect(await refusal(declaring('1'))).toEqual(['not-found'])
    await join(OTHER)
    expect(await corridor()).toMatchObject({
      state: 'open',
      current: { text: { content: { states: [{ state: 'PH' }, { state: 'TH' }] } } },
    })
  })

  test('is refused without demand, occupations or a second state, and each fault is named', async () => {
    const faults = (change: Partial<TrackText>, parties?: string[]) => refusal(proposal(parties, 1, change))
    const at = '/corridor/tracks/0'
    expect(await faults({ demand: [] })).toEqual(['validation-failed', `${at}/demand`])
    expect(await faults({ demand: [open('worker-profile')] })).toEqual(['validation-failed', `${at}/demand/0/artefact`])
    expect(await faults({ occupations: [], areas: [] })).toEqual(['validation-failed', `${at}/occupations`])
    expect(await faults({ origin: 'PH', host: 'VN' })).toEqual(['validation-failed', `${at}/host`])
    expect(await faults({ skillsArea: 'Equivalent trades' })).toEqual(['validation-failed', `${at}/skillsArea`])
    expect(await faults({ skillsArea: 'Verified trades' })).toEqual(['validation-failed', `${at}/skillsArea`])
    expect(await faults({ areas: [{ area: 'x', occupations: ['9333'], qualifications: [] }] })).toHaveLength(2)
    expect(await faults({}, [AUTHORITY])).toContain('/parties')
    expect(await faults({}, [AUTHORITY, 'nobody'])).toContain('/parties/1')
    expect(await refusal(proposal(), OTHER)).toEqual(['not-found'])
    const far = proposal()
    const parties = [...far.parties.slice(0, 1), { registry: 'pantai.example', id: 'agency' }]
    expect(await refusal({ ...far, parties })).toEqual(['validation-failed', '/parties/1'])
  })
})

describe('R-056, R-059: a step', () => {
  beforeEach(found)

  test('that needs all is done once every party has joined one text, and one of its own once each has declared', async () => {
    await here.decide(declaring('1', { progress: 'under-way' }), AUTHORITY)
    expect(await step('1')).toMatchObject({ progress: 'under-way' })
    await here.decide(declaring('1', { evidence: [open('occupation-list', 'b')] }), AUTHORITY)
    expect(await step('1')).toMatchObject({ progress: 'waits', missing: [OTHER] })
    await joinStep('1', OTHER)
    expect(await step('1')).toMatchObject({ progress: 'done', missing: [], settled: { parties: [AUTHORITY, OTHER] } })
    for (const id of ['2', '3', '4', '5', '6', '7a', '7b'] as const) await finish(id)
    expect((await steps()).map(({ progress }) => progress)).toEqual(Array.from({ length: 8 }, () => 'done'))
    // What each declared of its own arrangements is its own text.
    expect(await refusal({ verb: 'join-step', track: track('4'), hash: 'x' })).toEqual(['conflict', '/hash'])
  })

  test('of which each party has another text is not done', async () => {
    await here.decide(declaring('1', { part: 'Walls' }), AUTHORITY)
    await here.decide(declaring('1', { part: 'Roofs' }), OTHER)
    expect(await step('1')).toMatchObject({ progress: 'waits' })
  })

  test('R-029: has an owner and a day that only the parties read, and a moved day keeps the old one', async () => {
    const planned = (due: string): TrackChange => ({ verb: 'plan-step', track: track('2'), office: 'Bureau', due })
    await here.decide(planned('2026-03-01'), AUTHORITY)
    later(60)
    await here.decide(planned('2026-09-01'), OTHER)
    const commits = await readPlan(CORRIDOR, 'bricks', here.world.store)
    const plans = (day: string, done: StepId[] = []) => plansAt(commits, { today: day, done: new Set(done) })
    expect(plans('2026-09-02')).toMatchObject([
      { step: '2', due: '2026-09-01', overdue: true, history: [{ due: '2026-03-01' }, { due: '2026-09-01' }] },
    ])
    expect(plans('2026-09-02', ['2'])).toMatchObject([{ overdue: false }])
    // It is in no index, so no list and no log has it.
    expect(commits.some(({ index }) => index !== undefined)).toBe(false)
    expect(await refusal(planned('2026-09-01'), BODY)).toEqual(['not-found'])
  })
})

describe('attacks on corridors', () => {
  beforeEach(found)

  test('Z001: evidence has one whole SHA-256 and one title, and it is a document of its step', async () => {
    const offered = (...evidence: OfferedEvidence[]) => refusal(declaring('1', { evidence }))
    const list = open('occupation-list')
    for (const sha256 of [
      'a'.repeat(40),
      'A'.repeat(64),
      'a'.repeat(63),
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ])
      expect(await offered({ ...list, sha256 })).toEqual(['validation-failed', '/evidence/0/sha256'])
    expect(await offered(list, { ...list, title: 'Another' })).toEqual(['validation-failed', '/evidence/1/sha256'])
    // The demand of the corridor has that hash under another title.
    expect(await offered({ ...list, sha256: hashed('d') })).toEqual(['validation-failed', '/evidence/0/sha256'])
    expect(await offered(open('worker-profile'))).toEqual(['validation-failed', '/evidence/0/artefact'])
    expect(await offered({ ...list, title: 'A verified list ✓' })).toEqual(['validation-failed', '/evidence/0/title'])
  })

  test('R-062, Z002: of what is not public only its kind is in the record and in the log, and equal documents do not look equal', async () => {
    for (const id of ['1', '2', '3'] as const) await finish(id)
    const kept = (nonce: string): OfferedEvidence => ({
      ...{ access: 'hash-only', artefact: 'practice-examination', title: 'Examination of Ms Santos' },
      ...{ sha256: hashed('e'), nonce },
    })
    expect(await refusal(declaring('4', { evidence: [open('practice-examination')] }))).toContain('/evidence/0/access')
    const [one, two] = ['1', '2'].map((digit) => kept(digit.repeat(32))) as [OfferedEvidence, OfferedEvidence]
    await here.decide(declaring('4', { evidence: [one] }), AUTHORITY)
    await here.decide({ verb: 'attach-evidence', track: track('4'), evidence: [two] }, AUTHORITY)
    const commits = await readTrack(CORRIDOR, 'bricks', here.world.store)
    const logged = commits.map((commit) => logs.catalogue.logged(commit)?.record).join()
    for (const text of [JSON.stringify(commits), logged]) {
      expect(text).toContain('practice-examination')
      expect(text).not.toContain('Santos')
      expect(text).not.toContain(hashed('e'))
      expect(text).not.toContain('1'.repeat(32))
    }
    // The hourly audit knows these streams.
    for (const { stream } of commits) expect(stream).toMatch(decisionLogs.catalogue)
    const found = await step('4')
    const [declared] = found?.declarations[0]?.statement.evidence ?? []
    const [attached] = found?.attached ?? []
    const commitments = [declared, attached].map((each) => each?.access === 'hash-only' && each.commitment)
    expect(new Set(commitments).size).toBe(2)
    // A party that has the document and the bits can show that it is this one.
    expect(commitmentOf({ nonce: '1'.repeat(32), sha256: hashed('e') })).toBe(commitments[0])
  })

  test('Z003: no step is back-dated, skipped, or declared for another party', async () => {
    later(400)
    const day = (days: number) => new Date(here.now().getTime() + days * DAY_MS).toISOString().slice(0, 10)
    const wrongDay = ['validation-failed', '/on']
    expect(await refusal(declaring('1', { on: day(-800) }))).toEqual(wrongDay)
    expect(await refusal(declaring('1', { on: day(2) }))).toEqual(wrongDay)
    expect(await refusal(declaring('7b'))).toEqual(['validation-failed', '/step'])
    await finish('1')
    expect(await refusal(declaring('2', { on: day(-1) }))).toEqual(wrongDay)
    // Declared, undone and declared again: not for an earlier day than that of the withdrawal.
    await here.decide(declaring('2'), AUTHORITY)
    later(10)
    await here.decide({ verb: 'withdraw-step', track: track('2'), basis: 'A mistake' }, AUTHORITY)
    expect(await refusal(declaring('2', { on: day(-10) }))).toEqual(wrongDay)
    // Step 2 waits for the other party, which decides for itself.
    await here.decide(declaring('2'), AUTHORITY)
    expect(await refusal(declaring('3'))).toEqual(['validation-failed', '/step'])
    expect(await refusal(declaring('1'), BODY)).toEqual(['not-found'])
    expect(await refusal(declaring('2'))).toEqual(['conflict'])
  })

  test('Z003: what stood stays readable as of its day, and a later step keeps an earlier one', async () => {
    await finish('1')
    await here.decide(declaring('2'), AUTHORITY)
    const then = here.now()
    expect(await refusal({ verb: 'withdraw-step', track: track('1'), basis: 'Act 4' })).toEqual(['conflict'])
    await here.decide({ verb: 'withdraw-step', track: track('2'), basis: 'Act 4' }, AUTHORITY)
    await here.decide({ verb: 'withdraw-step', track: track('1'), basis: 'Act 4' }, AUTHORITY)
    expect((await steps()).slice(0, 2).map(({ progress }) => progress)).toEqual(['waits', 'nothing'])
    expect((await steps(then)).slice(0, 2).map(({ progress }) => progress)).toEqual(['done', 'waits'])
  })

  test('R-073, Z004: a third state joins in the middle, nobody is removed, and nothing that was done is opened again', async () => {
    await decisionsIn(here.world).authority(THIRD, 'VN')
    await here.name(THIRD)
    await finish('1')
    expect(await refusal(proposal([AUTHORITY, THIRD], 2, { host: 'VN' }))).toEqual(['conflict'])
    expect(await refusal(proposal([AUTHORITY, OTHER], 2, { id: 'roofs' }))).toEqual(['conflict'])
    await here.decide(proposal([AUTHORITY, OTHER, THIRD], 2), AUTHORITY)
    // Until all have joined, the first version is in force, and the third state is no party.
    expect(await corridor()).toMatchObject({ state: 'open', current: { text: { number: 1 } } })
    expect(await refusal(declaring('1'), THIRD)).toEqual(['not-found'])
    await join(THIRD, 2)
    await join(OTHER, 2)
    expect(await corridor()).toMatchObject({ current: { text: { number: 2 } }, periods: [{}, {}] })
    expect(await step('1')).toMatchObject({
      progress: 'done',
      settled: { parties: [AUTHORITY, OTHER] },
      missing: [THIRD],
    })
    await joinStep('1', THIRD)
    await finish('2', [OTHER, AUTHORITY])
    expect(await step('2')).toMatchObject({ progress: 'waits', missing: [THIRD] })
    await joinStep('2', THIRD)
    expect(await step('2')).toMatchObject({ progress: 'done', settled: { parties: [AUTHORITY, OTHER, THIRD] } })
  })

  test('Z004: a party that is no accepted root any more declares nothing, and nor does an heir of another state', async () => {
    const at = here.world.at(here.next())
    const refused = { ...at, policy: { ...at.policy, refused: [OTHER] } }
    const asked = { authority: OTHER, subject: 'one', id: 'p-refused', change: declaring('1') }
    await expect(proposeChange(asked, refused)).rejects.toMatchObject({ code: 'not-found' })
    const decisions = decisionsIn(here.world)
    await decisions.authority(THIRD, 'VN')
    await here.name(THIRD)
    await decisions.succeed(OTHER, THIRD, here.next())
    for (const authority of [OTHER, THIRD])
      expect([authority, await refusal(declaring('1'), authority)]).toEqual([authority, ['not-found']])
    // What the state joined stays readable.
    expect(await corridor()).toMatchObject({
      current: { text: { content: { states: [{ state: 'PH' }, { state: 'TH' }] } } },
    })
  })

  test('Z004: a party that leaves ends it for all, and a corridor with a name that looks the same is refused', async () => {
    const joint = { kind: 'corridor', id: `${AUTHORITY}.second`, number: 1 }
    // The first letter is Cyrillic.
    for (const title of ['Building trades', 'BUILDING  TRADES', 'Вuilding trades'])
      expect(await refusal({ ...proposal([AUTHORITY, OTHER], 1, {}, title), joint })).toEqual(['conflict'])
    const { current } = (await corridor()) ?? {}
    const named = { kind: 'corridor', id: CORRIDOR, number: 1 }
    const leaving = { verb: 'leave-version', joint: named, hash: current?.hash ?? '', basis: 'Act 4' } as const
    await here.decide({ ...leaving, effectiveAt: here.now().toISOString() }, OTHER)
    expect(await corridor()).toMatchObject({ state: 'ended' })
    expect(await refusal(declaring('1'))).toEqual(['conflict'])
  })
})

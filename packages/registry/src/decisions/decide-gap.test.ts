import type { OfferedEvidence } from '@sijil/qualifications'
import { beforeEach, expect, test } from 'vitest'
import { AUTHORITY, BODY } from '../../../../test/support/registry-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { gapsAt, readGaps } from '../corridors/gaps.ts'
import { trackForParty } from '../corridors/party-track.ts'
import { jointAt, readJoint } from '../joint/joint-at.ts'
import type { GapChange } from './decide-gap.ts'
import type { ProposedChange } from './proposals.ts'

const OTHER = 'demo-else'
const START = '2026-01-01T00:00:00.000Z'
const source = 'https://board.example/standard'
const register = { corridor: `${AUTHORITY}.building`, id: 'walls' }
const closing: OfferedEvidence = {
  access: 'public',
  artefact: 'gap-register',
  title: 'Course of two days',
  address: source,
  sha256: 'a'.repeat(64),
}
let here: TwoOfficers

const stated = (name: string): ProposedChange => ({
  verb: 'state-qualification',
  qualification: `${BODY}.${name}`,
  statement: { kind: 'skills-certificate', title: name, description: 'Builds.', field: 'Building', source },
  edition: {
    ...{ id: '2026', from: '2026-01-01', validity: 'none', source },
    units: ['1', '2', '3'].map((at) => ({ code: `${name.slice(0, 1).toUpperCase()}${at}`, title: `Unit ${at}` })),
  },
  effectiveAt: START,
})

beforeEach(async () => {
  here = await withTwoOfficers({ elseIn: 'TH' })
  const registry = new URL(here.world.baseUrl).host
  const parties = [AUTHORITY, OTHER].map((id) => ({ registry, id }))
  for (const name of ['bricks', 'masonry']) await here.decide(stated(name), BODY)
  await here.decide(
    {
      verb: 'propose-comparison',
      joint: { kind: 'comparison', id: `${AUTHORITY}.bricks`, number: 1 },
      parties,
      comparison: {
        from: { qualification: `${BODY}.bricks`, edition: '2026' },
        to: { qualification: `${BODY}.masonry`, edition: '2026' },
        rows: [
          { unit: 'M1', result: 'match', by: ['B1'] },
          { unit: 'M2', result: 'partial', by: ['B2'], note: 'By hand only' },
          { unit: 'M3', result: 'gap', by: [], note: 'First aid' },
        ],
        aspects: {},
      },
      effectiveAt: START,
    },
    AUTHORITY,
  )
  const joint = { kind: 'corridor', id: register.corridor, number: 1 }
  const demand = { ...closing, artefact: 'demand-evidence', sha256: 'd'.repeat(64) } as const
  const occupations = [{ isco: '7112', descriptions: [], roles: [] }]
  const tracks = [{ id: 'walls', skillsArea: 'Walls', demand: [demand], occupations, areas: [] }]
  const effectiveAt = here.now().toISOString()
  await here.decide(
    { verb: 'propose-corridor', joint, parties, corridor: { title: 'Building', tracks }, effectiveAt },
    AUTHORITY,
  )
  const moment = here.now().toISOString()
  const proposed = jointAt(await readJoint(joint, here.world.store), { effective: moment, recorded: moment })
  await here.decide({ verb: 'join-version', joint, hash: proposed?.hash ?? '', effectiveAt: moment }, OTHER)
})

const opening: GapChange = { verb: 'open-gaps', register, comparison: { id: `${AUTHORITY}.bricks`, number: 1 } }
const closed = (gap: string, evidence = [closing]): GapChange => ({ verb: 'close-gap', register, gap, evidence })
const gaps = async () => gapsAt(await readGaps(register.corridor, register.id, here.world.store))
const refusal = (change: ProposedChange, authority = AUTHORITY): Promise<string> =>
  here.propose(change, authority).then(
    () => '',
    ({ code }: { code: string }) => code,
  )

test('R-061: a register is filled from a comparison, and a gap has an action and is closed with evidence', async () => {
  await here.decide(opening, AUTHORITY)
  expect(await gaps()).toMatchObject([
    { id: 'g1', unit: 'M2', result: 'partial', note: 'By hand only', openedBy: { id: AUTHORITY, state: 'PH' } },
    { id: 'g2', unit: 'M3', result: 'gap' },
  ])
  expect(await refusal(opening)).toBe('conflict')
  await here.decide(
    { verb: 'plan-gap', register, gap: 'g1', action: 'A course', office: 'Bureau', due: '2020-01-01' },
    OTHER,
  )
  await here.decide(closed('g2'), OTHER)
  expect(await gaps()).toMatchObject([{ action: 'A course' }, { closed: { by: { id: OTHER }, evidence: [closing] } }])
  expect(await refusal(closed('g2'))).toBe('conflict')
  // A later reading of the same units may find it again.
  await here.decide(opening, OTHER)
  expect((await gaps()).map(({ id, unit }) => `${id} ${unit}`)).toEqual(['g1 M2', 'g2 M3', 'g3 M3'])
})

test('R-029: office and day of a gap are for the parties, and an overdue one is named', async () => {
  await here.decide(opening, AUTHORITY)
  await here.decide(
    { verb: 'plan-gap', register, gap: 'g1', action: 'A course', office: 'Bureau', due: '2020-01-01' },
    OTHER,
  )
  const commits = await readGaps(register.corridor, register.id, here.world.store)
  expect(JSON.stringify(commits)).not.toMatch(/Bureau|2020-01-01/)
  const asked = { corridor: register.corridor, track: register.id }
  const read = (authority: string) =>
    trackForParty({ authority, ...asked }, { store: here.world.store, now: here.now() })
  expect((await read(AUTHORITY)).gaps).toMatchObject([
    { id: 'g1', owner: 'Bureau', due: '2020-01-01', overdue: true },
    { id: 'g2', overdue: false },
  ])
  await expect(read(BODY)).rejects.toMatchObject({ code: 'not-found' })
})

test('a gap is decided by parties alone, from a comparison that names them, and never without evidence', async () => {
  expect(await refusal(opening, BODY)).toBe('not-found')
  expect(await refusal({ ...opening, comparison: { id: `${AUTHORITY}.bricks`, number: 2 } })).toBe('validation-failed')
  expect(await refusal(closed('g1'))).toBe('not-found')
  await here.decide(opening, AUTHORITY)
  expect(await refusal(closed('g1', []))).toBe('validation-failed')
  const short = { ...closing, sha256: 'a'.repeat(40) }
  expect(await refusal(closed('g1', [short]))).toBe('validation-failed')
})

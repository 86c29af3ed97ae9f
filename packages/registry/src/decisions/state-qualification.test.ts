import type { EditionStatement } from '@sijil/qualifications'
import { beforeEach, describe, expect, test } from 'vitest'
import { AUTHORITY, aBody, BODY, FROM, noon } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { qualificationAt } from '../catalogue/qualification-at.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import { accreditationStatus } from '../trust/accreditation-status.ts'
import { trustOf } from '../trust/reader.ts'
import { verifyDocument } from '../verification/verify.ts'
import type { ProposedChange } from './proposals.ts'
import { approveProposal } from './propose.ts'
import type { CatalogueChange } from './state-qualification.ts'

const ID = `${BODY}.cookery-2`
let here: TwoOfficers
beforeEach(async () => {
  here = await withTwoOfficers()
})

const edition = (change: Partial<EditionStatement> = {}): EditionStatement => ({
  id: '2026',
  from: '2026-01-01',
  level: { framework: 'PQF', national: 2 },
  units: [
    { code: 'COOK1', title: 'Prepare vegetables' },
    { code: 'COOK2', title: 'Prepare stocks' },
  ],
  validity: { years: 5 },
  source: 'https://tesda.example/cookery',
  ...change,
})
type Statement = Extract<CatalogueChange, { verb: 'state-qualification' }>
const statement: Statement['statement'] = {
  kind: 'skills-certificate',
  title: 'Cookery NC II',
  description: 'Found able to cook plain food for groups.',
  field: 'Food',
  source: 'https://tesda.example/cookery',
}
const cookery = (change: Partial<Statement> = {}): Statement => ({
  verb: 'state-qualification',
  qualification: ID,
  statement,
  edition: edition(),
  effectiveAt: '2026-01-01T00:00:00.000Z',
  ...change,
})
const propose = (change: ProposedChange, authority = BODY) => here.propose(change, authority)
const decided = (change: ProposedChange, authority = BODY) => here.decide(change, authority)
const record = async (id = ID, recorded = here.now().toISOString()) =>
  qualificationAt(await catalogueOf(here.world.store)(id), { effective: noon.toISOString(), recorded })

describe('I56: a body states its own qualification', () => {
  test('two of its officers decide it, and both times are on record', async () => {
    const proposal = await propose(cookery())
    expect(await record()).toBeUndefined()
    const alone = { id: proposal.id, authority: BODY, subject: 'one', hash: proposal.hash, signedInAt: noon }
    await expect(approveProposal(alone, here.world.at(noon))).rejects.toMatchObject({ code: 'four-eyes-required' })
    expect(await here.approve(proposal)).toMatchObject({ state: 'carried-out' })
    expect(await record()).toMatchObject({
      id: ID,
      state: 'PH',
      title: 'Cookery NC II',
      edition: '2026',
      framework: 'PQF',
      level: 2,
      statedBy: { id: BODY, name: expect.stringContaining('(demonstration)') },
    })
    expect(await record(ID, noon.toISOString())).toBeUndefined()
    expect(here.world.store.events('qualification-stated')).toMatchObject([{ stream: `registry/qualification:${ID}` }])
  })

  test('an approval that is repeated records it once', async () => {
    const proposal = await propose(cookery())
    await here.approve(proposal)
    await here.approve(proposal)
    expect(here.world.store.events('qualification-stated')).toHaveLength(1)
  })

  test('an edition takes the place of another, and the earlier answers stay', async () => {
    await decided(cookery())
    const before = here.now().toISOString()
    await decided({
      verb: 'state-edition',
      qualification: ID,
      edition: edition({ id: '2027', from: '2026-02-01', supersedes: '2026' }),
      effectiveAt: '2026-02-01T00:00:00.000Z',
    })
    expect([(await record())?.edition, (await record(ID, before))?.edition]).toEqual(['2027', '2026'])
  })

  test('D-16: and the law that demands it for the work, until it states the record without that law', async () => {
    const requiredByLaw = { law: 'Construction Services Act, article 70', source: 'https://law.example/70' }
    await decided(cookery({ statement: { ...statement, requiredByLaw } }))
    expect(await record()).toMatchObject({ requiredByLaw, statedBy: { id: BODY } })
    const before = here.now().toISOString()
    await decided(cookery())
    expect(await record()).not.toHaveProperty('requiredByLaw')
    expect(await record(ID, before)).toMatchObject({ requiredByLaw })
  })

  test('and of each edition how it is assessed and what it does not cover', async () => {
    const more = { assessment: 'A practical test of one day.', limits: 'Not on gas.' }
    await decided(cookery({ edition: edition(more) }))
    expect(await record()).toMatchObject(more)
  })

  test('a retired qualification is stated no more', async () => {
    await decided(cookery())
    const retire = {
      verb: 'retire-qualification',
      qualification: ID,
      effectiveAt: noon.toISOString(),
      basis: 'decision 9',
    } as const
    await decided(retire)
    await expect(propose(retire)).rejects.toMatchObject({ code: 'conflict' })
    await expect(propose(cookery())).rejects.toMatchObject({ code: 'conflict' })
  })
})

test.each([
  ['another body', 'demo-other.cookery-2', BODY],
  ['a baseline record', 'ph-masonry-nc2', BODY],
  ['the body, by an authority that does not own it', ID, 'demo-else'],
  ['nobody', 'cookery', BODY],
])('Q007: a qualification of %s cannot be stated, as if it did not exist', async (_, qualification, authority) => {
  await expect(propose(cookery({ qualification }), authority)).rejects.toMatchObject({ code: 'not-found' })
})

test('Q009: the approval of an earlier version fails', async () => {
  await decided(cookery())
  const [one, other] = [
    await propose(cookery({ statement: { ...statement, title: 'Cookery II' } })),
    await propose(cookery({ statement: { ...statement, title: 'Cookery Two' } })),
  ]
  await here.approve(one)
  await expect(here.approve(other)).rejects.toMatchObject({ code: 'conflict', reason: 'stated-meanwhile' })
  expect((await record())?.title).toBe('Cookery II')
})

test('Q005: two approvals that are harmless alone make no cycle', async () => {
  await decided(cookery())
  await decided({ verb: 'state-edition', qualification: ID, edition: edition({ id: '2027' }), effectiveAt: FROM })
  const follow = (id: string, supersedes: string): ProposedChange => ({
    verb: 'state-edition',
    qualification: ID,
    edition: edition({ id, supersedes }),
    effectiveAt: noon.toISOString(),
  })
  const [one, other] = [await propose(follow('2026', '2027')), await propose(follow('2027', '2026'))]
  await here.approve(one)
  await expect(here.approve(other)).rejects.toMatchObject({ code: 'conflict' })
  await expect(propose(follow('2027', '2026'))).rejects.toMatchObject({
    faults: [{ pointer: '/edition/supersedes', detail: 'must not follow this edition itself' }],
  })
})

test('Q005: no two editions follow the same one', async () => {
  await decided(cookery())
  const follow = (id: string): ProposedChange => ({
    verb: 'state-edition',
    qualification: ID,
    edition: edition({ id, supersedes: '2026' }),
    effectiveAt: FROM,
  })
  await decided(follow('2027'))
  await expect(propose(follow('2028'))).rejects.toMatchObject({
    faults: [{ pointer: '/edition/supersedes', reason: 'followed-already' }],
  })
})

describe('a statement that cannot stand is refused with a pointer to each fault', () => {
  const units = (count: number) => Array.from({ length: count }, (_, at) => ({ code: `U${at}`, title: `Unit ${at}` }))
  test.each([
    ['77 units', { units: units(77) }, '/edition/units'],
    [
      'Q006: two unit codes that look the same',
      {
        units: [
          { code: 'MAS-1', title: 'a' },
          { code: 'МAS-1', title: 'b' },
        ],
      },
      '/edition/units/1/code',
    ],
    ['Q012: a level outside of the framework', { level: { framework: 'PQF', national: 9 } }, '/edition/level/national'],
    [
      'Q012: a level of a framework without numbers',
      { level: { framework: 'WSQ', national: 1 } },
      '/edition/level/national',
    ],
    ['an unknown framework', { level: { framework: 'XQF', national: 1 } }, '/edition/level/framework'],
    ['an end before the beginning', { until: '2025-12-31' }, '/edition/until'],
    ['an edition that follows itself', { supersedes: '2026' }, '/edition/supersedes'],
    ['an edition that follows an unknown one', { supersedes: '2001' }, '/edition/supersedes'],
  ])('%s', async (_, change, pointer) => {
    await expect(propose(cookery({ edition: edition(change) }))).rejects.toMatchObject({
      code: 'validation-failed',
      faults: [expect.objectContaining({ pointer, reason: expect.any(String) })],
    })
  })

  test('76 units are allowed', async () => {
    await decided(cookery({ edition: edition({ units: units(76) }) }))
    expect((await record())?.units).toHaveLength(76)
  })

  test.each(['VALID certificate of cookery', 'Cookery ✓', 'Verified cook', 'Genuine cookery'])(
    'Q015: a title that reads like a verdict: %s',
    async (title) => {
      await expect(propose(cookery({ statement: { ...statement, title } }))).rejects.toMatchObject({
        faults: [expect.objectContaining({ pointer: '/title', reason: expect.any(String) })],
      })
    },
  )

  test('Q015: a law, a way of assessment or a limit that reads like a verdict', async () => {
    const requiredByLaw = { law: 'VALID ✓ in all states', source: 'https://law.example/70' }
    await expect(propose(cookery({ statement: { ...statement, requiredByLaw } }))).rejects.toMatchObject({
      faults: [expect.objectContaining({ pointer: '/requiredByLaw/law' })],
    })
    await expect(
      propose(cookery({ edition: edition({ assessment: 'Verified ✓', limits: 'VALID ✓' }) })),
    ).rejects.toMatchObject({
      faults: ['/edition/assessment', '/edition/limits'].map((pointer) => expect.objectContaining({ pointer })),
    })
  })

  test('a new qualification without an edition, and a second language that stands twice', async () => {
    const { edition: _, ...none } = cookery()
    await expect(propose(none)).rejects.toMatchObject({ faults: [{ pointer: '/edition', reason: expect.any(String) }] })
    const twice = [
      { text: 'Pagluluto', language: 'fil' },
      { text: 'Pagluto', language: 'fil' },
    ]
    await expect(propose(cookery({ statement: { ...statement, localTitles: twice } }))).rejects.toMatchObject({
      faults: [{ pointer: '/localTitles/1/language', reason: expect.any(String) }],
    })
  })
})

describe('I57: nothing that its holder states later enters a scope', () => {
  const allowed = async (qualification = ID) => {
    const moment = here.next().toISOString()
    const { standing } = await accreditationStatus(
      {
        issuer: BODY,
        qualification: await catalogueOf(here.world.store)(qualification),
        place: 'PH',
        site: undefined,
        effective: moment,
        recorded: moment,
      },
      { trust: trustOf(here.world.store), policy: { demonstration: true } },
    )
    return standing
  }
  const grant = (scope: object): ProposedChange => ({
    verb: 'accredit',
    grantee: BODY,
    grant: 'wide',
    right: 'issue',
    scope,
    basis: 'decision 3',
    effectiveAt: noon.toISOString(),
  })
  const restate = (change: Partial<EditionStatement>, more: Partial<Statement['statement']> = {}) =>
    decided(cookery({ statement: { ...statement, ...more }, edition: edition(change) }))

  test('Q010: a qualification that is new after the grant', async () => {
    await decided(grant({ qualifications: { framework: 'PQF' }, levels: { from: 1, to: 4 } }), AUTHORITY)
    await decided(cookery())
    expect(await allowed()).toBe('not-for-this')
    expect(await allowed('ph-tile-nc2')).toBe('authorised')
  })

  test('Q010: a level, a field or an occupation that its holder changed', async () => {
    await restate({ level: { framework: 'PQF', national: 6 } })
    await decided(grant({ qualifications: { framework: 'PQF' }, levels: { from: 1, to: 4 } }), AUTHORITY)
    await restate({ level: { framework: 'PQF', national: 4 } })
    expect(await allowed()).toBe('not-for-this')
  })

  test('until the grantor decides again, having seen it', async () => {
    await decided(grant({ qualifications: { framework: 'PQF' } }), AUTHORITY)
    await decided(cookery())
    const { qualifications } = { qualifications: { framework: 'PQF' } }
    await decided(
      {
        verb: 'amend',
        grantee: BODY,
        grant: 'wide',
        scope: { qualifications },
        basis: 'decision 4',
        effectiveAt: noon.toISOString(),
      },
      AUTHORITY,
    )
    expect(await allowed()).toBe('authorised')
  })

  test('until two officers of the grantor confirm it, and only what they were shown', async () => {
    await decided(grant({ qualifications: { framework: 'PQF' }, levels: { from: 1, to: 4 } }), AUTHORITY)
    await decided(cookery())
    const effectiveAt = noon.toISOString()
    const confirm: ProposedChange = { verb: 'confirm', grantee: BODY, grant: 'wide', basis: 'decision 4', effectiveAt }
    await expect(propose(confirm, BODY)).rejects.toMatchObject({ code: 'not-found' })
    await expect(propose(confirm, 'demo-else')).rejects.toMatchObject({ code: 'not-found' })
    const proposal = await propose(confirm, AUTHORITY)
    const later = `${BODY}.baking-2`
    await decided(cookery({ qualification: later }))
    expect(await allowed()).toBe('not-for-this')
    await here.approve(proposal)
    expect([await allowed(), await allowed(later)]).toEqual(['authorised', 'not-for-this'])
    // The terms are those of before: another level is outside of them, whatever is confirmed.
    await restate({ level: { framework: 'PQF', national: 6 } })
    await decided(confirm, AUTHORITY)
    expect(await allowed()).toBe('not-for-this')
  })

  test('Q009: a confirmation is refused if the grantor decided anything else about the grant meanwhile', async () => {
    await decided(grant({ qualifications: { framework: 'PQF' } }), AUTHORITY)
    const effectiveAt = noon.toISOString()
    const about = { grantee: BODY, grant: 'wide', basis: 'decision 4', effectiveAt }
    const proposal = await propose({ verb: 'confirm', ...about }, AUTHORITY)
    await decided({ verb: 'amend', ...about, scope: { qualifications: ['ph-masonry-nc2'] } }, AUTHORITY)
    await expect(here.approve(proposal)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a statement between the proposal and the approval of a grant', async () => {
    const proposal = await propose(grant({ qualifications: { framework: 'PQF' } }), AUTHORITY)
    await decided(cookery())
    await here.approve(proposal)
    expect(await allowed()).toBe('not-for-this')
  })

  test('what leaves the scope leaves it at once', async () => {
    await decided(cookery())
    await decided(grant({ qualifications: [ID], levels: { from: 1, to: 2 } }), AUTHORITY)
    expect(await allowed()).toBe('authorised')
    await restate({ level: { framework: 'PQF', national: 5 } })
    expect(await allowed()).toBe('not-for-this')
  })

  test('Q010: another edition, under which the awards of the day are not made', async () => {
    await decided(cookery())
    const scope = { qualifications: [ID], levels: { from: 1, to: 4 }, places: ['PH'] }
    await decided({ ...grant(scope), effectiveAt: '2026-01-01T00:00:00.000Z' } as ProposedChange, AUTHORITY)
    await decided({
      verb: 'state-edition',
      qualification: ID,
      edition: edition({ id: '2025', from: '2025-01-01', level: { framework: 'PQF', national: 6 } }),
      effectiveAt: '2026-01-01T00:00:00.000Z',
    })
    const issue = (named: object, key: string) =>
      here.world.issue({ qualification: ID, ...named, certificateNumber: key }, { key, deps: { now: here.next() } })
    await expect(issue({ edition: '2025' }, 'C-1')).rejects.toMatchObject({ code: 'type-not-in-scope' })
    await expect(issue({}, 'C-2')).resolves.toBeDefined()
  })

  test('what the grantor itself states counts, because it has decided it', async () => {
    const own = `${AUTHORITY}.baking-2`
    await decided(grant({ qualifications: { framework: 'PQF' } }), AUTHORITY)
    await decided(cookery({ qualification: own }), AUTHORITY)
    expect(await allowed(own)).toBe('authorised')
  })

  test('a scope cannot name a qualification that nobody has stated', async () => {
    await expect(propose(grant({ qualifications: [ID] }), AUTHORITY)).rejects.toMatchObject({
      faults: [{ pointer: '/scope/qualifications/0' }],
    })
  })
})

test('a successor states the records of the body that it succeeds, and they keep their ids', async () => {
  await decided(cookery())
  await aBody('demo-heir', here.world)
  await here.name('demo-heir')
  const anew = cookery({ statement: { ...statement, title: 'Cookery II' } })
  await expect(propose(anew, 'demo-heir')).rejects.toMatchObject({ code: 'not-found' })
  const before = await propose(anew)
  await decisionsIn(here.world).succeed(BODY, 'demo-heir', here.next())
  // One that was succeeded states nothing more, and its officers approve nothing that they proposed before.
  await expect(here.approve(before)).rejects.toMatchObject({ code: 'not-found' })
  await expect(propose(anew)).rejects.toMatchObject({ code: 'not-found' })
  await decided(anew, 'demo-heir')
  expect(await record()).toMatchObject({ id: ID, title: 'Cookery II', statedBy: { id: 'demo-heir' } })
})

test('a body issues under its own qualification, and an older certificate keeps its edition and level', async () => {
  await decided(cookery())
  const scope = { qualifications: [ID], places: ['PH'] }
  await decided(
    {
      verb: 'accredit',
      grantee: BODY,
      grant: 'cooks',
      right: 'issue',
      scope,
      basis: 'decision 3',
      effectiveAt: '2026-01-01T00:00:00.000Z',
    },
    AUTHORITY,
  )
  const deps = { now: here.next() }
  const issued = await here.world.issue({ qualification: ID }, { deps })
  const verify = () => verifyDocument(issued.verifiableCredential, here.world.verifying(here.next()))
  const first = await verify()
  expect(first).toMatchObject({
    verdict: 'valid',
    certificate: {
      qualification: { edition: '2026', title: 'Cookery NC II' },
      levels: [{ kind: 'national', level: '2' }],
    },
  })
  await decided(
    cookery({
      statement: { ...statement, title: 'Cookery II' },
      edition: edition({ level: { framework: 'PQF', national: 3 } }),
    }),
  )
  expect(await verify()).toMatchObject({ verdict: 'valid', certificate: { levels: [{ level: '2' }] } })
})

test('R-025: the edition is that of the day of assessment, and a certificate is judged by the day of its award', async () => {
  const effectiveAt = '2026-01-01T00:00:00.000Z'
  const stateEdition = (change: Partial<EditionStatement>, from = effectiveAt): ProposedChange => ({
    verb: 'state-edition',
    qualification: ID,
    edition: edition(change),
    effectiveAt: from,
  })
  await decided(cookery({ edition: edition({ until: '2026-02-20' }) }))
  await decided(stateEdition({ id: '2027', from: '2026-02-21', supersedes: '2026' }))
  // Another level, which counts from a day between the award and the issue on.
  const corrected = { until: '2026-02-20', level: { framework: 'PQF', national: 3 } }
  await decided(stateEdition(corrected, '2026-02-26T00:00:00.000Z'))
  const scope = { qualifications: [ID], places: ['PH'] }
  await decided(
    { verb: 'accredit', grantee: BODY, grant: 'cooks', right: 'issue', scope, basis: 'decision 3', effectiveAt },
    AUTHORITY,
  )
  const issue = (certificateNumber: string, assessedOn: string) =>
    here.world.issue(
      { qualification: ID, certificateNumber, assessedOn, awardedOn: '2026-02-24' },
      { key: certificateNumber, deps: { now: here.next() } },
    )
  for (const [number, assessedOn, named] of [
    ['C-1', '2026-02-20', '2026'],
    ['C-2', '2026-02-21', '2027'],
  ] as const) {
    const { verifiableCredential } = await issue(number, assessedOn)
    expect(await verifyDocument(verifiableCredential, here.world.verifying(here.next()))).toMatchObject({
      verdict: 'valid',
      certificate: { qualification: { edition: named }, levels: [{ level: '2' }] },
    })
  }
})

test('a correction that leaves the scope, also from an earlier day on, fails no certificate of before', async () => {
  await decided(cookery())
  const scope = { qualifications: [ID], places: ['PH'], levels: { from: 1, to: 2 } }
  const effectiveAt = '2026-01-01T00:00:00.000Z'
  const basis = 'decision 3'
  await decided(
    { verb: 'accredit', grantee: BODY, grant: 'cooks', right: 'issue', scope, basis, effectiveAt },
    AUTHORITY,
  )
  const issue = (certificateNumber: string) =>
    here.world.issue({ qualification: ID, certificateNumber }, { key: certificateNumber, deps: { now: here.next() } })
  const issued = await issue('C-1')
  await decided(cookery({ edition: edition({ level: { framework: 'PQF', national: 5 } }) }))
  const verified = await verifyDocument(issued.verifiableCredential, here.world.verifying(here.next()))
  expect(verified).toMatchObject({ verdict: 'valid', issuer: { today: { standing: 'not-for-this' } } })
  await expect(issue('C-2')).rejects.toMatchObject({ code: 'type-not-in-scope' })
})

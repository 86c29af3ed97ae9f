import type { EditionStatement } from '@sijil/qualifications'
import { beforeEach, expect, test } from 'vitest'
import { AUTHORITY, after, BODY, MINUTE, noon } from '../../../../test/support/registry-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { frameworkAt } from '../catalogue/framework-at.ts'
import { qualificationAt } from '../catalogue/qualification-at.ts'
import { catalogueOf, frameworkOf } from '../catalogue/reader.ts'
import { verifyDocument } from '../verification/verify.ts'
import type { ProposedChange } from './proposals.ts'

const source = 'https://tesda.example/masonry'
let here: TwoOfficers
beforeEach(async () => {
  here = await withTwoOfficers({ elseIn: 'TH' })
})
const propose = (change: ProposedChange, authority = AUTHORITY) => here.propose(change, authority)
const decided = (change: ProposedChange, authority = AUTHORITY) => here.decide(change, authority)
const assign = (change: object = {}): ProposedChange => ({
  verb: 'assign-record',
  kind: 'qualification',
  record: 'ph-masonry-nc2',
  owner: BODY,
  basis: 'decision 5',
  effectiveAt: noon.toISOString(),
  ...change,
})
const edition: EditionStatement = {
  id: '2026',
  from: '2026-01-01',
  level: { framework: 'PQF', national: 2 },
  units: [{ code: 'CON711301', title: 'Lay brick and block for structure' }],
  validity: { years: 5 },
  source,
}
const masonry: ProposedChange = {
  verb: 'state-qualification',
  qualification: 'ph-masonry-nc2',
  statement: {
    kind: 'skills-certificate',
    title: 'Masonry NC II (2026)',
    description: 'Found able to lay brick and block.',
    field: 'Building and construction',
    source,
  },
  edition,
  effectiveAt: noon.toISOString(),
}
const record = async () => {
  const moment = here.next().toISOString()
  return qualificationAt(await catalogueOf(here.world.store)('ph-masonry-nc2'), { effective: moment, recorded: moment })
}

test('I56: the root of a state assigns a record of the baseline, and its owner states it from then on', async () => {
  await expect(propose(masonry, BODY)).rejects.toMatchObject({ code: 'not-found' })
  await decided(assign())
  expect(await record()).toMatchObject({ title: 'Masonry NC II' })
  await decided(masonry, BODY)
  expect(await record()).toMatchObject({ title: 'Masonry NC II (2026)', edition: '2026', statedBy: { id: BODY } })
})

test('certificates of before stay valid, and keep the edition of the baseline', async () => {
  const { verifiableCredential } = await here.world.issue()
  await decided(assign())
  await decided(masonry, BODY)
  const verified = await verifyDocument(verifiableCredential, here.world.verifying(here.next()))
  expect([verified.verdict, verified.certificate?.qualification.title]).toEqual(['valid', 'Masonry NC II'])
  const { edition: named } = verified.certificate?.qualification ?? {}
  const moment = here.next().toISOString()
  const history = await catalogueOf(here.world.store)('ph-masonry-nc2')
  expect(named).toBeDefined()
  expect(qualificationAt(history, { effective: moment, recorded: moment, edition: named ?? '' })?.title).toBe(
    'Masonry NC II',
  )
})

test('a later assignment takes the place of the earlier one', async () => {
  await decided(assign())
  await decided(assign({ owner: AUTHORITY }))
  await expect(propose(masonry, BODY)).rejects.toMatchObject({ code: 'not-found' })
  await decided(masonry, AUTHORITY)
  expect(await record()).toMatchObject({ statedBy: { id: AUTHORITY } })
})

test('an assignment counts from its day on, and until then its owner states nothing', async () => {
  await decided(assign({ owner: AUTHORITY }))
  await decided(assign({ effectiveAt: after(60 * MINUTE).toISOString() }))
  await expect(propose(masonry, BODY)).rejects.toMatchObject({ code: 'not-found' })
  const before = await propose(masonry, AUTHORITY)
  here.pass(60 * MINUTE)
  await expect(here.approve(before)).rejects.toMatchObject({ code: 'not-found' })
  expect(await record()).toMatchObject({ title: 'Masonry NC II' })
  await decided(masonry, BODY)
  expect(await record()).toMatchObject({ statedBy: { id: BODY } })
})

test('an authority that a framework of the baseline was assigned to states it', async () => {
  await decided(assign({ kind: 'framework', record: 'PQF', owner: AUTHORITY }))
  await decided({
    verb: 'state-framework',
    framework: 'PQF',
    statement: { name: 'Philippine Qualifications Framework', acronym: 'PQF', levels: 8, levelTitles: [], source },
    effectiveAt: noon.toISOString(),
  })
  const moment = here.next().toISOString()
  expect(
    frameworkAt(await frameworkOf('PQF', here.world.store), { effective: moment, recorded: moment }),
  ).toMatchObject({
    id: 'PQF',
    statedBy: { id: AUTHORITY },
  })
})

test.each([
  ['a record of another state', { record: 'th-brick-1' }, AUTHORITY, 'not-found'],
  ['a record by an authority of another state', {}, 'demo-else', 'not-found'],
  ['a record by a body', {}, BODY, 'not-found'],
  ['a record that does not exist', { record: 'ph-nothing' }, AUTHORITY, 'not-found'],
  ['a record to nobody', { owner: 'demo-nobody' }, AUTHORITY, 'not-found'],
  ['a record to an entity that it does not oversee', { owner: 'demo-else' }, AUTHORITY, 'not-found'],
  ['a framework to a body', { kind: 'framework', record: 'PQF' }, AUTHORITY, 'validation-failed'],
])('nobody assigns %s', async (_, change, authority, code) => {
  await expect(propose(assign(change), authority)).rejects.toMatchObject({ code })
})

test('Q009: the approval of an assignment fails if the record was changed since', async () => {
  const first = await propose(assign())
  await decided(assign({ owner: AUTHORITY }))
  await expect(here.approve(first)).rejects.toMatchObject({ code: 'conflict', reason: 'stated-meanwhile' })
})

import { type EditionStatement, levelsOf, type ReferencingStatement } from '@sijil/qualifications'
import { beforeEach, describe, expect, test } from 'vitest'
import { AUTHORITY, BODY } from '../../../../test/support/registry-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { frameworkAt } from '../catalogue/framework-at.ts'
import { qualificationAt } from '../catalogue/qualification-at.ts'
import { catalogueOf, frameworkOf } from '../catalogue/reader.ts'
import type { Fault } from '../errors.ts'
import { verifyDocument } from '../verification/verify.ts'
import type { ProposedChange } from './proposals.ts'

const FRAMEWORK = `${AUTHORITY}.sqf`
const COOKERY = `${BODY}.cookery-2`
const source = 'https://board.example/sqf'
const START = '2026-01-01T00:00:00.000Z'
let here: TwoOfficers
beforeEach(async () => {
  here = await withTwoOfficers()
})
const propose = (change: ProposedChange, authority = AUTHORITY) => here.propose(change, authority)
const decided = (change: ProposedChange, authority = AUTHORITY) => here.decide(change, authority)

const framework = (change: object = {}): ProposedChange => ({
  verb: 'state-framework',
  framework: FRAMEWORK,
  statement: {
    name: 'Samudra Qualifications Framework',
    acronym: 'SQF',
    levels: 4,
    levelTitles: [],
    source,
    ...change,
  },
  effectiveAt: START,
})
const referencing = (change: Partial<ReferencingStatement> = {}): ProposedChange => ({
  verb: 'state-referencing',
  framework: FRAMEWORK,
  referencing: {
    status: 'endorsed',
    endorsedOn: '2025-05-23',
    report: 'Samudran referencing report',
    source,
    ...change,
  },
  effectiveAt: START,
})
const table = (levels: readonly (number | null)[] = [1, 2, 4, 6]): ProposedChange => ({
  verb: 'confirm-levels',
  framework: FRAMEWORK,
  table: { version: '1', rows: levels.map((aqrf, at) => ({ national: at + 1, aqrf })), source },
  effectiveAt: START,
})
const edition: EditionStatement = {
  id: '2026',
  from: '2026-01-01',
  level: { framework: FRAMEWORK, national: 3 },
  units: [{ code: 'COOK1', title: 'Prepare vegetables' }],
  validity: 'none',
  source,
}
const cookery: ProposedChange = {
  verb: 'state-qualification',
  qualification: COOKERY,
  statement: {
    kind: 'skills-certificate',
    title: 'Cookery 2',
    description: 'Found able to cook plain food.',
    field: 'Food',
    source,
  },
  edition,
  effectiveAt: START,
}
const place = (level = 3, change: object = {}): ProposedChange => ({
  verb: 'place-edition',
  qualification: COOKERY,
  edition: '2026',
  placement: { framework: FRAMEWORK, level, source },
  effectiveAt: START,
  ...change,
})
const record = async () =>
  frameworkAt(await frameworkOf(FRAMEWORK, here.world.store), { effective: START, recorded: '2027' })
const faultsOf = (change: ProposedChange) =>
  propose(change).then(
    () => [],
    ({ faults }: { faults: Fault[] }) => faults.map(({ pointer, reason }) => [pointer, reason]),
  )

describe('I56: an authority states its framework', () => {
  test('with two officers, a report that the Committee endorsed, and a level table that it confirms', async () => {
    await decided(framework())
    expect(await record()).toMatchObject({
      id: FRAMEWORK,
      acronym: 'SQF',
      levels: 4,
      referencing: { status: 'not-endorsed' },
    })
    await decided(table())
    // A table without an endorsed report supports no AQRF level.
    expect((await record())?.table).toBeUndefined()
    await decided(referencing())
    expect(await record()).toMatchObject({
      referencing: { status: 'endorsed', endorsedOn: '2025-05-23' },
      table: { version: '1', confirmedBy: expect.any(String), confirmedOn: '2026-01-01' },
      statedBy: { id: AUTHORITY },
    })
  })

  test('with a descriptor for each level, or none', async () => {
    const descriptors = [1, 2, 3, 4].map((level) => `Does the work of level ${level}.`)
    expect(await faultsOf(framework({ descriptors: descriptors.slice(1) }))).toEqual([
      ['/descriptors', 'one-name-a-level'],
    ])
    expect(await faultsOf(framework({ descriptors: [...descriptors.slice(1), 'VALID ✓'] }))).toMatchObject([
      ['/descriptors/3', expect.any(String)],
    ])
    await decided(framework({ descriptors }))
    expect(await record()).toMatchObject({ descriptors })
  })

  test('D-10: an edition with seven levels stays for its days when one with eight follows, and a level says of which it is', async () => {
    const levels = async (day: string) => {
      const moments = { effective: `${day}T12:00:00.000Z`, recorded: '2027' }
      const found = frameworkAt(await frameworkOf(FRAMEWORK, here.world.store), moments)
      return [found?.levels, found?.edition, found?.table?.rows.length]
    }
    const from = (day: string, change: ProposedChange) =>
      decided({ ...change, effectiveAt: `${day}T00:00:00.000Z` } as ProposedChange)
    const rows = (count: number) => Array.from({ length: count }, (_, at) => at + 1)
    await from('2024-01-01', framework({ levels: 7, edition: '2011' }))
    await from('2024-01-01', table(rows(7)))
    await from('2024-01-01', referencing({ endorsedOn: '2024-01-01', edition: '2011' }))
    await from('2026-01-01', framework({ levels: 8, edition: '2017' }))
    await from('2026-01-01', table(rows(8)))
    expect(await levels('2025-06-01')).toEqual([7, '2011', 7])
    expect(await levels('2026-01-01')).toEqual([8, '2017', 8])
    await decided(cookery, BODY)
    await decided(place(3))
    const found = await catalogueOf(here.world.store)(COOKERY)
    const qualification = qualificationAt(found, { effective: '2026-02-01T12:00:00.000Z', recorded: '2027' })
    if (qualification === undefined) throw new Error('no record')
    const { national, aqrf } = levelsOf(qualification, { on: '2026-02-01' })
    expect(national.basis).toContain('A level of the edition 2017 of the framework, which has 8 levels.')
    expect(aqrf.basis).toContain('The report is about the edition 2011 of the framework')
  })

  test('Q007: nobody else does, and no body does', async () => {
    await decided(framework())
    await expect(propose(referencing(), 'demo-else')).rejects.toMatchObject({ code: 'not-found' })
    const own = { ...framework(), framework: `${BODY}.sqf` } as ProposedChange
    await expect(propose(own, BODY)).rejects.toMatchObject({ code: 'not-found' })
    await expect(propose({ ...framework(), framework: 'PQF' } as ProposedChange)).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('Q009: the approval of an earlier version fails', async () => {
    const first = await propose(framework())
    await decided(framework({ name: 'Framework of Samudra' }))
    await expect(here.approve(first)).rejects.toMatchObject({ code: 'conflict', reason: 'stated-meanwhile' })
  })

  test('no framework has the name of the AQRF or of the framework of another state, in look-alike letters either', async () => {
    // The second one begins with a Cyrillic letter.
    for (const acronym of ['AQRF', 'АQRF', 'aqrf', 'MQF'])
      expect(await faultsOf(framework({ acronym }))).toEqual([['/acronym', 'another-framework']])
    const name = 'ASEAN Qualifications Reference Framework'
    expect(await faultsOf(framework({ name }))).toEqual([['/name', 'another-framework']])
    // The world of this test is in the state of the PQF.
    expect(await faultsOf(framework({ acronym: 'PQF' }))).toEqual([])
  })

  test('Q012: tables that lie, endorsements of the future, and names that are too few are refused, each with its place', async () => {
    expect(await faultsOf(framework({ levelTitles: ['One', 'Two'] }))).toEqual([['/levelTitles', 'one-name-a-level']])
    await decided(framework())
    expect(await faultsOf(table([1, 3, 2, 6]))).toEqual([['/rows/2/aqrf', 'below-a-lower-level']])
    expect(await faultsOf(table([1, 2, 4]))).toEqual([['/rows', undefined]])
    expect(await faultsOf(table([1, 2, 4, 9]))).toEqual([['/rows/3/aqrf', 'not-a-choice']])
    expect(await faultsOf(table([null, 2, null, 6]))).toEqual([])
    expect(await faultsOf(referencing({ endorsedOn: '2027-01-01' }))).toEqual([['/endorsedOn', 'in-the-future']])
    expect(await faultsOf(referencing({ status: 'proposed' }))).toEqual([['/endorsedOn', 'not-endorsed']])
  })
})

describe('an AQRF level is signed', () => {
  const issued = async (key: string) => {
    const { verifiableCredential } = await here.world.issue(
      { qualification: COOKERY, certificateNumber: key },
      { key, deps: { now: here.next() } },
    )
    const verified = await verifyDocument(verifiableCredential, here.world.verifying(here.next()))
    return {
      verifiableCredential,
      verified,
      levels: verified.certificate?.levels.map(({ kind, level }) => [kind, level]),
    }
  }
  const accredited = () =>
    decided({
      verb: 'accredit',
      grantee: BODY,
      grant: 'cooks',
      right: 'issue',
      scope: { qualifications: [COOKERY] },
      basis: 'decision 3',
      effectiveAt: START,
    })
  beforeEach(async () => {
    await decided(framework())
    await decided(cookery, BODY)
    await accredited()
  })

  test('only where the authority has confirmed its table and placed this edition', async () => {
    expect((await issued('claimed')).levels).toEqual([['national', '3']])
    await decided(place())
    expect((await issued('placed')).levels).toEqual([['national', '3']])
    await decided(table())
    expect((await issued('not endorsed')).levels).toEqual([['national', '3']])
    await decided(referencing())
    const { verified, levels } = await issued('all')
    expect(levels).toEqual([
      ['national', '3'],
      ['aqrf', '4'],
    ])
    expect(verified.verdict).toBe('valid')
    expect(verified.certificate?.levels).toMatchObject([
      { name: 'SQF level 3', citation: expect.stringContaining('confirmed by') },
      { name: 'AQRF level 4', citation: expect.stringContaining('Samudran referencing report') },
    ])
  })

  test('not by a confirmed table alone', async () => {
    await decided(table())
    await decided(referencing())
    const { levels, verified } = await issued('claimed')
    expect(levels).toEqual([['national', '3']])
    expect(verified.levels.map(({ basis }) => basis).join(' ')).toContain('has not placed this edition')
  })

  test('and stays right after the placement ends, or the table changes, for certificates of before (R-019)', async () => {
    await decided(place())
    await decided(table())
    await decided(referencing())
    const { verifiableCredential } = await issued('before')
    await decided({
      verb: 'end-placement',
      qualification: COOKERY,
      edition: '2026',
      framework: FRAMEWORK,
      basis: 'decision 9',
      effectiveAt: START,
    })
    await decided(table([1, 2, 5, 6]))
    expect(await verifyDocument(verifiableCredential, here.world.verifying(here.next()))).toMatchObject({
      verdict: 'valid',
    })
    expect((await issued('after')).levels).toEqual([['national', '3']])
  })

  test('the level of the placement outweighs the one that the owner claims', async () => {
    await decided(place(2))
    expect((await issued('lower')).levels).toEqual([['national', '2']])
  })
})

describe('a placement is refused', () => {
  beforeEach(async () => {
    await decided(framework())
    await decided(cookery, BODY)
  })

  test('outside the levels of the framework', async () => {
    expect(await faultsOf(place(5))).toEqual([['/level', 'not-a-choice']])
  })

  test('of an edition that was not stated, of a baseline record, and in the framework of another authority', async () => {
    for (const change of [
      place(3, { edition: '2031' }),
      place(3, { qualification: 'ph-masonry-nc2' }),
      place(3, { placement: { framework: 'demo-else.xqf', level: 1, source } }),
      place(3, { placement: { framework: 'PQF', level: 2, source } }),
    ])
      await expect(propose(change)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('and its end as well, where there is none', async () => {
    const end: ProposedChange = {
      verb: 'end-placement',
      qualification: COOKERY,
      edition: '2026',
      framework: FRAMEWORK,
      basis: 'decision 9',
      effectiveAt: START,
    }
    await expect(propose(end)).rejects.toMatchObject({ code: 'conflict', reason: 'not-placed' })
  })
})

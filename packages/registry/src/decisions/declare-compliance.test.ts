import { beforeEach, expect, test } from 'vitest'
import { AUTHORITY, BODY } from '../../../../test/support/registry-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { readCompliance } from '../corridors/compliance.ts'
import type { ProposedChange } from './proposals.ts'

const OTHER = 'demo-else'
const action = { arrangement: 'nursing', line: 'A.1.2', title: 'Publish the register of nurses' } as const
const document = { title: 'Register', address: 'https://nurses.example/register', sha256: 'a'.repeat(64) }
let here: TwoOfficers
beforeEach(async () => {
  here = await withTwoOfficers({ elseIn: 'TH' })
})
const today = () => here.now().toISOString().slice(0, 10)
const declared = (change: object = {}, of: object = {}): ProposedChange => ({
  verb: 'declare-compliance',
  action: { ...action, ...of },
  statement: { degree: 'part', on: today(), evidence: [document], ...change },
})
const refusal = (change: ProposedChange, authority = AUTHORITY): Promise<string> =>
  here.propose(change, authority).then(
    () => '',
    ({ code, faults = [] }: { code: string; faults?: { pointer: string }[] }) =>
      [code, ...faults.map(({ pointer }) => pointer)].join(' '),
  )
const events = async () =>
  (await readCompliance(action, here.world.store)).flatMap((commit) => commit.events.map((event) => event))

test('R-039: two officers of each state declare a degree with its evidence, its day and who declared it', async () => {
  await here.decide(declared(), AUTHORITY)
  await here.decide(declared({ degree: 'none', evidence: [] }), OTHER)
  await here.decide(declared({ degree: 'full' }), AUTHORITY)
  expect((await events()).map(({ statement, declaredBy }) => `${declaredBy.state} ${statement.degree}`)).toEqual([
    ...['PH part', 'TH none', 'PH full'],
  ])
  expect((await events())[0]).toMatchObject({ line: action, statement: { on: today(), evidence: [document] } })
  const [first] = await readCompliance(action, here.world.store)
  expect(first).toMatchObject({ by: AUTHORITY, index: 'JOINT' })
})

test('R-039, Z001: a line has one title, and a degree has a day, whole hashes and what shows it', async () => {
  await here.decide(declared(), AUTHORITY)
  for (const [change, of, answer] of [
    [{}, { title: 'Another title' }, 'validation-failed /title'],
    [{}, { title: 'Its certificates are equivalent', line: 'A.9' }, 'validation-failed /title'],
    [{}, { line: 'A 1' }, 'validation-failed /line'],
    [{ on: '2999-01-01' }, {}, 'validation-failed /on'],
    [{ degree: 'full', evidence: [] }, {}, 'validation-failed /evidence'],
    [{ evidence: [{ ...document, sha256: 'A'.repeat(64) }] }, {}, 'validation-failed /evidence/0/sha256'],
    [{ evidence: [{ ...document, title: 'Another one' }] }, {}, 'validation-failed /evidence/0/sha256'],
    [{}, {}, 'conflict'],
  ] as const)
    expect([answer, await refusal(declared(change, of))]).toEqual([answer, answer])
})

test('R-039, I36: nobody but the root of a whole state declares for it', async () => {
  expect(await refusal(declared(), BODY)).toBe('not-found')
  expect(await refusal(declared(), OTHER)).toBe('')
})

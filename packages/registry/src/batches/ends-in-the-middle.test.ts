import type { EditionStatement } from '@sijil/qualifications'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  aBatchWorld,
  asked,
  type BatchWorld,
  HEAD,
  rowsOf,
  SECOND_OFFICER,
} from '../../../../test/support/batch-world.ts'
import { AUTHORITY, BODY, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { addKey, compromiseKey, retireKey, suspendKey } from '../decisions/keys.ts'
import { stateQualification } from '../decisions/state-qualification.ts'
import { countSignedBy } from '../log/signed-by-key.ts'
import { removeMember } from '../trust/members.ts'
import { findBatch } from './batch.ts'
import { pauseBatch, resultsOf, resumeBatch, runRange } from './index.ts'

/** A key, a grant or an edition ends while a batch runs or is paused. It stops what it concerns, and says so. */

let here: BatchWorld
beforeEach(async () => {
  here = await aBatchWorld()
})
const findState = (id: string) => findBatch(BODY, id, here.world.store)
/** How many rows have each outcome. */
async function outcomes(id: string): Promise<Record<string, number>> {
  const { rows } = await resultsOf(asked(id), here.deps)
  const counted = new Map<string, number>()
  for (const { state, code = state } of rows) counted.set(code, (counted.get(code) ?? 0) + 1)
  return Object.fromEntries(counted)
}
/** Issues the first four rows. The whole message comes afterwards. */
async function begin(): Promise<void> {
  const [first] = here.messages
  await runRange({ ...first?.message, to: 3 }, 1, here.ranges())
}
const later = (minutes = 1) => {
  here.clock.now = new Date(here.clock.now.getTime() + minutes * MINUTE)
  return here.clock.now
}
const resume = (id: string) => resumeBatch(asked(id, SECOND_OFFICER), here.deps)

describe('a key', () => {
  /** Keys that signed, by the numbers of their certificates. */
  const kids = () => here.world.store.events('reserved').map(({ kid }) => kid)
  const newKey = () =>
    addKey(
      { id: BODY, purpose: 'certificates', algorithm: 'Ed25519', actor: OFFICER },
      { ...here.world.at(later()), keys: here.world.keys },
    )

  test.each([
    ['suspended', suspendKey],
    ['retired', retireKey],
  ])('N004, F31: that is %s pauses the batch and rejects nothing; with a new one it goes on', async (_, end) => {
    const { id } = await here.approve(rowsOf(6))
    await begin()
    await end({ id: BODY, kid: 'certificates-1', actor: OFFICER }, here.world.at(here.clock.now))
    const signed = here.world.keys.signatures.length
    await here.deliver()
    expect(await findState(id)).toMatchObject({ state: 'paused', paused: 'key' })
    expect(await here.counts(id)).toEqual({ submitted: 6, issued: 4, rejected: 0, pending: 2 })
    expect(here.world.keys.signatures).toHaveLength(signed)
    // Without another key it stops again, and still rejects nothing.
    await resume(id)
    await here.deliver()
    expect(await findState(id)).toMatchObject({ state: 'paused', paused: 'key' })

    const kid = await newKey()
    await resume(id)
    await here.deliver()
    expect(await here.counts(id)).toEqual({ submitted: 6, issued: 6, rejected: 0, pending: 0 })
    expect(kids().filter((one) => one === 'certificates-1')).toHaveLength(4)
    expect(kids().filter((one) => one === kid)).toHaveLength(2)
  })

  test('N004: compromised from a moment in the middle on: what it signed is counted as affected, and the rest is signed by a new one', async () => {
    const { id } = await here.approve(rowsOf(6))
    const [first] = here.messages
    await runRange({ ...first?.message, to: 1 }, 1, here.ranges())
    const from = later().toISOString()
    later()
    await begin()
    const compromised = { id: BODY, kid: 'certificates-1', actor: OFFICER, effectiveAt: from }
    await compromiseKey(compromised, here.world.at(later()))
    await here.deliver()
    expect(await findState(id)).toMatchObject({ state: 'paused', paused: 'key' })
    expect(await here.counts(id)).toEqual({ submitted: 6, issued: 4, rejected: 0, pending: 2 })
    const kid = await newKey()
    await resume(id)
    await here.deliver()
    expect(await outcomes(id)).toEqual({ issued: 6 })
    expect(kids().filter((one) => one === kid)).toHaveLength(2)
    const question = { issuer: BODY, kid: 'certificates-1', compromisedFrom: from }
    expect(await countSignedBy(question, here.deps)).toEqual({ affected: 4, witnessed: 0 })
  })
})

describe('a grant', () => {
  const grants = () => decisionsIn(here.world)

  test('N003, F31: that is suspended has the other rows rejected with the reason', async () => {
    const { id } = await here.approve(rowsOf(6))
    await begin()
    await grants().suspend(BODY, AUTHORITY, {}, here.clock.now)
    await here.deliver()
    expect(await outcomes(id)).toEqual({ issued: 4, suspended: 2 })
    expect(await findState(id)).toMatchObject({ state: 'finished', finished: { issued: 4, rejected: 2 } })
  })

  test('N003: that is suspended and given back while the batch is paused rejects nothing', async () => {
    const { id } = await here.approve(rowsOf(6))
    await begin()
    await pauseBatch(asked(id), here.deps)
    await grants().suspend(BODY, AUTHORITY, {}, later())
    await here.deliver()
    expect(await outcomes(id)).toEqual({ issued: 4, pending: 2 })
    await grants().lift(BODY, AUTHORITY, {}, later())
    later()
    await resume(id)
    await here.deliver()
    expect(await outcomes(id)).toEqual({ issued: 6 })
  })

  test.each([
    ['is withdrawn', 'not-accredited', () => grants().withdraw(BODY, AUTHORITY, {}, later())],
    [
      'ends by its own last moment',
      'not-accredited',
      () =>
        grants().amend(
          BODY,
          AUTHORITY,
          {
            scope: { qualifications: ['ph-masonry-nc1', 'ph-masonry-nc2'], places: ['PH'] },
            ...{ effectiveAt: later().toISOString(), until: later().toISOString() },
          },
          here.clock.now,
        ),
    ],
    [
      'no longer covers the qualification',
      'out-of-scope',
      () =>
        grants().amend(
          BODY,
          AUTHORITY,
          { scope: { qualifications: ['ph-masonry-nc1'] }, effectiveAt: later().toISOString() },
          here.clock.now,
        ),
    ],
  ])('N003: that %s stops its rows, and those of another qualification go on', async (_, code, end) => {
    const { id } = await here.approve(`${rowsOf(6)}\nph-masonry-nc1,ANA EXAMPLE,TP-99999,2026-02-24`)
    await begin()
    await end()
    later()
    await here.deliver()
    const isPartly = code === 'out-of-scope'
    expect(await outcomes(id)).toEqual(isPartly ? { issued: 5, [code]: 2 } : { issued: 4, [code]: 3 })
  })
})

describe('an edition', () => {
  const COOKERY = `${BODY}.cookery-2`
  const edition = (change: Partial<EditionStatement> = {}): EditionStatement => ({
    ...{ id: '2025', from: '2025-01-01', level: { framework: 'PQF', national: 2 } },
    units: [{ code: 'COOK1', title: 'Prepare vegetables' }],
    ...{ validity: { years: 5 }, source: 'https://tesda.example/cookery', ...change },
  })
  const by = { authority: BODY, actor: 'registrar' }
  const deps = () => here.world.at(here.clock.now)
  const stateEdition = (change: Partial<EditionStatement>) =>
    stateQualification(
      {
        ...{ verb: 'state-edition', qualification: COOKERY },
        ...{ edition: edition(change), effectiveAt: '2025-01-01T00:00:00.000Z' },
      },
      by,
      deps(),
    )
  /** Of two qualifications, so that one of them is not concerned. */
  async function running() {
    const scope = { qualifications: ['ph-masonry-nc2', COOKERY], places: ['PH'] }
    const { kind, field } = { kind: 'skills-certificate' as const, field: 'Food' }
    const statement = {
      kind,
      field,
      title: 'Cookery NC II',
      description: 'Found able to cook.',
      source: 'https://a.example',
    }
    await stateQualification(
      {
        ...{ verb: 'state-qualification', qualification: COOKERY, statement, edition: edition() },
        effectiveAt: '2025-01-01T00:00:00.000Z',
      },
      by,
      deps(),
    )
    await decisionsIn(here.world).amend(BODY, AUTHORITY, { scope, effectiveAt: '2025-01-01T00:00:00.000Z' }, later())
    later()
    const cooks = Array.from({ length: 5 }, (_, at) => `${COOKERY},ANA EXAMPLE,CK-${at + 1},2026-02-24`)
    const { id } = await here.approve([HEAD, ...cooks, 'ph-masonry-nc2,BEN EXAMPLE,TP-1,2026-02-24'].join('\n'))
    await begin()
    later()
    return id
  }

  test('N003: that ended before the day of its rows stops them, and the others go on', async () => {
    const id = await running()
    await stateEdition({ until: '2026-01-31' })
    await here.deliver()
    expect(await outcomes(id)).toEqual({ issued: 5, 'not-awarded': 1 })
    const { rows } = await resultsOf(asked(id), here.deps)
    expect(rows.find(({ state }) => state === 'rejected')).toMatchObject({ line: 6, pointers: ['/edition'] })
  })

  test('N003: of a qualification that is retired stops them too', async () => {
    const id = await running()
    await stateQualification(
      {
        ...{ verb: 'retire-qualification', qualification: COOKERY, basis: 'Act 3' },
        effectiveAt: '2026-01-31T00:00:00.000Z',
      },
      by,
      deps(),
    )
    await here.deliver()
    expect(await outcomes(id)).toEqual({ issued: 5, 'not-awarded': 1 })
  })

  test('N003, I60: after another edition took its place, no row is issued in an edition that nobody approved', async () => {
    const id = await running()
    await pauseBatch(asked(id), here.deps)
    await stateEdition({ id: '2026', from: '2026-02-01', units: [{ code: 'COOK9', title: 'Bake bread' }] })
    later()
    await resume(id)
    await here.deliver()
    expect(await outcomes(id)).toEqual({ issued: 5, 'not-awarded': 1 })
  })
})

test('a member who left stops what they sent', async () => {
  const { id } = await here.approve(rowsOf(6))
  await removeMember(
    { owner: BODY, subject: OFFICER, actor: 'registrar', mayLeaveFewer: true },
    { store: here.world.store, now: here.clock.now },
  )
  await here.deliver()
  expect(await findState(id)).toMatchObject({ state: 'paused', paused: 'member' })
  expect(here.world.store.events('issued')).toEqual([])
})

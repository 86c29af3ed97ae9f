import { beforeEach, describe, expect, test } from 'vitest'
import { COOKERY, cookery } from '../../../../test/support/cookery.ts'
import { AUTHORITY, BODY, FROM } from '../../../../test/support/registry-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { countAffected } from '../certificates/affected.ts'
import { verifyDocument } from '../verification/verify.ts'

const source = 'https://board.example/cookery'
const unit = (code: string) => ({ code, title: `Unit ${code}` })
const withUnits = (...codes: string[]) => ({ units: codes.map(unit) })
const scopeOf = (...codes: string[]) => ({
  qualifications: [COOKERY],
  units: [{ qualification: COOKERY, codes }],
})

let here: TwoOfficers
let issued = 0
beforeEach(async () => {
  here = await withTwoOfficers()
  await here.decide(stated('A', 'B', 'C'), BODY)
})

/** The body states its qualification with an edition of these units. */
function stated(...codes: string[]) {
  const change = cookery()
  if (change.verb !== 'state-qualification') throw new Error('another verb')
  return { ...change, edition: { ...change.edition, ...withUnits(...codes) } } as typeof change
}
const restate = (id: string, ...codes: string[]) =>
  here.decide(
    {
      verb: 'state-edition',
      qualification: COOKERY,
      edition: { id, from: '2026-01-01', validity: 'none', source, ...withUnits(...codes) },
      effectiveAt: '2026-01-01T00:00:00.000Z',
    } as never,
    BODY,
  )
const accredit = (...codes: string[]) =>
  here.decide(
    {
      verb: 'accredit',
      grantee: BODY,
      grant: 'cook',
      right: 'issue',
      scope: scopeOf(...codes),
      basis: 'decision 1',
      effectiveAt: FROM,
    } as never,
    AUTHORITY,
  )
const issue = async (units?: string[]) => {
  const change = {
    qualification: COOKERY,
    certificateNumber: `C-${++issued}`,
    awardedOn: '2026-02-24',
    ...(units && { units }),
  }
  return here.world.issue(change, { key: `key-${issued}`, deps: { now: here.next() } })
}
const verdictOf = async ({ verifiableCredential }: Awaited<ReturnType<typeof issue>>) =>
  (await verifyDocument(verifiableCredential, here.world.verifying(here.next()))).verdict

describe('R-078, I57: an accreditation for some units', () => {
  test('covers a part of exactly these units, and neither another part nor the whole', async () => {
    await accredit('A', 'B')
    expect(await verdictOf(await issue(['A']))).toBe('valid')
    expect(await verdictOf(await issue(['A', 'B']))).toBe('valid')
    for (const units of [['C'], ['A', 'C'], undefined])
      await expect(issue(units), String(units)).rejects.toThrow('in certain units only')
  })

  test('for all units it covers the whole as well, until a unit is added', async () => {
    await accredit('A', 'B', 'C')
    expect(await verdictOf(await issue())).toBe('valid')
    await restate('2026', 'A', 'B', 'C', 'D')
    await expect(issue()).rejects.toThrow('in certain units only')
    expect(await verdictOf(await issue(['A', 'B', 'C']))).toBe('valid')
  })

  test('a unit that an edition no longer has is out of it at once, and earlier certificates stay as they are', async () => {
    await accredit('A', 'B')
    const before = await issue(['A', 'B'])
    await restate('2026', 'A', 'C')
    expect(await verdictOf(before)).toBe('valid')
    await expect(issue(['A', 'C'])).rejects.toThrow('in certain units only')
    expect(await verdictOf(await issue(['A']))).toBe('valid')
  })

  test('Q010: a unit that the grantor did not know is not covered, even under a code that the scope names', async () => {
    await accredit('A', 'B')
    // The body takes B out, and later states another unit under the same code in an edition that the grantor has not seen.
    await restate('2026', 'A', 'C')
    const changed = {
      verb: 'amend',
      grantee: BODY,
      grant: 'cook',
      scope: scopeOf('A'),
      basis: 'decision 2',
      effectiveAt: FROM,
    }
    await here.decide(changed as never, AUTHORITY)
    await restate('2026b', 'A', 'B')
    await expect(issue(['B'])).rejects.toThrow('in certain units only')
  })

  test('names units of its own qualifications only, which some edition has', async () => {
    const proposed = (scope: object) =>
      here.propose(
        {
          verb: 'accredit',
          grantee: BODY,
          grant: 'x',
          right: 'issue',
          scope,
          basis: 'decision 1',
          effectiveAt: FROM,
        } as never,
        AUTHORITY,
      )
    await expect(proposed(scopeOf('A', 'Z'))).rejects.toMatchObject({
      faults: [{ pointer: '/scope/units/0/codes/1', detail: 'must be a unit of this qualification' }],
    })
    await expect(proposed({ ...scopeOf('A'), qualifications: ['ph-masonry-nc2'] })).rejects.toMatchObject({
      faults: [{ pointer: '/scope/units/0/qualification' }],
    })
    await expect(proposed({ units: [{ qualification: 'nobody.x', codes: ['A'] }] })).rejects.toMatchObject({
      faults: [{ pointer: '/scope/units/0/codes/0' }],
    })
  })

  test('certificates of a part count as issued under it', async () => {
    await accredit('A', 'B')
    await issue(['A'])
    const counted = await countAffected({ issuer: BODY, grant: 'cook' }, { store: here.world.store } as never)
    expect(counted).toMatchObject({ issuedUnder: 1 })
    expect(here.world.store.events('reserved')).toContainEqual(expect.objectContaining({ units: ['A'] }))
  })
})

import { describe, expect, test } from 'vitest'
import { AUTHORITY, after, aWorld, BODY, FROM, MINUTE, noon, OFFICER } from '../../../../test/support/registry-world.ts'
import { withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { DAY_MS } from '../clocks.ts'
import { recordPrint } from '../issuance/record-print.ts'
import { reinstateCertificate } from '../status/reinstate.ts'
import { suspendCertificate } from '../status/suspend.ts'
import type { CommitReader } from '../stream.ts'
import { addMember } from '../trust/members.ts'
import { periodOf } from './periods.ts'
import { exportTrail, listTrail } from './trail.ts'

const asked = { body: BODY, subject: OFFICER, period: '2026-03', limit: 50 }

/** Counts the commits that indexes and streams gave. */
function counted(reader: CommitReader) {
  const read = { commits: 0 }
  const of = <C extends { length: number }>(commits: C): C => {
    read.commits += commits.length
    return commits
  }
  const counting: CommitReader = {
    read: async (stream) => of(await reader.read(stream)),
    latest: (stream) => reader.latest(stream),
    list: async (index, page) => {
      const found = await reader.list(index, page)
      of(found.commits)
      return found as never
    },
  }
  return { reader: counting, read }
}

/** Thirty certificates, each suspended and reinstated, from the second of March on, and one print. */
async function aBusyBody() {
  const world = await aWorld()
  let minute = 0
  for (let number = 0; number < 30; number++) {
    const at = () => world.at(after(minute++ * MINUTE))
    const { uuid } = await world.issue(
      { certificateNumber: `26-MAS2-${1_000 + number}` },
      { key: `key-${number}`, deps: { now: after(minute++ * MINUTE) } },
    )
    const request = { issuer: BODY, uuid, actor: OFFICER }
    await suspendCertificate({ ...request, reason: 'under-investigation' }, at())
    await reinstateCertificate(request, at())
    if (number === 0) await recordPrint({ issuer: BODY, uuid, subject: OFFICER, copy: 1 }, at())
  }
  return world
}

describe('the trail of a body', () => {
  test('merges its lists, newest first, each act once over all pages, and names no holder', async () => {
    const { store } = await aBusyBody()
    const whole = await exportTrail(asked, { reader: store })
    expect(whole).toHaveLength(91)
    expect(whole.map(({ at }) => at)).toEqual(
      whole
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
    const paged: object[] = []
    let next: string | undefined
    do {
      const page = await listTrail({ ...asked, limit: 7, ...(next && { after: next }) }, { reader: store })
      expect(page.entries.length).toBeLessThanOrEqual(7)
      paged.push(...page.entries)
      next = page.next
    } while (next !== undefined)
    expect(paged).toEqual(whole)
    expect(JSON.stringify(whole)).not.toMatch(/RODEL|26-MAS2/)
  }, 30_000)

  test('reads in proportion to what it shows, on the first page and on a later one', async () => {
    const { store } = await aBusyBody()
    const first = counted(store)
    const { next } = await listTrail({ ...asked, limit: 5 }, { reader: first.reader })
    const second = counted(store)
    await listTrail({ ...asked, limit: 5, ...(next && { after: next }) }, { reader: second.reader })
    // Seven lists give six each at most, and each further commit that is shown may ask for one page more.
    expect([first.read.commits, second.read.commits].every((commits) => commits < 80)).toBe(true)
  }, 30_000)

  test('keeps to its month or day, also at midnight', async () => {
    const world = await aWorld()
    const midnight = Date.parse('2026-03-31T23:59:59.999Z')
    const add = (subject: string, at: number) =>
      addMember({ owner: BODY, subject, roles: ['read'], actor: 'one' }, { store: world.store, now: new Date(at) })
    await add('last', midnight)
    await add('first', midnight + 1)
    const of = async (period: string) =>
      (await exportTrail({ ...asked, period }, { reader: world.store })).map(({ member }) => member)
    expect([await of('2026-03'), await of('2026-03-31'), await of('2026-04'), await of('2026-02')]).toEqual([
      ['last'],
      ['last'],
      ['first'],
      [],
    ])
    expect(['2026-13', '2026-02-30', '2026', 'March', '', '2026-3'].map((period) => periodOf(period))).toEqual(
      Array(6).fill(undefined),
    )
    await expect(listTrail({ ...asked, period: '2026-13' }, { reader: world.store })).rejects.toMatchObject({
      code: 'validation-failed',
      faults: [{ pointer: '/period' }],
    })
  })

  test('I36: is for members with the role read alone', async () => {
    const world = await aWorld()
    const deps = { store: world.store, now: new Date(FROM) }
    await addMember({ owner: BODY, subject: 'clerk', roles: ['issue', 'status'], actor: 'registrar' }, deps)
    for (const subject of ['clerk', 'nobody'])
      await expect(listTrail({ ...asked, subject }, { reader: world.store })).rejects.toMatchObject({
        code: 'not-found',
      })
    await expect(listTrail({ ...asked, after: 'a#b#c' }, { reader: world.store })).rejects.toMatchObject({
      code: 'no-such-page',
    })
  })

  test('has proposals with their decisions, and of an authority only its name', async () => {
    const two = await withTwoOfficers()
    const { world } = two
    const { id } = await two.decide({ verb: 'add-member', owner: BODY, subject: 'auditor', roles: ['read'] }, BODY)
    const entries = await exportTrail(asked, { reader: world.store })
    expect(entries).toMatchObject([
      { act: 'approved', record: id, actor: 'two' },
      { act: 'member-added', member: 'auditor', detail: 'read', actor: 'two' },
      { act: 'proposed', record: id, actor: 'one', detail: 'add-member' },
    ])
    await two.decide({ verb: 'remove-member', owner: BODY, subject: 'auditor' }, AUTHORITY)
    const [last] = await exportTrail(asked, { reader: world.store })
    expect(last).toEqual({ at: expect.any(String), act: 'member-removed', member: 'auditor', by: AUTHORITY })
  })
})

describe('the print of a certificate', () => {
  test('is recorded once for each copy, from the second on with a reason, and only while it is in force', async () => {
    const world = await aWorld()
    const { uuid } = await world.issue()
    let minute = 0
    const print = (change: object = {}) =>
      recordPrint(
        { issuer: BODY, uuid, subject: OFFICER, copy: 1, ...change },
        { store: world.store, now: after(++minute * MINUTE) },
      )
    await expect(print({ copy: 2, reason: 'lost' })).rejects.toMatchObject({ reason: 'printed-meanwhile' })
    expect(await print()).toEqual({ copy: 1 })
    await expect(print()).rejects.toMatchObject({ code: 'conflict', reason: 'printed-meanwhile' })
    await expect(print({ copy: 2 })).rejects.toMatchObject({ faults: [{ pointer: '/reason', reason: 'missing' }] })
    const race = await Promise.allSettled([print({ copy: 2, reason: 'lost' }), print({ copy: 2, reason: 'damaged' })])
    expect(race.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(print({ subject: 'nobody', copy: 3, reason: 'lost' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(print({ uuid: '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11' })).rejects.toMatchObject({ code: 'not-found' })
    for (let copy = 3; copy <= 20; copy++) await print({ copy, reason: 'other' })
    await expect(print({ copy: 21, reason: 'other' })).rejects.toMatchObject({ reason: 'printed-too-often' })
    await suspendCertificate(
      { issuer: BODY, uuid, actor: OFFICER, reason: 'under-investigation' },
      world.at(new Date(noon.getTime() + DAY_MS)),
    )
    await expect(print({ copy: 21, reason: 'other' })).rejects.toMatchObject({ reason: 'not-in-force' })
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { OTHER, withMany } from '../../../../test/support/many-certificates.ts'
import { after, aWorld, BODY, MINUTE, OFFICER, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { runs } from '../../../../test/support/whole.ts'
import { reinstateCertificate } from '../status/reinstate.ts'
import { revokeCertificate } from '../status/revoke.ts'
import { suspendCertificate } from '../status/suspend.ts'
import type { CommitReader } from '../stream.ts'
import { countInForce } from './count-in-force.ts'
import { type CertificateFilter, filterCertificates } from './filter-certificates.ts'

const MASONRY = 'ph-masonry-nc2'
const DAY = 24 * 60 * MINUTE

/** Counts the requests to a store, and the commits that its indexes gave. */
function counting(store: CommitReader) {
  const asked = { reads: 0, lists: 0, entries: 0 }
  const reader: CommitReader = {
    read: (stream, part) => {
      asked.reads += 1
      return store.read(stream, part)
    },
    latest: (stream) => store.latest(stream),
    async list<E>(...question: Parameters<CommitReader['list']>) {
      const page = await store.list<E>(...question)
      asked.lists += 1
      asked.entries += page.commits.length
      return page
    },
  }
  return { reader, asked }
}

async function pageOf(world: World, filter: CertificateFilter, place: { limit?: number; after?: string } = {}) {
  const { reader, asked } = counting(world.store)
  const question = { issuer: BODY, subject: OFFICER, filter, limit: 10, ...place }
  return { ...(await filterCertificates(question, { reader, secrets: world.keys })), asked }
}

async function allOf(world: World, filter: CertificateFilter, limit = 3): Promise<string[]> {
  const numbers: string[] = []
  let next: string | undefined
  do {
    const page = await pageOf(world, filter, { limit, ...(next && { after: next }) })
    expect(page.certificates.length).toBeLessThanOrEqual(limit)
    numbers.push(...page.certificates.map(({ certificateNumber = '' }) => certificateNumber))
    next = page.next
  } while (next !== undefined)
  return numbers
}

describe('a filter finds', () => {
  let world: World
  beforeAll(async () => {
    world = await aWorld()
    const uuids: string[] = []
    for (let at = 0; at < 8; at++) {
      const deps = { now: after(at * 10 * DAY) }
      uuids.push((await world.issue({ certificateNumber: `N-${at}` }, { key: `k${at}`, deps })).uuid)
    }
    const change = (at: number) => ({ issuer: BODY, uuid: uuids[at] as string, actor: OFFICER })
    const later = (seconds: number) => world.at(after(80 * DAY + seconds * SECOND))
    await suspendCertificate({ ...change(1), reason: 'holder-request' }, later(1))
    await suspendCertificate({ ...change(2), reason: 'holder-request' }, later(2))
    await reinstateCertificate(change(2), later(3))
    await suspendCertificate({ ...change(4), reason: 'holder-request' }, later(4))
    await revokeCertificate({ ...change(4), reason: 'misconduct' }, later(5))
    await revokeCertificate({ ...change(6), reason: 'misconduct' }, later(6))
  })

  test.each([
    [{}, ['N-7', 'N-6', 'N-5', 'N-4', 'N-3', 'N-2', 'N-1', 'N-0']],
    [{ qualification: MASONRY }, ['N-7', 'N-6', 'N-5', 'N-4', 'N-3', 'N-2', 'N-1', 'N-0']],
    [{ qualification: OTHER }, []],
    [{ state: 'in-force' }, ['N-7', 'N-5', 'N-3', 'N-2', 'N-0']],
    [{ state: 'suspended' }, ['N-1']],
    [{ state: 'revoked' }, ['N-6', 'N-4']],
    [{ month: '2026-03' }, ['N-2', 'N-1', 'N-0']],
    [{ month: '2026-04', qualification: MASONRY }, ['N-5', 'N-4', 'N-3']],
    [{ month: '2026-04', state: 'revoked', qualification: MASONRY }, ['N-4']],
    [{ month: '2026-04', state: 'in-force', qualification: MASONRY }, ['N-5', 'N-3']],
    [{ month: '2025-01' }, []],
  ] as [CertificateFilter, string[]][])('%j: each certificate once, page by page', async (filter, expected) => {
    expect(await allOf(world, filter)).toEqual(expected)
  })

  test('and a count of those that are neither suspended nor revoked, for members who may read', async () => {
    const count = (most: number, subject = OFFICER) =>
      countInForce({ issuer: BODY, subject, most }, { reader: world.store })
    expect(await count(100)).toEqual({ count: 5, isMore: false })
    // Eight were issued, three are out of force, and six changes were recorded.
    expect(await count(7)).toEqual({ count: 4, isMore: true })
    expect(await count(5)).toBeUndefined()
    await expect(count(100, 'somebody')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('B015: nothing for somebody without the role to read, and no page with a position that no page gave', async () => {
    const deps = { reader: world.store, secrets: world.keys }
    const asked = { issuer: BODY, filter: {}, limit: 3 }
    await expect(filterCertificates({ ...asked, subject: 'somebody' }, deps)).rejects.toMatchObject({
      code: 'not-found',
    })
    const wrong = filterCertificates({ ...asked, subject: OFFICER, after: 'x' }, deps)
    await expect(wrong).rejects.toMatchObject({ code: 'no-such-page' })
  })
})

test.each([
  [301, 'before and after the upgrade'],
  [1_000, 'before it alone'],
])(
  'a list by qualification has what an earlier version issued: claims from %i on stand in the index, so %s',
  async (indexed) => {
    const world = await withMany(600, indexed)
    const all = ['M-600', 'M-500', 'M-400', 'M-300', 'M-200', 'M-100']
    expect(await allOf(world, { qualification: OTHER })).toEqual(all)
    expect(await allOf(world, { qualification: OTHER, month: '2026-03' })).toEqual(all)
    expect(await allOf(world, { qualification: OTHER, month: '2026-02' })).toEqual([])
  },
)

describe('a page reads in proportion to its length, whatever the body has issued', () => {
  const [few, many] = [1_200, runs(2_400, 100_000)]
  let worlds: World[]
  beforeAll(async () => {
    worlds = [await withMany(few), await withMany(many)]
  }, 300_000)

  test.each([
    [{}, 1],
    [{ qualification: OTHER }, 2],
    [{ state: 'suspended' }, 1],
    [{ state: 'in-force' }, 2],
    [{ state: 'suspended', qualification: OTHER }, 5],
    [{ state: 'revoked' }, 5],
  ] as [CertificateFilter, number][])(
    '%j: at most %i entries and reads for each certificate of the page',
    async (filter, most) => {
      const [one, other] = await Promise.all(worlds.map((world) => pageOf(world, filter, { limit: 4 })))
      expect(other?.asked).toEqual(one?.asked)
      expect(other?.asked.entries).toBeLessThanOrEqual(4 * most)
      // Beside them: the members, the secret, and the pairs of status lists.
      expect(other?.asked.reads).toBeLessThanOrEqual(4 * most + 3)
    },
  )
})

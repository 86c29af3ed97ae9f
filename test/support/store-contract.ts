import {
  type Box,
  type BoxEraser,
  type BoxStore,
  type Commit,
  type CommitStore,
  type IndexKey,
  streams,
} from '@sijil/registry'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

export interface OpenStores {
  commits: CommitStore
  boxes: BoxStore & BoxEraser
  close(): Promise<void>
}

const hundred = Array.from({ length: 100 }, (_, place) => place)
const moment = (second: number) => new Date(Date.UTC(2026, 2, 2, 9, 0, second)).toISOString()

let made = 0
/** A stream that no other test uses. */
const aStream = (owner = 'tesda') => {
  made += 1
  return streams.certificate(owner, `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`)
}

const aCommit = (change: Partial<Commit<unknown>> = {}): Commit<unknown> => ({
  stream: aStream(),
  number: 0,
  events: [{ kind: 'noted', note: 'a' }],
  actor: 'registrar-1',
  effectiveAt: moment(0),
  recordedAt: moment(0),
  ...change,
})

const aBox = (change: Partial<Box> = {}): Box => ({
  find: `find-${++made}`,
  salt: Uint8Array.of(1, 2, 3),
  nonce: Uint8Array.of(4, 5, 6),
  sealed: Uint8Array.of(0, 255, 128),
  owner: 'tesda',
  uuid: '00000000-0000-4000-8000-00000000abcd',
  ...change,
})

const conflicts = (outcomes: PromiseSettledResult<void>[]) =>
  outcomes.filter((outcome) => outcome.status === 'rejected' && outcome.reason.code === 'write-conflict')

/** The contract of every store. It runs against each implementation, so that the memory store behaves like DynamoDB. */
export function describeStore(name: string, open: () => Promise<OpenStores>): void {
  describe(`${name}: commits`, () => {
    let commits: CommitStore
    let close: () => Promise<void>
    beforeAll(async () => {
      const opened = await open()
      commits = opened.commits
      close = opened.close
    })
    afterAll(() => close())

    test('a commit is read as it was appended', async () => {
      const commit = aCommit({
        events: [
          { kind: 'reserved', index: 131_071, big: 2 ** 52, half: 0.5, flag: false, nothing: null, empty: '' },
          {
            kind: 'sealed',
            bytes: Uint8Array.of(0, 1, 255),
            list: [],
            map: {},
            deep: [{ name: 'ช่างเชื่อม', at: [1, [2]] }],
          },
        ],
        effectiveAt: '2026-01-01T00:00:00.000Z',
        index: 'CERTIFICATES#tesda',
      })
      await commits.append(commit)
      expect(await commits.read(commit.stream)).toEqual([commit])
    })

    test('a member that is undefined is read as absent', async () => {
      const commit = aCommit({ events: [{ kind: 'noted', left: undefined }] })
      await commits.append(commit)
      expect(await commits.read(commit.stream)).toEqual([{ ...commit, events: [{ kind: 'noted' }] }])
    })

    test('a stream that was never written is empty, and has no latest commit', async () => {
      expect(await commits.read(aStream())).toEqual([])
      expect(await commits.latest(aStream())).toBeUndefined()
    })

    test('a long stream is read completely, in the order of its numbers', async () => {
      const stream = aStream()
      const note = 'n'.repeat(60_000)
      for (const number of Array.from({ length: 25 }, (_, place) => place)) {
        await commits.append(aCommit({ stream, number, events: [{ note }], recordedAt: moment(number) }))
      }
      const read = await commits.read(stream)
      expect(read.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, place) => place))
      expect((await commits.latest(stream))?.number).toBe(24)
      const rest = await commits.read(stream, { from: 20 })
      expect(rest.map(({ number }) => number)).toEqual([20, 21, 22, 23, 24])
      expect(await commits.read(stream, { from: 25 })).toEqual([])
    })

    test('bytes within an event are read as they were appended', async () => {
      const commit = aCommit({ events: [{ type: 'packed', bytes: Uint8Array.of(0, 255, 128) }] })
      await commits.append(commit)
      expect(await commits.read(commit.stream, { from: 0, mayLag: true })).toEqual([commit])
      expect(await commits.latest(commit.stream, { mayLag: true })).toEqual(commit)
    })

    test('an acknowledged commit is seen by the next read', async () => {
      const stream = aStream()
      for (const number of [0, 1, 2, 3]) {
        await commits.append(aCommit({ stream, number, recordedAt: moment(number) }))
        expect(await commits.read(stream)).toHaveLength(number + 1)
        expect(await commits.latest(stream)).toMatchObject({ stream, number, recordedAt: moment(number) })
      }
    })

    test('a number is written once, and a second writer gets a conflict and changes nothing', async () => {
      const first = aCommit()
      await commits.append(first)
      const second = commits.append({ ...first, actor: 'registrar-2' })
      await expect(second).rejects.toMatchObject({ name: 'RegistryError', code: 'write-conflict' })
      expect(await commits.read(first.stream)).toEqual([first])
    })

    test('if two writers write the same commit, one gets a conflict', async () => {
      const commit = aCommit()
      const outcomes = await Promise.allSettled([commits.append(commit), commits.append(commit)])
      expect(conflicts(outcomes)).toHaveLength(1)
    })

    test('F4: if a hundred writers race for one number, one wins, and its commit is stored', async () => {
      const stream = aStream()
      const outcomes = await Promise.allSettled(
        hundred.map((writer) => commits.append(aCommit({ stream, actor: `registrar-${writer}` }))),
      )
      expect(conflicts(outcomes)).toHaveLength(99)
      const winner = outcomes.findIndex(({ status }) => status === 'fulfilled')
      expect(await commits.read(stream)).toMatchObject([{ number: 0, actor: `registrar-${winner}` }])
    })

    test('I36: a stream of the same name with another owner is another stream', async () => {
      const uuid = '00000000-0000-4000-8000-0000000000ff'
      const own = aCommit({ stream: streams.certificate('bnsp', uuid) })
      await commits.append(own)
      expect(await commits.read(streams.certificate('bnsp-2', uuid))).toEqual([])
      expect(await commits.read(streams.certificate('bnsp', uuid.slice(0, -1)))).toEqual([])
    })

    test('F22: a stream with a gap cannot be read', async () => {
      const stream = aStream()
      await commits.append(aCommit({ stream, number: 0 }))
      await commits.append(aCommit({ stream, number: 2 }))
      await expect(commits.read(stream)).rejects.toMatchObject({ code: 'internal' })
    })

    test('a reader that changes its answer does not affect the next reader', async () => {
      const commit = aCommit()
      await commits.append(commit)
      const read = await commits.read(commit.stream)
      read.pop()
      expect(await commits.read(commit.stream)).toEqual([commit])
    })

    describe('claims', () => {
      test('I17: an entry belongs for ever to the first claim', async () => {
        expect(await commits.claim('tesda/list-1', 7, 'certificate-a')).toBe('certificate-a')
        expect(await commits.claim('tesda/list-1', 7, 'certificate-b')).toBe('certificate-a')
        expect(await commits.claim('tesda/list-1', 7, 'certificate-a')).toBe('certificate-a')
      })

      test('entries and pools are independent', async () => {
        await commits.claim('tesda/list-2', 1, 'certificate-a')
        expect(await commits.claim('tesda/list-2', 11, 'certificate-b')).toBe('certificate-b')
        expect(await commits.claim('tesda/list-21', 1, 'certificate-c')).toBe('certificate-c')
      })

      test('F3, I17: if a hundred race for one entry, all get the same holder', async () => {
        const answers = await Promise.all(hundred.map((one) => commits.claim('tesda/list-3', 5, `certificate-${one}`)))
        expect(new Set(answers).size).toBe(1)
        expect(answers[0]).toMatch(/^certificate-\d+$/)
      })
    })

    describe('indexes', () => {
      const index: IndexKey = 'STATUS#tesda/pages'
      const seconds = [3, 1, 4, 1, 5, 9, 2, 6]
      const inOrder = [...seconds].sort((one, other) => one - other).map(moment)
      beforeAll(async () => {
        for (const second of seconds) await commits.append(aCommit({ index, recordedAt: moment(second) }))
        await commits.append(aCommit({ index: 'STATUS#tesda/pages-2' }))
        await commits.append(aCommit())
      })

      async function pages(page: Omit<Parameters<CommitStore['list']>[1], 'after'>) {
        const found: Commit<unknown>[][] = []
        let after: string | undefined
        do {
          const answer = await commits.list(index, { ...page, ...(after !== undefined && { after }) })
          found.push(answer.commits)
          after = answer.next
        } while (after !== undefined)
        return found
      }
      const times = (commits: Commit<unknown>[]) => commits.map(({ recordedAt }) => recordedAt)

      test('an index lists its commits by time, in both directions', async () => {
        const oldest = await commits.list(index, { limit: 50, newestFirst: false })
        expect(times(oldest.commits)).toEqual(inOrder)
        const newest = await commits.list(index, { limit: 50, newestFirst: true })
        expect(times(newest.commits)).toEqual(inOrder.toReversed())
        expect(newest.next).toBeUndefined()
      })

      test.each([{ newestFirst: true }, { newestFirst: false }])(
        'pages show everything once: %o',
        async (direction) => {
          const found = await pages({ limit: 3, ...direction })
          expect(found.map((page) => page.length)).toEqual([3, 3, 2])
          expect(times(found.flat())).toEqual(direction.newestFirst ? inOrder.toReversed() : inOrder)
          expect(new Set(found.flat().map(({ stream }) => stream)).size).toBe(seconds.length)
        },
      )

      test('a full last page has no next', async () => {
        expect(await pages({ limit: 4, newestFirst: false })).toHaveLength(2)
      })

      test('`since` and `until` are both included, on every page', async () => {
        const found = await pages({ limit: 2, newestFirst: true, since: moment(2), until: moment(5) })
        expect(times(found.flat())).toEqual([5, 4, 3, 2].map(moment))
      })

      test('a moment may be written with an offset or without milliseconds', async () => {
        const found = await pages({ limit: 9, newestFirst: false, since: '2026-03-02T16:00:06+07:00' })
        expect(times(found.flat())).toEqual([6, 9].map(moment))
      })

      test('a range that ends before it begins is empty', async () => {
        expect(await pages({ limit: 9, newestFirst: false, since: moment(5), until: moment(2) })).toEqual([[]])
      })

      test.each(['x', '', 'Li4vLi4', Buffer.from('2026-03-02T09:00:00.000Z#a').toString('base64url')])(
        'an `after` that is not from a page is refused: %j',
        async (after) => {
          const page = commits.list(index, { limit: 3, newestFirst: true, after })
          await expect(page).rejects.toMatchObject({ code: 'no-such-page' })
        },
      )

      test('I36: the `after` of one index shows none of its commits in another', async () => {
        const { next } = await commits.list(index, { limit: 1, newestFirst: false })
        const other = await commits.list('STATUS#bnsp/none', { limit: 9, newestFirst: false, after: next ?? '' })
        expect(other).toEqual({ commits: [] })
      })
    })
  })

  describe(`${name}: boxes`, () => {
    let boxes: BoxStore & BoxEraser
    let close: () => Promise<void>
    beforeAll(async () => {
      const opened = await open()
      boxes = opened.boxes
      close = opened.close
    })
    afterAll(() => close())

    test('a box is found as it was put', async () => {
      const box = aBox()
      expect(await boxes.put(box)).toEqual(box)
      expect(await boxes.find(box.find)).toEqual(box)
    })

    test('a box that was never put is not found', async () => {
      expect(await boxes.find('find-nothing')).toBeUndefined()
    })

    test('the first box of a `find` stays, and a later put returns it', async () => {
      const first = aBox()
      await boxes.put(first)
      const second = aBox({ find: first.find, sealed: Uint8Array.of(9) })
      expect(await boxes.put(second)).toEqual(first)
      expect(await boxes.find(first.find)).toEqual(first)
    })

    test('a box of a later link keeps its generation', async () => {
      const box = aBox({ generation: 2 })
      expect(await boxes.put(box)).toEqual(box)
      expect(await boxes.find(box.find)).toEqual(box)
    })

    test('I63: a deleted box is gone, deleting it again is no error, and its place can be taken', async () => {
      const box = aBox()
      await boxes.put(box)
      await boxes.delete(box.find)
      expect(await boxes.find(box.find)).toBeUndefined()
      await boxes.delete(box.find)
      expect(await boxes.put(box)).toEqual(box)
    })

    test('F2: if a hundred put a box with the same `find`, all get the same box', async () => {
      const find = aBox().find
      const kept = await Promise.all(hundred.map((one) => boxes.put(aBox({ find, sealed: Uint8Array.of(one) }))))
      expect(new Set(kept.map(({ sealed }) => sealed[0])).size).toBe(1)
    })
  })
}

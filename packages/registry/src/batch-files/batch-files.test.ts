import { beforeEach, describe, expect, test } from 'vitest'
import { aBatchWorld, type BatchWorld, rowsOf, SECOND_OFFICER } from '../../../../test/support/batch-world.ts'
import { BODY, OFFICER } from '../../../../test/support/registry-world.ts'
import { DAY_MS, MACHINES_DIFFER_MS, REQUEST_MS } from '../clocks.ts'
import type { FileAddresses, FileMessage } from '../ports.ts'
import { nextCommit, streams } from '../stream.ts'
import { entriesOf } from '../trail/entries.ts'
import { addMember } from '../trust/members.ts'
import { placesOf } from './file-kinds.ts'
import { addressOfFile, approveFiles, askForFiles, type FileMaker, filesOf, makeFile, resendFiles } from './index.ts'

let here: BatchWorld
let batch: string
let messages: FileMessage[]
let given: { name: string; as: string }[]
beforeEach(async () => {
  here = await aBatchWorld()
  batch = (await here.approve(rowsOf(3))).id
  await here.deliver()
  messages = []
  given = []
})

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const maker: FileMaker = {
  part: async (_, rows) => ({ bytes: new TextEncoder().encode(JSON.stringify(rows)), leftOut: 0 }),
  whole: async (_, parts) => ({ bytes: new TextEncoder().encode(parts.map(text).join('\n')), leftOut: 0 }),
}
const addresses: FileAddresses = {
  load: async (name, { as }) => {
    given.push({ name, as })
    return 'https://files.example/signed'
  },
  receive: () => Promise.reject(new Error('nothing is received here')),
}
const deps = () => ({
  ...here.deps,
  now: here.clock.now,
  maker,
  addresses,
  fileQueue: { send: async (sent: readonly FileMessage[]) => void messages.push(...sent) },
})
const asked = (subject = OFFICER) => ({ issuer: BODY, subject, id: batch })
const approve = (subject = SECOND_OFFICER, signedInAt: Date | undefined = here.clock.now) =>
  approveFiles({ ...asked(subject), request: 1, signedInAt }, deps())
async function deliver(times = 1) {
  for (let message = messages.shift(); message !== undefined; message = messages.shift())
    await Promise.all(Array.from({ length: times }, () => makeFile(message, deps())))
}
const made = async () => (await filesOf(asked(), deps())).asked[0]
const openings = () => here.world.store.events('opened')

describe('two officers', () => {
  test('I59: nothing is made or opened before another officer approves, freshly signed in', async () => {
    expect(await askForFiles({ ...asked(), kind: 'links' }, deps())).toMatchObject({ request: 1, certificates: 3 })
    await expect(approve(OFFICER)).rejects.toMatchObject({ code: 'four-eyes-required' })
    await expect(approve(SECOND_OFFICER, new Date(0))).rejects.toMatchObject({ code: 'fresh-sign-in-required' })
    await expect(
      makeFile({ version: 1, owner: BODY, batch, request: 1, file: 0, part: 0 }, deps()),
    ).rejects.toMatchObject({ code: 'validation-failed' })
    expect([messages, openings()]).toEqual([[], []])
    await approve()
    await approve()
    expect(messages.slice(0, 1)).toEqual([{ version: 1, owner: BODY, batch, request: 1, file: 0, part: 0 }])
  })

  test('the one who asked cannot approve, with whatever roles', async () => {
    const both = { owner: BODY, subject: 'both', roles: ['issue', 'approve'] as const, actor: 'registrar' }
    await addMember({ ...both, roles: [...both.roles] }, { store: here.world.store, now: here.clock.now })
    await askForFiles({ ...asked('both'), kind: 'papers' }, deps())
    await expect(approve('both')).rejects.toMatchObject({ code: 'four-eyes-required' })
    // Another member approves only with the role for it.
    const clerk = { owner: BODY, subject: 'clerk', roles: ['issue' as const], actor: 'registrar' }
    await addMember(clerk, { store: here.world.store, now: here.clock.now })
    await expect(approve('clerk')).rejects.toMatchObject({ code: 'not-found' })
    expect(messages).toEqual([])
    await expect(askForFiles({ ...asked(SECOND_OFFICER), kind: 'links' }, deps())).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('the same wish again is the same request, also of two members at once', async () => {
    const wish = () => askForFiles({ ...asked(), kind: 'codes' }, deps())
    const all = await Promise.all([wish(), wish(), wish()])
    expect(all.map(({ request }) => request)).toEqual([1, 1, 1])
  })
})

test('I58: each row is an opening of the member who asked, recorded before a link is made, and once however often a message comes', async () => {
  await askForFiles({ ...asked(), kind: 'links' }, deps())
  await approve()
  await deliver(2)
  expect(openings()).toHaveLength(3)
  expect(openings()[0]).toMatchObject({ issuer: BODY, purpose: 'links' })
  const { commits } = await here.world.store.list(`OPENINGS#${BODY}`, { limit: 5, newestFirst: true })
  expect(commits.map(({ actor }) => actor)).toEqual([OFFICER])
  const one = await made()
  expect(one?.made.size).toBe(1)
  const bytes = await here.deps.uploads.read(one?.made.get(0)?.made ?? { name: '' as never, digest: '' })
  const rows = JSON.parse(text(bytes ?? new Uint8Array()))
  expect(rows.map(({ line, token }: { line: number; token: string }) => [line, token.length])).toEqual([
    [2, 26],
    [3, 26],
    [4, 26],
  ])
  expect(JSON.stringify(await here.world.store.read(`${BODY}/batch-files/${batch}` as never))).not.toContain(
    rows[0].token,
  )
})

test('F28: messages that were lost are sent from the record, and a file that is made is not made again', async () => {
  await askForFiles({ ...asked(), kind: 'links' }, deps())
  await approve()
  messages = []
  expect(await resendFiles(deps())).toBe(0)
  here.clock.now = new Date(here.clock.now.getTime() + 11 * 60_000)
  expect(await resendFiles(deps())).toBe(1)
  await deliver()
  here.clock.now = new Date(here.clock.now.getTime() + 11 * 60_000)
  expect(await resendFiles(deps())).toBe(0)
})

test('an address is given for five minutes to members who may issue, and none after thirty days', async () => {
  await askForFiles({ ...asked(), kind: 'papers' }, deps())
  await approve()
  await deliver()
  const address = (subject = OFFICER, file = 0) => addressOfFile({ ...asked(subject), request: 1, file }, deps())
  expect(await address()).toEqual({
    url: 'https://files.example/signed',
    until: new Date(here.clock.now.getTime() + 300_000),
  })
  expect(given).toEqual([
    { name: expect.stringMatching(new RegExp(`^results/${BODY}/${batch}/[0-9a-f]{64}$`)), as: 'papers-1.zip' },
  ])
  await expect(address(SECOND_OFFICER)).rejects.toMatchObject({ code: 'not-found' })
  await expect(address('stranger')).rejects.toMatchObject({ code: 'not-found' })
  await expect(address(OFFICER, 1)).rejects.toMatchObject({ code: 'not-found' })
  here.clock.now = new Date(here.clock.now.getTime() + 30 * DAY_MS + 1_000)
  await expect(address()).rejects.toMatchObject({ code: 'gone' })
  expect(await askForFiles({ ...asked(), kind: 'papers' }, deps())).toMatchObject({ request: 2 })
})

/** Records that the first certificate of the batch is erased, by a request that began `ago` milliseconds earlier. */
async function erase(ago = 0): Promise<void> {
  const stream = streams.certificate(BODY, openings()[0]?.certificate as string)
  const { store } = here.world
  const now = new Date(here.clock.now.getTime() - ago)
  const change = { events: [{ type: 'erased', reason: 'holder-request' }], actor: OFFICER, now }
  await store.append(nextCommit(stream, await store.read(stream), change))
}

test('E201, I63: after an erasure nobody gets the papers that were made before, and new ones leave that person out', async () => {
  await askForFiles({ ...asked(), kind: 'papers' }, deps())
  await approve()
  await deliver()
  const address = (request: number) => addressOfFile({ ...asked(), request, file: 0 }, deps())
  await address(1)
  here.clock.now = new Date(here.clock.now.getTime() + 60_000)
  await erase()
  for (let time = 0; time < 2; time++) await expect(address(1)).rejects.toMatchObject({ code: 'gone' })
  expect((await made())?.withdrawnAt).toBe(here.clock.now.toISOString())
  here.clock.now = new Date(here.clock.now.getTime() + 60_000)
  expect(await askForFiles({ ...asked(), kind: 'papers' }, deps())).toMatchObject({ request: 2 })
  await approveFiles({ ...asked(SECOND_OFFICER), request: 2, signedInAt: here.clock.now }, deps())
  await deliver()
  await address(2)
})

test('E201, I63: an erasure counts although its request began before the papers, at a machine whose clock is behind', async () => {
  await askForFiles({ ...asked(), kind: 'papers' }, deps())
  await approve()
  await deliver()
  await erase(REQUEST_MS + MACHINES_DIFFER_MS)
  await expect(addressOfFile({ ...asked(), request: 1, file: 0 }, deps())).rejects.toMatchObject({ code: 'gone' })
})

test('F33: a file whose making stops halfway cannot be fetched, and is the same once it was made again', async () => {
  batch = (await here.approve(rowsOf(102, 200), 'another')).id
  await here.deliver()
  await askForFiles({ ...asked(), kind: 'papers' }, deps())
  await approve()
  let parts = 0
  const dying: FileMaker = {
    ...maker,
    async part(kind, rows) {
      parts += 1
      if (parts === 2) throw new Error('the process ended')
      return maker.part(kind, rows)
    },
  }
  const sent = [...messages]
  const address = () => addressOfFile({ ...asked(), request: 1, file: 0 }, deps())
  await Promise.allSettled(messages.splice(0).map((message) => makeFile(message, { ...deps(), maker: dying })))
  await expect(address()).rejects.toMatchObject({ code: 'not-found' })
  messages.push(...sent)
  await deliver()
  await address()
  // Made again from the record, it has the same name, which is its digest.
  messages.push(...sent)
  await deliver()
  await address()
  expect(new Set(given.map(({ name }) => name)).size).toBe(1)
  expect([parts, await made()]).toMatchObject([2, { certificates: 102 }])
})

test('what was not made in three days can be asked for again', async () => {
  const wish = () => askForFiles({ ...asked(), kind: 'papers' }, deps())
  await wish()
  await approve()
  messages = []
  here.clock.now = new Date(here.clock.now.getTime() + 3 * DAY_MS - 1_000)
  expect(await wish()).toMatchObject({ request: 1 })
  here.clock.now = new Date(here.clock.now.getTime() + 2_000)
  expect(await wish()).toMatchObject({ request: 2 })
})

test('I58: the trail of the body says who asked, who approved and who loaded, each time', async () => {
  await askForFiles({ ...asked(), kind: 'links' }, deps())
  await approve()
  await approve()
  await deliver()
  for (let time = 0; time < 2; time++) await addressOfFile({ ...asked(), request: 1, file: 0 }, deps())
  const { commits } = await here.world.store.list(`TRAIL#${BODY}`, { limit: 9, newestFirst: false })
  const acts = commits.flatMap((commit) => entriesOf(commit, BODY))
  expect(acts.map(({ act, actor }) => [act, actor])).toEqual([
    ['files-asked', OFFICER],
    ['files-approved', SECOND_OFFICER],
    ['file-loaded', OFFICER],
    ['file-loaded', OFFICER],
  ])
  expect(acts.map(({ record }) => record)).toEqual(acts.map(() => batch))
  expect(acts[3]).toMatchObject({ detail: 'links' })
})

test('a batch that is not finished has no files', async () => {
  const { id } = await here.submit(rowsOf(1, 900), 'another')
  await expect(askForFiles({ ...asked(), id, kind: 'links' }, deps())).rejects.toMatchObject({ code: 'conflict' })
})

test('papers are made by the hundred, and lie in files of a thousand', () => {
  const places = placesOf('papers', 2_150)
  expect(places.filter(({ file }) => file === 0)).toHaveLength(10)
  expect(places.slice(-2)).toEqual([
    { file: 2, part: 0, from: 2_000, to: 2_100 },
    { file: 2, part: 1, from: 2_100, to: 2_150 },
  ])
  expect(new Set(placesOf('links', 100_000).map(({ file }) => file)).size).toBe(1)
  for (const [at, place] of places.entries()) if (at > 0) expect(place.from).toBe(places[at - 1]?.to)
})

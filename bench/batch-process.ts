import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { verifyIndependently } from '@sijil/credentials/independent'
import {
  type ArtefactStore,
  artefacts,
  type BoxStore,
  type CommitStore,
  checkedStore,
  RegistryError,
} from '@sijil/registry'
import {
  approveBatch,
  type BatchDeps,
  closeBatch,
  countsOf,
  pieceMemory,
  previewBatch,
  receiveBatch,
  runRange,
} from '@sijil/registry/batches'
import { noQuota } from '@sijil/registry/issuance'
import { addMember } from '@sijil/registry/trust'
import type { BatchMeasured, StoreAnswered, StoreAsked } from './batch.ts'
import { BODY, openFunctions } from './registry.ts'

/** The longest file that the registry takes. */
const ROWS = 100_000
const CLERK = 'clerk'
const SECOND = 'second'
const ID = '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'
const BASE_URL = 'https://registry.example'
const PARTS = 10

const named = Number(process.argv[2])

/** The stores of the process that started this one. */
function remoteStores(): { store: CommitStore & BoxStore; files: ArtefactStore } {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let calls = 0
  process.on('message', (message: StoreAnswered) => {
    const { resolve, reject } = waiting.get(message.call) ?? {}
    waiting.delete(message.call)
    if ('code' in message) reject?.(new RegistryError(message.code as 'internal', message.message))
    else resolve?.(message.value as never)
  })
  const ask =
    (verb: StoreAsked['verb']) =>
    (...given: unknown[]) =>
      new Promise<never>((resolve, reject) => {
        calls += 1
        waiting.set(calls, { resolve, reject })
        process.send?.({ call: calls, verb, given } satisfies StoreAsked)
      })
  const store = {
    ...{ read: ask('read'), latest: ask('latest'), list: ask('list') },
    ...{ append: ask('append'), claim: ask('claim'), find: ask('find'), put: ask('put') },
  }
  return { store, files: { read: ask('readFile'), put: ask('putFile') } }
}

/** Joined by the thousand, so that the file itself is what takes memory. */
function fileBytes(): Uint8Array {
  const rowOf = (at: number) => {
    const name = at < named ? `MARIA SANTOS EXAMPLE ${String.fromCharCode(65 + (at % 26))}` : ''
    return `ph-masonry-nc2,${name},SEASON-${100_000 + at},2026-02-20,2026-02-10,demo-ph-centre-taguig,demonstration-and-questioning,prior-learning\n`
  }
  const head = 'qualification,name,number,awardedOn,assessedOn,centreId,method,route\n'
  const chunk = (from: number) => Buffer.from(Array.from({ length: 1_000 }, (_, at) => rowOf(from + at)).join(''))
  return Buffer.concat([Buffer.from(head), ...Array.from({ length: ROWS / 1_000 }, (_, at) => chunk(1_000 * at))])
}

const { store, files } = remoteStores()
const { deps: founded, signer } = await openFunctions(store, BASE_URL)
const { secrets, policy } = founded
const role = (subject: string, roles: ('issue' | 'approve' | 'read')[]) =>
  addMember({ owner: BODY, subject, roles, actor: 'system:bench' }, founded)
await role(CLERK, ['issue', 'read'])
await role(SECOND, ['approve', 'read'])

const clock = () => new Date()
const patience = { random: randomBytes, clock, pause: async (ms: number) => void (await sleep(ms)) }
const messages: unknown[] = []
const uploads = checkedStore(files, { report: () => {} })
const shared = {
  ...{ store, secrets, policy, uploads, random: randomBytes, patience, pieces: pieceMemory() },
  queue: { send: async (sent: readonly unknown[]) => void messages.push(...sent) },
}
const deps = (): BatchDeps => ({ ...shared, now: clock() })
const issuing = () => ({
  ...{ store, boxes: store, signer, secrets, policy, baseUrl: BASE_URL, verifyIndependently, random: randomBytes },
  sealer: { seal: () => Promise.reject(new Error('no letter is sent here')) },
  ...{ patience, quota: noQuota, now: clock() },
})

const begun = performance.now()
const request = { issuer: BODY, subject: CLERK, id: ID }
const incoming = {
  read: async (name: string) => (name.startsWith(artefacts.incoming(BODY, ID, '')) ? fileBytes() : undefined),
}
await receiveBatch({ ...request, act: 'issue' }, { ...deps(), incoming })
await previewBatch({ ...request, part: PARTS }, deps())
let batch = await closeBatch(request, deps())
while (batch.state === 'open') batch = await closeBatch(request, deps())
const approval = { ...request, subject: SECOND, hash: batch.closed?.hash ?? '', signedInAt: clock() }
await approveBatch(approval, deps())
const running = process.cpuUsage()
// As many at once as a queue has calls of the function in one process.
for (let message = messages.shift(); message !== undefined; message = messages.shift())
  await runRange(message, 1, { ...shared, clock, issuing, worker: randomUUID() })
const { user, system } = process.cpuUsage(running)
const counts = await countsOf(request, deps())
if (counts.issued !== named || counts.pending !== 0) throw new Error(`the batch did not end: ${JSON.stringify(counts)}`)
process.send?.({
  rows: ROWS,
  issued: counts.issued,
  perSecond: named / ((user + system) / 1_000_000),
  seconds: (performance.now() - begun) / 1_000,
  peakMiB: process.resourceUsage().maxRSS / 1_024,
} satisfies BatchMeasured)
process.disconnect()

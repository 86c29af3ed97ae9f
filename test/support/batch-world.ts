import { randomBytes, randomUUID } from 'node:crypto'
import { checkedStore, type RangeMessage } from '@sijil/registry'
import {
  type Act,
  approveBatch,
  type BatchDeps,
  type Counts,
  closeBatch,
  countsOf,
  type RangeDeps,
  runRange,
  submitBatch,
} from '@sijil/registry/batches'
import { addMember } from '@sijil/registry/trust'
import { MemoryArtefacts } from './memory-artefacts.ts'
import { aWorld, BODY, noon, OFFICER, type World } from './registry-world.ts'

export const SECOND_OFFICER = 'officer-2'

/** A question about a batch. */
export const asked = (id: string, subject = OFFICER, issuer = BODY) => ({ issuer, subject, id })

export interface BatchWorld {
  world: World
  uploads: MemoryArtefacts
  /** Messages that were sent and not yet delivered. */
  messages: { message: RangeMessage; after: number }[]
  deps: BatchDeps
  /** The moment of every part. A test moves it. */
  clock: { now: Date }
  ranges(change?: Partial<RangeDeps>): RangeDeps
  /** A text, or the bytes of a workbook. */
  submit(rows: string | Uint8Array, key?: string, act?: Act): ReturnType<typeof submitBatch>
  /** Submits, closes and approves. */
  approve(rows: string, key?: string, act?: Act): ReturnType<typeof approveBatch>
  /** Delivers what waits, each message as often as asked, until nothing is left. */
  deliver(how?: { times?: number; most?: number; deps?: RangeDeps }): Promise<void>
  counts(id: string): Promise<Counts>
}

/** The column names of `rowOf`. */
export const HEAD = 'qualification,name,number,awardedOn'
export const rowOf = (number: number | string, name = 'ANA EXAMPLE') => `ph-masonry-nc2,${name},TP-${number},2026-02-24`
export const rowsOf = (count: number, from = 1) =>
  [HEAD, ...Array.from({ length: count }, (_, at) => rowOf(String(from + at).padStart(5, '0')))].join('\n')

/** The world of `aWorld` with a place for sealed files, a queue, and a second officer of the body. */
export async function aBatchWorld(): Promise<BatchWorld> {
  const world = await aWorld()
  const actor = 'registrar'
  await addMember(
    { owner: BODY, subject: SECOND_OFFICER, roles: ['approve', 'read'], actor },
    { store: world.store, now: noon },
  )
  const uploads = new MemoryArtefacts()
  const messages: BatchWorld['messages'] = []
  const clock = { now: noon }
  const checked = checkedStore(uploads, { report: () => {} })
  const queue: BatchDeps['queue'] = {
    async send(sent, after = 0) {
      messages.push(...sent.map((message) => ({ message, after })))
    },
  }
  const { store, keys, issuing } = world
  const shared = { store, secrets: keys, policy: issuing.policy, uploads: checked, random: randomBytes, queue }
  const patience = { ...issuing.patience, pause: async () => {} }
  const deps: BatchDeps = {
    ...shared,
    patience,
    get now() {
      return clock.now
    },
  }
  const ranges: BatchWorld['ranges'] = (change = {}) => ({
    ...shared,
    patience,
    clock: () => clock.now,
    issuing: () => ({ ...issuing, patience, now: clock.now }),
    worker: randomUUID(),
    ...change,
  })
  const submit: BatchWorld['submit'] = (rows, key = 'batch-1', act = 'issue') =>
    submitBatch(
      {
        ...{ issuer: BODY, subject: OFFICER, act, idempotencyKey: key },
        bytes: typeof rows === 'string' ? new TextEncoder().encode(rows) : rows,
      },
      deps,
    )
  return {
    world,
    uploads,
    messages,
    deps,
    clock,
    ranges,
    submit,
    async approve(rows, key, act) {
      const { id } = await submit(rows, key, act)
      const closed = await closeBatch(asked(id), deps)
      const hash = closed.closed?.hash ?? ''
      return approveBatch({ ...asked(id, SECOND_OFFICER), hash, signedInAt: clock.now }, deps)
    },
    async deliver({ times = 1, most = 1_000, deps: how } = {}) {
      for (let count = 0; messages.length > 0 && count < most; count++) {
        const next = messages.shift()
        if (next === undefined) return
        clock.now = new Date(clock.now.getTime() + next.after * 1_000)
        await Promise.all(Array.from({ length: times }, () => runRange(next.message, 1, how ?? ranges())))
      }
    },
    counts: (id) => countsOf(asked(id), deps),
  }
}

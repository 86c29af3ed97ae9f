import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { verifyIndependently } from '@sijil/credentials/independent'
import { type ArtefactStore, artefacts, type BoxStore, type CommitStore, checkedStore } from '@sijil/registry'
import {
  approveBatch,
  type BatchDeps,
  closeBatch,
  pieceMemory,
  previewBatch,
  receiveBatch,
  runRange,
} from '@sijil/registry/batches'
import { noQuota } from '@sijil/registry/issuance'
import { addMember, trustByVersion } from '@sijil/registry/trust'
import { BODY, openFunctions } from './registry.ts'

const CLERK = 'clerk'
const SECOND = 'second'
const ID = '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'
const BASE_URL = 'https://registry.example'

/** A file of so many rows. Those from `named` on have no name, and are left out. */
export function fileOf(rows: number, named: number): Uint8Array {
  const rowOf = (at: number) => {
    const name = at < named ? `MARIA SANTOS EXAMPLE ${String.fromCharCode(65 + (at % 26))}` : ''
    return `ph-masonry-nc2,${name},SEASON-${100_000 + at},2026-02-20,2026-02-10,demo-ph-centre-taguig,demonstration-and-questioning,prior-learning\n`
  }
  const head = 'qualification,name,number,awardedOn,assessedOn,centreId,method,route\n'
  // Joined by the thousand, so that the file itself is what takes memory.
  const chunk = (from: number) =>
    Buffer.from(Array.from({ length: Math.min(1_000, rows - from) }, (_, at) => rowOf(from + at)).join(''))
  const chunks = Array.from({ length: Math.ceil(rows / 1_000) }, (_, at) => chunk(1_000 * at))
  return Buffer.concat([Buffer.from(head), ...chunks])
}

/** A body with two officers, and what the functions `batches` and `issue` have for a batch. */
export async function openBatchJob(store: CommitStore & BoxStore, files: ArtefactStore) {
  const functions = await openFunctions(store, BASE_URL)
  const { deps: founded, signer } = functions
  const { secrets, policy } = founded
  const role = (subject: string, roles: ('issue' | 'approve' | 'read')[]) =>
    addMember({ owner: BODY, subject, roles, actor: 'system:bench' }, founded)
  await role(CLERK, ['issue', 'read'])
  await role(SECOND, ['approve', 'read'])

  const clock = () => new Date()
  const patience = { random: randomBytes, clock, pause: async (ms: number) => void (await sleep(ms)) }
  const messages: unknown[] = []
  const shared = {
    ...{ store, secrets, policy, random: randomBytes, patience, pieces: pieceMemory() },
    uploads: checkedStore(files, { report: () => {} }),
    queue: { send: async (sent: readonly unknown[]) => void messages.push(...sent) },
  }
  const deps = (): BatchDeps => ({ ...shared, now: clock() })
  const issuing = () => ({
    ...{ store: trustByVersion(store), boxes: store, signer, secrets, policy, baseUrl: BASE_URL },
    ...{ verifyIndependently, random: randomBytes, patience, quota: noQuota, now: clock() },
    sealer: { seal: () => Promise.reject(new Error('no letter is sent here')) },
  })
  const request = { issuer: BODY, subject: CLERK, id: ID }
  return {
    functions,
    request,
    deps,
    messages,
    /** From the bytes of a file to the approval of its rows. Its last part is also shown. */
    async approve(bytes: () => Uint8Array): Promise<void> {
      const read = async (name: string) => (name.startsWith(artefacts.incoming(BODY, ID, '')) ? bytes() : undefined)
      const { rows } = await receiveBatch({ ...request, act: 'issue' }, { ...deps(), incoming: { read } })
      await previewBatch({ ...request, part: Math.ceil(rows / 10_000) }, deps())
      let batch = await closeBatch(request, deps())
      while (batch.state === 'open') batch = await closeBatch(request, deps())
      const approval = { ...request, subject: SECOND, hash: batch.closed?.hash ?? '', signedInAt: clock() }
      await approveBatch(approval, deps())
    },
    /** As many at once as a queue has calls of the function in one process. */
    run: (message: unknown): Promise<void> => runRange(message, 1, { ...shared, clock, issuing, worker: randomUUID() }),
  }
}

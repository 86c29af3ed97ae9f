import { type Caller, requireScope, route, type Upload } from '@sijil/http'
import {
  type Act,
  type Batch,
  type BatchDeps,
  type BatchRequest,
  closedListOf,
  isBeyondBrake,
  isStatusAct,
  type Preview,
  requireBatchOf,
  type StatusRow,
  submitBatch,
} from '@sijil/registry/batches'
import { requireKey } from './idempotency-key.ts'

/** Takes a file of rows, for each act. Nothing is issued or changed by it. */
export const submission = (
  act: Act,
  deps: () => BatchDeps,
  shownNow: (batch: Batch) => Promise<Record<string, unknown>>,
) =>
  route<{ issuer: string }, Caller>({
    body: 'table',
    async answer({ params: { issuer }, caller, headers, input }) {
      const idempotencyKey = requireKey(headers)
      const { bytes } = input as Upload
      const batch = await submitBatch({ issuer, subject: caller.subject, act, idempotencyKey, bytes }, deps())
      return {
        status: 201,
        headers: { location: `/issuers/${issuer}/batches/${batch.id}` },
        body: await shownNow(batch),
      }
    },
  })

/** Of the members and programs that send such a batch. */
export const scopeOf = (act: Act) => (isStatusAct(act) ? 'credentials:status' : 'credentials:issue')

/** A token for issuing is none for changing certificates, and the reverse. Throws `insufficient-scope`. */
export async function requireScopeOfAct(
  request: BatchRequest,
  caller: Pick<Caller, 'scopes'>,
  deps: Pick<BatchDeps, 'store'>,
): Promise<void> {
  const { act } = await requireBatchOf(request, deps)
  requireScope(caller, [scopeOf(act)])
}

/** Calls an operator when a list that is beyond the brake begins to wait for its second officer. */
export const calling = async (batch: Batch, { store }: Pick<BatchDeps, 'store'>) =>
  (await isBeyondBrake(batch, store)) ? { logged: { code: 'action-waits', owner: batch.owner } as const } : {}

/** The rows of a part that a list would change, or since its closing those that it will. Absent for a batch that issues. */
export async function fatesOf(preview: Preview, request: BatchRequest, deps: BatchDeps) {
  const { batch, rows } = preview
  if (!isStatusAct(batch.act)) return {}
  const closed = batch.closed && (await closedListOf({ ...request, of: rows }, deps))
  const fates =
    closed ?? rows.flatMap(({ line, change }): StatusRow[] => (change === undefined ? [] : [{ line, change }]))
  return {
    fates: fates.map(({ line, change: { certificate, state, reason, isHeld } }) => ({
      line,
      certificate: `urn:uuid:${certificate}`,
      state,
      ...(reason && { reason }),
      ...(isHeld && { isHeld }),
    })),
  }
}

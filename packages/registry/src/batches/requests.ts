import { RegistryError } from '../errors.ts'
import type { CommitReader } from '../stream.ts'
import { noSuchIssuer, type Role, rolesOf } from '../trust/members.ts'
import { type Batch, requireBatch } from './batch.ts'
import type { BatchRequest } from './batch-deps.ts'

/** Throws `not-found` unless the member has one of the roles, and the batch is one of this body (I36). Returns both. */
export async function requireOwnBatch(
  { issuer, subject, id }: BatchRequest,
  may: readonly Role[],
  reader: CommitReader,
): Promise<{ batch: Batch; held: readonly Role[] }> {
  const held = await requireRole(issuer, subject, may, reader)
  return { batch: await requireBatch(issuer, id, reader), held }
}

/** One batch, for its members. */
export const requireBatchOf = async (request: BatchRequest, { store }: { store: CommitReader }): Promise<Batch> =>
  (await requireOwnBatch(request, ['issue', 'approve', 'read'], store)).batch

export async function requireRole(
  issuer: string,
  subject: string,
  may: readonly Role[],
  reader: CommitReader,
): Promise<readonly Role[]> {
  const held = await rolesOf(issuer, subject, reader)
  if (!held.some((role) => may.includes(role))) throw noSuchIssuer()
  return held
}

const words: Readonly<Record<Batch['state'], string>> = {
  open: 'Its rows are not sent for approval yet.',
  closed: 'Its rows wait for approval.',
  running: 'It is running.',
  paused: 'It is paused.',
  cancelled: 'It was cancelled.',
  finished: 'It is finished.',
}

export function requireState(batch: Batch, ...may: Batch['state'][]): void {
  if (!may.includes(batch.state))
    throw new RegistryError('conflict', `This cannot be done with the batch now. ${words[batch.state]}`)
}

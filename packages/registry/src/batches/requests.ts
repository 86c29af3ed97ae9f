import { RegistryError } from '../errors.ts'
import type { CommitReader } from '../stream.ts'
import { noSuchIssuer, type Role, rolesOf } from '../trust/members.ts'
import { type Act, acts, roleOf } from './acts.ts'
import { type Batch, requireBatch } from './batch.ts'
import { type BatchRequest, PART_ROWS } from './batch-deps.ts'

/** `sender`: the role that what the batch does asks for. */
type May = 'sender' | 'approve' | 'read'

/** Throws `not-found` unless the member has one of the roles, and the batch is one of this body (I36). Returns both. */
export async function requireOwnBatch(
  { issuer, subject, id }: BatchRequest,
  may: readonly May[],
  reader: CommitReader,
): Promise<{ batch: Batch; held: readonly Role[] }> {
  const held = await requireRole(issuer, subject, acts.flatMap(rolesFor(may)), reader)
  const batch = await requireBatch(issuer, id, reader)
  if (!held.some((role) => rolesFor(may)(batch.act).includes(role))) throw noSuchIssuer()
  return { batch, held }
}

const rolesFor =
  (may: readonly May[]) =>
  (act: Act): Role[] =>
    may.map((role) => (role === 'sender' ? roleOf(act) : role))

/** One batch, for its members. */
export const requireBatchOf = async (request: BatchRequest, { store }: { store: CommitReader }): Promise<Batch> =>
  (await requireOwnBatch(request, ['sender', 'approve', 'read'], store)).batch

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

/** The parts in which a file is judged and closed. */
export const partsOf = ({ rows }: Pick<Batch, 'rows'>): number => Math.ceil(rows / PART_ROWS)

/** Parts count from 1 on. Throws `no-such-page` for another one. */
export function requirePart(part: number, parts: number): void {
  if (!Number.isInteger(part) || part < 1 || part > parts)
    throw new RegistryError('no-such-page', `This batch has ${parts} parts, from 1 on, and no other.`)
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

import { roomOf } from '../status/brake.ts'
import type { CommitReader } from '../stream.ts'
import type { Batch } from './batch.ts'

/**
 * True for a closed list that ends more certificates than one person may end in an hour. Two officers may do that, and an operator hears of
 * it before, as of every action that waits because of the brake (U001).
 */
export async function isBeyondBrake({ owner, act, state, closed }: Batch, reader: CommitReader): Promise<boolean> {
  if (state !== 'closed' || closed === undefined || (act !== 'revoke' && act !== 'suspend')) return false
  return closed.pieces.reduce((sum, { rows }) => sum + rows, 0) > (await roomOf(owner, reader))
}

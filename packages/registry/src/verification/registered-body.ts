import { issuerOfDid } from '@sijil/credentials'
import { entityAt } from '../trust/fold.ts'
import type { Verifying } from './verifying.ts'

/** A body of this registry, the sandbox apart: whoever signs for everybody vouches for nothing. */
export async function isRegisteredBody(
  did: string,
  { trust, baseUrl, now }: Pick<Verifying, 'trust' | 'baseUrl' | 'now'>,
): Promise<boolean> {
  const id = issuerOfDid(did, baseUrl)
  if (id === undefined) return false
  const entity = entityAt(id, await trust(id), now.toISOString())
  return entity?.kind === 'body' && !entity.sandbox
}

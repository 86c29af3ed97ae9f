import { issuerOfDid } from '@sijil/credentials'
import { entityAt } from '../trust/fold.ts'
import type { VerifyDeps } from './verify-deps.ts'

/** True for registered bodies other than the sandbox, which signs anything. */
export async function isRegisteredBody(
  did: string,
  { trust, baseUrl, now }: Pick<VerifyDeps, 'trust' | 'baseUrl' | 'now'>,
): Promise<boolean> {
  const id = issuerOfDid(did, baseUrl)
  if (id === undefined) return false
  const entity = entityAt(id, await trust(id), now.toISOString())
  return entity?.kind === 'body' && !entity.sandbox
}

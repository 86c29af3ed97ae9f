import { cachedTrust, trustOf } from '@sijil/registry/trust'
import { storeOnly, type Verification, type VerifyDeps, verifyDocument } from '@sijil/registry/verification'
import { clock, clockMilliseconds } from '../../functions/clock.ts'
import type { Stand } from './stand.ts'

/** The same function as behind `POST /verify`, over the same store, without HTTP: for what is asked thousands of times. */
export function inProcess({ parts: { store, boxes }, baseUrl }: Stand): (document: unknown) => Promise<Verification> {
  const trust = cachedTrust(trustOf(store), clockMilliseconds)
  const general = () => import('@sijil/credentials/general')
  const deps: Omit<VerifyDeps, 'now'> = {
    ...storeOnly,
    reader: store,
    boxes,
    trust,
    policy: { demonstration: true },
    baseUrl,
    general,
  }
  return (document) => verifyDocument(document, { ...deps, now: clock() })
}

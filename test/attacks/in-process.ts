import { cachedCatalogue } from '@sijil/registry/catalogue'
import { cachedTrust, trustOf } from '@sijil/registry/trust'
import { storeOnly, type Verification, type VerifyDeps, verifyDocument } from '@sijil/registry/verification'
import { clock, clockMilliseconds } from '../../functions/clock.ts'
import type { Stand } from './stand.ts'

/** The function behind `POST /verify`, over the same store but without HTTP, for thousands of calls. */
export function inProcess({ parts: { store, boxes }, baseUrl }: Stand): (document: unknown) => Promise<Verification> {
  const trust = cachedTrust(trustOf(store), clockMilliseconds)
  const general = () => import('@sijil/credentials/general')
  const deps: Omit<VerifyDeps, 'now'> = {
    ...storeOnly,
    reader: store,
    boxes,
    trust,
    catalogue: cachedCatalogue(store, clockMilliseconds),
    policy: { demonstration: true },
    baseUrl,
    general,
  }
  return (document) => verifyDocument(document, { ...deps, now: clock() })
}

import { type BoxesGone, deleteBoxes } from '@sijil/registry/erasure'
import { clock } from './clock.ts'
import { scheduled } from './scheduled.ts'
import { boxEraserOf, commitStoreOf, readEnvironment, secretsOf } from './wiring.ts'

const environment = readEnvironment(process.env)
const parts = {
  store: commitStoreOf(environment),
  boxes: boxEraserOf(environment),
  secrets: secretsOf(environment),
}

interface EraseOrder {
  /** By hand, after boxes were put back from a restored table: looks at every link that ended since this moment (RFC 3339). */
  since?: string
}

/**
 * Deletes the boxes of erased certificates and of ended links. It is the only function that may delete anything. No request reaches it, and
 * from the commit of an erasure on, no link opens the box, so it need not be fast.
 */
export const handler = scheduled('erase', erase)

function erase({ since }: EraseOrder, remaining: () => number): Promise<BoxesGone> {
  return deleteBoxes({ ...parts, now: clock(), remaining, ...(since !== undefined && { since: new Date(since) }) })
}

import { createHash } from 'node:crypto'

/** The entry that says that a certificate with this hash was released, base64url, as docs/log.md describes it. */
export const releasedEntry = (hash: string): string =>
  createHash('sha256').update('sijil/released/v1').update(Buffer.from(hash, 'base64url')).digest('base64url')

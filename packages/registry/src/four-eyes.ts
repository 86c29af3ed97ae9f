import { createHash } from 'node:crypto'
import { canonicalJson } from '@sijil/credentials'
import { DAY_MS } from './clocks.ts'

/** A proposal expires after this time unless it was carried out, even if it was approved. */
export const LIFE_MS = 30 * DAY_MS

/** SHA-256 of a decision, base64url. The order of members does not matter. */
export const hashOf = (decided: object): string =>
  createHash('sha256').update(canonicalJson(decided)).digest('base64url')

import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import { DAY_MS } from './clocks.ts'

/** Proposals end by themselves, approved or not, unless they were carried out. */
export const LIFE_MS = 30 * DAY_MS

/** SHA-256 of what was decided, whatever the order of its members. */
export const hashOf = (decided: object): string =>
  createHash('sha256').update(canonicalJson(decided)).digest('base64url')

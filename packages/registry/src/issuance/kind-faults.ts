import type { Day, Instant } from '@sijil/credentials'
import { endOfValidity, type Kind } from '@sijil/qualifications'
import type { Fault } from '../errors.ts'

interface Stated {
  award: Day
  /** Absent: it has no end. */
  validUntil: Instant | undefined
  /** The authority that it is for. */
  recipient: string | undefined
}

/** The longest term of a letter of good standing. */
const HALF_A_YEAR = { validity: { months: 6 } } as const

/**
 * What a kind demands of each certificate, whatever the record of the qualification says: a temporary licence ends by itself, and
 * good standing counts for six months at most, and goes to one authority.
 */
export function kindFaults(kind: Kind, { award, validUntil, recipient }: Stated): Fault[] {
  if (kind === 'temporary-licence' && validUntil === undefined)
    return [{ pointer: '/validUntil', detail: 'must be the last day of the temporary licence' }]
  if (kind !== 'good-standing')
    return recipient === undefined
      ? []
      : [{ pointer: '/recipient', detail: 'only a certificate of good standing goes to an authority: leave it out' }]
  const last = endOfValidity(HALF_A_YEAR, award)
  const addressed: Fault[] =
    recipient === undefined
      ? [{ pointer: '/recipient', detail: 'must be the id of the authority that good standing is for' }]
      : []
  return validUntil === undefined || (last !== undefined && validUntil > last)
    ? [
        ...addressed,
        { pointer: '/validUntil', detail: 'must be a day within six months: good standing counts no longer' },
      ]
    : addressed
}

import type { Day, Instant } from '@sijil/credentials'
import { endOfValidity, type Kind, temporaryPurposes, temporaryTerms } from '@sijil/qualifications'
import type { IssueInput } from '../certificates/issue-input.ts'
import type { Fault } from '../errors.ts'

interface Stated extends Pick<IssueInput, 'limits'> {
  award: Day
  /** Absent: it has no end. */
  validUntil: Instant | undefined
}

/** The longest term of a letter of good standing. */
const HALF_A_YEAR = { validity: { months: 6 } } as const

/**
 * What a kind demands of each certificate, whatever the record of the qualification says: a temporary licence ends by itself and says for
 * what, where and under which supervisor; good standing counts for six months at most.
 */
export function kindFaults(kind: Kind, { limits = '', award, validUntil }: Stated): Fault[] {
  if (kind === 'good-standing') {
    const last = endOfValidity(HALF_A_YEAR, award)
    return validUntil === undefined || (last !== undefined && validUntil > last)
      ? [{ pointer: '/validUntil', detail: 'must be a day within six months: good standing counts no longer' }]
      : []
  }
  if (kind !== 'temporary-licence') return []
  return [
    ...(validUntil === undefined
      ? [{ pointer: '/validUntil', detail: 'must be the last day of the temporary licence' }]
      : []),
    ...(temporaryTerms(limits) === undefined
      ? [
          {
            pointer: '/limits',
            detail: `must read "Purpose: …; Scope: …; Place: …; Supervisor: …". The purpose is one of ${temporaryPurposes.join(', ')}. The supervisor is none where nobody supervises`,
          },
        ]
      : []),
  ]
}

import { certificatesOf, LOOKED_THROUGH } from '../certificates/certificates-of.ts'
import { startOfDay } from '../moments.ts'
import type { CommitReader } from '../stream.ts'
import { isCovered, isOfHere } from './class-decision.ts'
import type { ClassDecision } from './decided.ts'

/**
 * How many certificates of today a class fits: none, one to nine, or tens of them. Exact numbers of small classes would be about single
 * people. `not-counted`: another registry keeps the records.
 */
export type Fitting = 'none' | 'one-to-nine' | `at-least-${number}` | 'not-counted'

/**
 * Records do not have the day of award. A certificate is issued after its award, so one that was issued before the period fits none, and the
 * number may be higher than what the class will cover, never lower.
 */
export async function countFitting(
  decision: Pick<ClassDecision, 'of' | 'class' | 'terms'>,
  { store, lookThrough = LOOKED_THROUGH }: { store: CommitReader; lookThrough?: number },
): Promise<Fitting> {
  const { of, class: covered } = decision
  // Another registry, or an external signer, keeps its own records.
  if (!isOfHere(of) || covered.issuers.some((issuer) => issuer.includes(':'))) return 'not-counted'
  let [count, left] = [0, lookThrough]
  for (const issuer of covered.issuers) {
    for await (const records of certificatesOf(issuer, Math.max(left, 1), store)) {
      for (const record of records) {
        if (!('issuedAt' in record) || record.reservation.qualification !== of.qualification) continue
        const { edition, units } = record.reservation
        if (edition !== of.edition || record.issuedAt < startOfDay(covered.award.from)) continue
        const asked = { issuer, awardedOn: covered.award.from, issuedAt: record.issuedAt, ...(units && { units }) }
        if (isCovered(decision, asked)) count += 1
      }
      left -= records.length
      if (left <= 0) break
    }
    if (left <= 0) break
  }
  if (count === 0) return left <= 0 ? 'not-counted' : 'none'
  return count < 10 ? 'one-to-nine' : `at-least-${count - (count % 10)}`
}

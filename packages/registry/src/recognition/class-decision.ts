import { endOfDay } from '../moments.ts'
import { groundsOf } from '../trust/events.ts'
import type { ClassDecision, RecognisedEdition } from './decided.ts'
import type { RecognitionCommits } from './events.ts'
import { jointlyDecided } from './joint-class.ts'

/** Every decision that was recorded by a moment, in the order of the records, also a joint one that counts for nobody yet. */
export function everyClassDecision(
  of: RecognisedEdition,
  commits: RecognitionCommits,
  recorded: string,
): readonly ClassDecision[] {
  const found = new Map<string, ClassDecision>()
  const known = commits.filter(({ recordedAt }) => recordedAt <= recorded)
  for (const { events, effectiveAt: from, recordedAt } of known) {
    for (const event of events) {
      if (event.type === 'class-decided') {
        const { decision: id, host, class: covered, terms } = event
        found.set(id, { id, of, host, class: covered, terms, from, recordedAt, appeals: [] })
        continue
      }
      if (event.type === 'joint-class-proposed') {
        const decided = jointlyDecided(of, event.decision, known, recorded)
        if (decided !== undefined) found.set(event.decision, decided)
        continue
      }
      const decided = found.get(event.decision)
      if (decided === undefined) continue
      if (event.type === 'class-appealed') {
        const { state, note } = event
        found.set(decided.id, { ...decided, appeals: [...decided.appeals, { state, note, at: recordedAt }] })
      } else if (event.type === 'class-ended' && (decided.ended === undefined || from < decided.ended.from))
        found.set(decided.id, { ...decided, ended: { from, recordedAt, ...groundsOf(event) } })
    }
  }
  return [...found.values()]
}

/** Those that count, have counted or will count. A joint one does so from its last join. */
export const classDecisionsOf = (
  of: RecognisedEdition,
  commits: RecognitionCommits,
  recorded: string,
): readonly ClassDecision[] => everyClassDecision(of, commits, recorded).filter((decision) => !isWaiting(decision))

/** Not every party has joined, or one left before that. It covers no certificate. */
export const isWaiting = ({ jointly }: ClassDecision): boolean => jointly !== undefined && jointly.from === undefined

/** A certificate signs whole addresses and DIDs. The records of a registry name what is its own by ids. */
export const namedHere = (address: string, baseUrl: string): string =>
  address.startsWith(`${baseUrl}/qualifications/`) ? address.slice(`${baseUrl}/qualifications/`.length) : address

/** True for a qualification of this registry. */
export const isOfHere = ({ qualification }: RecognisedEdition): boolean => !qualification.includes('/')

/** How a decision stands at a moment, whatever certificate it is asked about. */
export function phaseAt({ from, terms, ended }: ClassDecision, moment: string): 'future' | 'force' | 'ended' {
  if (ended !== undefined && ended.from <= moment) return 'ended'
  if (terms.until !== undefined && endOfDay(terms.until) < moment) return 'ended'
  return from > moment ? 'future' : 'force'
}

/** What a certificate states under its signature, and when our record says that it was issued. */
export interface ClassQuestion {
  /** As the record names it: an id, or a DID. */
  issuer: string
  awardedOn: string
  issuedAt: string
  /** Codes, for a part of the qualification. Absent: the whole. */
  units?: readonly string[]
}

/** A part is covered only by a decision that names each of its units. */
export function isCovered(
  { class: { issuers, award, issuedUntil }, terms }: Pick<ClassDecision, 'class' | 'terms'>,
  { issuer, awardedOn, issuedAt, units }: ClassQuestion,
): boolean {
  return (
    issuers.includes(issuer) &&
    award.from <= awardedOn &&
    awardedOn <= award.until &&
    issuedAt <= endOfDay(issuedUntil) &&
    (units === undefined || units.every((code) => terms.units?.includes(code)))
  )
}

import type { RecordedSignature } from '@sijil/registry/issuance'
import type { SignEvent } from './sign-events.ts'

export interface Findings {
  matched: number
  /** Signatures at a moment at which no certificate of their key was being made. */
  unrecorded: SignEvent[]
  /** Further signatures while certificates were being made: repeated after a crash, or hidden among them. */
  further: SignEvent[]
  /** Signatures by another principal than a function. */
  strangers: SignEvent[]
  /** Released certificates without a signature in the files. */
  unsigned: RecordedSignature[]
  /** Signatures with keys that sign no certificate. They are not compared. */
  otherKeys: number
}

/** CloudTrail records whole seconds, and the clocks of the services differ. */
const TOLERANCE_MS = 5_000

/** The id in the ARN of a key. */
const idOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1)

/**
 * Gives each signature to one certificate of the same key that was being made at that moment, the one that was settled first. CloudTrail does
 * not record what was signed, so two signatures in the same seconds cannot be told apart.
 */
export function matchSignatures(
  events: readonly SignEvent[],
  {
    recorded,
    keys,
    isFunction,
  }: { recorded: readonly RecordedSignature[]; keys: readonly string[]; isFunction: (by: string) => boolean },
): Findings {
  const known = new Set(keys.map(idOf))
  const open = new Map<string, RecordedSignature[]>()
  for (const one of recorded.toSorted((a, b) => a.until.localeCompare(b.until)))
    open.set(idOf(one.key), [...(open.get(idOf(one.key)) ?? []), one])
  const taken = new Set<RecordedSignature>()
  const findings: Findings = { matched: 0, unrecorded: [], further: [], strangers: [], unsigned: [], otherKeys: 0 }
  for (const event of events.toSorted((a, b) => a.at.localeCompare(b.at))) {
    if (!known.has(idOf(event.key))) {
      findings.otherKeys += 1
      continue
    }
    if (!isFunction(event.by)) findings.strangers.push(event)
    const at = Date.parse(event.at)
    const fitting = (open.get(idOf(event.key)) ?? []).filter(
      ({ from, until }) => Date.parse(from) - TOLERANCE_MS <= at && at <= Date.parse(until) + TOLERANCE_MS,
    )
    const free = fitting.find((one) => !taken.has(one))
    if (free !== undefined) {
      taken.add(free)
      findings.matched += 1
    } else (fitting.length > 0 ? findings.further : findings.unrecorded).push(event)
  }
  findings.unsigned = recorded.filter((one) => one.isReleased && !taken.has(one))
  return findings
}

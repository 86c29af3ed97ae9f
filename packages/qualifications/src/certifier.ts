import type { Confidence } from './confidence.ts'
import type { DescribedBy } from './described-by.ts'
import type { Practice } from './practice.ts'

/** A real body, with an id of our own. A record here does not make it trusted: the registry records trust. */
export interface Certifier {
  id: string
  /** ISO 3166-1 alpha-2. Null for a regional body. */
  state: string | null
  name: string
  localName?: { text: string; language: string }
  acronym?: string
  /** We have not checked it. Confirm it before it enters a trust list. */
  domain?: string
  role:
    | 'skills-certifier'
    | 'trade-certifier'
    | 'tvet-awarding'
    | 'professional-regulator'
    | 'regulator'
    | 'nqf-authority'
    | 'regional-register'
  /** `years`: the term of validity, if the sources state it. */
  awards: readonly { title: string; levels?: readonly number[]; years?: number }[]
  /** Ids of the mutual recognition arrangements under which it acts. */
  arrangements?: readonly string[]
  /** Its task and the law that gives it. Absent, or without a law: our sources do not state it. */
  mandate?: {
    text: string
    law?: string
    /** When the law was signed or came into force: a day, a month or a year. */
    dated?: string
    sources: readonly string[]
    confidence: Confidence
  }
  /** Absent: the body does not state it. No file of a baseline has it. */
  practice?: Practice & { sources: readonly string[]; confidence: Confidence }
  /** An office, never a person. */
  contact?: { office: string; sources: readonly string[] }
  /** Its public register of certificates, people or qualifications. */
  register?: string
  note?: string
  sources: readonly string[]
  confidence: Confidence
  /** Who says it. Absent in the file of a baseline. */
  describedBy?: DescribedBy
}

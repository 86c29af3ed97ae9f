import type { PolicyAct } from '@sijil/registry/trust'
import type { ListedCertificate } from './certificates-page.ts'
import type { DeskProblem } from './problem-words.ts'
import type { Named } from './values.ts'

export type StatusVerb = 'suspend' | 'reinstate' | 'revoke'
export type KeepingVerb = 'erase' | 'hold' | 'lift-hold'

/** One entry of the history of a certificate. */
export interface HistoryEntry {
  at: string
  event: string
  reason?: string
  /** Only for members of the body that may read it. */
  note?: string
  actor?: string
  approvedBy?: string
  /** The authority that acted. Absent: the body itself. */
  by?: Named
}

export interface CertificateValues {
  /** In whose name the officer reads it: the body, or an authority that may change its state. */
  owner: Named
  body: Named
  certificate: ListedCertificate
  edition: string
  replaces?: string
  successor?: string
  /** The award before, and that after. Without a number, it is erased. */
  renews?: { id: string; number?: string }
  renewed?: { id: string; number?: string }
  /** Only in the answer to the member who asked for it, which is recorded. */
  holder?: { name: string; nativeName?: string; birthDate?: string; registerNumber?: string }
  /** Legal holds. Absent `by`: of the body itself. */
  holds?: readonly { since: string; reason: string; by?: Named }[]
  /** Oldest first. */
  history: readonly HistoryEntry[]
  /** True if this officer may change its state, or propose it. */
  mayChange: boolean
  /** True for a member of the body with the role to issue, or to read. */
  mayIssue?: boolean
  mayOpen?: boolean
  /** Acts for which the policy of the body wants a second person. */
  secondPerson?: readonly PolicyAct[]
  /** A form that came back, or what was done. */
  returned?: {
    verb: StatusVerb | KeepingVerb | 'print'
    problem?: DeskProblem
    typed: { reason?: string; note?: string; sure?: string }
  }
  done?: DoneWord
}

/** What the page can say about an action that was done before it. `desk.certificate.done.…` has the words. */
const doneWords = ['suspend', 'reinstate', 'revoke', 'erase', 'hold', 'waits', 'asked'] as const
export type DoneWord = (typeof doneWords)[number]
export const isDoneWord = (text: string): text is DoneWord => (doneWords as readonly string[]).includes(text)

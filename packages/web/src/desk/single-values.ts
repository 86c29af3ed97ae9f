import type { SingleDraft } from '@sijil/registry/decisions'
import type { Recognition, SingleRecord } from '@sijil/registry/recognition'
import type { DecidedBy } from '@sijil/registry/trust'
import type { ShownField, TypedFields } from './fields.ts'
import type { DeskProblem } from './problem-words.ts'
import type { Named } from './values.ts'

/** Says what a button of these pages does. */
export type SinglePress =
  | 'look'
  | 'check'
  | 'change'
  | 'propose'
  | 'open'
  | 'letter'
  | 'approve'
  | 'reject'
  | 'end'
  | 'appeal'

type Terms = SingleDraft['terms']

/** A decision as the record has it, without the certificate and the terms. */
export type ListedSingle = Pick<
  SingleRecord,
  | 'id'
  | 'state'
  | 'proposedBy'
  | 'proposedAt'
  | 'hash'
  | 'open'
  | 'decided'
  | 'issuedAt'
  | 'ended'
  | 'replaced'
  | 'appealed'
>

interface OfOffice {
  authority: Named
  mayPropose: boolean
  problem?: DeskProblem
}

/** A letter of good standing for this authority. `link`: only after an opening that was recorded. */
export interface ShownLetter {
  id: string
  from: Named
  qualification: string
  arrivedAt: string
  until: string
  link?: string
}

export interface SinglesValues extends OfOffice {
  decisions: readonly ListedSingle[]
  deciders: DecidedBy
  letters: readonly ShownLetter[]
  /** The tokens of the next pages. */
  next?: string
  nextLetters?: string
}

/** The certificate of a link, before anybody decides. It has no person. */
export interface LookedAt {
  title: string
  issuer: string
  levels: readonly { framework: string; level: string }[]
  units: readonly { code: string; title: string }[]
  /** What hosts decided about it before. */
  before: readonly Pick<Recognition, 'host' | 'result' | 'applies'>[]
}

export interface SingleFormValues extends OfOffice {
  looked: LookedAt
  fields: readonly ShownField[]
  typed: TypedFields
  /** Sent again with the form. It stands in no address. */
  link: string
  /** The decision whose place it takes. */
  replaces?: string
}

export interface SingleCheckValues extends Omit<SingleFormValues, 'fields'> {
  terms: Terms
  isShown: boolean
}

export interface SingleValues extends OfOffice {
  decision: ListedSingle
  mayApprove: boolean
  /** The officer who reads the page proposed what waits, and another one must approve it. */
  isOwn: boolean
  /** How many officers decide now, by the policy of the authority. */
  deciders: DecidedBy
  /** Only after an opening that was recorded. */
  opened?: { terms: Terms; isShown: boolean; qualification: string; title: string }
  /** The signed decision, only after an approval. */
  document?: object
}

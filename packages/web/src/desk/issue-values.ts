import type { Certificate } from '@sijil/credentials'
import type { ShownField, TypedFields } from './fields.ts'
import type { DeskProblem } from './problem-words.ts'
import type { Named } from './values.ts'

/** What a certificate is to follow: `number` is that of the one it corrects or renews. */
export interface Followed {
  succession: 'correct' | 'renew'
  number: string
  id: string
}

export interface IssuableValues {
  body: Named
  /** Those that the body may issue today, by title. */
  qualifications: readonly { id: string; title: string }[]
}

export interface IssueFormValues {
  body: Named
  qualification: {
    id: string
    title: string
    edition: string
    validity: 'none' | { months: number }
    /** Other editions in which awards can be made. */
    others: readonly string[]
  }
  follows?: Followed
  fields: readonly ShownField[]
  typed: TypedFields
  /** Sent with the form as they are: the idempotency key, and what is followed. */
  hidden: Readonly<Record<string, string>>
  problem?: DeskProblem
  note?: 'kept'
}

export interface IssueCheckValues {
  body: Named
  certificate: Certificate
  follows?: Followed
  /** The authority at whose desk the link appears, of a certificate of good standing. */
  recipient?: Named
  /** Everything that is signed by the next press, and what proves who checked it. */
  fields: Readonly<Record<string, string>>
  order: string
}

export interface IssuedValues {
  body: Named
  certificate: { id: string; number: string; title: string }
  link: string
  token: string
  qualification: string
  /** Id of the authority at whose desk the link now is. */
  recipient?: string
  /** The same form had issued it before. */
  replayed: boolean
}

export type WaitsValues = Omit<NotIssuedValues, 'problem'>

export interface NotIssuedValues {
  body: Named
  problem: DeskProblem
  fields: Readonly<Record<string, string>>
}

import type { IssueDeps } from '../issuance/issue-deps.ts'
import type { NoteOpener } from '../ports.ts'

/** Everything that decisions about single certificates use. */
export type SingleDeps = Pick<
  IssueDeps,
  'store' | 'boxes' | 'signer' | 'policy' | 'baseUrl' | 'verifyIndependently' | 'now' | 'random' | 'sealer'
> & {
  /** Terms are about a person, so they lie in the record as notes for the officers of the host. */
  opener: NoteOpener
}

/** An officer of the authority, and the decision. */
export interface SingleRequest {
  authority: string
  subject: string
  /** UUID of the decision. */
  id: string
}

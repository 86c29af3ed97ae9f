import { type RevocationReason, revocationReasons, type SuspensionReason, suspensionReasons } from '@sijil/credentials'
import type { Role } from '../trust/members.ts'

/** What a batch does with its rows. All but the first change the status of certificates that exist. */
export const acts = ['issue', 'revoke', 'suspend', 'reinstate'] as const
export type Act = (typeof acts)[number]
export type StatusAct = Exclude<Act, 'issue'>

export const isStatusAct = (act: Act): act is StatusAct => act !== 'issue'

/** The role of the members who send such a batch. Another one approves it. */
export const roleOf = (act: Act): Role => (act === 'issue' ? 'issue' : 'status')

/** Reasons that a row may give. A certificate is superseded by issuing another one, and not by a list. */
export const reasonsOf: Readonly<Record<StatusAct, readonly (RevocationReason | SuspensionReason)[]>> = {
  revoke: revocationReasons.filter((reason) => reason !== 'superseded'),
  suspend: suspensionReasons,
  reinstate: suspensionReasons,
}

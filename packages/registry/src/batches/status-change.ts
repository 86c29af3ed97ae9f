import type { RevocationReason, SuspensionReason } from '@sijil/credentials'
import type { CertificateEvent, ReleasedRecord } from '../certificates/record.ts'
import { RegistryError } from '../errors.ts'
import { reinstatement } from '../status/reinstate.ts'
import { revocation } from '../status/revoke.ts'
import { suspension } from '../status/suspend.ts'
import type { StatusAct } from './acts.ts'
import type { FaultKind } from './answers.ts'

/** What a list does to one certificate. */
export interface StatusChange {
  /** The UUID of the certificate. */
  certificate: string
  /** Its state as it was shown. If it has another one by then, the row is rejected. */
  state: 'in-force' | 'suspended'
  /** It has a legal hold. That forbids to erase it, and nothing else, but an officer should see it. */
  isHeld?: true
  reason?: RevocationReason | SuspensionReason
}

/** A row of a list as it will be carried out. */
export interface StatusRow {
  /** The line in the file, which is also its name in the batch. */
  line: number
  change: StatusChange
}

/** Why this act cannot be done to a certificate as it is now. */
export function hindrance(record: ReleasedRecord, act: StatusAct): FaultKind | undefined {
  if (record.state === 'revoked') return 'already-revoked'
  if (act === 'suspend' && record.state === 'suspended') return 'already-suspended'
  if (act !== 'reinstate') return undefined
  if (record.state === 'in-force') return 'not-suspended'
  return record.by === undefined ? undefined : 'suspended-by-authority'
}

/** The event that carries out a row, by the same rules as the single request. */
export function eventOf(
  { state, reason = 'unspecified' }: StatusChange,
  act: StatusAct,
  record: ReleasedRecord,
): CertificateEvent | undefined {
  if (record.state !== state)
    throw new RegistryError('conflict', 'this certificate has changed since it was shown: send it in another list')
  switch (act) {
    case 'revoke':
      return revocation({ reason: reason as RevocationReason })(record)
    case 'suspend':
      return suspension({ reason: reason as SuspensionReason })(record)
    case 'reinstate':
      return reinstatement(reason === 'unspecified' ? {} : { reason: reason as SuspensionReason })(record)
    default:
      return act satisfies never
  }
}

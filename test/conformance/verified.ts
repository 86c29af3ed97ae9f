import {
  type Examination,
  examineCredential,
  examinePresentation,
  type PresentationExamination,
} from '@sijil/credentials/general'
import { NOW, noKeys } from './did-keys.ts'

/** True if VCALM calls it verified before status, period and trust: its form and every proof are good, and one proof is by the issuer. */
export const isVerified = ({ faults, proofs, issuerKey }: Examination): boolean =>
  faults.length === 0 &&
  proofs.length > 0 &&
  proofs.every(({ outcome }) => outcome === 'passed') &&
  issuerKey.outcome === 'passed'

export const examine = (value: unknown): Promise<Examination> => examineCredential(value, { now: NOW, keyFor: noKeys })
export const verifies = async (value: unknown): Promise<boolean> => isVerified(await examine(value))

export const present = (
  value: unknown,
  expected: { challenge?: string; domain?: string } = {},
): Promise<PresentationExamination> => examinePresentation(value, { now: NOW, keyFor: noKeys, ...expected })
export const isPresented = ({ faults, proofs }: PresentationExamination): boolean =>
  faults.length === 0 && proofs.length > 0 && proofs.every(({ outcome }) => outcome === 'passed')

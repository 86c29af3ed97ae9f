import type { Entity } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'
import type { CheckName, Verification } from './verification.ts'
import type { VerifyDeps } from './verify-deps.ts'

/** What the record of an authority of this registry needs. */
export type OwnDeps = Pick<VerifyDeps, 'reader' | 'trust' | 'catalogue' | 'policy' | 'baseUrl' | 'now' | 'witnessed'>

/** The questions that a decision and a receipt leave open. It certifies nobody, so it never gets the verdict `valid` (K002). */
export const ofCertificates: readonly CheckName[] = ['period', 'status', 'issuer-trust', 'centre', 'qualification']

const sentences = {
  decision: 'This is a decision of an authority about a certificate. Whether its issuer may certify is not asked.',
  receipt:
    'This is the receipt of an authority for a portfolio, and no certificate. Whether it may certify is not asked.',
} as const

/** The answer about the issuer of a certificate does not fit an authority that decides or receives. */
export function aboutNoCertificate(concluded: Verification, about: keyof typeof sentences): Verification {
  const { onIssueDate, today } = concluded.issuer
  const sentence = sentences[about]
  const issuer = { onIssueDate: { ...onIssueDate, sentence }, today: { ...today, sentence } }
  return { ...concluded, issuer, about }
}

/** Cached trust may be older than the newest key of the host. */
export async function hostWithKey(host: string, kid: string, deps: OwnDeps): Promise<Entity | undefined> {
  const at = deps.now.toISOString()
  const entity = entityAt(host, await deps.trust(host), at)
  if (entity?.keys.some((key) => key.kid === kid)) return entity
  return entityAt(host, await trustOf(deps.reader)(host), at)
}

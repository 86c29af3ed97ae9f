import {
  fromReceipt,
  parseReceipt,
  parseVerificationMethod,
  type Receipt,
  type ReceiptDocument,
  receiptHash,
  verifyReceiptProof,
} from '@sijil/credentials'
import { portfolioAt, readReceipts } from '../corridors/receipts.ts'
import { unlessAway } from '../errors.ts'
import { keysFor } from '../trust/entity.ts'
import { failed, notPerformed, passed } from './check.ts'
import { checkOfFault } from './check-fault.ts'
import { checkKeyWindow } from './check-key.ts'
import { conclude } from './conclude.ts'
import { aboutNoCertificate, hostWithKey, type OwnDeps, ofCertificates } from './no-certificate.ts'
import type { Check, Verification } from './verification.ts'

/**
 * Verifies the receipt of an authority for a portfolio. It certifies nobody, so it never gets the verdict `valid`. What was received is in
 * `receipt`, and only if the signature and the record are good.
 */
export async function verifyReceipt(document: object, host: string, deps: OwnDeps): Promise<Verification> {
  const { checks, receipt } = await checkReceipt(document, host, deps)
  const open = ofCertificates.map((name) => notPerformed(name, 'not-a-certificate'))
  return { ...aboutNoCertificate(conclude([...checks, ...open], {}, deps), 'receipt'), ...(receipt && { receipt }) }
}

async function checkReceipt(
  value: object,
  host: string,
  deps: OwnDeps,
): Promise<{ checks: readonly Check[]; receipt?: Receipt }> {
  const document = parsedReceipt(value)
  if ('outcome' in document) return { checks: [document] }
  const format = passed('format', { profile: 'receipt' })
  const { controller, fragment } = parseVerificationMethod(document.proof.verificationMethod)
  const entity = await hostWithKey(host, fragment, deps)
  const key = entity && keysFor(entity, 'decisions').find(({ kid }) => kid === fragment)
  if (key === undefined || controller !== document.issuer.id)
    return { checks: [format, failed('issuer-key', 'key-not-authorized'), notPerformed('proof', 'key-not-at-hand')] }
  if (!verifyReceiptProof(document, key.publicKeyMultibase))
    return { checks: [format, passed('issuer-key', { key: key.kid }), failed('proof', 'signature-mismatch')] }
  const proof = passed('proof', { cryptosuite: 'eddsa-rdfc-2022', created: document.proof.created })
  const portfolio = portfolioAt(document.credentialSubject.id, deps.baseUrl)
  const read = portfolio ? await unlessAway(readReceipts(portfolio, deps.reader)) : { receipts: [] }
  if (read === undefined) return { checks: [format, proof, notPerformed('recorded', 'record-not-readable')] }
  const found = read.receipts.find(({ hash, authority }) => authority.id === host && hash === receiptHash(document))
  if (found === undefined) return { checks: [format, proof, failed('recorded', 'not-recorded')] }
  const moment = { recordedAt: found.recordedAt, witnessedAt: async () => deps.witnessed?.(found.hash) }
  const window = await checkKeyWindow(key, { moment }, { keptBy: undefined })
  const checks = [format, proof, window, passed('recorded', { issuedAt: found.recordedAt })]
  const isGood = checks.every(({ outcome }) => outcome === 'passed')
  return { checks, ...(isGood && { receipt: fromReceipt(document) }) }
}

export function parsedReceipt(value: unknown): ReceiptDocument | Check {
  try {
    return parseReceipt(value)
  } catch (fault) {
    return checkOfFault(fault)
  }
}

import {
  claimsToBeReceipt,
  type DecisionDocument,
  decisionHash,
  digestOfSigned,
  fromDecision,
  issuerOfDid,
  parseDecision,
  parseVerificationMethod,
  type SingleDecision,
  verifyDecisionProof,
} from '@sijil/credentials'
import { unlessAway } from '../errors.ts'
import { namedHere } from '../recognition/class-decision.ts'
import { mayRecognise } from '../recognition/may-recognise.ts'
import type { PlacedDecision } from '../recognition/places.ts'
import { type Recognition, singlePhase, singleRecognition } from '../recognition/recognition.ts'
import { readSingle, type SingleRecord } from '../recognition/single-record.ts'
import { type Entity, keysFor } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { stateOf } from '../trust/place.ts'
import { failed, notPerformed, passed } from './check.ts'
import { checkOfFault } from './check-fault.ts'
import { checkKeyWindow } from './check-key.ts'
import { conclude } from './conclude.ts'
import { aboutNoCertificate, hostWithKey, type OwnDeps, ofCertificates } from './no-certificate.ts'
import { type Check, checkNames, type Verification } from './verification.ts'
import type { VerifyDeps } from './verify-deps.ts'
import { parsedReceipt } from './verify-receipt.ts'

/** A decision whose signature and record are good. */
interface FoundDecision {
  decision: SingleDecision
  record: SingleRecord
  host: Entity
  document: DecisionDocument
}

/** The authority of this registry whose decision a document claims to be. Undefined: it names another signer. */
export async function hostOfDecision(
  document: object,
  { trust, baseUrl, now }: Pick<OwnDeps, 'trust' | 'baseUrl' | 'now'>,
): Promise<string | undefined> {
  const { issuer } = document as { issuer?: unknown }
  const did = typeof issuer === 'object' && issuer !== null && 'id' in issuer ? issuer.id : issuer
  const id = typeof did === 'string' ? issuerOfDid(did, baseUrl) : undefined
  if (id === undefined) return undefined
  return entityAt(id, await trust(id), now.toISOString())?.kind === 'authority' ? id : undefined
}

/**
 * Verifies the signed decision of a host authority by itself, without the certificate that it is about. The answer says `about: 'decision'`.
 * What was decided is in `recognition`, and only if the signature and the record are good.
 */
export async function verifyDecision(document: object, host: string, deps: VerifyDeps): Promise<Verification> {
  const open = ofCertificates.map((name) => notPerformed(name, 'not-a-certificate'))
  const { checks, found } = await checkDecision(document, host, deps)
  const recognition = found && [await recognised(found, 'open', deps)]
  return aboutNoCertificate(conclude([...checks, ...open], { ...(recognition && { recognition }) }, deps), 'decision')
}

/** A decision or a receipt of an authority that another registry lists. Its record is kept there, so everything but the form stays open. */
export function verifyRemoteDecision(document: object, deps: VerifyDeps): Verification {
  const about = claimsToBeReceipt(document) ? 'receipt' : 'decision'
  const form = about === 'receipt' ? parsedReceipt(document) : parsed(document)
  const open = checkNames.filter((name) => name !== 'format').map((name) => notPerformed(name, 'kept-elsewhere'))
  const checks = 'outcome' in form ? [form] : [passed('format', { profile: about }), ...open]
  return aboutNoCertificate(conclude(checks, {}, deps), about)
}

/**
 * The decisions beside the box of a certificate, each with its signature, its record and the digest of this very document checked. `state`:
 * how the certificate stands. Throws if one of them cannot be read, because nobody can say then what was decided.
 */
export async function placedRecognitions(
  placed: readonly PlacedDecision[],
  { document: original, state }: { document: object; state: 'now' | 'was' | 'open' },
  deps: OwnDeps,
): Promise<Recognition[]> {
  const digest = placed.length === 0 ? '' : digestOfSigned(original)
  const shown: Recognition[] = []
  for (const { host, id, open } of placed) {
    const record = await readSingle({ host, id }, deps.reader, deps.now)
    // Put there before it was handed out: its approval did not come to an end.
    if (record?.decided === undefined || record.issuedAt === undefined) continue
    const text = open(record.decided.hash)
    if (text === undefined) continue
    const { found } = await checkDecision(JSON.parse(text), host, deps, record)
    if (found?.decision.original.digest !== digest) continue
    shown.push(await recognised(found, state, deps))
  }
  return shown
}

async function recognised(
  { decision, record, host, document }: FoundDecision,
  state: 'now' | 'was' | 'open',
  deps: OwnDeps,
): Promise<Recognition> {
  const phase = singlePhase(decision, record, deps.now)
  const { id: address, edition = '' } = decision.qualification
  const of = { qualification: namedHere(address, deps.baseUrl), edition }
  const units = decision.units.length > 0 ? decision.units.map(({ code }) => code) : undefined
  const isHeld = await mayRecognise(host.id, { of, units }, deps.now.toISOString(), deps)
  const { name, demonstration } = host.identity
  return singleRecognition(
    decision,
    {
      record,
      host: { id: host.id, name, ...stateOf(host), ...(demonstration && { demonstration: true as const }) },
      credential: document,
    },
    { applies: phase === 'force' ? state : phase, isHeld },
  )
}

async function checkDecision(
  value: unknown,
  host: string,
  deps: OwnDeps,
  known?: SingleRecord,
): Promise<{ checks: readonly Check[]; found?: FoundDecision }> {
  const document = parsed(value)
  if ('outcome' in document) return { checks: [document] }
  const format = passed('format', { profile: 'decision' })
  const { controller, fragment } = parseVerificationMethod(document.proof.verificationMethod)
  const entity = await hostWithKey(host, fragment, deps)
  const key = entity && keysFor(entity, 'decisions').find(({ kid }) => kid === fragment)
  if (entity === undefined || key === undefined || controller !== document.issuer.id)
    return { checks: [format, failed('issuer-key', 'key-not-authorized'), notPerformed('proof', 'key-not-at-hand')] }
  if (!verifyDecisionProof(document, key.publicKeyMultibase))
    return { checks: [format, passed('issuer-key', { key: key.kid }), failed('proof', 'signature-mismatch')] }
  const proof = passed('proof', { cryptosuite: 'eddsa-rdfc-2022', created: document.proof.created })
  const id = document.id.slice('urn:uuid:'.length)
  const read =
    known === undefined
      ? await unlessAway(readSingle({ host, id }, deps.reader, deps.now).then((record) => ({ record })))
      : { record: known }
  if (read === undefined) return { checks: [format, proof, notPerformed('recorded', 'record-not-readable')] }
  const { record } = read
  const decided = record?.decided
  if (record === undefined || decided === undefined || decided.hash !== decisionHash(document))
    return { checks: [format, proof, failed('recorded', 'not-recorded')] }
  const moment = { recordedAt: decided.recordedAt, witnessedAt: async () => deps.witnessed?.(decided.hash) }
  const window = await checkKeyWindow(key, { moment }, { keptBy: undefined })
  const recorded =
    record.issuedAt === undefined
      ? notPerformed('recorded', 'not-finished')
      : passed('recorded', { issuedAt: record.issuedAt })
  const checks = [format, proof, window, recorded]
  const isGood = checks.every(({ outcome }) => outcome === 'passed')
  return { checks, ...(isGood && { found: { decision: fromDecision(document), record, host: entity, document } }) }
}

function parsed(value: unknown): DecisionDocument | Check {
  try {
    return parseDecision(value)
  } catch (fault) {
    return checkOfFault(fault)
  }
}

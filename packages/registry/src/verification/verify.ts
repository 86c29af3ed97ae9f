import { claimsToBeDecision, claimsToBeReceipt, isObjectOrList, namedDids } from '@sijil/credentials'
import { RegistryError, unlessAway } from '../errors.ts'
import { UnknownEvent } from '../known-events.ts'
import { readPlaces } from '../recognition/places.ts'
import { readOnce } from '../stream.ts'
import { notPerformed } from './check.ts'
import { conclude } from './conclude.ts'
import { stateOf } from './find-recognition.ts'
import { type EndedLink, goneLink, type OpenedLink, openLink } from './open-link.ts'
import { isRegisteredBody } from './registered-body.ts'
import type { RemoteRegistry } from './remote-registry.ts'
import type { Verification } from './verification.ts'
import { verifyCertificate } from './verify-certificate.ts'
import { hostOfDecision, placedRecognitions, verifyDecision, verifyRemoteDecision } from './verify-decision.ts'
import type { VerifyDeps } from './verify-deps.ts'
import {
  type ProofExpectations,
  type Shown,
  type VerifiedShown,
  verifyExternalDocument,
} from './verify-external-document.ts'
import { verifyReceipt } from './verify-receipt.ts'

/**
 * Verifies one document. If its issuer or a key of its proof belongs to a body of this registry, only the closed profile applies, with no
 * fallback. Every other document gets the general mode. It checks the expanded issuer and keys again, and never answers valid.
 */
export async function verifyDocument(
  document: unknown,
  deps: VerifyDeps,
  expected: ProofExpectations = {},
): Promise<Verification> {
  return (await verifyShown(document, deps, expected)).verification
}

/** The same, with the ids of the credential subjects. */
export async function verifyShown(document: unknown, deps: VerifyDeps, shown: Shown = {}): Promise<VerifiedShown> {
  // Read first, so that everything under the verdict is at least as new as these sizes (I12).
  const log = await deps.treeSizes?.()
  const { verification, subjects } = await verifyBySigners(document, deps, shown).catch((error: unknown) =>
    leaveOpen(error, deps),
  )
  return { verification: log === undefined ? verification : { ...verification, log }, subjects }
}

/** Who is trusted cannot be judged from a record with an entry that is not known, so the verdict stays open. */
function leaveOpen(error: unknown, deps: VerifyDeps): VerifiedShown {
  if (!(error instanceof UnknownEvent)) throw error
  return { verification: conclude([notPerformed('issuer-trust', 'record-not-readable')], {}, deps), subjects: [] }
}

async function verifyBySigners(document: unknown, deps: VerifyDeps, shown: Shown): Promise<VerifiedShown> {
  const dids = signersAsWritten(document)
  const host = claimsToBeDecision(document) ? await hostOfDecision(document as object, deps) : undefined
  if (host !== undefined) {
    const verify = claimsToBeReceipt(document) ? verifyReceipt : verifyDecision
    return { verification: await verify(document as object, host, deps), subjects: [] }
  }
  // Asked in parallel. Only a caller who names many signers waits longer.
  const areOurs = await Promise.all(dids.map((did) => isRegisteredBody(did, deps)))
  if (areOurs.includes(true)) return certificate(document, deps, shown)
  for (const did of dids) {
    const remote = await deps.findRemote?.(did)
    if (remote?.idOf(did) === undefined) continue
    if (claimsToBeDecision(document))
      return { verification: verifyRemoteDecision(document as object, deps), subjects: [] }
    return certificate(document, deps, shown, remote)
  }
  return verifyExternalDocument(document, deps, shown)
}

/** A certificate of the profile has no challenge and no domain in its proof, and its subject is not a DID. */
async function certificate(
  document: unknown,
  deps: VerifyDeps,
  { challenge, domain }: ProofExpectations,
  remote?: RemoteRegistry,
): Promise<VerifiedShown> {
  const asked = Object.entries({ challenge, domain }).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  if (asked.length > 0)
    throw new RegistryError('validation-failed', 'a certificate has no challenge or domain', {
      faults: asked.map((name) => ({ pointer: `/options/${name}`, detail: 'is for presentations only: leave it out' })),
    })
  return { verification: await verifyCertificate(document, deps, remote), subjects: [] }
}

/** A document with four proofs, the most that is allowed, names fewer signers. */
const MOST_SIGNERS = 16

/** Every DID within members whose names end in "issuer" or "proof". A DID in other members does not make a body the issuer. */
function signersAsWritten(document: unknown): string[] {
  if (!isObjectOrList(document)) return []
  const signing = Object.entries(document).filter(([name]) => /(issuer|proof)$/i.test(name))
  const dids = [...namedDids(signing.map(([, member]) => member))]
  if (dids.length > MOST_SIGNERS)
    throw new RegistryError('document-too-complex', `it names more than ${MOST_SIGNERS} possible signers`)
  return dids
}

/**
 * Opens the box of a link and verifies its certificate. `token`: 26 characters of Crockford's base 32, upper case. Throws `not-found`, and
 * `gone` for a link that ended.
 */
export async function verifyLink(token: string, deps: VerifyDeps): Promise<VerifiedLink> {
  const verified = await findByLink(token, deps)
  if ('why' in verified) throw goneLink(verified)
  return verified
}

interface VerifiedLink {
  verification: Verification
  document: object
}

/** The same, for a caller who has words of their own for a link that ended. */
export async function findByLink(token: string, deps: VerifyDeps): Promise<VerifiedLink | EndedLink> {
  const reader = readOnce(deps.reader)
  const opened = await openLink(token, { ...deps, reader })
  if (opened === undefined)
    throw new RegistryError('not-found', 'no certificate has this link; look at each letter, or ask for the link again')
  if ('why' in opened) return opened
  const verification = await verifyDocument(opened.document, { ...deps, reader })
  return {
    verification: await withDecisions(verification, token, opened, { ...deps, reader }),
    document: opened.document,
  }
}

/** Adds what hosts decided about this very certificate, beside the verdict. Nothing is added to one that never counted. */
async function withDecisions(
  verification: Verification,
  token: string,
  { document, firstPlace }: OpenedLink,
  deps: VerifyDeps,
): Promise<Verification> {
  const state = stateOf(verification.checks)
  if (firstPlace === undefined || state === undefined) return verification
  const placed = readPlaces(token, deps.boxes, Promise.resolve(firstPlace))
  const found = await unlessAway(placed.then((each) => placedRecognitions(each, { document, state }, deps)))
  if (found === undefined) return { ...verification, recognitionUnread: true }
  const recognition = [...(verification.recognition ?? []), ...found]
  return recognition.length === 0 ? verification : { ...verification, recognition }
}

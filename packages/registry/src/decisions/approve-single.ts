import {
  didForIssuer,
  type PreparedDecision,
  parseDecision,
  prepareDecision,
  readJson,
  sealDecision,
  verifyDecisionProof,
} from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import { isFreshSignIn } from '../fresh-sign-in.ts'
import { wholeSecond } from '../moments.ts'
import { putInPlace } from '../recognition/places.ts'
import { readSingle, type SingleRecord } from '../recognition/single-record.ts'
import { decidersOf } from '../trust/body-policy.ts'
import { didDocument } from '../trust/did-document.ts'
import { type Entity, EVERYTHING, type KeyRecord } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { requireMember, rolesOf } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { openLink } from '../verification/open-link.ts'
import { draftOf } from './look-at.ts'
import { append, requireDecisionKey, requireSingle } from './propose-single.ts'
import { signedRegistration } from './register-for-a-time.ts'
import type { SingleDeps, SingleRequest } from './single-deps.ts'
import { hashOfDraft, openDraft, type SingleDraft } from './single-draft.ts'

interface Approving extends SingleRequest {
  /** Of what the officer has seen. */
  hash: string
  /** The link of the certificate. Only for the decision itself: the second officer has looked at the certificate, too. */
  token?: string
  signedInAt: Date | undefined
}

export interface ApprovedSingle {
  record: SingleRecord
  /** The signed decision. Absent for an end and an appeal. */
  document?: object
}

/**
 * A second officer of the host approves what waits: a decision, its end, or an appeal. Where the policy of the host says that one officer
 * decides, the one who proposed it may approve it, too. A decision is recorded before it is signed, and it is
 * handed out only if two implementations accept it. Repeated after a crash, this continues, and answers the same document.
 */
export async function approveSingle(request: Approving, deps: SingleDeps): Promise<ApprovedSingle> {
  const { authority, subject, id, hash, signedInAt } = request
  const { store, now } = deps
  await requireMember({ owner: authority, subject, role: 'approve' }, { reader: store })
  const record = await requireSingle({ authority, id }, store, now)
  if (!isFreshSignIn(signedInAt, now))
    throw new RegistryError(
      'fresh-sign-in-required',
      'Approving needs a person who signed in less than ten minutes ago.',
    )
  const waits = record.open ?? { by: record.proposedBy, hash: record.hash }
  if (waits.by === subject && (await decidersOf(authority, deps)) === 'two')
    throw new RegistryError('four-eyes-required', 'You proposed this. Another officer must approve it.')
  if (hash !== waits.hash)
    throw new RegistryError('conflict', 'this is not the proposal that you saw', {
      faults: [{ pointer: '/hash', detail: 'must be the hash of the proposal as it stands' }],
    })
  if (record.open !== undefined && !(await rolesOf(authority, waits.by, store)).includes('propose'))
    throw new RegistryError(
      'four-eyes-required',
      'The officer who proposed this may not propose any more. Propose it again.',
    )
  const { change } = record.open ?? {}
  if (change !== undefined) {
    await append(record, { type: 'changed', change }, subject, deps)
    return { record: await requireSingle({ authority, id }, store, now) }
  }
  if (record.state === 'rejected' || record.state === 'lapsed')
    throw new RegistryError('conflict', `this proposal is ${record.state === 'lapsed' ? 'ended' : 'rejected'}`)
  return issueSingle(record, request, deps)
}

async function issueSingle(
  record: SingleRecord,
  { token, subject, authority, id }: Approving,
  deps: SingleDeps,
): Promise<ApprovedSingle> {
  const { store, now } = deps
  const draft = await openDraft(record, deps.opener)
  const host = entityAt(authority, await trustOf(store)(authority), EVERYTHING)
  if (host === undefined) throw new RegistryError('internal', 'an officer of an authority that is not registered')
  if (record.issuedAt !== undefined) {
    // Handed out before: the same document, made again. It has the terms, so this is an opening, too.
    await append(record, { type: 'opened' }, subject, deps)
    await replace(draft, record, subject, deps)
    return { record, document: await signed(record, draft, host, deps) }
  }
  if (token === undefined) throw linkFault('is missing: give the link of the certificate')
  await requireSame({ authority, token }, draft, deps) // 1
  const decided = record.decided === undefined ? await decide(record, draft, host, subject, deps) : record // 2
  const document = await signed(decided, draft, host, deps) // 3
  if (draft.isShown) {
    const { hash = '' } = decided.decided ?? {}
    await putInPlace(token, { host: authority, id, hash, text: JSON.stringify(document) }, deps) // 4
    const opened = await openLink(token, { boxes: deps.boxes, reader: store })
    if (opened === undefined || 'why' in opened)
      throw linkFault('ended in the meantime: ask the holder for the new one')
  }
  await append(decided, { type: 'issued' }, subject, deps) // 5
  await replace(draft, record, subject, deps) // 6
  return { record: await requireSingle({ authority, id }, store, now), document }
}

/** The link still leads to the very document that the first officer saw, and everything still holds. */
async function requireSame(
  { authority, token }: { authority: string; token: string },
  draft: SingleDraft,
  deps: SingleDeps,
): Promise<void> {
  const { isShown, terms, replaces } = draft
  const stated = { ...terms, ...(terms.result === 'refused' && isShown && { showRefusal: true }) }
  const again = await draftOf({ authority, token, ...(replaces && { replaces }) }, stated, deps)
  if (hashOfDraft(again) !== hashOfDraft(draft))
    throw linkFault('must be of the certificate that was proposed, as it was then')
}

const linkFault = (detail: string) =>
  new RegistryError('validation-failed', 'it cannot be approved with this link', {
    faults: [{ pointer: '/link', detail }],
  })

/** Recorded before it is signed, so that everything that was signed can be found. */
async function decide(record: SingleRecord, draft: SingleDraft, host: Entity, subject: string, deps: SingleDeps) {
  const { store, now } = deps
  const { kid } = await requireDecisionKey(record.host, deps)
  const created = wholeSecond(now)
  const { hash } = prepare(record.id, { kid, created }, draft, host, deps)
  const alone = record.proposedBy === subject && ({ decidedBy: 'one' } as const)
  await append(record, { type: 'decided', hash, kid, created, ...alone }, subject, deps)
  return requireSingle({ authority: record.host, id: record.id }, store, now)
}

function prepare(
  id: string,
  { kid, created }: { kid: string; created: string },
  { original, qualification, units, terms, replaces }: SingleDraft,
  host: Entity,
  { baseUrl }: Pick<SingleDeps, 'baseUrl'>,
): PreparedDecision {
  const did = didForIssuer(baseUrl, host.id)
  const registration = signedRegistration(terms)
  const { result, measures = [], conditions, entitles = [], basis, reason, appeal, until } = terms
  return prepareDecision(
    {
      id: `urn:uuid:${id}`,
      host: { id: did, name: host.identity.name, url: host.identity.website },
      original,
      qualification,
      result,
      units,
      measures,
      ...(conditions !== undefined && { conditions }),
      entitles,
      basis,
      ...(reason !== undefined && { reason }),
      appeal,
      ...(replaces !== undefined && { replaces: `urn:uuid:${replaces}` }),
      ...(registration && { registration }),
      validFrom: firstMoment(terms.registration?.from, created),
      ...(until !== undefined && { validUntil: `${until}T23:59:59Z` }),
    },
    { created, verificationMethod: `${did}#${kid}` },
  )
}

/** A registration may begin later. Nothing counts before it was recorded. */
const firstMoment = (from: string | undefined, created: string): string => {
  const start = from === undefined ? created : `${from}T00:00:00Z`
  return start > created ? start : created
}

/** Signs what was recorded. Ed25519 makes the same signature again, so a repeated request answers the same bytes. */
async function signed(record: SingleRecord, draft: SingleDraft, host: Entity, deps: SingleDeps): Promise<object> {
  const { decided } = record
  const key = host.keys.find(({ kid }) => kid === decided?.kid)
  if (decided === undefined || key === undefined)
    throw new RegistryError('internal', 'a decision names no key of its host')
  const prepared = prepare(record.id, decided, draft, host, deps)
  if (prepared.hash !== decided.hash) throw new RegistryError('internal', 'a decision is not the one that was recorded')
  requireUsable(key, deps.now)
  const text = sealDecision(prepared, await deps.signer.sign(key, host.id, 'decisions', prepared.bytes))
  await requireVerified(text, key, host, deps)
  return readJson(text) as object
}

function requireUsable({ suspendedAt, retiredAt, compromisedFrom }: KeyRecord, now: Date): void {
  const isRetired = retiredAt !== undefined && retiredAt <= now.toISOString()
  if (suspendedAt !== undefined || isRetired || compromisedFrom !== undefined)
    throw new RegistryError(
      'conflict',
      'the key that this decision was recorded with may not sign any more: decide again',
    )
}

/** Our verifier and one of another project accept what is handed out. */
async function requireVerified(text: string, key: KeyRecord, host: Entity, deps: SingleDeps): Promise<void> {
  const document = parseDecision(readJson(text))
  const didOf = didDocument(host, didForIssuer(deps.baseUrl, host.id))
  // The other verifier refuses what has not begun, so one that begins later is judged at its first moment.
  const start = new Date(document.validFrom)
  const now = start > deps.now ? start : deps.now
  const independent = await deps.verifyIndependently(document, { didDocument: didOf, now })
  if (verifyDecisionProof(document, key.publicKeyMultibase) && independent.verified) return
  throw new RegistryError('internal', 'the signed decision did not verify and was withheld')
}

/** A decision that completes another one takes its place, once. */
async function replace(
  { replaces }: SingleDraft,
  { host, id: by }: SingleRecord,
  subject: string,
  { store, now }: SingleDeps,
): Promise<void> {
  const earlier = replaces === undefined ? undefined : await readSingle({ host, id: replaces }, store, now)
  if (earlier === undefined || earlier.replaced !== undefined) return
  await append(earlier, { type: 'replaced', by }, subject, { store, now })
}

import type { Certificate } from '@sijil/credentials'
import { digestOfSigned, fromDecision, parseDecision } from '@sijil/credentials'
import { catalogueOf } from '../catalogue/reader.ts'
import { type Fault, RegistryError } from '../errors.ts'
import { namesHolder } from '../issuance/names-holder.ts'
import { namedHere } from '../recognition/class-decision.ts'
import type { DecisionTerms } from '../recognition/events.ts'
import { mayRecognise } from '../recognition/may-recognise.ts'
import { noPlaceLeft, PLACES, readPlaces } from '../recognition/places.ts'
import { recognitionsOf } from '../recognition/reader.ts'
import type { Recognition } from '../recognition/recognition.ts'
import { readSingle } from '../recognition/single-record.ts'
import { readOnce } from '../stream.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { requireMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { addressOf } from '../verification/check-qualification.ts'
import { goneLink, openLink } from '../verification/open-link.ts'
import type { Verification } from '../verification/verification.ts'
import { verifyCertificate } from '../verification/verify-certificate.ts'
import { placedRecognitions } from '../verification/verify-decision.ts'
import { storeOnly } from '../verification/verify-deps.ts'
import { registrationFaults, requireRenewable } from './register-for-a-time.ts'
import type { SingleDeps } from './single-deps.ts'
import type { SingleDraft, SingleTerms } from './single-draft.ts'
import { fault, noSkillFault, showsNoSkill, termFaults, textFaults } from './term-faults.ts'

interface Looked {
  verification: Verification & { certificate: Certificate }
  document: object
  host: Entity
}

/**
 * Opens the link of a certificate for officers who decide about it. Throws `not-found` for an unknown link, `gone` for one that ended, and
 * `validation-failed` for a certificate that is not valid now, or about which this authority may not decide.
 */
async function lookAt(
  { authority, token }: { authority: string; token: string },
  { units }: Pick<DecisionTerms, 'units'>,
  { store, boxes, policy, baseUrl, now }: SingleDeps,
): Promise<Looked> {
  const reader = readOnce(store)
  const opened = await openLink(token, { boxes, reader })
  if (opened === undefined) throw new RegistryError('not-found', 'no certificate has this link')
  if ('why' in opened) throw goneLink(opened)
  const trust = trustOf(reader)
  const catalogue = catalogueOf(reader)
  const { document } = opened
  const verification = await verifyCertificate(document, {
    ...storeOnly,
    reader,
    boxes,
    trust,
    catalogue,
    policy,
    baseUrl,
    now,
    recognitions: recognitionsOf(reader),
    general: () => Promise.reject(new Error('a certificate needs no general mode')),
  })
  const { certificate, demonstration = false } = verification
  const host = entityAt(authority, await trust(authority), EVERYTHING)
  if (certificate === undefined || verification.verdict !== 'valid')
    throw refused(fault('/link', 'must lead to a certificate that is valid today', 'not-in-force'))
  const of = {
    qualification: namedHere(addressOf(certificate), baseUrl),
    edition: certificate.qualification.edition ?? '',
  }
  if (await showsNoSkill(of, { catalogue, now })) throw refused(noSkillFault('/link'))
  const may = await mayRecognise(authority, { of, units }, now.toISOString(), { trust, catalogue, policy })
  if (host === undefined || !may || (host.identity.demonstration ?? false) !== demonstration)
    throw refused(
      fault(
        '/link',
        'must lead to a certificate of another state, which you hold the right to recognise',
        'may-not-recognise',
      ),
    )
  return { verification: { ...verification, certificate }, document, host }
}

/** The same for an officer who may propose, with what hosts decided about the certificate, and about those like it, before. */
export async function lookForOfficer(
  { authority, subject, token }: { authority: string; subject: string; token: string },
  deps: SingleDeps,
): Promise<Looked & { before: readonly Recognition[] }> {
  const { store, boxes, policy, baseUrl, now } = deps
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: store })
  const looked = await lookAt({ authority, token }, {}, deps)
  const placed = await readPlaces(token, boxes)
  const asking = { reader: store, trust: trustOf(store), catalogue: catalogueOf(store), policy, baseUrl, now }
  const { document, verification } = looked
  const singles = await placedRecognitions(placed, { document, state: 'now' }, { ...asking, witnessed: undefined })
  return { ...looked, before: [...(verification.recognition ?? []), ...singles] }
}

/** The draft of a decision about the certificate of a link. Throws `validation-failed` with every fault of its terms, and `conflict`. */
export async function draftOf(
  { authority, token, replaces }: { authority: string; token: string; replaces?: string },
  { showRefusal = false, ...terms }: SingleTerms,
  deps: SingleDeps,
): Promise<SingleDraft> {
  const { verification, document } = await lookAt({ authority, token }, terms, deps)
  const { certificate } = verification
  const faults = [
    ...textFaults(terms),
    ...termFaults(terms, deps.now.toISOString()),
    ...unitFaults(terms, certificate),
    ...nameFaults(terms, certificate),
    ...registrationFaults(terms, { holder: certificate.holder, isRenewal: replaces !== undefined, now: deps.now }),
    ...(showRefusal && terms.result !== 'refused'
      ? [fault('/showRefusal', 'must be absent: only a refusal may be hidden')]
      : []),
  ]
  if (faults.length > 0) throw refused(...faults)
  await requireRoom({ authority, token, replaces, isRegistration: terms.registration !== undefined }, deps)
  const { title, edition } = certificate.qualification
  return {
    original: { id: certificate.id, digest: digestOfSigned(document) },
    qualification: { id: addressOf(certificate), title, ...(edition !== undefined && { edition }) },
    units: certificate.units.filter(({ code }) => terms.units?.includes(code)),
    terms,
    isShown: terms.result !== 'refused' || showRefusal,
    ...(replaces && { replaces }),
  }
}

/**
 * A host decides once about a certificate, and registers once: to decide otherwise, it ends the first decision, or replaces it. A title and
 * the right to practise stay two decisions, so neither takes the place of the other.
 */
async function requireRoom(
  {
    authority,
    token,
    replaces,
    isRegistration,
  }: { authority: string; token: string; replaces: string | undefined; isRegistration: boolean },
  { store, boxes, now }: SingleDeps,
): Promise<void> {
  const placed = await readPlaces(token, boxes)
  if (placed.length >= PLACES) throw noPlaceLeft()
  for (const { host, id, open } of placed) {
    if (host !== authority) continue
    const record = await readSingle({ host, id }, store, now)
    const text = record?.decided && open(record.decided.hash)
    const former = text ? fromDecision(parseDecision(JSON.parse(text))) : undefined
    if (id === replaces) {
      requireRenewable(former?.registration, { isRegistration })
      continue
    }
    if ((former?.registration !== undefined) !== isRegistration) continue
    // It ended by itself.
    if (former?.validUntil !== undefined && Date.parse(former.validUntil) < now.getTime()) continue
    if (record?.issuedAt !== undefined && record.ended === undefined && record.replaced === undefined)
      throw new RegistryError('conflict', 'you decided about this certificate before: end that decision first', {
        reason: 'decided-already',
      })
  }
}

function unitFaults({ result, units = [] }: DecisionTerms, certificate: Certificate): Fault[] {
  const own = certificate.units.map(({ code }) => code)
  const unknown = units.flatMap((code, at) =>
    own.includes(code) ? [] : [fault(`/units/${at}`, 'must be a unit of this certificate', 'no-such-unit')],
  )
  const isWhole = result === 'part' && own.length > 0 && own.every((code) => units.includes(code))
  return isWhole ? [...unknown, fault('/units', 'must leave out a unit: a part is not the whole')] : unknown
}

/** The decision is shown before the name is, so no text of it may have the name (I46). */
function nameFaults(terms: DecisionTerms, { holder }: Certificate): Fault[] {
  const { basis, reason, conditions, appeal, measures = [], entitles = [] } = terms
  const texts: [string, string | undefined][] = [
    ...Object.entries({ basis, reason, conditions, appeal }).map(([name, text]): [string, string | undefined] => [
      `/${name}`,
      text,
    ]),
    ...measures.map((text, at): [string, string] => [`/measures/${at}`, text]),
    ...entitles.map(({ text }, at): [string, string] => [`/entitles/${at}/text`, text]),
  ]
  return texts.flatMap(([pointer, text]) =>
    text !== undefined && namesHolder(text, holder)
      ? [fault(pointer, 'has a name of the holder in it: write about the certificate, and leave the person out')]
      : [],
  )
}

const refused = (...faults: Fault[]) =>
  new RegistryError('validation-failed', 'it cannot be decided as described', { faults })

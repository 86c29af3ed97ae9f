import { isDid, issuerOfDid } from '@sijil/credentials'
import { acceptedRegistries } from '../accepted-registries/accepted-registries.ts'
import { catalogueOfAll } from '../accepted-registries/catalogue-of-all.ts'
import { partsOfAddress } from '../accepted-registries/remote-qualification.ts'
import { EVER } from '../catalogue/framework-at.ts'
import { editionsAt, type QualificationHistory, qualificationAt } from '../catalogue/qualification-at.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import { type Fault, RegistryError } from '../errors.ts'
import { everyClassDecision, isOfHere, namedHere } from '../recognition/class-decision.ts'
import { countFitting, type Fitting } from '../recognition/count-fitting.ts'
import type { ClassDecision, RecognisedEdition } from '../recognition/decided.ts'
import type {
  CertificateClass,
  DecisionTerms,
  HostAuthority,
  RecognitionCommits,
  RecognitionEvent,
} from '../recognition/events.ts'
import { mayRecognise } from '../recognition/may-recognise.ts'
import { recognitionsOf } from '../recognition/reader.ts'
import { nextCommit, streams } from '../stream.ts'
import { type Entity, EVERYTHING, successorOn } from '../trust/entity.ts'
import { groundsOf } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { isWholeRoot } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { joinedEvent, proposedEvent } from './decide-joint-class.ts'
import { hostOf, requireUndecided } from './once-decided.ts'
import { actsForOwner, requireAsProposed } from './own-records.ts'
import type { RecognitionChange } from './recognition-change.ts'
import { fault, noSkillFault, showsNoSkill, termFaults, textFaults } from './term-faults.ts'
import { decisionTextFaults } from './verdict-words.ts'

interface Decided {
  authority: string
  actor: string
}

/** Records a decision, an appeal or an end. Throws `validation-failed` with every fault, and `conflict` for an earlier version. */
export async function decideRecognition(
  change: RecognitionChange,
  { authority, actor }: Decided,
  deps: CarryOutDeps,
): Promise<void> {
  const { recognised, version } = change
  const commits = await recognitionsOf(deps.store)(recognised)
  requireAsProposed(commits, version)
  const event = await eventOf(change, authority, commits, deps)
  const stated = { events: [event], actor, effectiveAt: startOf(change, deps.now), now: deps.now } as const
  await deps.store.append(
    nextCommit(streams.recognition(recognised.qualification, recognised.edition), commits, {
      ...stated,
      index: 'RECOGNITIONS',
    }),
  )
}

async function eventOf(
  change: RecognitionChange,
  authority: string,
  commits: RecognitionCommits,
  deps: CarryOutDeps,
): Promise<RecognitionEvent> {
  if (change.verb === 'join-recognition') return joinedEvent(change, authority, commits, deps)
  if (change.verb !== 'recognise-class') return laterEvent(change, authority, commits, deps)
  await requireAccepted(change.recognised, deps)
  const decided = await decidedEvent(change, await requireHost(authority, change, deps), commits, deps)
  return change.jointly === undefined ? decided : proposedEvent(change, decided.host, deps)
}

/**
 * A decision counts from its record on: nobody was recognised before two officers decided so. One that was approved after the day from
 * which it was to count counts from the approval on. An end may lie in the past.
 */
const startOf = ({ verb, effectiveAt }: RecognitionChange, now: Date): string => {
  const recorded = now.toISOString()
  return (verb === 'recognise-class' || verb === 'join-recognition') && effectiveAt < recorded ? recorded : effectiveAt
}

/** The number that a proposal names, and that its approval covers. */
export const fittingOf = (
  { recognised: of, class: covered, terms }: Extract<RecognitionChange, { verb: 'recognise-class' }>,
  deps: Pick<CarryOutDeps, 'store'>,
): Promise<Fitting> => countFitting({ of, class: covered, terms }, deps)

/** Another registry must be one whose list counts here, and the list must know who owns the qualification. */
async function requireAccepted(of: RecognisedEdition, deps: CarryOutDeps): Promise<void> {
  const { qualification } = of
  if (isOfHere(of)) return
  if (namedHere(qualification, deps.baseUrl) !== qualification)
    throw refusedFor(fault('/qualification', 'is of this registry: name it by its id'))
  if (qualificationAt(await catalogueOfAll(deps)(qualification), EVER) === undefined)
    throw refusedFor(
      fault('/qualification', 'must be of this registry, or of one whose list was accepted here', 'no-such-registry'),
    )
}

/** The state is that of the authority's record, never of the request (K001). */
async function requireHost(
  authority: string,
  { recognised: of, terms: { units } }: Extract<RecognitionChange, { verb: 'recognise-class' }>,
  deps: CarryOutDeps,
): Promise<Entity> {
  const { store, policy, now } = deps
  const trust = trustOf(store)
  const host = entityAt(authority, await trust(authority), EVERYTHING)
  const asking = { trust, catalogue: catalogueOfAll(deps), policy }
  if (host !== undefined && (await mayRecognise(authority, { of, units }, now.toISOString(), asking))) return host
  throw refusedFor({
    pointer: '/qualification',
    detail: 'must be a qualification of another state, which you hold the right to recognise',
    reason: 'may-not-recognise',
  })
}

const refusedFor = (...faults: Fault[]) =>
  new RegistryError('validation-failed', 'it cannot be decided as described', { faults })

async function decidedEvent(
  change: Extract<RecognitionChange, { verb: 'recognise-class' }>,
  host: Entity,
  commits: RecognitionCommits,
  deps: CarryOutDeps,
): Promise<Extract<RecognitionEvent, { type: 'class-decided' }>> {
  const { recognised, decision, class: covered, terms } = change
  const known = everyClassDecision(recognised, commits, EVERYTHING)
  if (known.some(({ id }) => id === decision))
    throw new RegistryError('conflict', 'a decision with this id is recorded already')
  const faults = [
    ...textFaults(terms),
    ...periodFaults(change, deps),
    ...termFaults(terms, startOf(change, deps.now)),
    ...(await standardFaults(recognised, terms, deps)),
    ...(await issuerFaults(recognised, covered, host, deps)),
    ...(await fittingFaults(change, deps)),
  ]
  if (faults.length > 0) throw refusedFor(...faults)
  requireUndecided(host.id, { class: covered, from: startOf(change, deps.now) }, known)
  return { type: 'class-decided', decision, host: hostOf(host), class: covered, terms }
}

/**
 * The authority that decided records an appeal or an end, although its right ended meanwhile. So does the one that succeeded it, and the
 * root of its state, because nobody else could end what the other left. For any other there is no such decision.
 */
async function laterEvent(
  change: Exclude<RecognitionChange, { verb: 'recognise-class' | 'join-recognition' }>,
  by: string,
  commits: RecognitionCommits,
  deps: CarryOutDeps,
): Promise<RecognitionEvent> {
  const { decision, effectiveAt } = change
  const found = everyClassDecision(change.recognised, commits, EVERYTHING).find(({ id }) => id === decision)
  const decidedBy = found && (await partyOf(found, by, deps))
  if (found === undefined || decidedBy === undefined) throw noSuchDecision()
  if (change.verb === 'record-appeal') {
    const faults = decisionTextFaults('/note', change.note)
    if (faults.length > 0) throw refusedFor(...faults)
    return { type: 'class-appealed', decision, by, state: change.state, note: change.note }
  }
  if (found.ended !== undefined && found.ended.from <= effectiveAt)
    throw new RegistryError('conflict', 'this decision ended already', { reason: 'ended-already' })
  const faults = [...decisionTextFaults('/basis', change.basis), ...decisionTextFaults('/reason', change.reason)]
  if (effectiveAt < found.from)
    faults.push(fault('/effectiveFrom', 'must not lie before the decision', 'ends-before-start'))
  if (faults.length > 0) throw refusedFor(...faults)
  const grounds = groundsOf(change)
  // To end a joint decision is to leave it.
  return found.jointly === undefined
    ? { type: 'class-ended', decision, by, ...grounds }
    : { type: 'joint-class-left', decision, hash: found.jointly.hash, party: decidedBy.id, ...grounds }
}

const noSuchDecision = () => new RegistryError('not-found', 'you made no such decision', { reason: 'not-below' })

/** The authority among those that decided for which this one acts. */
async function partyOf(
  { host, jointly }: ClassDecision,
  by: string,
  deps: CarryOutDeps,
): Promise<HostAuthority | undefined> {
  for (const party of jointly?.parties ?? [host]) if (await actsFor(party, by, deps)) return party
  return undefined
}

async function actsFor(host: HostAuthority, by: string, deps: CarryOutDeps): Promise<boolean> {
  const { store, policy, now } = deps
  if (await actsForOwner(by, host.id, deps)) return true
  const root = entityAt(by, await trustOf(store)(by), EVERYTHING)
  if (root === undefined || successorOn(root, now.toISOString()) !== undefined) return false
  return root.identity.state === host.state && isWholeRoot(root, policy)
}

/** A past day is refused when it is proposed. An approval may take some days. */
function periodFaults(
  { class: { award, issuedUntil }, effectiveAt }: Extract<RecognitionChange, { verb: 'recognise-class' }>,
  { now, rehearsal }: Pick<CarryOutDeps, 'now' | 'rehearsal'>,
): Fault[] {
  return [
    ...(award.until < award.from
      ? [fault('/award/until', 'must not lie before the first day of award', 'ends-before-start')]
      : []),
    ...(issuedUntil < award.from
      ? [fault('/issuedUntil', 'must not lie before the first day of award', 'ends-before-start')]
      : []),
    ...(rehearsal && effectiveAt.slice(0, 10) < now.toISOString().slice(0, 10)
      ? [fault('/effectiveFrom', 'must not lie in the past: a decision counts from its record on', 'in-the-past')]
      : []),
  ]
}

/** The edition and the units that the decision names exist. Of another registry, only its list is known here. */
async function standardFaults(
  of: RecognisedEdition,
  { result, units }: DecisionTerms,
  { store, now }: CarryOutDeps,
): Promise<Fault[]> {
  const { qualification, edition } = of
  if (!isOfHere(of)) return []
  const own = unitsOf(await catalogueOf(store)(qualification), edition)
  if (await showsNoSkill(of, { catalogue: catalogueOf(store), now })) return [noSkillFault('/qualification')]
  if (own === undefined) return [fault('/edition', 'must be an edition of this qualification', 'no-such-edition')]
  const unknown = (units ?? []).flatMap((code, at) =>
    own.includes(code) ? [] : [fault(`/units/${at}`, 'must be a unit of this edition', 'no-such-unit')],
  )
  const isWhole = result === 'part' && own.every((code) => units?.includes(code))
  return isWhole ? [...unknown, fault('/units', 'must leave out a unit: a part is not the whole')] : unknown
}

function unitsOf(history: QualificationHistory, edition: string): readonly string[] | undefined {
  const stated = editionsAt(history, EVER).find(({ id }) => id === edition)
  const record = qualificationAt(history, { ...EVER, edition })
  const units = stated?.units ?? (record?.edition === edition ? record.units : undefined)
  return units?.map(({ code }) => code)
}

/** Each issuer is a body whose certificates are recorded here, is no sandbox (K002), and is a demonstration where the authority is one. */
async function issuerFaults(
  of: RecognisedEdition,
  { issuers }: CertificateClass,
  host: Entity,
  deps: CarryOutDeps,
): Promise<Fault[]> {
  const { store, policy, baseUrl, now } = deps
  const trust = trustOf(store)
  const asking = { trust, catalogue: catalogueOf(store), policy, baseUrl, clock: () => now.getTime() }
  const lists = acceptedRegistries(store, asking)
  const registry = partsOfAddress(of.qualification)?.registry
  const found = await Promise.all(
    issuers.map(async (issuer, at) => {
      const entity = isOfHere(of)
        ? entityAt(issuer, isDid(issuer) ? [] : await trust(issuer), EVERYTHING)
        : await listedBody(issuer, registry, lists)
      const isFit =
        entity?.kind === 'body' &&
        !entity.sandbox &&
        entity.elsewhere === undefined &&
        entity.identity.demonstration === host.identity.demonstration
      const where = isOfHere(of) ? 'that issues certificates here' : 'on the list of that registry, named by its DID'
      return isFit ? [] : [fault(`/issuers/${at}`, `must be a body ${where}`, 'no-such-body')]
    }),
  )
  const repeated = issuers.flatMap((issuer, at) =>
    issuers.indexOf(issuer) < at ? [fault(`/issuers/${at}`, 'is named twice')] : [],
  )
  return [...found.flat(), ...repeated]
}

/** A body that a certificate of that registry can name as its issuer. */
async function listedBody(
  did: string,
  registry: string | undefined,
  lists: ReturnType<typeof acceptedRegistries>,
): Promise<Entity | undefined> {
  if (registry === undefined || !isDid(did) || issuerOfDid(did, registry) === undefined) return undefined
  const found = await lists.find(did)
  return found?.list.idOf(did) === undefined ? undefined : found.entity
}

/** A class of a few certificates that nobody can enter any more is a decision about single people, and those are no public record. */
async function fittingFaults(
  change: Extract<RecognitionChange, { verb: 'recognise-class' }>,
  deps: CarryOutDeps,
): Promise<Fault[]> {
  const { award, issuedUntil } = change.class
  const today = deps.now.toISOString().slice(0, 10)
  if (award.until >= today && issuedUntil >= today) return []
  const pointer = award.until < today ? '/award/until' : '/issuedUntil'
  const fitting = await fittingOf(change, deps)
  if (fitting === 'one-to-nine')
    return [
      fault(
        pointer,
        'must not lie in the past: fewer than ten certificates fit, so this would be about single people',
        'too-few-fit',
      ),
    ]
  return fitting === 'not-counted'
    ? [fault(pointer, 'must not lie in the past: it cannot be counted how many certificates fit', 'too-few-fit')]
    : []
}

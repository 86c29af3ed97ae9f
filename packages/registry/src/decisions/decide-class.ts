import { catalogueOfAll } from '../accepted-registries/catalogue-of-all.ts'
import { EVER } from '../catalogue/framework-at.ts'
import { qualificationAt } from '../catalogue/qualification-at.ts'
import { type Fault, RegistryError } from '../errors.ts'
import { everyClassDecision, isOfHere, namedHere } from '../recognition/class-decision.ts'
import type { ClassDecision, RecognisedEdition } from '../recognition/decided.ts'
import type { HostAuthority, RecognitionCommits, RecognitionEvent } from '../recognition/events.ts'
import { mayRecognise } from '../recognition/may-recognise.ts'
import { recognitionsOf } from '../recognition/reader.ts'
import { nextCommit, streams } from '../stream.ts'
import { type Entity, EVERYTHING, successorOn } from '../trust/entity.ts'
import { groundsOf } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { isWholeRoot } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import { type ClassProposal, classFaults } from './class-faults.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { joinedEvent, proposedEvent } from './decide-joint-class.ts'
import { hostOf, requireUndecided } from './once-decided.ts'
import { actsForOwner, requireAsProposed } from './own-records.ts'
import type { RecognitionChange } from './recognition-change.ts'
import { fault } from './term-faults.ts'
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
  { recognised: of, terms: { units } }: ClassProposal,
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
  change: ClassProposal,
  host: Entity,
  commits: RecognitionCommits,
  deps: CarryOutDeps,
): Promise<Extract<RecognitionEvent, { type: 'class-decided' }>> {
  const { recognised, decision, class: covered, terms } = change
  const known = everyClassDecision(recognised, commits, EVERYTHING)
  if (known.some(({ id }) => id === decision))
    throw new RegistryError('conflict', 'a decision with this id is recorded already')
  const faults = await classFaults(change, { host, from: startOf(change, deps.now) }, deps)
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

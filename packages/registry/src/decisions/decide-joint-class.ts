import { catalogueOfAll } from '../accepted-registries/catalogue-of-all.ts'
import { EVER } from '../catalogue/framework-at.ts'
import { qualificationAt } from '../catalogue/qualification-at.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import { type Fault, RegistryError } from '../errors.ts'
import type { JointText } from '../joint/events.ts'
import { jointHash } from '../joint/joint-at.ts'
import { everyClassDecision, isOfHere } from '../recognition/class-decision.ts'
import type { RecognisedEdition } from '../recognition/decided.ts'
import type {
  HostAuthority,
  JointClass,
  JointParty,
  RecognitionCommits,
  RecognitionEvent,
} from '../recognition/events.ts'
import { jointClassAt } from '../recognition/joint-class.ts'
import { mayRecognise } from '../recognition/may-recognise.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { placeOf } from '../trust/place.ts'
import { isWholeRoot } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { hostOf, requireUndecided } from './once-decided.ts'
import { isVouchedFor } from './overseers.ts'
import type { RecognitionChange } from './recognition-change.ts'

/** Several authorities decide about one class: the rules of what they join. What is decided has been checked as for one of them. */

const MOST_PARTIES = 10

export async function proposedEvent(
  change: Extract<RecognitionChange, { verb: 'recognise-class' }>,
  host: HostAuthority,
  deps: CarryOutDeps,
): Promise<RecognitionEvent> {
  const { decision, recognised: of, class: covered, terms, jointly = [] } = change
  const faults = await partyFaults(jointly, host, deps)
  if (faults.length > 0) throw new RegistryError('validation-failed', 'it cannot be decided as described', { faults })
  const registry = new URL(deps.baseUrl).host
  const text: JointText<JointClass> = {
    kind: 'class',
    id: `${host.id}.${decision}`,
    number: 1,
    parties: [host.id, ...jointly].map((id) => ({ registry, id })),
    content: { of, class: covered, terms },
  }
  return { type: 'joint-class-proposed', decision, text, hash: jointHash(text), host }
}

/** Lists of other registries carry no decisions, so a party there could never join. */
async function partyFaults(jointly: readonly string[], host: HostAuthority, deps: CarryOutDeps): Promise<Fault[]> {
  if (jointly.length === 0 || jointly.length >= MOST_PARTIES)
    return [{ pointer: '/jointly', detail: `must be 1 to ${MOST_PARTIES - 1} authorities` }]
  const trust = trustOf(deps.store)
  const faults = await Promise.all(
    jointly.map(async (id, at): Promise<Fault[]> => {
      const pointer = `/jointly/${at}`
      if (id === host.id || jointly.indexOf(id) < at)
        return [{ pointer, detail: 'is named twice', reason: 'named-twice' }]
      const party = entityAt(id, await trust(id), EVERYTHING)
      const isFit =
        party?.kind === 'authority' &&
        party.identity.demonstration === host.demonstration &&
        (await isVouchedFor(party, deps))
      return isFit
        ? []
        : [{ pointer, detail: 'must be an authority of this registry, real as the others or of the demonstration' }]
    }),
  )
  return faults.flat()
}

/** Throws `not-found` for a decision that does not name the authority (I36), and `conflict` for another text than the one that was seen. */
export async function joinedEvent(
  { recognised, decision, hash, effectiveAt }: Extract<RecognitionChange, { verb: 'join-recognition' }>,
  authority: string,
  commits: RecognitionCommits,
  deps: CarryOutDeps,
): Promise<RecognitionEvent> {
  const joint = jointClassAt(decision, commits, EVERYTHING)
  if (joint === undefined || !joint.text.parties.some(({ id }) => id === authority))
    throw new RegistryError('not-found', 'no decision names you as a party', { reason: 'not-below' })
  if (joint.hash !== hash)
    throw new RegistryError('conflict', 'this is not the text that you saw', {
      faults: [{ pointer: '/hash', detail: 'must be the hash of the decision' }],
    })
  if (joint.state === 'ended')
    throw new RegistryError('conflict', 'a party has left this decision: propose another one')
  if (joint.joined.some(({ party }) => party.id === authority))
    throw new RegistryError('conflict', 'you have joined this decision already', { reason: 'nothing-changes' })
  const { class: covered, terms } = joint.text.content
  const host = await requireParty(authority, { of: recognised, units: terms.units }, deps)
  if (!host.isOrigin)
    requireUndecided(
      authority,
      { class: covered, from: effectiveAt },
      everyClassDecision(recognised, commits, EVERYTHING),
    )
  return { type: 'joint-class-joined', decision, hash, host }
}

/**
 * A party decides for its own state, by the right to recognise. Or it is the root of the state whose qualification it is: it agrees, and
 * nothing follows in its own state.
 */
async function requireParty(
  authority: string,
  asked: { of: RecognisedEdition; units: readonly string[] | undefined },
  deps: CarryOutDeps,
): Promise<JointParty> {
  const { store, policy, now } = deps
  const trust = trustOf(store)
  const party = entityAt(authority, await trust(authority), EVERYTHING)
  const moment = now.toISOString()
  if (party !== undefined) {
    if (await mayRecognise(authority, asked, moment, { trust, catalogue: catalogueOfAll(deps), policy }))
      return hostOf(party)
    if (await isRootOf(party, asked.of, deps)) return { ...hostOf(party), isOrigin: true }
  }
  throw new RegistryError('validation-failed', 'you cannot join this decision', {
    faults: [
      {
        pointer: '/hash',
        detail: 'must be about a qualification that you hold the right to recognise, or of your own state',
        reason: 'may-not-recognise',
      },
    ],
  })
}

async function isRootOf(party: Entity, of: RecognisedEdition, { store, policy }: CarryOutDeps): Promise<boolean> {
  if (!isOfHere(of) || !isWholeRoot(party, policy)) return false
  const record = qualificationAt(await catalogueOf(store)(of.qualification), { ...EVER, edition: of.edition })
  return record?.state === placeOf(party)
}

import { RegistryError } from '../errors.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import type { JointCommits, JointEvent, JointText, Party } from './events.ts'
import { isSameParty, jointAt, jointHash, readJoint } from './joint-at.ts'

const MOST_PARTIES = 10
const MOST_VERSIONS = 999

interface Act {
  /** Two of its officers decided it. */
  by: Party
  actor: string
  effectiveAt: string
}

interface JointDeps {
  store: CommitStore
  now: Date
}

type Named = Pick<JointText, 'kind' | 'id' | 'number'>

/** Later than everything. */
const LAST = { effective: '9999', recorded: '9999' }

/**
 * Records a version, which its proposer joins at once. The caller has checked the content and that local parties exist. Throws
 * `validation-failed` for parties or a number that cannot be, and `conflict` where this version is on record.
 */
export async function proposeJoint(text: JointText, act: Act, deps: JointDeps): Promise<void> {
  requireParties(text.parties, act.by)
  await requireNext(text, deps)
  const event: JointEvent = { type: 'joint-proposed', text, hash: jointHash(text) }
  await append(text, [], event, act, deps)
}

/** Records that a party joins the text with this hash. Throws `not-found` for one that the version does not name (I36). */
export async function joinJoint(named: Named & { hash: string }, act: Act, deps: JointDeps): Promise<void> {
  const { commits, joint } = await requireAsSeen(named, act.by, deps)
  if (joint.state === 'ended') throw new RegistryError('conflict', 'a party has left this version: propose another one')
  if (joint.joined.some(({ party }) => isSameParty(party, act.by)))
    throw new RegistryError('conflict', 'you have joined this version already', { reason: 'nothing-changes' })
  const event: JointEvent = { type: 'joint-joined', party: act.by.id, hash: named.hash }
  await append(named, commits, event, act, deps)
}

/** Records that a party leaves. It ends for all from then on. */
export async function leaveJoint(
  named: Named & { hash: string; basis: string },
  act: Act,
  deps: JointDeps,
): Promise<void> {
  const { commits, joint } = await requireAsSeen(named, act.by, deps)
  if (!joint.joined.some(({ party }) => isSameParty(party, act.by)))
    throw new RegistryError('conflict', 'you have not joined this version', { reason: 'nothing-changes' })
  if (joint.left.some(({ party }) => isSameParty(party, act.by)))
    throw new RegistryError('conflict', 'you have left this version already', { reason: 'nothing-changes' })
  const event: JointEvent = { type: 'joint-left', party: act.by.id, hash: named.hash, basis: named.basis }
  await append(named, commits, event, act, deps)
}

function requireParties(parties: readonly Party[], by: Party): void {
  const [proposer] = parties
  const named = new Set(parties.map(({ registry, id }) => `${registry} ${id}`))
  if (parties.length > MOST_PARTIES || named.size < parties.length)
    throw refused('/parties', `must be ${MOST_PARTIES} at most, each once`)
  if (proposer === undefined || !isSameParty(proposer, by)) throw refused('/parties/0', 'must be the one that proposes')
}

/** Versions follow each other without gaps, so that nobody reserves a number. */
async function requireNext({ kind, id, number }: JointText, { store }: JointDeps): Promise<void> {
  if (!Number.isInteger(number) || number < 1 || number > MOST_VERSIONS)
    throw refused('/number', `must be from 1 to ${MOST_VERSIONS}`)
  if (number > 1 && (await readJoint({ kind, id, number: number - 1 }, store)).length === 0)
    throw refused('/number', 'must follow the last version')
  if ((await readJoint({ kind, id, number }, store)).length > 0)
    throw new RegistryError('conflict', 'this version is on record already: propose the next one')
}

/** No decision covers a text that the officers were not shown. */
async function requireAsSeen(named: Named & { hash: string }, by: Party, { store }: JointDeps) {
  const commits = await readJoint(named, store)
  const joint = jointAt(commits, LAST)
  if (joint === undefined || !joint.text.parties.some((party) => isSameParty(party, by)))
    throw new RegistryError('not-found', 'no version names you as a party', { reason: 'not-below' })
  if (joint.hash !== named.hash)
    throw new RegistryError('conflict', 'this is not the text that you saw', {
      faults: [{ pointer: '/hash', detail: 'must be the hash of the version' }],
    })
  return { commits, joint }
}

const refused = (pointer: string, detail: string) =>
  new RegistryError('validation-failed', 'the version cannot be proposed as described', {
    faults: [{ pointer, detail }],
  })

const append = (
  { kind, id, number }: Named,
  commits: JointCommits,
  event: JointEvent,
  { actor, effectiveAt }: Act,
  { store, now }: JointDeps,
): Promise<void> =>
  store.append(
    nextCommit(streams.joint(kind, id, number), commits, { events: [event], actor, effectiveAt, now, index: 'JOINT' }),
  )

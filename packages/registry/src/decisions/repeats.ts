import type { Scope } from '@sijil/qualifications'
import { type CatalogueReader, catalogueOf } from '../catalogue/reader.ts'
import type { CommitReader } from '../stream.ts'
import { compareScopes } from '../trust/compare-scopes.ts'
import { EVERYTHING, type Grant } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { grantState, termsAt } from '../trust/grant.ts'
import { trustOf } from '../trust/reader.ts'
import type { DecideReader } from './decide-deps.ts'
import { listProposals, type ProposedChange } from './proposals.ts'

/** Proposals and accreditations that a new proposal would repeat. */
export interface Repeats {
  /** Ids of open proposals about the same thing. */
  proposals: readonly string[]
  /** Ids of the holder's grants that cover the whole new one. */
  grants: readonly string[]
}

/** Proposals that are looked through, newest first. They end after thirty days. */
const MOST_READ = 200
const PER_PAGE = 100

/** Finds what a change would repeat. A repeated accreditation is dangerous: a suspension of one leaves the other in force. */
export async function findRepeats(change: ProposedChange, authority: string, deps: DecideReader): Promise<Repeats> {
  const [proposals, grants] = await Promise.all([waiting(change, authority, deps), granted(change, authority, deps)])
  return { proposals, grants }
}

async function waiting(change: ProposedChange, authority: string, { store, now }: DecideReader): Promise<string[]> {
  const found: string[] = []
  let after: string | undefined
  let read = 0
  do {
    const page = { authority, limit: PER_PAGE, ...(after && { after }) }
    const { proposals, next } = await listProposals(page, { reader: store, now })
    for (const other of proposals)
      if (other.state === 'open' && (await isSameThing(change, other.change, store))) found.push(other.id)
    read += proposals.length
    after = next
  } while (after !== undefined && read < MOST_READ)
  return found
}

async function granted(change: ProposedChange, authority: string, { store, now }: DecideReader): Promise<string[]> {
  if (change.verb !== 'accredit') return []
  const { grantee, right, scope } = change
  const holder = entityAt(grantee, await trustOf(store)(grantee), EVERYTHING)
  const moment = now.toISOString()
  const alike = (holder?.grants ?? []).filter(
    (grant) => grant.right === right && grant.grantors.includes(authority) && isAlive(grant, moment),
  )
  const catalogue = catalogueOf(store)
  const within = await Promise.all(
    alike.map(async (grant) => ((await isWithin(scope, termsAt(grant, moment).scope, catalogue)) ? [grant.id] : [])),
  )
  return within.flat()
}

/** True if one of the two grants covers all that the other one does, for the same right. Then suspending one may change nothing. */
export async function isRepeat(
  one: Grant,
  other: Grant,
  { store, now }: Pick<DecideReader, 'store' | 'now'>,
): Promise<boolean> {
  const moment = now.toISOString()
  const [a, b] = [termsAt(one, moment).scope, termsAt(other, moment).scope]
  if (one.id === other.id || one.right !== other.right) return false
  const catalogue = catalogueOf(store)
  return (await isWithin(a, b, catalogue)) || (await isWithin(b, a, catalogue))
}

const isWithin = async (scope: Scope, other: Scope, catalogue: CatalogueReader): Promise<boolean> =>
  (await compareScopes(scope, other, catalogue)).within

/** In force, suspended, or to begin later. */
const isAlive = (grant: Grant, moment: string): boolean =>
  ['force', 'suspension', 'future'].includes(grantState(grant, moment).in)

async function isSameThing(one: ProposedChange, other: ProposedChange, store: CommitReader): Promise<boolean> {
  if (one.verb === 'accredit' && other.verb === 'accredit') {
    const isAlike = one.grantee === other.grantee && one.right === other.right
    return isAlike && (await isWithin(one.scope, other.scope, catalogueOf(store)))
  }
  return one.verb === other.verb && thingOf(one) === thingOf(other)
}

/** The thing that a change is about. Two proposals about one thing are decided one after the other, so the second may surprise. */
function thingOf(change: ProposedChange): string {
  if ('recognised' in change) return `${change.recognised.qualification} ${change.recognised.edition}`
  if (change.verb === 'declare-compliance') return `${change.action.arrangement} ${change.action.line}`
  if ('portfolio' in change) return change.portfolio.manifest
  if ('register' in change) {
    const about = change.verb === 'open-gaps' ? `${change.comparison.id} ${change.comparison.number}` : change.gap
    return `${change.register.corridor} ${change.register.id} ${about}`
  }
  if ('track' in change) return `${change.track.corridor} ${change.track.id} ${change.track.step}`
  if ('joint' in change) return `${change.joint.kind} ${change.joint.id} ${change.joint.number}`
  if ('qualification' in change) return change.qualification
  if ('framework' in change) return change.framework
  if ('described' in change) return change.described
  if ('record' in change) return `${change.kind} ${change.record}`
  if ('grant' in change) return `${change.grantee}.${change.grant}`
  if ('owner' in change) return `${change.owner} ${change.subject}`
  if ('body' in change) return change.body
  if ('certificate' in change) return change.certificate
  if ('kid' in change) return `${change.issuer} ${change.kid}`
  if (change.verb === 'add-key' || change.verb === 'lend-key') return `${change.issuer} ${change.purpose}`
  if (change.verb === 'add-key-elsewhere') return `${change.issuer} ${change.key.kid}`
  if ('issuer' in change) return change.issuer
  return 'registry' in change ? change.registry : change.id
}

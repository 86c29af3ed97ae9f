import { type Scope, scopeWithin } from '@sijil/qualifications'
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
    found.push(
      ...proposals.flatMap((other) => (other.state === 'open' && isSameThing(change, other.change) ? [other.id] : [])),
    )
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
  return (holder?.grants ?? []).flatMap((grant) =>
    grant.right === right &&
    grant.grantors.includes(authority) &&
    isAlive(grant, moment) &&
    isWithin(scope, termsAt(grant, moment).scope)
      ? [grant.id]
      : [],
  )
}

/** True if one of the two grants covers all that the other one does, for the same right. Then suspending one may change nothing. */
export function isRepeat(one: Grant, other: Grant, moment: string): boolean {
  const [a, b] = [termsAt(one, moment).scope, termsAt(other, moment).scope]
  return one.id !== other.id && one.right === other.right && (isWithin(a, b) || isWithin(b, a))
}

const isWithin = (scope: Scope, other: Scope): boolean => scopeWithin(scope, other).within

/** In force, suspended, or to begin later. */
const isAlive = (grant: Grant, moment: string): boolean =>
  ['force', 'suspension', 'future'].includes(grantState(grant, moment).in)

function isSameThing(one: ProposedChange, other: ProposedChange): boolean {
  if (one.verb === 'accredit' && other.verb === 'accredit')
    return one.grantee === other.grantee && one.right === other.right && isWithin(one.scope, other.scope)
  return one.verb === other.verb && thingOf(one) === thingOf(other)
}

/** The thing that a change is about. Two proposals about one thing are decided one after the other, so the second may surprise. */
function thingOf(change: ProposedChange): string {
  if ('qualification' in change) return change.qualification
  if ('framework' in change) return change.framework
  if ('record' in change) return `${change.kind} ${change.record}`
  if ('grant' in change) return `${change.grantee}.${change.grant}`
  if ('owner' in change) return `${change.owner} ${change.subject}`
  if ('certificate' in change) return change.certificate
  if ('kid' in change) return `${change.issuer} ${change.kid}`
  if (change.verb === 'add-key' || change.verb === 'lend-key') return `${change.issuer} ${change.purpose}`
  if (change.verb === 'add-key-elsewhere') return `${change.issuer} ${change.key.kid}`
  if ('issuer' in change) return change.issuer
  return 'registry' in change ? change.registry : change.id
}

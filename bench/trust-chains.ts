import { type CommitStore, nextCommit, streams } from '@sijil/registry'
import {
  accredit,
  amendAccreditation,
  type Decision,
  establish,
  liftSuspension,
  registerAuthority,
  suspendAccreditation,
} from '@sijil/registry/decisions'
import type { TrustEvent, TrustQuestion } from '@sijil/registry/trust'
import { baselineHistory } from '../test/support/baseline.ts'

/** The number of commits in each stream of the chain. */
export const COMMITS = 50
/** A root, an authority below it, and a body. */
export const CHAIN = ['example-council', 'example-ministry', 'example-body'] as const
const [, MINISTRY, BODY] = CHAIN

export const policy = { demonstration: true }
const QUALIFICATION = 'ph-masonry-nc2'
const scope = { qualifications: { framework: 'PQF' }, places: ['PH'] }
const actor = 'system:bench'
const basis = 'Example Act 1'
const dayOf = (year: number, week: number) => new Date(Date.UTC(year, 0, 1 + 7 * week))
const identity = (id: string) => ({
  name: `${id} (demonstration)`,
  state: 'PH',
  website: 'https://body.example',
  mandate: basis,
  demonstration: true,
})

/** Each accreditation is amended, suspended and lifted week by week in its own year, and is in force at the end. */
export async function recordChain(store: CommitStore): Promise<void> {
  for (const [place, id] of CHAIN.entries()) {
    const year = 2021 + place
    const above = CHAIN[place - 1]
    const now = dayOf(year, 0)
    const decision = (on: Date): Decision & { by: string } => ({
      grantee: id,
      grant: 'main',
      actor,
      basis,
      by: above ?? id,
      effectiveAt: on.toISOString(),
    })
    if (id === BODY) await store.append(bodyRegistered(id, now))
    else await registerAuthority({ id, identity: identity(id), actor, effectiveAt: now.toISOString() }, { store, now })
    const right = id === BODY ? 'issue' : 'accredit'
    if (above === undefined) await establish({ ...decision(now), right, scope }, { store, policy, now })
    else await accredit({ ...decision(now), right, scope, grantors: [above] }, { store, policy, now })
    for (let week = 1; week <= COMMITS - 2; week++) {
      const on = dayOf(year, week)
      const deps = { store, policy, now: on }
      if (week % 3 === 1) await suspendAccreditation(decision(on), deps)
      else if (week % 3 === 2) await liftSuspension(decision(on), deps)
      else await amendAccreditation({ ...decision(on), scope }, deps)
    }
  }
}

/** Bodies that the ministry allows to issue, each with two commits. */
export async function recordIssuers(store: CommitStore, count: number): Promise<string[]> {
  const now = dayOf(2024, 0)
  const ids = Array.from({ length: count }, (_, n) => `issuer-${n}`)
  const event: TrustEvent = { type: 'accredited', grant: 'main', right: 'issue', grantors: [MINISTRY], basis, scope }
  for (const id of ids) {
    const registered = bodyRegistered(id, now)
    await store.append(registered)
    await store.append(nextCommit(streams.trust(id), [registered], { events: [event], actor, now, index: 'TRUST' }))
  }
  return ids
}

/** Has no keys, because no question is about keys. */
function bodyRegistered(id: string, now: Date) {
  const event: TrustEvent = {
    type: 'body-registered',
    identity: identity(id),
    did: `did:web:registry.example:issuers:${id}`,
    sandbox: false,
  }
  return nextCommit(streams.trust(id), [], { events: [event], actor, now, index: 'ENTITIES' })
}

/** Questions in both times: each week of the body's year as `effective`, with now and the end of that quarter as `recorded`. */
export function questions(): TrustQuestion[] {
  return Array.from({ length: COMMITS - 2 }, (_, week) => week + 1).flatMap((week) => {
    const effective = dayOf(2023, week).toISOString()
    const quarter = dayOf(2023, 13 * Math.ceil(week / 13)).toISOString()
    return [questionOf(BODY, effective), questionOf(BODY, effective, quarter)]
  })
}

export const questionOf = (
  issuer: string,
  effective = dayOf(2025, 0).toISOString(),
  recorded = dayOf(2026, 0).toISOString(),
): TrustQuestion => ({
  issuer,
  qualification: baselineHistory(QUALIFICATION),
  place: 'PH',
  site: undefined,
  effective,
  recorded,
})

/** The question of TRQP about the same body. */
export const authorization = (authority: string) => ({
  entity_id: BODY,
  authority_id: authority,
  action: 'issue',
  resource: QUALIFICATION,
  context: { time: dayOf(2025, 0).toISOString() },
})

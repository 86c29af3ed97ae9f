import { endOfDay } from '@sijil/registry'
import { listProposals, type Proposal } from '@sijil/registry/decisions'
import { countingAt, logoHistory, policyHistory, policyIn, signatoryHistory } from '@sijil/registry/trust'
import { type Endpoint, endpointHistory, endpointState, eventKinds, lastDeliveries } from '@sijil/registry/webhooks'
import type { DatedEntry, LogoValues, PolicyValues, SignatoryValues, WebhooksValues } from '@sijil/web'
import { type DeskDeps, namedEntity, type Office } from './office.ts'

/** Newest proposals in which those that wait are looked for. */
const LOOK_THROUGH = 50
/** Entries that a page shows. */
const MOST_SHOWN = 50

interface Dated {
  effectiveAt: string
  recordedAt: string
  actor: string
}

/** Newest record first, each with whether it counts now. */
function dated<C extends Dated, More>(
  commits: readonly C[],
  more: (commit: C) => More,
  { now }: DeskDeps,
): (DatedEntry & More)[] {
  const moment = now.toISOString()
  const counting = countingAt(commits, { effective: moment, recorded: endOfDay('9999-12-31') })
  return commits
    .toReversed()
    .slice(0, MOST_SHOWN)
    .map((commit) => ({
      from: commit.effectiveAt,
      recordedAt: commit.recordedAt,
      actor: commit.actor,
      state: commit === counting ? 'now' : commit.effectiveAt > moment ? 'later' : 'past',
      ...more(commit),
    }))
}

type OwnChange = Extract<Proposal['change'], { body: string }>

async function waitingFor<V extends OwnChange['verb']>(body: string, verb: V, { store, now }: DeskDeps) {
  const { proposals } = await listProposals({ authority: body, limit: LOOK_THROUGH }, { reader: store, now })
  return proposals.flatMap(({ id, state, change }) =>
    state === 'open' && change.verb === verb ? [{ id, change: change as Extract<OwnChange, { verb: V }> }] : [],
  )
}

const ofBody = ({ authority: body, roles }: Office) => ({
  body: namedEntity(body),
  mayPropose: roles.includes('propose'),
})

/** The policy of a body, of today and before. */
export async function policyView(office: Office, deps: DeskDeps): Promise<PolicyValues> {
  const history = await policyHistory(office.authority.id, deps.store)
  const policyOf = (commit: (typeof history)[number]) =>
    policyIn([commit], { effective: commit.effectiveAt, recorded: commit.recordedAt })
  const moment = { effective: deps.now.toISOString(), recorded: endOfDay('9999-12-31') }
  return {
    ...ofBody(office),
    policy: policyIn(history, moment),
    entries: dated(history, (commit) => ({ policy: policyOf(commit) }), deps),
  }
}

/** Who signs for a body. `names`: those that this person has opened, by their sealed texts. Absent: none. */
export async function signatoryView(
  office: Office,
  names: ReadonlyMap<string, string> | undefined,
  deps: DeskDeps,
): Promise<SignatoryValues> {
  const { id } = office.authority
  const shown = (signatory: { sealed: string; title: string } | null) => {
    const name = signatory === null ? undefined : names?.get(signatory.sealed)
    return { ...(signatory && { title: signatory.title }), ...(name !== undefined && { name }) }
  }
  const waiting = await waitingFor(id, 'set-signatory', deps)
  return {
    ...ofBody(office),
    areOpen: names !== undefined,
    entries: dated(await signatoryHistory(id, deps.store), ({ events }) => shown(events[0]?.signatory ?? null), deps),
    waiting: waiting.map((each) => ({ proposal: each.id, ...shown(each.change.signatory) })),
  }
}

/** The logo of a body, of today and before. */
export async function logoView(office: Office, deps: DeskDeps): Promise<LogoValues> {
  const { id } = office.authority
  const shown = (logo: LogoValues['entries'][number]['logo'] | null) => (logo ? { logo } : {})
  return {
    ...ofBody(office),
    entries: dated(await logoHistory(id, deps.store), ({ events }) => shown(events[0]?.logo), deps),
    waiting: (await waitingFor(id, 'set-logo', deps)).map((each) => ({
      proposal: each.id,
      ...shown(each.change.logo),
    })),
  }
}

/** True if this body recorded or proposed the picture, so that nobody reads the file of another body here. */
export async function isLogoOf(body: string, digest: string, deps: DeskDeps): Promise<boolean> {
  const recorded = await logoHistory(body, deps.store)
  if (recorded.some(({ events }) => events[0]?.logo?.digest === digest)) return true
  const { proposals } = await listProposals(
    { authority: body, limit: LOOK_THROUGH },
    { reader: deps.store, now: deps.now },
  )
  return proposals.some(({ change }) => change.verb === 'set-logo' && change.logo?.digest === digest)
}

/** Where a body gets events, today and before, with the newest events. */
export async function webhooksView(office: Office, deps: DeskDeps): Promise<WebhooksValues> {
  const { id } = office.authority
  const { store: reader, now } = deps
  const { deliveries } = await lastDeliveries(id, { limit: MOST_SHOWN }, reader)
  return {
    ...ofBody(office),
    ...(await endpointState(id, { reader, now })),
    allKinds: eventKinds,
    deliveries,
    entries: dated(await endpointHistory(id, reader), ({ events }) => shownEndpoint(events[0]?.endpoint), deps),
    waiting: (await waitingFor(id, 'set-webhook', deps)).map((each) => ({
      proposal: each.id,
      ...shownEndpoint(each.change.endpoint),
    })),
  }
}

const shownEndpoint = (endpoint: Endpoint | null | undefined) => (endpoint ? { endpoint } : {})

import type { BodyStatement, Certifier, StateRecord, StateStatement } from '@sijil/qualifications'
import { states } from '@sijil/qualifications'
import {
  baselineAt,
  type DescriptionCommits,
  type DescriptionHistory,
  descriptionOf,
  descriptionStatedAt,
  EVER,
  listDescriptions,
  ownerOfDescription,
} from '@sijil/registry/catalogue'
import { actsForOwner, type ProposedChange } from '@sijil/registry/decisions'
import { isWholeRoot } from '@sijil/registry/trust'
import type { FieldOption, ShownDescription } from '@sijil/web'
import type { DeskDeps, Office } from './office.ts'

/** What stands about a body or a state now: what was stated last, or what was read from public sources. */
interface Described<S> {
  name: string
  last?: S
}

/** A description of a body that this office may give: with its own id, or with one of the baseline that was assigned to it. */
export async function describedBodyView(
  { authority }: Office,
  id: string,
  deps: DeskDeps,
): Promise<Described<BodyStatement> | undefined> {
  const commits = await descriptionOf(`body:${id}`, deps.store)
  if (!(await isOwn({ id, commits }, authority.id, deps))) return undefined
  const last = lastOfBody(commits)
  return { name: baselineAt<Certifier>(commits, EVER)?.name ?? authority.identity.name, ...(last && { last }) }
}

const isOwn = (
  { id, commits }: Pick<DescriptionHistory, 'id' | 'commits'>,
  owner: string,
  deps: DeskDeps,
): Promise<boolean> => actsForOwner(owner, ownerOfDescription(`body:${id}`, commits, deps.now.toISOString()), deps)

/** The bodies that this office may describe. */
export async function describedBodies({ authority }: Office, deps: DeskDeps): Promise<readonly FieldOption[]> {
  const { stated } = await listDescriptions(deps.store, deps.now)
  const named = stated.filter(({ kind, id }) => kind === 'body' && id !== authority.id)
  const own = { id: authority.id, commits: await descriptionOf(`body:${authority.id}`, deps.store) }
  const found = await Promise.all(
    [own, ...named].map(async (each) => ((await isOwn(each, authority.id, deps)) ? [each] : [])),
  )
  return found.flat().map(({ id, commits }) => ({
    value: id,
    name: baselineAt<Certifier>(commits, EVER)?.name ?? authority.identity.name,
    code: id,
  }))
}

/** The state that this office may describe. Only the root of a whole state may, and only a state of ASEAN has a page. */
export async function describedStateView(
  office: Office,
  state: string,
  { store, policy }: DeskDeps,
): Promise<Described<StateStatement> | undefined> {
  const [own] = describedStates(office, policy)
  if (own?.iso2 !== state) return undefined
  const last = lastOfState(await descriptionOf(`state:${state}`, store))
  return { name: own.name, ...(last && { last }) }
}

const describedStates = ({ authority }: Office, policy: DeskDeps['policy']) =>
  isWholeRoot(authority, policy) ? states.filter(({ iso2 }) => iso2 === authority.identity.state) : []

export const stateOptions = (office: Office, { policy }: DeskDeps): readonly FieldOption[] =>
  describedStates(office, policy).map(({ iso2 }) => ({ value: iso2, state: iso2 }))

type OfDescription = Extract<ProposedChange, { verb: 'describe-body' | 'describe-state' }>

/** What is stated, beside what stood there when it was proposed. */
export async function shownDescription(change: OfDescription, { store }: DeskDeps): Promise<ShownDescription> {
  const commits = (await descriptionOf(change.described, store)).slice(0, change.version)
  const [, id = ''] = change.described.split(':')
  if (change.verb === 'describe-body') {
    const before = lastOfBody(commits)
    return { id, body: change.statement, ...(before && { before: { body: before } }) }
  }
  const before = lastOfState(commits)
  return { id, state: change.statement, ...(before && { before: { state: before } }) }
}

function lastOfBody(commits: DescriptionCommits): BodyStatement | undefined {
  const stated = descriptionStatedAt(commits, EVER)
  if (stated?.type === 'body-described') return stated.statement
  const read = baselineAt<Certifier>(commits, EVER)
  if (read === undefined) return undefined
  const { awards, mandate, register, note } = read
  return {
    awards,
    ...(mandate && {
      mandate: {
        text: mandate.text,
        ...(mandate.law && { law: mandate.law }),
        ...(mandate.dated && { dated: mandate.dated }),
        ...published(mandate),
      },
    }),
    ...(register && { register }),
    ...(note && { note }),
    ...published(read),
  }
}

function lastOfState(commits: DescriptionCommits): StateStatement | undefined {
  const stated = descriptionStatedAt(commits, EVER)
  if (stated?.type === 'state-described') return stated.statement
  const read = baselineAt<StateRecord>(commits, EVER)
  if (read === undefined) return undefined
  const { certificateLanguages, standards, assurance } = read
  return {
    certificateLanguages: { codes: certificateLanguages.codes, ...published(certificateLanguages) },
    standards: standards.map(({ text, place, sources }) => ({
      text,
      ...(place && { place }),
      ...published({ sources }),
    })),
    assurance: assurance.map(({ text, sources }) => ({ text, ...published({ sources }) })),
  }
}

/** A statement names one address. Sources that were read may be several, or no address. */
const published = ({ sources }: { sources: readonly string[] }) => ({
  source: sources.find((source) => source.startsWith('https://')) ?? '',
})

import { findStateProfile, type Qualification, type StateProfile, stateProfiles, states } from '@sijil/qualifications'
import { RegistryError, unlessAway } from '@sijil/registry'
import { baselineAt, EVER } from '@sijil/registry/catalogue'
import { isSandbox, listRegistered, type Registration } from '@sijil/registry/trust'
import type { CompareStatesValues, StateOf, StatesValues, StateValues } from '@sijil/web'
import { recordsToday } from './catalogue.ts'
import { fictionalStates } from './names.ts'
import type { View, ViewDeps } from './view.ts'

const codes = states.map(({ iso2 }) => iso2)
const notice =
  'Facts from public sources, each with its source. Being named here is not an accreditation by this registry. If a member is absent, the sources do not state it. A confidence below medium-high means unconfirmed.'

/** The error `not-found` for an unknown state. */
export const noSuchState = () =>
  new RegistryError('not-found', `There is no such state here. Use one of ${codes.join(', ')}, or see /states.`)

/** The fictional states of the catalogue. None if the store does not answer: the page of real states does not need it. */
export async function listFictionalStates(deps: Pick<ViewDeps, 'qualifications' | 'now'>): Promise<readonly StateOf[]> {
  const records = await unlessAway(recordsToday(deps))
  return fictionalStates((records ?? []).map(({ record }) => record))
}

/** The states that a reader chooses from in a list of entities: those of ASEAN, then the fictional ones. */
export async function statesToChoose(deps: Pick<ViewDeps, 'qualifications' | 'now'>): Promise<readonly StateOf[]> {
  return [...codes.map((state) => ({ state })), ...(await listFictionalStates(deps))]
}

type StatesDeps = Pick<ViewDeps, 'qualifications' | 'frameworks' | 'descriptions'>

/** The profiles of the states of ASEAN, by what the baseline says now. */
async function profilesNow(deps: StatesDeps): Promise<readonly StateProfile[]> {
  const [histories, frameworks, described] = await Promise.all([
    deps.qualifications(),
    deps.frameworks(),
    deps.descriptions(),
  ])
  const qualifications = histories.flatMap(({ commits }) => baselineAt<Qualification>(commits, EVER) ?? [])
  return stateProfiles({ ...described, frameworks, qualifications })
}

/** The skills systems of the states of ASEAN. `fictional`: states of which only the catalogue knows. */
export async function statesView(
  deps: StatesDeps,
  fictional: readonly StateOf[] = [],
): Promise<View<object, StatesValues>> {
  const profiles = await profilesNow(deps)
  return {
    json: { notice, states: profiles.map(summary), ...(fictional.length > 0 && { fictional }) },
    values: () => ({
      states: profiles.map(({ state: iso2, framework, bodies }) => ({
        iso2,
        framework,
        bodies: bodies.length,
      })),
      fictional,
    }),
  }
}

/** Compares two states, or asks for them with a form. Throws `not-found` for a chosen state that is unknown. */
export async function compareStatesView(
  {
    one,
    other,
    isSent,
  }: {
    /** Code of the state. Empty if none is chosen. */
    one: string
    other: string
    isSent: boolean
  },
  deps: StatesDeps,
): Promise<View<object, CompareStatesValues>> {
  const profiles = await profilesNow(deps)
  const [first, second] = [one, other].map((code) => {
    const profile = findStateProfile(code, profiles)
    if (profile === undefined && code !== '') throw noSuchState()
    return profile
  })
  // A state cannot be compared with itself, so the form asks for another.
  if (first === undefined || second === undefined || first === second) {
    const fault = first === undefined || second === undefined ? 'missing' : 'same'
    const chosen = { one: first?.state, other: second?.state }
    return { json: (await statesView(deps)).json, values: () => ({ states: codes, chosen, ...(isSent && { fault }) }) }
  }
  return { json: { notice, one: first, other: second }, values: () => ({ pair: [first, second], states: codes }) }
}

/** One state. Of the views in this file, only this one reads who is registered. */
export async function stateView(
  state: string,
  deps: StatesDeps & Pick<ViewDeps, 'reader' | 'now'>,
): Promise<View<object, StateValues>> {
  const profile = findStateProfile(state, await profilesNow(deps))
  if (profile === undefined) throw noSuchState()
  const registry = await listingsOf(profile.state, deps)
  const issuers = `/issuers?c=${profile.state}`
  return {
    json: { notice, ...profile, registry: { ...registry, issuers } },
    values: () => ({ profile, registry, states: codes }),
  }
}

const summary = ({ state, name, framework, bodies, certificateLanguages }: StateProfile) => ({
  state,
  name,
  url: `/states/${state}`,
  framework: {
    id: framework.id,
    name: framework.name,
    levels: framework.levels,
    referencing: framework.referencing,
    url: `/frameworks/${framework.id}`,
  },
  bodies: bodies.length,
  certificateLanguages,
})

/** Whether the registry lists an authority and a body of that state. It stops at the first, so it does not read every registration. */
async function listingsOf(
  state: string,
  { reader, now }: Pick<ViewDeps, 'reader' | 'now'>,
): Promise<StateValues['registry']> {
  const isListed = async (type: Registration['type']) => {
    const isWanted = (one: Registration) => one.type === type && one.identity.state === state && !isSandbox(one)
    const { found, next } = await listRegistered(reader, { limit: 1 }, isWanted, async (id) => id)
    return found.length > 0 ? 'yes' : next === undefined ? 'no' : 'not-known'
  }
  const [authorities, bodies] = await Promise.all([isListed('authority-registered'), isListed('body-registered')])
  return { authorities, bodies, asOf: now.toISOString() }
}

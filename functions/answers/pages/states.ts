import { type Answer, parseQuery, type Request, route } from '@sijil/http'
import { findStateProfile, listStateProfiles, type StateProfile, states } from '@sijil/qualifications'
import { RegistryError } from '@sijil/registry'
import { isSandbox, listRegistered, type Registration } from '@sijil/registry/trust'
import { compareStatesPage, type StateValues, statePage, statesPage } from '@sijil/web'
import * as z from 'zod/mini'
import { contextOf, either, type PageParts, page } from './parts.ts'

const codes = states.map(({ iso2 }) => iso2)
const notice =
  'Facts from public sources, each with its own. To be named here is no accreditation by this registry. What has no member is not stated in those sources; a confidence below medium-high is unconfirmed.'

const code = z.optional(z.string().check(z.maxLength(10)))
const compareQuery = z.looseObject({ one: code, other: code })

type Asked = Request<unknown, unknown, unknown, Readonly<Record<string, string>>>

/** The skills systems of the states of ASEAN, from records alone; only a state's own page asks the registry anything. */
export const statesAnswers = (parts: PageParts) => {
  const overview = {
    states: listStateProfiles().map(({ state: iso2, framework, bodies }) => ({
      iso2,
      framework,
      bodies: bodies.length,
    })),
  }
  /** What exists, for who asked for what does not. */
  const noSuchState = (asked: Asked): Answer => {
    if (asked.wants === 'json')
      throw new RegistryError('not-found', `There is no such state here. There are ${codes.join(', ')}; see /states.`)
    // What is not there is not asked for again in another language.
    const context = { ...contextOf(asked, '/states', parts), path: '/states' }
    return page(statesPage({ ...overview, missing: true }, context), 404)
  }
  return {
    'GET /states': route<Record<never, string>, undefined>({
      answer: (asked) =>
        either(asked, { notice, states: listStateProfiles().map(summary) }, () =>
          statesPage(overview, contextOf(asked, '/states', parts)),
        ),
    }),

    'GET /states/compare': route<Record<never, string>, undefined>({
      answer(asked) {
        const { one = '', other = '' } = parseQuery(compareQuery, asked.query)
        const chosen = [one, other].map(findStateProfile)
        const [first, second] = chosen
        // Chosen and unknown is another matter than not chosen yet.
        if (chosen.some((found, side) => found === undefined && [one, other][side] !== '')) return noSuchState(asked)
        // One state beside itself compares nothing: the form asks for another. Who sent it with a gap is told.
        if (first === undefined || second === undefined || first === second) {
          const isSent = 'one' in asked.query || 'other' in asked.query
          const values = {
            states: codes,
            chosen: { one: first?.state, other: second?.state },
            ...(isSent && ({ fault: first === undefined || second === undefined ? 'missing' : 'same' } as const)),
          }
          return either(asked, { notice, states: listStateProfiles().map(summary) }, () =>
            compareStatesPage(values, contextOf(asked, '/states/compare', parts)),
          )
        }
        const path = `/states/compare?one=${first.state}&other=${second.state}`
        return either(asked, { notice, one: first, other: second }, () =>
          compareStatesPage({ pair: [first, second], states: codes }, contextOf(asked, path, parts)),
        )
      },
    }),

    'GET /states/{state}': route<{ state: string }, undefined>({
      async answer(asked) {
        const profile = findStateProfile(asked.params.state)
        if (profile === undefined) return noSuchState(asked)
        const registry = await listingsOf(profile.state, parts)
        const issuers = `/issuers?c=${profile.state}`
        return either(asked, { notice, ...profile, registry: { ...registry, issuers } }, () =>
          statePage({ profile, registry, states: codes }, contextOf(asked, `/states/${profile.state}`, parts)),
        )
      },
    }),
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

/** Does the registry list anybody of that state? One is enough, so that not every registration is read. */
async function listingsOf(state: string, { reader, clock }: PageParts): Promise<StateValues['registry']> {
  const isListed = async (type: Registration['type']) => {
    const isWanted = (one: Registration) => one.type === type && one.identity.state === state && !isSandbox(one)
    const { found, next } = await listRegistered(reader, { limit: 1 }, isWanted, async (id) => id)
    return found.length > 0 ? 'yes' : next === undefined ? 'no' : 'not-known'
  }
  const [authorities, bodies] = await Promise.all([isListed('authority-registered'), isListed('body-registered')])
  return { authorities, bodies, asOf: clock().toISOString() }
}

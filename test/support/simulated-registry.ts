import { createHandler, createLog } from '@sijil/http'
import { acceptedRegistries } from '@sijil/registry/accepted-registries'
import { cachedCatalogue } from '@sijil/registry/catalogue'
import { type IssuingQuota, noQuota } from '@sijil/registry/issuance'
import { cachedTrust, trustOf } from '@sijil/registry/trust'
import { issueAnswers } from '../../functions/answers/issue.ts'
import { listsAnswers } from '../../functions/answers/lists.ts'
import { pagesAnswers } from '../../functions/answers/pages.ts'
import { trustAnswers } from '../../functions/answers/trust.ts'
import { type FunctionName, type RouteRowOf, routes } from '../../functions/routes.ts'
import { startGateway } from '../../infra/local/gateway.ts'
import { baselineDeps } from './baseline.ts'
import { freePort } from './free-port.ts'
import { listCatalogue } from './list-catalogue.ts'
import { aWorld, noon, OFFICER } from './registry-world.ts'

const rowsOf = <F extends FunctionName>(name: F): RouteRowOf<F>[] =>
  routes.filter((row): row is RouteRowOf<F> => row.function === name)

export interface SimulatedClock {
  /** Milliseconds. */
  now: number
}

/**
 * The functions for reading, verifying and issuing, over HTTP, with the memories of a function and a clock that a test moves. Nothing
 * listens at `baseUrl`: use `url`.
 */
export async function aSimulatedRegistry({ quota = noQuota }: { quota?: IssuingQuota } = {}) {
  const world = await aWorld()
  const clock: SimulatedClock = { now: noon.getTime() }
  const [ms, moment] = [() => clock.now, () => new Date(clock.now)]
  const outage: { error?: Error } = {}
  const { store, keys, baseUrl } = world
  const trust = cachedTrust(async (id) => {
    if (outage.error !== undefined) throw outage.error
    return trustOf(store)(id)
  }, ms)
  const policy = { demonstration: true }
  const isBehind = () => trust.isBehind?.() === true
  const catalogue = cachedCatalogue(store, ms)
  const foreign = acceptedRegistries(store, { trust, catalogue, policy, baseUrl, clock: ms })
  const parts = {
    ...world.verifying(noon),
    reader: store,
    trust,
    catalogue,
    ...baselineDeps,
    qualifications: () => listCatalogue(store),
    policy,
    clock: moment,
    witnesses: [],
    foreign,
    classDecisions: async () => [],
    comparisons: async () => [],
    skillSets: async () => [],
    corridors: async () => [],
    compliance: async () => [],
  }
  const edge = { baseUrl, log: createLog({ sink: () => {}, now: moment }), languages: ['en'] as [string], now: moment }
  const gateway = await startGateway({
    port: await freePort(),
    baseUrl,
    routes: [...rowsOf('pages'), ...rowsOf('trust'), ...rowsOf('lists'), ...rowsOf('issue')],
    handlers: {
      pages: createHandler({
        ...{ ...edge, isBehind, tokens: undefined },
        rows: rowsOf('pages'),
        answers: pagesAnswers({ ...parts, operator: undefined }),
      }),
      trust: createHandler({
        ...{ ...edge, isBehind, tokens: undefined },
        rows: rowsOf('trust'),
        answers: trustAnswers({ ...parts, tokenIssuer: 'https://identity.example' }),
      }),
      lists: createHandler({
        ...{ ...edge, tokens: undefined },
        rows: rowsOf('lists'),
        answers: listsAnswers({ store, artefacts: world.artefacts, signer: keys, baseUrl, clock: moment }),
      }),
      issue: createHandler({
        ...edge,
        rows: rowsOf('issue'),
        answers: issueAnswers({ ...world.issuing, general: parts.general, quota, clock: moment }),
        tokens: { read: async () => ({ subject: OFFICER, scopes: ['credentials:issue'] }) },
        orders: keys,
      }),
    },
  })
  return { world, clock, outage, url: gateway.url, close: () => gateway.close() }
}

export interface CachedAnswer {
  status: number
  text: string
  /** Seconds for which it may be kept. 0 for `no-store`. */
  maxAge: number
  /** Further seconds for which it may be returned while the origin fails. */
  staleIfError: number
}

/**
 * A cache in front of the registry, like CloudFront and a browser together (RFC 9111). It returns a kept answer as long as the answer
 * allows, and ignores `Age`, which is the worst case. While the origin fails it returns an older answer like CloudFront, unless the
 * answer limits that time (RFC 5861).
 */
export function aCache(url: string, clock: SimulatedClock) {
  const kept = new Map<string, { at: number; answer: CachedAnswer }>()
  return async (path: string): Promise<CachedAnswer> => {
    const hit = kept.get(path)
    if (hit !== undefined && clock.now - hit.at < hit.answer.maxAge * 1_000) return hit.answer
    const response = await fetch(`${url}${path}`, { headers: { accept: 'application/json' } })
    const control = response.headers.get('cache-control') ?? ''
    const maxAge = control.includes('no-store') ? 0 : Number(/max-age=(\d+)/.exec(control)?.[1] ?? 0)
    const staleIfError = Number(/stale-if-error=(\d+)/.exec(control)?.[1] ?? Number.POSITIVE_INFINITY)
    const answer = { status: response.status, text: await response.text(), maxAge, staleIfError }
    const isAway = response.status >= 500 && hit !== undefined && hit.answer.maxAge > 0
    if (isAway && clock.now - hit.at < (hit.answer.maxAge + hit.answer.staleIfError) * 1_000) return hit.answer
    kept.set(path, { at: clock.now, answer })
    return answer
  }
}

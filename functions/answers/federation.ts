import type { Answer, Answers } from '@sijil/http'
import { type FederationDeps, openFederation, type Statement } from '@sijil/protocols/federation'
import type { RouteRowOf } from '../routes.ts'
import { federationRoute, parseFlag, requireParameter } from './federation-route.ts'

const jwt = ({ type, text }: Statement): Answer => ({ status: 200, body: text, type: `application/${type}` })

/** OpenID Federation 1.0 over HTTP. */
export const federationAnswers = (deps: FederationDeps): Answers<RouteRowOf<'federation'>[]> => {
  const federation = openFederation(deps)
  const fetching = federationRoute(async ({ query }) =>
    jwt(await federation.subordinateStatement(requireParameter(query, 'sub'))),
  )
  return {
    'GET /.well-known/openid-federation': federationRoute(async () => jwt(await federation.anchorConfiguration())),

    'GET /issuers/{issuer}/.well-known/openid-federation': federationRoute<{ issuer: string }>(async ({ params }) =>
      jwt(await federation.entityConfiguration(params.issuer)),
    ),

    'GET /federation/fetch': fetching,
    'GET /fetch': fetching,

    'GET /federation/list': federationRoute(async ({ query, all }) => {
      const { trust_mark_type: markType, trust_marked: marked, intermediate } = query
      const body = await federation.list({
        entityTypes: all('entity_type'),
        markType,
        marked: parseFlag('trust_marked', marked),
        intermediate: parseFlag('intermediate', intermediate),
      })
      return { status: 200, body }
    }),

    'GET /federation/resolve': federationRoute(async ({ query, all }) => {
      const sub = requireParameter(query, 'sub')
      requireParameter(query, 'trust_anchor')
      return jwt(await federation.resolve({ sub, trustAnchors: all('trust_anchor'), entityTypes: all('entity_type') }))
    }),

    'GET /federation/trust-mark': federationRoute(async ({ query }) => {
      const type = requireParameter(query, 'trust_mark_type')
      return jwt(await federation.mark(type, requireParameter(query, 'sub')))
    }),

    'GET /federation/trust-mark-list': federationRoute(async ({ query }) => {
      const type = requireParameter(query, 'trust_mark_type')
      return { status: 200, body: await federation.markHolders(type, query.sub) }
    }),

    // §8.4 asks by POST. Earlier drafts ask by GET, and so can a browser.
    'GET /federation/trust-mark-status': federationRoute(async ({ query }) =>
      jwt(await federation.markStatus(requireParameter(query, 'trust_mark'))),
    ),
    'POST /federation/trust-mark-status': federationRoute(
      async ({ fields }) => jwt(await federation.markStatus(requireParameter(fields, 'trust_mark'))),
      { body: 'form' },
    ),

    'GET /federation/historical-keys': federationRoute(async () => jwt(await federation.historicalKeys())),
  }
}

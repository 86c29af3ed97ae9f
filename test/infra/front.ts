import { keptFor } from '@sijil/http'
import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { type Caching, type Route, routes } from '../../functions/routes.ts'
import { patternExpression } from '../../infra/aws/cache-behaviours.ts'
import { propertiesOf } from './synthesise.ts'

// Managed policies of CloudFront, by the ids that AWS publishes.
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac'

/** The longest time that CloudFront may keep an answer: that of the API. With `answer`, an answer about the past sets its own time. */
const secondsOf = (caching: Caching) =>
  Number(/max-age=(\d+)/.exec(keptFor(caching === 'answer' ? 'year' : caching))?.[1])

/** A path with values in place of its parameters. */
const example = (path: string) => path.replaceAll(/\{[^}]+\}/g, 'some-thing_1')

/** Tests of CloudFront, and of the secrets and logs behind it. The firewall has tests of its own (firewall.test.ts). */
export function describeFront(production: { api: Template; edge: Template }): void {
  const only = <P>(type: string, template = production.api): P => {
    const found = propertiesOf<P>(template, type)
    if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} of ${type}`)
    return found[0][1]
  }
  const { DistributionConfig: front } = only<{ DistributionConfig: Distribution }>('AWS::CloudFront::Distribution')
  const byId = <P>(type: string) => new Map(propertiesOf<P>(production.api, type))
  const cachePolicies = byId<CachePolicy>('AWS::CloudFront::CachePolicy')
  const headerPolicies = byId<HeadersPolicy>('AWS::CloudFront::ResponseHeadersPolicy')

  const behaviourFor = (path: string) =>
    front.CacheBehaviors.find(({ PathPattern }) => patternExpression(PathPattern).test(path)) ??
    front.DefaultCacheBehavior
  const headersOf = ({ ResponseHeadersPolicyId }: Behaviour) =>
    headerPolicies.get(ResponseHeadersPolicyId.Ref)?.ResponseHeadersPolicyConfig
  const cacheOf = ({ CachePolicyId }: Behaviour) =>
    typeof CachePolicyId === 'string' ? undefined : cachePolicies.get(CachePolicyId.Ref)?.CachePolicyConfig

  describe('CloudFront', () => {
    test.each(routes)('$method $path is cached as its row says: $caching', ({ method, path, caching }) => {
      const behaviour = behaviourFor(example(path))
      expect(behaviour.AllowedMethods).toContain(method)
      if (caching === 'never') {
        expect(behaviour.CachePolicyId).toBe(cachingDisabled)
        expect(behaviour.OriginRequestPolicyId).toBe(allViewerExceptHostHeader)
        expect(headersOf(behaviour)?.CustomHeadersConfig?.Items).toContainEqual({
          Header: 'cache-control',
          Value: 'no-store',
          Override: true,
        })
      } else {
        expect(cacheOf(behaviour)).toMatchObject({ MinTTL: 0, DefaultTTL: 0, MaxTTL: secondsOf(caching) })
      }
    })

    test.each([
      '/v/abc',
      '/v/abc.',
      '/v/abc/',
      '/v/',
      '/v/a/b',
      '/v',
      '/unknown',
      '/issuers/x/credentials/y/z',
      '/V/abc',
    ])('%s is never cached', (path) => {
      expect(behaviourFor(path).CachePolicyId).toBe(cachingDisabled)
    })

    test('no error is cached, so that an acknowledged change is visible at once', () => {
      expect(front.CustomErrorResponses.map(({ ErrorCode }) => ErrorCode)).toEqual(
        expect.arrayContaining([400, 403, 404, 500, 502, 503, 504]),
      )
      for (const { ErrorCachingMinTTL } of front.CustomErrorResponses) expect(ErrorCachingMinTTL).toBe(0)
    })

    test('A013: answers that may be about the past are cached by all parameters of their question', () => {
      const asked = routes.filter(({ caching }) => caching === 'answer').map(({ path }) => path)
      expect(asked).toEqual(['/issuers/{issuer}/accreditations', '/status-lists/{id}'])
      for (const path of asked) {
        const key = cacheOf(behaviourFor(example(path)))?.ParametersInCacheKeyAndForwardedToOrigin
        expect(key).toMatchObject({
          QueryStringsConfig: { QueryStringBehavior: 'all' },
          HeadersConfig: { Headers: ['Accept'] },
        })
      }
    })

    test('Q017: parameters that a page of the catalogue does not know make no new entry of the cache', () => {
      const keyed = (routes as readonly Route[]).filter((route) => route.keyed !== undefined)
      expect(keyed.map(({ path, keyed: names = [] }) => `${path} by ${names.join(' ')}`)).toEqual([
        '/qualifications by q state level field occupation body code page on lang',
        '/qualifications.csv by q state level field occupation body code page on lang',
        '/qualifications/{id} by on edition units lang',
        '/qualifications/{id}/template.csv by on edition units lang',
        '/qualifications/{id}/template.xlsx by on edition units lang',
        '/units by q state level field occupation body code page on lang',
        '/occupations/{id} by on edition units lang',
        '/decisions by qualification host lang',
        '/comparisons/{id}/{version} by from to format lang',
        '/comparisons/{id}/{version}/units.csv by from to format lang',
        '/skill-sets/{id}/{version} by qualification edition lang',
        '/comparability by from to format lang',
        '/corridors by state lang',
        '/corridors.csv by lang',
        '/corridors.atom by lang',
        '/corridors/{id} by lang',
        '/corridors/{id}/{track} by lang',
        '/corridors/{id}/{track}/profile by lang',
        '/corridors/{id}/{track}/portfolio by lang',
        '/corridors/{id}/{track}/receipts/{manifest} by lang',
        '/corridors/{id}/{track}/steps.csv by lang',
        '/compliance by format lang',
        '/frameworks/{id} by on edition units lang',
      ])
      for (const { path, keyed: names } of keyed) {
        const key = cacheOf(behaviourFor(example(path)))?.ParametersInCacheKeyAndForwardedToOrigin
        expect(key).toMatchObject({ QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: names } })
      }
    })

    test('a page that is cached is cached by the form and the language that the reader accepts', () => {
      const cached = routes.filter(({ readers, caching }) => readers === 'people' && caching !== 'never')
      expect(cached.length).toBeGreaterThan(10)
      for (const { path } of cached) {
        const key = cacheOf(behaviourFor(example(path)))?.ParametersInCacheKeyAndForwardedToOrigin
        expect([path, key?.HeadersConfig.Headers]).toEqual([path, ['Accept', 'Accept-Language']])
      }
    })

    test('A013: a cached route gets no cookie, no token, and nothing else outside its cache key', () => {
      for (const behaviour of front.CacheBehaviors.filter(({ CachePolicyId }) => CachePolicyId !== cachingDisabled)) {
        expect(behaviour.OriginRequestPolicyId).toBeUndefined()
        const key = cacheOf(behaviour)?.ParametersInCacheKeyAndForwardedToOrigin
        expect(key?.CookiesConfig).toEqual({ CookieBehavior: 'none' })
        expect(key?.HeadersConfig.Headers ?? []).not.toContainEqual(expect.stringMatching(/authorization|cookie/i))
      }
    })

    test('every answer has the security headers, over TLS 1.2 or later', () => {
      expect(front.ViewerCertificate.MinimumProtocolVersion).toBe('TLSv1.2_2021')
      for (const behaviour of [front.DefaultCacheBehavior, ...front.CacheBehaviors]) {
        expect(behaviour.ViewerProtocolPolicy).toBe('redirect-to-https')
        expect(headersOf(behaviour)?.SecurityHeadersConfig).toMatchObject({
          StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, Override: true },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY' },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
          // I42: the policy of a page takes precedence. An answer without one gets this policy.
          ContentSecurityPolicy: { Override: false },
        })
      }
    })

    test('the firewall is in front of it', () => {
      expect(JSON.stringify(front.WebACLId)).toContain('Firewall')
    })
  })

  describe('CloudFront and the API behind it', () => {
    test('A002: secrets are generated or referenced, and no template contains one', () => {
      expect(front.Origins).toHaveLength(1)
      expect(JSON.stringify(front.Origins[0]?.OriginCustomHeaders)).toMatch(
        /x-origin-secret.*\{\{resolve:secretsmanager:/,
      )
      const secrets = propertiesOf<{ SecretString?: string; GenerateSecretString?: { PasswordLength: number } }>(
        production.api,
        'AWS::SecretsManager::Secret',
      )
      expect(secrets.map(([id]) => id.replace(/[0-9A-F]{8}$/, '')).toSorted()).toEqual([
        'OriginSecret1',
        'SessionSecret1',
      ])
      for (const [, { SecretString, GenerateSecretString }] of secrets)
        expect([SecretString, GenerateSecretString?.PasswordLength]).toEqual([undefined, 64])
    })

    test('I47: logs contain the key of a route, and never a path, an address or a token', () => {
      const { AccessLogSettings } = only<{ AccessLogSettings: { Format: string } }>('AWS::ApiGatewayV2::Stage')
      expect(AccessLogSettings.Format).toContain('$context.routeKey')
      expect(AccessLogSettings.Format).not.toMatch(/path|sourceIp|authoriz|userAgent|requestOverride|protocol/i)
      expect(front.Logging).toBeUndefined()
      production.edge.resourceCountIs('AWS::WAFv2::LoggingConfiguration', 0)
      production.api.resourceCountIs('AWS::CloudFront::RealtimeLogConfig', 0)
    })
  })
}

interface Behaviour {
  PathPattern: string
  AllowedMethods: string[]
  CachePolicyId: string | { Ref: string }
  OriginRequestPolicyId?: string
  ResponseHeadersPolicyId: { Ref: string }
  ViewerProtocolPolicy: string
}
interface Distribution {
  CacheBehaviors: Behaviour[]
  DefaultCacheBehavior: Behaviour
  CustomErrorResponses: { ErrorCode: number; ErrorCachingMinTTL: number }[]
  Origins: { OriginCustomHeaders: unknown }[]
  ViewerCertificate: { MinimumProtocolVersion: string }
  WebACLId: unknown
  Logging?: unknown
}
interface CachePolicy {
  CachePolicyConfig: {
    MinTTL: number
    ParametersInCacheKeyAndForwardedToOrigin: { CookiesConfig: unknown; HeadersConfig: { Headers?: string[] } }
  }
}
interface HeadersPolicy {
  ResponseHeadersPolicyConfig: {
    SecurityHeadersConfig: unknown
    CustomHeadersConfig?: { Items: { Header: string; Value: string; Override: boolean }[] }
  }
}

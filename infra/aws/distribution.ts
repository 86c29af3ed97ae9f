import type { Caching } from '@sijil/functions/routes.ts'
import { routes } from '@sijil/functions/routes.ts'
import { Duration } from 'aws-cdk-lib'
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  type AddBehaviorOptions,
  AllowedMethods,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  type IOrigin,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'
import { cacheBehaviours } from './cache-behaviours.ts'

interface FrontProps {
  origin: IOrigin
  host: string
  certificate: ICertificate
  firewallArn: string
}

/** CloudFront caches these errors for ten seconds by default, even on paths that are never cached. */
const keptErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]

const lifetimes = {
  minute: Duration.seconds(40),
  hour: Duration.hours(1),
  year: Duration.days(365),
  // The answer sets a shorter time. An answer about a past moment may be kept long, an answer about now may not.
  answer: Duration.days(365),
} satisfies Record<Exclude<Caching, 'never'>, Duration>

/** Request headers on which an answer depends. Answers for programs only do not depend on the language. */
const keyHeaders = {
  minute: CacheHeaderBehavior.allowList('Accept', 'Accept-Language'),
  hour: CacheHeaderBehavior.allowList('Accept', 'Accept-Language'),
  year: CacheHeaderBehavior.none(),
  answer: CacheHeaderBehavior.allowList('Accept'),
} satisfies Record<Exclude<Caching, 'never'>, CacheHeaderBehavior>

/**
 * CloudFront, the only entrance to the registry: host name, certificate and firewall, a cache rule for each route, and the same headers on all
 * answers.
 */
export class Front extends Construct {
  readonly distribution: Distribution
  readonly #policies = new Map<string, CachePolicy>()

  constructor(scope: Construct, id: string, { origin, host, certificate, firewallArn }: FrontProps) {
    super(scope, id)
    // biome-ignore format: it reads as a table
    const behaviours: Record<Caching, AddBehaviorOptions> = {
      never:  this.#uncached(),
      minute: this.#cached('minute'),
      hour:   this.#cached('hour'),
      year:   this.#cached('year'),
      answer: this.#cached('answer'),
    }
    this.distribution = new Distribution(this, 'Distribution', {
      domainNames: [host],
      certificate,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      webAclId: firewallArn,
      // A path that matches no pattern is never cached.
      defaultBehavior: { origin, ...behaviours.never },
      additionalBehaviors: Object.fromEntries(
        cacheBehaviours(routes).map(({ pattern, caching, keyed }) => [
          pattern,
          { origin, ...behaviours[caching], ...(keyed && caching !== 'never' && this.#keyedBy(caching, keyed)) },
        ]),
      ),
      errorResponses: keptErrors.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      // A log of CloudFront contains paths, and a path of /v/* opens a certificate (I47).
      enableLogging: false,
    })
    acknowledge(
      this.distribution,
      'CFR1',
      'Employers and workers check certificates from any country. A restriction by country would refuse them.',
    )
    acknowledge(
      this.distribution,
      'CFR3',
      'An access log of CloudFront contains paths, and the path of a link opens a certificate. The API logs the key of the route instead.',
    )
  }

  /** Passes everything except the host header to the API, including tokens. Neither CloudFront nor the browser keeps an answer. */
  #uncached(): AddBehaviorOptions {
    return {
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: this.#headers('HeadersNever', { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' }),
    }
  }

  /**
   * The answer of the API sets the time, up to the limit of the route. Without one, nothing is cached. Only the parts of the cache key reach
   * the API, and neither cookies nor tokens. So no answer can depend on anything outside its key.
   */
  #cached(word: Exclude<Caching, 'never'>): AddBehaviorOptions {
    const isFile = word === 'year' // its name depends on its content
    return {
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy: this.#policy(word, isFile ? CacheQueryStringBehavior.none() : CacheQueryStringBehavior.all()),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: this.#headers(`Headers-${word}`, {}),
    }
  }

  /** Only these parameters are part of the cache key and reach the API. One policy for each list of them. */
  #keyedBy(word: Exclude<Caching, 'never'>, keyed: readonly string[]): { cachePolicy: CachePolicy } {
    const name = `${word}-${keyed.join('-')}`
    const known = this.#policies.get(name) ?? this.#policy(word, CacheQueryStringBehavior.allowList(...keyed), name)
    this.#policies.set(name, known)
    return { cachePolicy: known }
  }

  #policy(word: Exclude<Caching, 'never'>, queryStringBehavior: CacheQueryStringBehavior, name: string = word) {
    return new CachePolicy(this, `Cache-${name}`, {
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: lifetimes[word],
      queryStringBehavior,
      headerBehavior: keyHeaders[word],
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    })
  }

  #headers(id: string, others: Record<string, string>): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, id, {
      securityHeadersBehavior: {
        strictTransportSecurity: { accessControlMaxAge: Duration.days(730), includeSubdomains: true, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        // Pages set their own policy. This one is for answers without one, such as those of API Gateway itself.
        contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'", override: false },
      },
      customHeadersBehavior: {
        customHeaders: Object.entries(others).map(([header, value]) => ({ header, value, override: true })),
      },
    })
  }
}

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

/** Errors that CloudFront keeps for ten seconds unless it is told not to, even where nothing is cached. */
const keptErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]

const lifetimes = {
  minute: Duration.seconds(40),
  hour: Duration.hours(1),
  year: Duration.days(365),
  // As short as the answer says: what is of a past moment may be kept long, the answer of now may not.
  answer: Duration.days(365),
} satisfies Record<Exclude<Caching, 'never'>, Duration>

/** What an answer depends on, beside its address. What programs ask has no language. */
const keyHeaders = {
  minute: CacheHeaderBehavior.allowList('Accept', 'Accept-Language'),
  hour: CacheHeaderBehavior.allowList('Accept', 'Accept-Language'),
  year: CacheHeaderBehavior.none(),
  answer: CacheHeaderBehavior.allowList('Accept'),
} satisfies Record<Exclude<Caching, 'never'>, CacheHeaderBehavior>

/** The only door: names, certificates and the firewall in front, a cache rule for each route, the same headers on every answer. */
export class Front extends Construct {
  readonly distribution: Distribution

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
      // What no pattern fits is never cached.
      defaultBehavior: { origin, ...behaviours.never },
      additionalBehaviors: Object.fromEntries(
        cacheBehaviours(routes).map(({ pattern, caching }) => [pattern, { origin, ...behaviours[caching] }]),
      ),
      errorResponses: keptErrors.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      // Its log would hold paths, and a path of /v/* opens a certificate (I47).
      enableLogging: false,
    })
    acknowledge(
      this.distribution,
      'CFR1',
      'Employers and workers check certificates from any country: a restriction by place would refuse those it is for.',
    )
    acknowledge(
      this.distribution,
      'CFR3',
      'An access log of CloudFront holds paths, and the path of a link opens a certificate; the API logs the key of the route instead.',
    )
  }

  /** Everything but the host goes to the API, tokens too; nothing of it is kept, here or in the browser. */
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
   * The API says how long, up to the word of the route; when it says nothing, nothing is kept. Only what is part of the
   * cache's key reaches the API, so no answer can depend on more than its key: no cookie, no token.
   */
  #cached(word: Exclude<Caching, 'never'>): AddBehaviorOptions {
    const isFile = word === 'year' // its name says which content it has
    const cachePolicy = new CachePolicy(this, `Cache-${word}`, {
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: lifetimes[word],
      queryStringBehavior: isFile ? CacheQueryStringBehavior.none() : CacheQueryStringBehavior.all(),
      headerBehavior: keyHeaders[word],
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    })
    return {
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: this.#headers(`Headers-${word}`, {}),
    }
  }

  #headers(id: string, others: Record<string, string>): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, id, {
      securityHeadersBehavior: {
        strictTransportSecurity: { accessControlMaxAge: Duration.days(730), includeSubdomains: true, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        // A page says its own; this one is for answers that say none, such as those of the gateway.
        contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'", override: false },
      },
      customHeadersBehavior: {
        customHeaders: Object.entries(others).map(([header, value]) => ({ header, value, override: true })),
      },
    })
  }
}

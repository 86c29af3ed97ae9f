import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'

/** Paths without the public rate limit. They need a token, and a body issues thousands of certificates from one address. */
export const tokenPaths = '^/issuers/[^/]+/credentials(/|$)'

// Requests of one address in a minute. A batch at full speed sends 3,000: 50 issuances a second.
const publicRate = 600
const anyRate = 15_000

/** Rules that inspect bodies only count. A certificate has more than 8 KB and many links, so they would refuse it. Our own schemas judge bodies. */
const bodyRules = [
  'SizeRestrictions_BODY',
  'CrossSiteScripting_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  'EC2MetaDataSSRF_BODY',
]
/** These rules only count, too: programs and old browsers send no User-Agent, and a parameter may contain an address. */
const otherRules = ['NoUserAgent_HEADER', 'GenericRFI_QUERYARGUMENTS']

const tooManyRequests = 'TooManyRequests'

/** The firewall in front of CloudFront. It keeps no samples of requests and writes no log, because paths of `/v/*` open a certificate (I47). */
export class Firewall extends CfnWebACL {
  constructor(scope: Construct, id: string, { baseUrl }: { baseUrl: string }) {
    super(scope, id, {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('All'),
      customResponseBodies: {
        [tooManyRequests]: {
          contentType: 'APPLICATION_JSON',
          content: JSON.stringify({
            type: `${baseUrl}/problems/rate-limited`,
            title: 'Too many requests',
            status: 429,
          }),
        },
      },
      rules: [
        rateRule('AnyRate', 0, anyRate),
        rateRule('PublicRate', 1, publicRate, {
          notStatement: {
            statement: {
              regexMatchStatement: {
                fieldToMatch: { uriPath: {} },
                regexString: tokenPaths,
                textTransformations: [{ priority: 0, type: 'NONE' }],
              },
            },
          },
        }),
        managedRules('AWSManagedRulesAmazonIpReputationList', 2),
        managedRules('AWSManagedRulesCommonRuleSet', 3, [...bodyRules, ...otherRules]),
        managedRules('AWSManagedRulesKnownBadInputsRuleSet', 4),
      ],
    })
  }
}

function rateRule(
  name: string,
  priority: number,
  limit: number,
  scopeDownStatement?: CfnWebACL.StatementProperty,
): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit, evaluationWindowSec: 60, scopeDownStatement } },
    action: {
      block: {
        customResponse: {
          responseCode: 429,
          customResponseBodyKey: tooManyRequests,
          responseHeaders: [{ name: 'retry-after', value: '60' }],
        },
      },
    },
    visibilityConfig: visibility(name),
  }
}

function managedRules(name: string, priority: number, onlyCounted: string[] = []): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: onlyCounted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    overrideAction: { none: {} },
    visibilityConfig: visibility(name),
  }
}

const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
})

import { routes } from '@sijil/functions/routes.ts'
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'
import { limitWindow, requestLimits } from './limits.ts'
import { type PathClass, type PathGroup, pathClasses, pathGroups, restClass } from './path-classes.ts'
import { any, hasLabel, hasPath, not } from './statements.ts'
import { answerBodies, answerRules, FOR_PEOPLE, OVER_LIMIT } from './too-many-requests.ts'

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

const classLabel = (pathClass: PathClass): string => `class:${pathClass}`

/**
 * The firewall in front of CloudFront. It keeps no samples of requests and writes no log, because paths of `/v/*` open a certificate (I47).
 * A rule that counts cannot choose an answer. So rules label the class of a path, then rules count each class and label what is beyond its
 * limit, and then rules answer that in the form and the language of the reader (docs/decisions/074-a-firewall-counts-then-answers.md).
 */
export class Firewall extends CfnWebACL {
  constructor(scope: Construct, id: string, { baseUrl }: { baseUrl: string }) {
    const rules = [
      ...pathGroups(routes).map(classRule),
      restRule,
      ...pathClasses.map(rateRule),
      ...answerRules,
      managedRules('AWSManagedRulesAmazonIpReputationList'),
      managedRules('AWSManagedRulesCommonRuleSet', [...bodyRules, ...otherRules]),
      managedRules('AWSManagedRulesKnownBadInputsRuleSet'),
    ]
    super(scope, id, {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('All'),
      customResponseBodies: answerBodies(baseUrl),
      rules: rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) })),
    })
  }
}

type Rule = Omit<CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'>

/** Labels the paths of one group with their class and their readers. */
function classRule({ pathClass, readers, expressions }: PathGroup): Rule {
  // A path in another spelling counts with the rest, unless the rest may ask more often. Each decoding costs ten capacity units.
  const spelling = requestLimits[pathClass] < requestLimits[restClass] ? 'URL_DECODE' : 'NONE'
  return {
    name: `Class-${pathClass}-${readers}`,
    statement: any(...expressions.map((expression) => hasPath(expression, spelling))),
    action: { count: {} },
    ruleLabels: [classLabel(pathClass), ...(readers === 'people' ? [FOR_PEOPLE] : [])].map((name) => ({ name })),
  }
}

/** Labels every other path, so that each request has a class. */
const restRule: Rule = {
  name: 'Class-rest',
  statement: not(any(...pathClasses.map((pathClass) => hasLabel(classLabel(pathClass))))),
  action: { count: {} },
  ruleLabels: [{ name: classLabel(restClass) }],
}

/** Counts the requests of each address to one class, and labels those beyond the limit. Counting ends no evaluation. */
function rateRule(pathClass: PathClass): Rule {
  return {
    name: `Rate-${pathClass}`,
    statement: {
      rateBasedStatement: {
        aggregateKeyType: 'IP',
        limit: requestLimits[pathClass],
        evaluationWindowSec: limitWindow,
        scopeDownStatement: hasLabel(classLabel(pathClass)),
      },
    },
    action: { count: {} },
    ruleLabels: [{ name: OVER_LIMIT }],
  }
}

function managedRules(name: string, onlyCounted: string[] = []): Rule {
  return {
    name,
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: onlyCounted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    overrideAction: { none: {} },
  }
}

const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
})

/** AWS WAF in small: it evaluates the rules of a web ACL as the template has them, and knows no other statement. */

export interface Asked {
  path: string
  address?: string
  headers?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, string>>
}
export interface Blocked {
  status: number
  headers: Record<string, string>
  body: { ContentType: string; Content: string }
  /** The key of the body in the template. */
  key: string
}

type Field = { UriPath: object } | { SingleHeader: { Name: string } } | { SingleQueryArgument: { Name: string } }
type Statement =
  | { AndStatement: { Statements: Statement[] } }
  | { OrStatement: { Statements: Statement[] } }
  | { NotStatement: { Statement: Statement } }
  | { LabelMatchStatement: { Scope: 'LABEL' | 'NAMESPACE'; Key: string } }
  | { RegexMatchStatement: { FieldToMatch: Field; RegexString: string; TextTransformations: { Type: string }[] } }
  | {
      RateBasedStatement: {
        AggregateKeyType: string
        Limit: number
        EvaluationWindowSec: number
        ScopeDownStatement?: Statement
      }
    }
  | { ManagedRuleGroupStatement: { Name: string; RuleActionOverrides?: { Name: string; ActionToUse: unknown }[] } }
interface CustomResponse {
  ResponseCode: number
  CustomResponseBodyKey: string
  ResponseHeaders: { Name: string; Value: string }[]
}
interface Rule {
  Name: string
  Priority: number
  Statement: Statement
  Action?: { Count: object } | { Block: { CustomResponse: CustomResponse } }
  RuleLabels?: { Name: string }[]
  VisibilityConfig: { MetricName: string; SampledRequestsEnabled: boolean }
}
export interface WebAcl {
  DefaultAction: unknown
  CustomResponseBodies: Record<string, { ContentType: string; Content: string }>
  VisibilityConfig: { SampledRequestsEnabled: boolean }
  Rules: Rule[]
}

/** A web ACL that counts from nothing, within one window. */
export function startFirewall({ Rules, CustomResponseBodies }: WebAcl) {
  const rules = Rules.toSorted((a, b) => a.Priority - b.Priority)
  const counts = new Map<string, number>()
  /** The answer to a request, or `undefined` if it is let through. The labels tell why. */
  return (asked: Asked): { blocked: Blocked | undefined; labels: Set<string> } => {
    const labels = new Set<string>()
    for (const { Name, Statement, Action, RuleLabels = [] } of rules) {
      // The managed groups know attacks. No request of these tests is one.
      if ('ManagedRuleGroupStatement' in Statement) continue
      if (!holds(Statement, { asked, labels, count: () => counted(`${Name} ${asked.address ?? ''}`) })) continue
      if (Action === undefined) throw new Error(`${Name} has no action`)
      if ('Count' in Action) {
        for (const label of RuleLabels) labels.add(label.Name)
        continue
      }
      const { ResponseCode, CustomResponseBodyKey: key, ResponseHeaders } = Action.Block.CustomResponse
      const body = CustomResponseBodies[key]
      if (body === undefined) throw new Error(`${Name} has no body`)
      const headers = Object.fromEntries(ResponseHeaders.map((header) => [header.Name, header.Value]))
      return { blocked: { status: ResponseCode, headers, body, key }, labels }
    }
    return { blocked: undefined, labels }
  }

  function counted(key: string): number {
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count
  }
}

interface Seen {
  asked: Asked
  labels: ReadonlySet<string>
  count: () => number
}

function holds(statement: Statement, seen: Seen): boolean {
  if ('AndStatement' in statement) return statement.AndStatement.Statements.every((inner) => holds(inner, seen))
  if ('OrStatement' in statement) return statement.OrStatement.Statements.some((inner) => holds(inner, seen))
  if ('NotStatement' in statement) return !holds(statement.NotStatement.Statement, seen)
  if ('LabelMatchStatement' in statement) return seen.labels.has(statement.LabelMatchStatement.Key)
  if ('RegexMatchStatement' in statement) {
    const { FieldToMatch, RegexString, TextTransformations } = statement.RegexMatchStatement
    const value = fieldOf(FieldToMatch, seen.asked)
    return value !== undefined && new RegExp(RegexString, 's').test(TextTransformations.reduce(transformed, value))
  }
  if ('RateBasedStatement' in statement) {
    const { AggregateKeyType, Limit, EvaluationWindowSec, ScopeDownStatement } = statement.RateBasedStatement
    if (AggregateKeyType !== 'IP' || EvaluationWindowSec !== 60) throw new Error('another way of counting')
    // It counts and limits only what the inner statement matches.
    return (ScopeDownStatement === undefined || holds(ScopeDownStatement, seen)) && seen.count() > Limit
  }
  throw new Error(`unknown statement: ${Object.keys(statement)}`)
}

function fieldOf(field: Field, { path, headers = {}, query = {} }: Asked): string | undefined {
  if ('UriPath' in field) return path
  if ('SingleHeader' in field) return headers[field.SingleHeader.Name]
  if ('SingleQueryArgument' in field) return query[field.SingleQueryArgument.Name]
  throw new Error(`unknown field: ${Object.keys(field)}`)
}

function transformed(value: string, { Type }: { Type: string }): string {
  if (Type === 'NONE') return value
  if (Type === 'URL_DECODE') return decodeURIComponent(value)
  if (Type === 'LOWERCASE') return value.toLowerCase()
  throw new Error(`unknown transformation: ${Type}`)
}

/** Capacity units of the managed groups, as AWS states them. */
const managed: Readonly<Record<string, number>> = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
}

/**
 * The capacity units of a statement (WCU). A transformation costs ten.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html
 */
export function capacityOf(statement: Statement): number {
  const sum = (inner: readonly Statement[]) => inner.reduce((total, one) => total + capacityOf(one), 0)
  if ('AndStatement' in statement) return sum(statement.AndStatement.Statements)
  if ('OrStatement' in statement) return sum(statement.OrStatement.Statements)
  if ('NotStatement' in statement) return capacityOf(statement.NotStatement.Statement)
  if ('LabelMatchStatement' in statement) return 1
  if ('RegexMatchStatement' in statement) {
    const { TextTransformations } = statement.RegexMatchStatement
    return 3 + 10 * TextTransformations.filter(({ Type }) => Type !== 'NONE').length
  }
  if ('RateBasedStatement' in statement) {
    const { ScopeDownStatement } = statement.RateBasedStatement
    return 2 + (ScopeDownStatement === undefined ? 0 : capacityOf(ScopeDownStatement))
  }
  const units = managed[statement.ManagedRuleGroupStatement.Name]
  if (units === undefined) throw new Error(`unknown group: ${statement.ManagedRuleGroupStatement.Name}`)
  return units
}

/** Every regular expression in a value of the template. */
export function expressionsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'RegexString' && typeof inner === 'string' ? [inner] : expressionsIn(inner),
  )
}

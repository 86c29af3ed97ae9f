import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'

type Statement = CfnWebACL.StatementProperty

/** Statements of AWS WAF, in short words. */
export const all = (...statements: Statement[]): Statement => ({ andStatement: { statements } })
/** AWS WAF refuses an "or" of one statement. */
export function any(...statements: Statement[]): Statement {
  const [first, second] = statements
  if (first === undefined) throw new TypeError('nothing to match')
  return second === undefined ? first : { orStatement: { statements } }
}
export const not = (statement: Statement): Statement => ({ notStatement: { statement } })

/** A label that an earlier rule of the same web ACL added. */
export const hasLabel = (key: string): Statement => ({ labelMatchStatement: { scope: 'LABEL', key } })

export const header = (name: string): CfnWebACL.FieldToMatchProperty => ({ singleHeader: { Name: name } })
export const parameter = (name: string): CfnWebACL.FieldToMatchProperty => ({ singleQueryArgument: { Name: name } })

/** The field in small letters matches. An absent field never does. */
export const matches = (fieldToMatch: CfnWebACL.FieldToMatchProperty, regexString: string): Statement => ({
  regexMatchStatement: { fieldToMatch, regexString, textTransformations: [{ priority: 0, type: 'LOWERCASE' }] },
})

/** The path, as it was sent or with its percent-encoding undone. Addresses are case-sensitive. */
export const hasPath = (regexString: string, type: 'NONE' | 'URL_DECODE'): Statement => ({
  regexMatchStatement: { fieldToMatch: { uriPath: {} }, regexString, textTransformations: [{ priority: 0, type }] },
})

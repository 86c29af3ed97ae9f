import type { Template } from 'aws-cdk-lib/assertions'
import { decideAccess, type PolicyStatement } from '../../infra/local/policy-evaluator.ts'
import type { Statement } from './synthesise.ts'

/** One request to AWS, as its policies see it. */
export interface AccessRequest {
  action: string
  resource: string
  /** Condition keys and their values. `aws:PrincipalArn` is among them. A key without a value is absent from the request. */
  context: Readonly<Record<string, string | readonly string[]>>
}

export const account = '111122223333'

/**
 * Whether AWS allows it within one account: a denial in any policy wins, and without an allowance in the policy of the identity nothing is
 * allowed. `boundaries` are the policies of the resource and of the organisation, which only refuse.
 */
export function isAllowed(
  { context, ...request }: AccessRequest,
  { identity, boundaries }: { identity: readonly Statement[]; boundaries: readonly Statement[] },
): boolean {
  const refusals = boundaries.filter(({ Effect }) => Effect === 'Deny')
  const principal = String(context['aws:PrincipalArn'] ?? '')
  const statements = [...identity, ...refusals] as PolicyStatement[]
  return decideAccess({ ...request, principal, context }, { identity: statements }) === 'allowed'
}

/** Replaces references in the statements of a template by ARNs. `exporting` is the template whose exports it imports. */
export function resolved(statements: readonly Statement[], exporting: Template): Statement[] {
  const outputs = Object.values<{ Export?: { Name: string }; Value: unknown }>(exporting.toJSON().Outputs ?? {})
  const textOf = (value: unknown): unknown => {
    if (typeof value === 'string') return value
    if (Array.isArray(value)) return value.map(textOf)
    if (typeof value !== 'object' || value === null) return value
    const [[name = '', part] = []] = Object.entries(value)
    if (name === 'Ref') return part === 'AWS::Partition' ? 'aws' : part === 'AWS::AccountId' ? account : `ref:${part}`
    if (name === 'Fn::Join') return (textOf((part as [string, unknown[]])[1]) as string[]).join('')
    if (name === 'Fn::GetAtt') return arnOf((part as [string, string])[0])
    if (name === 'Fn::ImportValue') return textOf(outputs.find(({ Export }) => Export?.Name === part)?.Value)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, textOf(one)]))
  }
  return textOf(statements) as Statement[]
}

/** The ARN that a resource of a template has here. Its id begins with the name of the construct. */
export function arnOf(id: string): string {
  const name = id.replace(/[0-9A-F]{8}$/, '')
  if (name === 'Commits' || name === 'Boxes')
    return `arn:aws:dynamodb:ap-southeast-1:${account}:table/SijilData-${name}`
  return name === 'SecretsKey' ? `arn:aws:kms:ap-southeast-1:${account}:key/secrets` : `arn:aws:unknown:::${id}`
}

import { Aws } from 'aws-cdk-lib'

/**
 * The IAM path of the roles of a deployment, or of one function. Policies name roles by it, because CloudFormation generates their names. An
 * account has one deployment in a region, as its stacks have fixed names.
 */
export const rolePath = (region: string, name?: string): string =>
  name === undefined ? `/sijil/${region}/` : `/sijil/${region}/${name}/`

/** The beginning of the ARNs of these roles, for `ArnLike` with `aws:PrincipalArn`. It stays the same if a role is made again. */
export const roleArns = (path: string): string => `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role${path}`

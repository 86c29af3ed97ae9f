import { functionRoles } from '@sijil/aws'
import { Aws } from 'aws-cdk-lib'

/** The IAM paths of the roles of a deployment. */
export interface RolePaths {
  /** Every role of the deployment. */
  all: string
  functions: string
  /** The role of the operator's programs, which people use only by exception. */
  breakGlass: string
}

/**
 * Policies of keys, tables and secrets know roles by these paths, because CloudFormation generates names and replaces roles. An account
 * has one deployment in a region, as its stacks have fixed names.
 */
export function rolePathsIn(region: string): RolePaths {
  const all = `/sijil/${region}/`
  return { all, functions: functionRoles(all), breakGlass: `${all}break-glass/` }
}

/** The path of the role of one function. */
export const rolePathOf = (name: string, region: string): string => functionRoles(rolePathsIn(region).all, name)

/** The beginning of the ARNs of the roles under a path. It stays the same if a role is made again. */
export const roleArns = (path: string): string => `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role${path}`

/** The ARNs of all roles of this account under a path, as a pattern for a condition (`ArnLike`). */
export const rolesUnder = (path: string): string => `${roleArns(path)}*`

/** The role with which CloudFormation deploys, as `cdk bootstrap` makes it. */
export const deployingRole = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/cdk-*-cfn-exec-role-*`

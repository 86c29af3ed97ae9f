import { type Grant, grants } from '@sijil/functions/routes.ts'
import { ArnFormat, CfnOutput, Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib'
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { acknowledge, acknowledgeKeys } from './acknowledge.ts'
import { type Holdings, statementsFor } from './grants.ts'

/** What bodies decide about themselves. No operator does that for them. */
const ofBodies: readonly Grant[] = ['write-logos', 'seal-signatories']
/** To found a registry, an operator does what `decisions` does, and reads boxes of a restored table. */
const words: readonly Grant[] = [
  ...new Set<Grant>([...grants.decisions.filter((word) => !ofBodies.includes(word)), 'read-boxes', 'write-boxes']),
]

interface BreakGlassProps extends Omit<Holdings, 'keyAccounts'> {
  path: string
  removalPolicy: RemovalPolicy
}

/**
 * The role under which an operator runs the programs of docs/runbook.md. People of this account may assume it for an hour, with a second
 * factor, in this region, and if their own policy allows it. Besides the functions, it is the only role that the tables let write.
 */
export function createBreakGlassRole(scope: Construct, { path, removalPolicy, ...holdings }: BreakGlassProps): Role {
  const { commits } = holdings
  const { region } = Stack.of(scope)
  const restored = Stack.of(scope).formatArn({
    service: 'dynamodb',
    resource: 'table',
    resourceName: 'sijil-restored-*',
  })
  const functions = Stack.of(scope).formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: 'SijilApi-*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  })
  const role = new Role(scope, 'BreakGlass', {
    path,
    description: 'For programs that an operator runs by hand, as in docs/runbook.md',
    maxSessionDuration: Duration.hours(1),
    assumedBy: new AccountRootPrincipal().withConditions({
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      // CloudTrail has the event in the region that was asked, and the rule that tells the operator sees this region alone.
      StringEquals: { 'aws:RequestedRegion': region },
    }),
    inlinePolicies: {
      AsDecisions: new PolicyDocument({ statements: statementsFor(words, { ...holdings, keyAccounts: [] }) }),
      Recovery: new PolicyDocument({
        statements: [
          allow(['dynamodb:PutItem'], commits.tableArn),
          allow(
            ['dynamodb:DescribeTable', 'dynamodb:DescribeContinuousBackups', 'dynamodb:RestoreTableToPointInTime'],
            commits.tableArn,
            holdings.boxes.tableArn,
          ),
          // DynamoDB asks for these on the table into which it restores.
          allow(
            [
              'dynamodb:RestoreTableToPointInTime',
              'dynamodb:DescribeTable',
              'dynamodb:BatchWriteItem',
              'dynamodb:DeleteItem',
              'dynamodb:GetItem',
              'dynamodb:PutItem',
              'dynamodb:Query',
              'dynamodb:Scan',
              'dynamodb:UpdateItem',
            ],
            restored,
          ),
          allow(['lambda:InvokeFunction', 'lambda:UpdateAlias'], functions),
          allow(['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation', 'cloudfront:GetDistribution'], '*'),
        ],
      }),
    },
  })
  role.applyRemovalPolicy(removalPolicy)
  acknowledgeKeys(role, region, '<AWS::AccountId>', 'Keys are made by this role, so the template cannot name them.')
  acknowledge(
    role,
    'IAM5[Resource::*]',
    'Creating keys and asking CloudFront for the state of a change name no resource.',
  )
  acknowledge(
    role,
    `IAM5[Resource::arn:<AWS::Partition>:dynamodb:${region}:<AWS::AccountId>:table/sijil-restored-*]`,
    'An operator names the table into which they restore. No function reads it.',
  )
  acknowledge(
    role,
    `IAM5[Resource::arn:<AWS::Partition>:lambda:${region}:<AWS::AccountId>:function:SijilApi-*]`,
    'Functions are replaced by each deployment, and this role outlives them.',
  )
  new CfnOutput(scope, 'BreakGlassRole', { value: role.roleArn })
  return role
}

const allow = (actions: string[], ...resources: string[]) => new PolicyStatement({ actions, resources })

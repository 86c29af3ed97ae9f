import { tables } from '@sijil/aws'
import { Aws, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { AttributeType, Billing, TableEncryptionV2, type TablePropsV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import { createBreakGlassRole } from './break-glass.ts'
import { type RolePaths, rolesUnder } from './role-path.ts'

/** All actions that change or remove a written item, except a PutItem over it, which only a condition can refuse. */
export const erasures = [
  'dynamodb:DeleteItem',
  'dynamodb:UpdateItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLDelete',
  'dynamodb:PartiQLUpdate',
  'dynamodb:UpdateTimeToLive', // a time to live deletes items
]

/** All actions that write an item. `TransactWriteItems` needs the rights of its parts. */
export const writes = ['dynamodb:PutItem', 'dynamodb:PartiQLInsert', ...erasures]

/** The time in which a deleted item can be restored. 35 days is the maximum of DynamoDB. */
const recoveryPeriodInDays = 35

const text = (name: string) => ({ name, type: AttributeType.STRING })

/** The parts that outlive every deployment: tables and keys. No deployment replaces them, and none of them runs code. */
export class DataStack extends Stack {
  readonly commits: TableV2
  readonly boxes: TableV2
  readonly secretsKey: Key

  constructor(
    scope: Construct,
    id: string,
    { keepsData, rolePaths, ...props }: StackProps & { keepsData: boolean; rolePaths: RolePaths },
  ) {
    super(scope, id, { ...props, terminationProtection: keepsData })
    const removalPolicy = keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY

    const tableDefaults = (key: Key) =>
      ({
        billing: Billing.onDemand(),
        encryption: TableEncryptionV2.customerManagedKey(key),
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays },
        deletionProtection: keepsData,
        removalPolicy,
      }) satisfies Partial<TablePropsV2>

    const { index } = tables.commits
    this.commits = new TableV2(this, 'Commits', {
      ...tableDefaults(this.tableKey('CommitsKey', removalPolicy)),
      partitionKey: text(tables.commits.partitionKey),
      sortKey: text(tables.commits.sortKey),
      globalSecondaryIndexes: [
        { indexName: index.name, partitionKey: text(index.partitionKey), sortKey: text(index.sortKey) },
      ],
      // I35: the table itself refuses these, so that no role of this account can ever be granted them.
      resourcePolicy: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: 'NoCommitIsDeletedOrChanged',
            effect: Effect.DENY,
            principals: [new AnyPrincipal()],
            actions: erasures,
            resources: ['*'], // only this table: its own policy cannot name it
          }),
          onlyKnownRolesWrite(rolePaths),
        ],
      }),
    })

    this.boxes = new TableV2(this, 'Boxes', {
      ...tableDefaults(this.tableKey('BoxesKey', removalPolicy)),
      partitionKey: text(tables.boxes.partitionKey),
      resourcePolicy: new PolicyDocument({ statements: [onlyKnownRolesWrite(rolePaths)] }),
    })

    this.secretsKey = new Key(this, 'SecretsKey', {
      description: 'Encrypts the secrets of issuers. The encryption context names the issuer.',
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy,
    })
    const { commits, boxes, secretsKey } = this
    createBreakGlassRole(this, { path: rolePaths.breakGlass, removalPolicy, commits, boxes, secretsKey })
  }

  /** A key that only DynamoDB may use, for each role that the table admits. So a role needs no right on the key to read the table. */
  private tableKey(id: string, removalPolicy: RemovalPolicy): Key {
    const key = new Key(this, id, {
      description: `Encrypts the table ${id.replace('Key', '')}`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy,
    })
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ThroughDynamoDB',
        principals: [new AnyPrincipal()],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:DescribeKey',
          'kms:CreateGrant',
        ],
        resources: ['*'], // this key
        conditions: {
          StringEquals: {
            'kms:CallerAccount': Aws.ACCOUNT_ID,
            'kms:ViaService': `dynamodb.${this.region}.amazonaws.com`,
          },
        },
      }),
    )
    return key
  }
}

/**
 * The table itself refuses every write of another role than those of functions and the break-glass role, whatever rights the other role has.
 * A request without a role, such as that of a user, is refused too.
 */
const onlyKnownRolesWrite = (rolePaths: RolePaths): PolicyStatement =>
  new PolicyStatement({
    sid: 'OnlyRolesOfTheRegistryWrite',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: writes,
    resources: ['*'], // only this table
    conditions: {
      ArnNotLike: { 'aws:PrincipalArn': [rolesUnder(rolePaths.functions), rolesUnder(rolePaths.breakGlass)] },
    },
  })

import { tables } from '@sijil/aws'
import { Aws, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { AttributeType, Billing, TableEncryptionV2, type TablePropsV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'

/** Every way to change or remove an item that was written, but for writing over it, which only a condition can refuse. */
export const erasures = [
  'dynamodb:DeleteItem',
  'dynamodb:UpdateItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLDelete',
  'dynamodb:PartiQLUpdate',
  'dynamodb:UpdateTimeToLive', // a time to live deletes as well
]

/** The longest that a deleted item can be brought back, and the longest that DynamoDB offers. */
const recoveryPeriodInDays = 35

const text = (name: string) => ({ name, type: AttributeType.STRING })

/** What must outlive any deployment. Nothing here is replaced, and nothing here runs code. */
export class DataStack extends Stack {
  readonly commits: TableV2
  readonly boxes: TableV2
  readonly secretsKey: Key

  constructor(scope: Construct, id: string, { keepsData, ...props }: StackProps & { keepsData: boolean }) {
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
      // I35: refused by the table itself, so that no role of this account, now or later, can be granted it.
      resourcePolicy: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: 'NoCommitIsDeletedOrChanged',
            effect: Effect.DENY,
            principals: [new AnyPrincipal()],
            actions: erasures,
            resources: ['*'], // of this table: a policy inside a table cannot name it
          }),
        ],
      }),
    })

    this.boxes = new TableV2(this, 'Boxes', {
      ...tableDefaults(this.tableKey('BoxesKey', removalPolicy)),
      partitionKey: text(tables.boxes.partitionKey),
    })

    this.secretsKey = new Key(this, 'SecretsKey', {
      description: 'Encrypts the secrets of issuers; the encryption context is the issuer',
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy,
    })
  }

  /** Used through DynamoDB only, by whomever a table lets in: so no role needs a right on a key to read a table. */
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

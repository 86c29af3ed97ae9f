import { functionRoles, tables } from '@sijil/aws'
import { artefactLifetimes, RESULT_DAYS, UPLOAD_DAYS } from '@sijil/registry'
import { Aws, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { AttributeType, Billing, TableEncryptionV2, type TablePropsV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'
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

/** All actions that remove an object of the bucket, or one version of it. Lifetimes need none of them. */
export const removals = ['s3:DeleteObject', 's3:DeleteObjectVersion']

/** For so long a version that is no longer current is kept. None should exist before a lifetime ends. */
const noncurrentDays = 30

const text = (name: string) => ({ name, type: AttributeType.STRING })

/** The parts that outlive every deployment: tables, files and keys. No deployment replaces them, and none of them runs code. */
export class DataStack extends Stack {
  readonly commits: TableV2
  readonly boxes: TableV2
  readonly artefacts: Bucket
  readonly uploads: Bucket
  readonly secretsKey: Key
  readonly breakGlass: Role

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
      resourcePolicy: new PolicyDocument({
        statements: [onlyErasingDeletes(rolePaths), noBoxIsChanged(), onlyKnownRolesWrite(rolePaths)],
      }),
    })

    this.artefacts = this.#createArtefacts(removalPolicy)
    this.uploads = this.#createUploads(removalPolicy)

    this.secretsKey = new Key(this, 'SecretsKey', {
      description: 'Encrypts the secrets of issuers. The encryption context names the issuer.',
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy,
    })
    const { commits, boxes, artefacts, secretsKey } = this
    this.breakGlass = createBreakGlassRole(this, {
      path: rolePaths.breakGlass,
      removalPolicy,
      commits,
      boxes,
      artefacts,
      secretsKey,
    })
  }

  /** Files that anybody may read through the API. So the keys of S3 suffice, and no disabled key can stop them. */
  #createArtefacts(removalPolicy: RemovalPolicy): Bucket {
    const bucket = new Bucket(this, 'Artefacts', {
      versioned: true,
      ...privateBucket,
      removalPolicy,
      lifecycleRules: [
        ...Object.entries(artefactLifetimes).map(([kind, days]) => ({
          prefix: `${kind}/`,
          expiration: Duration.days(days),
        })),
        { noncurrentVersionExpiration: Duration.days(noncurrentDays), expiredObjectDeleteMarker: true },
      ],
    })
    const refuse = (sid: string, actions: string[], conditions?: Record<string, unknown>) =>
      bucket.addToResourcePolicy(
        new PolicyStatement({
          sid,
          effect: Effect.DENY,
          principals: [new AnyPrincipal()],
          actions,
          resources: [bucket.arnForObjects('*')],
          ...(conditions && { conditions }),
        }),
      )
    // A005: nobody may write without the condition that the name is free. A copy and a multipart upload have no such condition here.
    refuse('EveryFileIsWrittenOnce', ['s3:PutObject'], { Null: { 's3:if-none-match': 'true' } })
    refuse('NoFileIsRemoved', removals)
    bucket.policy?.applyRemovalPolicy(removalPolicy)
    acknowledge(bucket, 'S1', 'Only functions read it. Their logs, and the access log of the API, have each request.')
    return bucket
  }

  /**
   * Sealed files of batches, files that were made of issued ones, and large files that arrive. They are about people, so they are removed: no
   * version stays, and none is copied elsewhere. What a batch needs afterwards is in the table.
   */
  #createUploads(removalPolicy: RemovalPolicy): Bucket {
    const bucket = new Bucket(this, 'Uploads', {
      ...privateBucket,
      removalPolicy,
      lifecycleRules: [
        { prefix: 'uploads/', expiration: Duration.days(UPLOAD_DAYS) },
        { prefix: 'results/', expiration: Duration.days(RESULT_DAYS) },
        // Read and sealed within minutes of its arrival.
        { prefix: 'incoming/', expiration: Duration.days(1) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    })
    // A form that sends a large file cannot state this condition. Its name is used for one upload, and its digest counts once it is read.
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'EveryFileIsWrittenOnce',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObject'],
        notResources: [bucket.arnForObjects('incoming/*')],
        conditions: { Null: { 's3:if-none-match': 'true' } },
      }),
    )
    bucket.policy?.applyRemovalPolicy(removalPolicy)
    acknowledge(bucket, 'S1', 'Only functions read it. Their logs, and the access log of the API, have each request.')
    return bucket
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

/** Only this account reads and writes a bucket, over TLS. */
const privateBucket = {
  encryption: BucketEncryption.S3_MANAGED,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
}

/** I35, I63: one function deletes boxes. The table refuses that to every other role of this account, whatever it is granted. */
const onlyErasingDeletes = (rolePaths: RolePaths): PolicyStatement =>
  new PolicyStatement({
    sid: 'OnlyErasingDeletesABox',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['dynamodb:DeleteItem'],
    resources: ['*'], // only this table
    conditions: { ArnNotLike: { 'aws:PrincipalArn': [rolesUnder(functionRoles(rolePaths.all, 'erase'))] } },
  })

/** A box is put and deleted. Everything else that could change or remove one is refused to everybody. */
const noBoxIsChanged = (): PolicyStatement =>
  new PolicyStatement({
    sid: 'NoBoxIsChanged',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: erasures.filter((action) => action !== 'dynamodb:DeleteItem'),
    resources: ['*'], // only this table
  })

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

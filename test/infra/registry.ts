import { tables } from '@sijil/aws'
import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { propertiesOf, type Statement } from './synthesise.ts'

/** Tests of the tables and keys that outlive a deployment. */
export function describeRegistry(production: { data: Template }): void {
  const found = propertiesOf<Table>(production.data, 'AWS::DynamoDB::GlobalTable')
  const table = (name: string): Table => {
    const [one] = found.filter(([id]) => id.startsWith(name))
    if (one === undefined) throw new Error(`no table ${name}`)
    return one[1]
  }

  describe('the stack that outlives deployments', () => {
    test('has two tables, with the keys that the code uses', () => {
      expect(found).toHaveLength(2)
      const { partitionKey, sortKey, index } = tables.commits
      expect(table('Commits')).toMatchObject({
        KeySchema: [
          { AttributeName: partitionKey, KeyType: 'HASH' },
          { AttributeName: sortKey, KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: index.name,
            KeySchema: [
              { AttributeName: index.partitionKey, KeyType: 'HASH' },
              { AttributeName: index.sortKey, KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      })
      expect(table('Boxes').KeySchema).toEqual([{ AttributeName: tables.boxes.partitionKey, KeyType: 'HASH' }])
    })

    test('has tables that are billed by request, recoverable for at most 35 days, protected, and encrypted with our own keys', () => {
      for (const [, { BillingMode, Replicas, SSESpecification, TimeToLiveSpecification }] of found) {
        expect(BillingMode).toBe('PAY_PER_REQUEST')
        expect(SSESpecification).toMatchObject({ SSEEnabled: true, SSEType: 'KMS' })
        expect(TimeToLiveSpecification).toBeUndefined()
        expect(Replicas).toHaveLength(1)
        expect(Replicas[0]?.DeletionProtectionEnabled).toBe(true)
        expect(Replicas[0]?.SSESpecification?.KMSMasterKeyId).toBeDefined()
        const recovery = Replicas[0]?.PointInTimeRecoverySpecification
        expect(recovery?.PointInTimeRecoveryEnabled).toBe(true)
        expect(recovery?.RecoveryPeriodInDays).toBeLessThanOrEqual(35)
      }
    })

    test('keeps all its resources when it is deleted or replaced, and contains no code', () => {
      const resources = Object.entries<{ Type: string; DeletionPolicy: string; UpdateReplacePolicy: string }>(
        production.data.toJSON().Resources,
      )
      for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of resources) {
        expect([id, DeletionPolicy, UpdateReplacePolicy]).toEqual([id, 'Retain', 'Retain'])
      }
      expect(new Set(resources.map(([, { Type }]) => Type))).toEqual(
        new Set([
          'AWS::KMS::Key',
          'AWS::DynamoDB::GlobalTable',
          'AWS::IAM::Role',
          'AWS::S3::Bucket',
          'AWS::S3::BucketPolicy',
        ]),
      )
    })

    test('has keys that rotate, and those of tables can only be used through DynamoDB', () => {
      const keys = propertiesOf<Key>(production.data, 'AWS::KMS::Key')
      expect(keys).toHaveLength(3)
      for (const [id, { EnableKeyRotation, KeyPolicy }] of keys) {
        expect(EnableKeyRotation).toBe(true)
        const open = KeyPolicy.Statement.filter(({ Principal }) => JSON.stringify(Principal) === '{"AWS":"*"}')
        expect(open.length).toBe(id.startsWith('SecretsKey') ? 0 : 1)
        for (const { Condition } of open) {
          expect(Condition?.StringEquals).toEqual({
            'kms:CallerAccount': { Ref: 'AWS::AccountId' },
            'kms:ViaService': 'dynamodb.ap-southeast-1.amazonaws.com',
          })
        }
      }
    })

    test('gives tables and the bucket no fixed name, so that a second deployment can exist in the account', () => {
      for (const [, { TableName }] of found) expect(TableName).toBeUndefined()
      expect(bucket().BucketName).toBeUndefined()
    })

    const bucket = (): Files => {
      const [one, other] = buckets()
      if (one === undefined || other === undefined) throw new Error('not exactly two buckets')
      return one[1]
    }
    /** The files that follow from commits, and then the sealed files of batches. */
    const buckets = () => {
      const all = propertiesOf<Files>(production.data, 'AWS::S3::Bucket')
      return ['Artefacts', 'Uploads'].flatMap((name) => all.filter(([id]) => id.startsWith(name)))
    }

    test('N007: sealed files of batches lie in a bucket of their own, without versions, and are removed after six days, and what is made of them after thirty', () => {
      const [, uploads] = buckets()
      expect(uploads?.[1]).toMatchObject({
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        LifecycleConfiguration: {
          Rules: [
            { Prefix: 'uploads/', ExpirationInDays: 6, Status: 'Enabled' },
            { Prefix: 'results/', ExpirationInDays: 30, Status: 'Enabled' },
            { Prefix: 'incoming/', ExpirationInDays: 1, Status: 'Enabled' },
            { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
          ],
        },
      })
      expect(JSON.stringify(uploads?.[1])).not.toMatch(/Versioning/)
      const policies = propertiesOf<{ PolicyDocument: { Statement: Statement[] } }>(
        production.data,
        'AWS::S3::BucketPolicy',
      )
      const own = policies.find(([id]) => id.startsWith('Uploads'))?.[1].PolicyDocument.Statement
      expect(own?.map(({ Effect, Action }) => [Effect, Action])).toEqual([
        ['Deny', 's3:*'],
        ['Deny', 's3:PutObject'],
      ])
    })

    test('has one bucket for files that follow from commits, versioned, encrypted, and closed to the public', () => {
      expect(bucket()).toMatchObject({
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      })
    })

    test('A005: the bucket refuses to everybody a write over a file, the removal of a file, and a connection without TLS', () => {
      const [policy] = propertiesOf<{ PolicyDocument: { Statement: Statement[] } }>(
        production.data,
        'AWS::S3::BucketPolicy',
      )
      const refused = policy?.[1].PolicyDocument.Statement.map(({ Effect, Principal, Action, Condition }) => ({
        Effect,
        Principal,
        Action,
        Condition,
      }))
      const everybody = { Effect: 'Deny', Principal: { AWS: '*' } }
      expect(refused).toEqual([
        { ...everybody, Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        { ...everybody, Action: 's3:PutObject', Condition: { Null: { 's3:if-none-match': 'true' } } },
        { ...everybody, Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'], Condition: undefined },
      ])
    })

    test('trust bundles and lists have a lifetime of 90 days, and no rule ends a tile', () => {
      const rules = bucket().LifecycleConfiguration.Rules
      const ending = rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined)
      expect(ending.map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays])).toEqual([
        ['bundles/', 90],
        ['lists/', 90],
      ])
      for (const { Prefix, Status, Transitions } of rules) {
        expect([Status, Transitions]).toEqual(['Enabled', undefined])
        if (!['bundles/', 'lists/'].includes(Prefix ?? '')) expect(Prefix).toBeUndefined()
      }
    })
  })
}

interface Table {
  TableName?: string
  BillingMode: string
  KeySchema: { AttributeName: string; KeyType: string }[]
  SSESpecification: unknown
  TimeToLiveSpecification?: unknown
  Replicas: {
    DeletionProtectionEnabled: boolean
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: boolean; RecoveryPeriodInDays: number }
    SSESpecification?: { KMSMasterKeyId: unknown }
  }[]
}
interface Files {
  BucketName?: string
  LifecycleConfiguration: {
    Rules: { Prefix?: string; Status: string; ExpirationInDays?: number; Transitions?: unknown }[]
  }
}
interface Key {
  EnableKeyRotation: boolean
  KeyPolicy: { Statement: Statement[] }
}

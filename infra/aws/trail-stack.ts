import { ArnFormat, Aws, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'
import type { DataStack } from './data-stack.ts'

interface TrailStackProps extends StackProps {
  registry: DataStack
  /** Part of the name of the trail, because a bucket admits a trail by its name. */
  host: string
  /** A bucket in another account. Empty: the stack makes one of its own. */
  trailBucket: string
  keepsData: boolean
}

/**
 * The trail of the account: every use of a key of KMS, every write to a table, and reads of a table by others than functions. Reads by functions
 * are left out, because they would say who checked which certificate.
 */
export class TrailStack extends Stack {
  constructor(scope: Construct, id: string, { registry, host, trailBucket, keepsData, ...props }: TrailStackProps) {
    super(scope, id, { ...props, terminationProtection: keepsData })
    const trailName = `sijil-${host.replaceAll('.', '-')}`
    const own = trailBucket === '' ? this.#createBucket(trailName, keepsData) : undefined
    const trail = new CfnTrail(this, 'Trail', {
      trailName,
      s3BucketName: own?.bucketName ?? trailBucket,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      advancedEventSelectors: selectorsOf(registry),
    })
    if (own?.policy !== undefined) trail.node.addDependency(own.policy) // CloudTrail tries to write when the trail is made
  }

  #createBucket(trailName: string, keepsData: boolean): Bucket {
    const bucket = new Bucket(this, 'TrailBucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      objectLockEnabled: true,
      // In compliance mode nobody can delete a file or shorten its time, not even the root of the account.
      objectLockDefaultRetention: keepsData
        ? ObjectLockRetention.compliance(Duration.days(400))
        : ObjectLockRetention.governance(Duration.days(1)),
      removalPolicy: RemovalPolicy.RETAIN, // a bucket with locked files cannot be deleted
    })
    const cloudTrail = new ServicePrincipal('cloudtrail.amazonaws.com')
    const trailArn = this.formatArn({
      service: 'cloudtrail',
      resource: 'trail',
      resourceName: trailName,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    })
    const fromTrail = { StringEquals: { 'aws:SourceArn': trailArn } }
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'CloudTrailLooksWhoseItIs',
        principals: [cloudTrail],
        actions: ['s3:GetBucketAcl'],
        resources: [bucket.bucketArn],
        conditions: fromTrail,
      }),
    )
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'CloudTrailWrites',
        principals: [cloudTrail],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`)],
        conditions: { StringEquals: { ...fromTrail.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    )
    acknowledge(
      bucket,
      'S1',
      'It holds the trail itself. Who reads it is in the management events and in the access policy of the account.',
    )
    return bucket
  }
}

function selectorsOf({ commits, boxes }: DataStack): CfnTrail.AdvancedEventSelectorProperty[] {
  const ofTables = [
    { field: 'eventCategory', equalTo: ['Data'] },
    { field: 'resources.type', equalTo: ['AWS::DynamoDB::Table'] },
    { field: 'resources.ARN', startsWith: [commits.tableArn, boxes.tableArn] },
  ]
  // Here an ARN has no path. The policy of the organisation lets nobody else make a role of this name.
  const functions = `arn:${Aws.PARTITION}:sts::${Aws.ACCOUNT_ID}:assumed-role/SijilApi-`
  return [
    // Uses of keys are among these.
    { name: 'Management', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] },
    { name: 'WritesToTables', fieldSelectors: [...ofTables, { field: 'readOnly', equalTo: ['false'] }] },
    {
      name: 'ReadsOfTablesByOthers',
      fieldSelectors: [
        ...ofTables,
        { field: 'readOnly', equalTo: ['true'] },
        { field: 'userIdentity.arn', notStartsWith: [functions] },
      ],
    },
  ]
}

import { Stack, Validations } from 'aws-cdk-lib'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import type { IConstruct } from 'constructs'

/** Acknowledges a finding of cdk-nag (AwsSolutions) with its reason. A finding without a reason stops the synthesis. */
export const acknowledge = (construct: IConstruct, finding: string, reason: string): void =>
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${finding}`, reason })

/** Acknowledges that a role may use every key of an account. The keys are made at run time, so the template cannot name them. */
export const acknowledgeKeys = (construct: IConstruct, region: string, account: string, reason: string): void =>
  acknowledge(construct, `IAM5[Resource::arn:<AWS::Partition>:kms:${region}:${account}:key/*]`, reason)

/** Acknowledges that a role may use every file of a kind. Files are made at run time. cdk-nag names the bucket by its export. */
export function acknowledgeFiles(construct: IConstruct, bucket: Bucket, kind: string): void {
  const { 'Fn::ImportValue': name } = Stack.of(construct).resolve(Stack.of(bucket).exportValue(bucket.bucketArn))
  const reason = 'Files are made at run time. The right is for one kind, which is the first part of their names.'
  acknowledge(construct, `IAM5[Resource::${name}/${kind}/*]`, reason)
}

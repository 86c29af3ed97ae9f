import { Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/** Acknowledges a finding of cdk-nag (AwsSolutions) with its reason. A finding without a reason stops the synthesis. */
export const acknowledge = (construct: IConstruct, finding: string, reason: string): void =>
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${finding}`, reason })

/** Acknowledges that a role may use every key of an account. The keys are made at run time, so the template cannot name them. */
export const acknowledgeKeys = (construct: IConstruct, region: string, account: string, reason: string): void =>
  acknowledge(construct, `IAM5[Resource::arn:<AWS::Partition>:kms:${region}:${account}:key/*]`, reason)

import { Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/** A finding of cdk-nag (AwsSolutions) that is meant so, and why. Whatever nobody explained stops the synthesis. */
export const acknowledge = (construct: IConstruct, finding: string, reason: string): void =>
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${finding}`, reason })

/** A role that may use every key of an account, for its keys are named at run time. */
export const acknowledgeKeys = (construct: IConstruct, region: string, account: string, reason: string): void =>
  acknowledge(construct, `IAM5[Resource::arn:<AWS::Partition>:kms:${region}:${account}:key/*]`, reason)

import { CfnRule } from 'aws-cdk-lib/aws-events'
import { type IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Topic } from 'aws-cdk-lib/aws-sns'

/** Messages that reach the topic of the alarms without an alarm of CloudWatch. Each names its heading in docs/runbook.md, and no person. */

/**
 * Says each time that somebody assumed the break-glass role. The trail has the event. A rule sees the events of its own region alone, so the
 * role can be assumed in no other region (`break-glass.ts`).
 */
export function sayBreakGlass(topic: Topic, role: IRole): void {
  const rule = new CfnRule(topic.stack, 'BreakGlassAssumed', {
    description: 'Somebody assumed the break-glass role',
    // The usual state leaves out events that change nothing, and CloudTrail counts an assumed role among these.
    state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
    eventPattern: {
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: ['sts.amazonaws.com'],
        eventName: ['AssumeRole'],
        requestParameters: { roleArn: [role.roleArn] },
      },
    },
    targets: [
      {
        id: 'Alarmed',
        arn: topic.topicArn,
        inputTransformer: {
          inputPathsMap: { time: '$.time' },
          inputTemplate: '"<time> The break-glass role was assumed: docs/runbook.md#break-glass-assumed"',
        },
      },
    ],
  })
  letPublish(topic, 'BreakGlassIsSaid', rule)
}

function letPublish(topic: Topic, sid: string, rule: CfnRule): void {
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid,
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
    }),
  )
}

import { Aws } from 'aws-cdk-lib'
import { CfnBudget } from 'aws-cdk-lib/aws-budgets'
import { CfnRule } from 'aws-cdk-lib/aws-events'
import { type IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Topic } from 'aws-cdk-lib/aws-sns'

/** Messages that reach the topic of the alarms without an alarm of CloudWatch. Each names its heading in docs/runbook.md, and no person. */

/** EventBridge states no source when it publishes to a topic, so a condition on the rule would refuse every message. */
export function letRulesPublish(topic: Topic): void {
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'RulesPublish',
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
    }),
  )
}

/**
 * Says each time that somebody assumed the break-glass role. The trail has the event. A rule sees the events of its own region alone, so the
 * role can be assumed in no other region (`break-glass.ts`).
 */
export function sayBreakGlass(topic: Topic, role: IRole): CfnRule {
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
  return rule
}

/**
 * Says once a week that alarms arrive. Nothing else can say that they do not: an alarm about it would go to the same topic. The person on
 * call notices on a Monday that this message is missing.
 */
export function sayEachWeek(topic: Topic): CfnRule {
  const rule = new CfnRule(topic.stack, 'EachMonday', {
    description: 'Tells the person on call that alarms arrive',
    scheduleExpression: 'cron(0 1 ? * MON *)', // a morning between Dubai and Tokyo
    targets: [
      {
        id: 'Alarmed',
        arn: topic.topicArn,
        input: JSON.stringify('Alarms arrive here. This message comes each Monday: docs/runbook.md#each-monday'),
      },
    ],
  })
  return rule
}

/** Says when the account costs, or will cost by the end of the month, 80 and 100 per cent of the budget. */
export function saySpending(topic: Topic, { host, dollars }: { host: string; dollars: number }): void {
  const { policyDependable } = topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'SpendingIsSaid',
      principals: [new ServicePrincipal('budgets.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:budgets::${Aws.ACCOUNT_ID}:*` },
      },
    }),
  )
  const budget = new CfnBudget(topic.stack, 'Spending', {
    budget: {
      // The message states the name and nothing else of ours.
      budgetName: `${host} docs/runbook.md#spending`,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: dollars, unit: 'USD' },
    },
    notificationsWithSubscribers: ['ACTUAL', 'FORECASTED'].flatMap((notificationType) =>
      [80, 100].map((threshold) => ({
        notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
        subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
      })),
    ),
  })
  if (policyDependable !== undefined) budget.node.addDependency(policyDependable) // AWS Budgets asks whether it may publish
}

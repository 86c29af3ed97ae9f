import { readFileSync } from 'node:fs'
import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { propertiesOf, type Statement, synthesise } from './synthesise.ts'

interface Rule {
  State: string
  EventPattern?: Record<string, unknown> & { detail: Record<string, unknown> }
  ScheduleExpression?: string
  Targets: { Arn: unknown; Input?: string; InputTransformer?: { InputTemplate: string } }[]
}

interface Budget {
  Budget: { BudgetName: string; BudgetType: string; TimeUnit: string; BudgetLimit: unknown }
  NotificationsWithSubscribers: {
    Notification: { NotificationType: string; Threshold: number; ThresholdType: string; ComparisonOperator: string }
    Subscribers: unknown[]
  }[]
}

const rulesOf = (alarms: Template) => propertiesOf<Rule>(alarms, 'AWS::Events::Rule')

/** The headings of the runbook that messages without an alarm name, such as `docs/runbook.md#break-glass-assumed`. */
export const noticesIn = (alarms: Template): string[] => [
  ...rulesOf(alarms).flatMap(([, { Targets }]) =>
    Targets.flatMap(({ Input, InputTransformer }) =>
      [...`${Input ?? InputTransformer?.InputTemplate}`.matchAll(/docs\/runbook\.md#[a-z-]+/g)].map(([named]) => named),
    ),
  ),
  SPENDING,
]

/** The name of the budget, which is all that a message about spending says of ours. */
const SPENDING = 'docs/runbook.md#spending'

/** Tests of what reaches the topic of the alarms without an alarm. */
export function describeNotices(production: { data: Template; api: Template; alarms: Template }): void {
  const allowed = propertiesOf<{ PolicyDocument: { Statement: Statement[] } }>(
    production.alarms,
    'AWS::SNS::TopicPolicy',
  ).flatMap(([, { PolicyDocument }]) => PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow'))
  const publishing = (service: string) =>
    allowed.filter(({ Principal }) => (Principal as { Service?: string }).Service === service)
  const [operationsKey] = propertiesOf<{ KeyPolicy: { Statement: Statement[] } }>(production.api, 'AWS::KMS::Key')

  describe('the topic of the alarms', () => {
    test('A017: lets alarms of this account publish, because its policy takes the place of the default one', () => {
      const [statement, ...others] = publishing('cloudwatch.amazonaws.com')
      expect(others).toEqual([])
      expect(statement?.Action).toBe('sns:Publish')
      expect(JSON.stringify(statement?.Resource)).toContain('"Ref":"Alarmed')
      expect(JSON.stringify(statement?.Condition)).toMatch(/ArnLike.*aws:SourceArn.*AWS::AccountId.*:alarm:\*/)
    })

    test('lets nothing but rules publish without naming its source, and its key lets each of these encrypt', () => {
      expect(allowed.length).toBeGreaterThan(1)
      for (const { Principal, Condition } of allowed) {
        const { Service } = Principal as { Service: string }
        expect(Service).toMatch(/amazonaws\.com$/)
        // EventBridge states no source here: with a condition, every message would be refused.
        if (Service === 'events.amazonaws.com') expect(Condition).toBeUndefined()
        else expect(JSON.stringify(Condition)).toContain('aws:SourceArn')
        const encrypting = operationsKey?.[1].KeyPolicy.Statement.filter((statement) =>
          JSON.stringify(statement.Principal).includes(`"${Service}"`),
        )
        expect([Service, JSON.stringify(encrypting)]).toEqual([
          Service,
          expect.stringMatching(/kms:Decrypt.*kms:GenerateDataKey\*/),
        ])
        expect([Service, encrypting?.map((statement) => statement.Condition)]).toEqual([Service, [undefined]])
      }
    })

    test('A017: lets rules publish, and a rule whose message is refused has an alarm, which comes in another way', () => {
      expect(publishing('events.amazonaws.com')).toMatchObject([
        { Action: 'sns:Publish', Resource: { Ref: expect.stringMatching(/^Alarmed/) } },
      ])
      const watched = propertiesOf<{ MetricName: string; Dimensions: unknown }>(
        production.alarms,
        'AWS::CloudWatch::Alarm',
      ).flatMap(([, { MetricName, Dimensions }]) => (MetricName === 'FailedInvocations' ? [Dimensions] : []))
      const rules = rulesOf(production.alarms).map(([id]) => [{ Name: 'RuleName', Value: { Ref: id } }])
      expect(rules).toHaveLength(2)
      expect(watched).toEqual(rules)
    })

    test('I47: gets messages of rules that are written here, so none of them quotes an event', () => {
      for (const [, { Targets }] of rulesOf(production.alarms))
        for (const { Arn, Input, InputTransformer } of Targets) {
          expect(Arn).toEqual({ Ref: expect.stringMatching(/^Alarmed/) })
          expect(Input ?? InputTransformer?.InputTemplate).toMatch(/docs\/runbook\.md#/)
          expect(Object.values((InputTransformer as { InputPathsMap?: object })?.InputPathsMap ?? {})).toEqual(
            InputTransformer === undefined ? [] : ['$.time'],
          )
        }
    })
  })

  describe('the way to the person on call', () => {
    test('A017: is shown by a message each Monday, because no alarm could report that nobody hears it', () => {
      const scheduled = rulesOf(production.alarms).flatMap(([, rule]) =>
        rule.ScheduleExpression === undefined ? [] : [rule],
      )
      expect(scheduled.map(({ ScheduleExpression, State }) => [ScheduleExpression, State ?? 'ENABLED'])).toEqual([
        ['cron(0 1 ? * MON *)', 'ENABLED'],
      ])
      expect(JSON.parse(scheduled[0]?.Targets[0]?.Input ?? '')).toMatch(/Monday: docs\/runbook\.md#each-monday$/)
    })

    test('A017: each deployment prints the command that lists the addresses, and the runbook has it in its weekly list', () => {
      const { Value } = production.alarms.toJSON().Outputs.SeeWhoHearsAlarms as {
        Value: { 'Fn::Join': [string, unknown[]] }
      }
      expect(Value['Fn::Join'][1]).toEqual([
        'aws sns list-subscriptions-by-topic --topic-arn ',
        { Ref: expect.stringMatching(/^Alarmed/) },
      ])
      const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8')
      const weekly = runbook.split('\n## Each week\n')[1]?.split('\n## ')[0] ?? ''
      expect(weekly).toContain('aws sns list-subscriptions-by-topic --topic-arn')
      expect(weekly).toContain('`SeeWhoHearsAlarms`')
      expect(weekly).toContain('PendingConfirmation')
    })
  })

  describe('the break-glass role', () => {
    const rule = rulesOf(production.alarms).find(([id]) => id.startsWith('BreakGlass'))?.[1]
    const [id] = Object.entries(production.data.findResources('AWS::IAM::Role')).find(([name]) =>
      name.startsWith('BreakGlass'),
    ) ?? ['none']

    test('A004: raises a message each time that it is assumed, although CloudTrail counts that as reading', () => {
      expect(rule?.State).toBe('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS')
      const { roleArn } = (rule?.EventPattern?.detail.requestParameters ?? {}) as {
        roleArn: [{ 'Fn::ImportValue': string }]
      }
      expect(rule?.EventPattern).toEqual({
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: { eventSource: ['sts.amazonaws.com'], eventName: ['AssumeRole'], requestParameters: { roleArn } },
      })
      const exported = Object.values<{ Export?: { Name: string }; Value: unknown }>(production.data.toJSON().Outputs)
      const [named] = exported.filter(({ Export }) => Export?.Name === roleArn[0]['Fn::ImportValue'])
      expect(named?.Value).toEqual({ 'Fn::GetAtt': [id, 'Arn'] })
    })

    test('A004: can be assumed in the region of that rule alone, because a rule sees no other region', () => {
      const [, role] = propertiesOf<{ AssumeRolePolicyDocument: { Statement: Statement[] } }>(
        production.data,
        'AWS::IAM::Role',
      ).find(([name]) => name === id) ?? ['', undefined]
      const statements = role?.AssumeRolePolicyDocument.Statement ?? []
      expect(statements).toHaveLength(1)
      expect(statements[0]?.Condition?.StringEquals).toEqual({ 'aws:RequestedRegion': 'ap-southeast-1' })
    })
  })

  describe('the budget of the account', () => {
    test('is absent unless the operator sets an amount', () => {
      production.alarms.resourceCountIs('AWS::Budgets::Budget', 0)
      expect(publishing('budgets.amazonaws.com')).toEqual([])
    })

    test('A013: tells the person on call at 80 and at 100 per cent, of what was spent and of what will be', () => {
      const { alarms, findings } = synthesise({ monthlyBudget: '400' })
      expect(findings).toEqual([])
      const [[, { Budget, NotificationsWithSubscribers }] = none(), ...others] = propertiesOf<Budget>(
        alarms,
        'AWS::Budgets::Budget',
      )
      expect(others).toEqual([])
      expect(Budget).toEqual({
        BudgetName: `registry.example ${SPENDING}`,
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: 400, Unit: 'USD' },
      })
      // AWS refuses these in a name.
      expect(Budget.BudgetName).not.toMatch(/[:\\]|\/action\//)
      const notices = NotificationsWithSubscribers.map(({ Notification, Subscribers }) => {
        expect(Notification).toMatchObject({ ThresholdType: 'PERCENTAGE', ComparisonOperator: 'GREATER_THAN' })
        expect(Subscribers).toEqual([{ SubscriptionType: 'SNS', Address: { Ref: expect.stringMatching(/^Alarmed/) } }])
        return `${Notification.NotificationType} ${Notification.Threshold}`
      })
      expect(notices.sort()).toEqual(['ACTUAL 100', 'ACTUAL 80', 'FORECASTED 100', 'FORECASTED 80'])
      const policies = JSON.stringify(alarms.findResources('AWS::SNS::TopicPolicy'))
      expect(policies).toMatch(/budgets::.*"budgets\.amazonaws\.com"|"budgets\.amazonaws\.com".*budgets::/)
      expect(JSON.stringify(operationsKey?.[1].KeyPolicy)).toContain('"budgets.amazonaws.com"')
    })
  })
}

const none = (): never => {
  throw new Error('there is no budget')
}

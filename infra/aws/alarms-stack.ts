import { metricNamespace, metricOf, type WatchedCode, watchedCodes } from '@sijil/http/metrics'
import { ArnFormat, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib'
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import type { CfnRule } from 'aws-cdk-lib/aws-events'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import type { ApiFunction } from './api-function.ts'
import type { ApiStack } from './api-stack.ts'
import type { DataStack } from './data-stack.ts'
import { letRulesPublish, sayBreakGlass, sayEachWeek, saySpending } from './notices.ts'

// biome-ignore format: it reads as a table
/** Each kind of alarm and its threshold. The name is the anchor of its heading in docs/runbook.md. */
const alarmKinds = {
  'function-errors':        { over: 0,     minutes: 5,  windows: 1 },
  'function-throttles':     { over: 0,     minutes: 1,  windows: 3 },
  'function-slow':          { over: 70,    minutes: 5,  windows: 3 }, // per cent of its timeout, 99th percentile
  'server-errors':          { over: 5,     minutes: 5,  windows: 1 },
  'internal-problems':      { over: 0,     minutes: 5,  windows: 1 },
  'dependency-unavailable': { over: 5,     minutes: 5,  windows: 1 },
  'store-access-denied':    { over: 0,     minutes: 5,  windows: 1 },
  'signing-key-unavailable': { over: 0,    minutes: 5,  windows: 1 },
  'clock-astray':           { over: 0,     minutes: 5,  windows: 1 },
  'issuing-paused':         { over: 0,     minutes: 5,  windows: 1 },
  'action-waits':           { over: 0,     minutes: 60, windows: 1 }, // once an hour, for any number of waiting actions
  'refused-requests':       { over: 1_000, minutes: 5,  windows: 3 },
  'table-throttles':        { over: 0,     minutes: 1,  windows: 3 },
  'table-errors':           { over: 0,     minutes: 5,  windows: 1 },
  'sweep-silent':           { over: 0,     minutes: 15, windows: 1 }, // no call at all
  'erase-silent':           { over: 0,     minutes: 15, windows: 1 },
  'deliver-silent':         { over: 0,     minutes: 15, windows: 1 },
  'audit-silent':           { over: 0,     minutes: 180, windows: 1 },
  'log-behind':             { over: 0,     minutes: 1,  windows: 5 }, // no call without an error in any of five minutes
  'bundle-nearly-full':     { over: 0,     minutes: 60, windows: 1 },
  'artefact-differs':       { over: 0,     minutes: 5,  windows: 1 },
  'range-failed':           { over: 0,     minutes: 5,  windows: 1 },
  'delivery-failed':        { over: 0,     minutes: 5,  windows: 1 },
  'message-failed':         { over: 0,     minutes: 5,  windows: 1 },
} as const satisfies Record<string, { over: number; minutes: number; windows: number }>
type AlarmKind = keyof typeof alarmKinds

/** The alarm of each code whose log lines carry a metric (`packages/http`, `createLog`). A code without a row does not compile. */
const alarmOfCode = {
  internal: 'internal-problems',
  'dependency-unavailable': 'dependency-unavailable',
  'store-access-denied': 'store-access-denied',
  'signing-key-unavailable': 'signing-key-unavailable',
  'clock-astray': 'clock-astray',
  'issuing-paused': 'issuing-paused',
  'action-waits': 'action-waits',
  'bundle-nearly-full': 'bundle-nearly-full',
  'artefact-differs': 'artefact-differs',
} as const satisfies Record<WatchedCode, AlarmKind>

interface AlarmsStackProps extends StackProps {
  registry: DataStack
  api: ApiStack
  /** Part of the name of the budget. */
  host: string
  /** US dollars a month, or 0 for no budget. */
  monthlyBudget: number
}

/** All alarms, and the topic that they notify. This stack imports names of the other stacks. None of them depends on it. */
export class AlarmsStack extends Stack {
  readonly #topic: Topic

  constructor(scope: Construct, id: string, { registry, api, host, monthlyBudget, ...props }: AlarmsStackProps) {
    super(scope, id, props)
    const { commits, boxes, breakGlass } = registry
    this.#topic = new Topic(this, 'Alarmed', { masterKey: api.operationsKey, enforceSSL: true })
    this.#letAlarmsPublish()
    letRulesPublish(this.#topic)
    for (const rule of [sayBreakGlass(this.#topic, breakGlass), sayEachWeek(this.#topic)])
      this.#raise('message-failed', rule.node.id, failuresOf(rule))
    if (monthlyBudget > 0) saySpending(this.#topic, { host, dollars: monthlyBudget })
    const { functions, stage } = api
    for (const [name, { lambda, limits }] of Object.entries(functions)) {
      this.#raise('function-errors', name, lambda.metricErrors())
      this.#raise('function-throttles', name, lambda.metricThrottles())
      const slow = limits.timeoutSeconds * 1_000 * (alarmKinds['function-slow'].over / 100)
      this.#raise('function-slow', name, lambda.metricDuration({ statistic: Stats.percentile(99) }), slow)
    }
    this.#raise('server-errors', 'Api', stage.metricServerError({ statistic: Stats.SUM }))
    this.#raise('refused-requests', 'Api', stage.metricClientError({ statistic: Stats.SUM }))
    const operations = {
      commits: ['GetItem', 'Query', 'PutItem'],
      boxes: ['GetItem', 'PutItem', 'DeleteItem'],
    } as const
    for (const [name, table] of Object.entries({ commits, boxes })) {
      for (const operation of operations[name as keyof typeof operations]) {
        this.#raise('table-throttles', `${name}${operation}`, tableMetric('ThrottledRequests', table, operation))
        this.#raise('table-errors', `${name}${operation}`, tableMetric('SystemErrors', table, operation))
      }
    }
    for (const code of watchedCodes) this.#raise(alarmOfCode[code], 'Logs', countOf(code))
    this.#raise('range-failed', 'Ranges', api.failedRanges.metricApproximateNumberOfMessagesVisible())
    this.#raise('delivery-failed', 'Deliveries', api.failedDeliveries.metricApproximateNumberOfMessagesVisible())
    this.#watchLog(functions.sequence)
    this.#expect('sweep-silent', 'Sweep', (period) => functions.sweep.lambda.metricInvocations({ period }))
    this.#expect('erase-silent', 'Erase', (period) => functions.erase.lambda.metricInvocations({ period }))
    this.#expect('deliver-silent', 'Deliver', (period) => functions.deliver.lambda.metricInvocations({ period }))
    this.#expect('audit-silent', 'Audit', (period) => functions.audit.lambda.metricInvocations({ period }))
    const { topicArn } = this.#topic
    new CfnOutput(this, 'SubscribeToAlarms', { value: topicArn })
    new CfnOutput(this, 'SeeWhoHearsAlarms', { value: `aws sns list-subscriptions-by-topic --topic-arn ${topicArn}` })
  }

  /** The policy that demands TLS takes the place of the default one, which lets everything in the account publish. */
  #letAlarmsPublish(): void {
    const alarms = this.formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })
    this.#topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsPublish',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.#topic.topicArn],
        conditions: { ArnLike: { 'aws:SourceArn': alarms } },
      }),
    )
  }

  /** Raises an alarm if no run succeeds. A successful run leaves no recorded entry without a signed checkpoint. */
  #watchLog(sequence: ApiFunction): void {
    this.#expect('log-behind', 'Sequence', (period) => {
      const runs = sequence.lambda.metricInvocations({ period, statistic: Stats.SUM })
      const errors = sequence.lambda.metricErrors({ period, statistic: Stats.SUM })
      return new MathExpression({ expression: 'runs - errors', usingMetrics: { runs, errors }, period })
    })
  }

  /** Raises an alarm if something did not happen at least once in the time. */
  #expect(kind: AlarmKind, name: string, metricOf: (period: Duration) => IMetric): void {
    const { minutes, windows } = alarmKinds[kind]
    this.#add(kind, name, {
      metric: metricOf(Duration.minutes(minutes)),
      threshold: 1,
      evaluationPeriods: windows,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    })
  }

  #raise(kind: AlarmKind, name: string, metric: Metric, threshold: number = alarmKinds[kind].over): void {
    const { minutes, windows } = alarmKinds[kind]
    this.#add(kind, name, {
      metric: metric.with({ period: Duration.minutes(minutes) }),
      threshold,
      evaluationPeriods: windows,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
  }

  #add(kind: AlarmKind, name: string, props: AlarmCondition): void {
    const id = `${kind}-${name}`.replaceAll(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())
    const alarm = new Alarm(this, id, { ...props, alarmDescription: `docs/runbook.md#${kind}` })
    alarm.addAlarmAction(new SnsAction(this.#topic))
  }
}

interface AlarmCondition {
  metric: IMetric
  threshold: number
  evaluationPeriods: number
  comparisonOperator: ComparisonOperator
  treatMissingData: TreatMissingData
}

/** Counts the log lines of all functions together, because the metric has no dimension. */
const countOf = (code: WatchedCode) =>
  new Metric({ namespace: metricNamespace, metricName: metricOf(code), statistic: Stats.SUM })

/** Counts the messages of a rule that the topic did not take. The alarm reaches the topic in another way. */
const failuresOf = ({ ref: RuleName }: CfnRule) =>
  new Metric({
    namespace: 'AWS/Events',
    metricName: 'FailedInvocations',
    dimensionsMap: { RuleName },
    statistic: Stats.SUM,
  })

const tableMetric = (metricName: string, { tableName: TableName }: TableV2, Operation: string) =>
  new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: { TableName, Operation },
    statistic: Stats.SUM,
  })

import { readFileSync } from 'node:fs'
import { createLog } from '@sijil/http'
import { watchedCodes } from '@sijil/http/metrics'
import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import measured from '../../bench/results.json' with { type: 'json' }
import { functionNames } from '../../functions/routes.ts'
import { partitionWriteQuota, signingQuota, tableQuota } from '../../infra/aws/limits.ts'
import { noticesIn } from './notices.ts'
import { actionsOf, constructName, propertiesOf, statementsOf } from './synthesise.ts'

const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8')

/** The anchor that GitHub makes of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')

/** The headings of the chapter "Alarms". */
const alarmHeadings = () => {
  const chapter = runbook.split(/^## /m).find((text) => text.startsWith('Alarms\n')) ?? ''
  return [...chapter.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))
}

/** Tests of alarms, metrics, functions and schedules. */
export function describeOperations(production: { data: Template; api: Template; alarms: Template }): void {
  const alarms = propertiesOf<Alarm>(production.alarms, 'AWS::CloudWatch::Alarm')
  const exported = new Map(
    [production.data, production.api].flatMap((template) =>
      Object.values<Output>(template.toJSON().Outputs ?? {}).map(({ Export, Value }) => [Export?.Name, Value]),
    ),
  )
  /** As JSON, with the exported value in place of each import from another stack. */
  const resolved = (value: unknown) =>
    JSON.stringify(value, (_, part) => {
      const name = part?.['Fn::ImportValue']
      return name === undefined ? part : (exported.get(name) ?? 'nothing of this name is exported')
    })
  const functions = propertiesOf<Lambda>(production.api, 'AWS::Lambda::Function')
  // CDK adds this function: it copies the ARN of the certificate from us-east-1 when the stack is deployed.
  const ours = functions.filter(([id]) => !id.startsWith('CustomCrossRegionExportReader'))

  describe('alarms', () => {
    test('each have a heading in the runbook, and each heading there has an alarm or another message', () => {
      const named = alarms.map(([, { AlarmDescription }]) => AlarmDescription)
      for (const text of named) expect(text).toMatch(/^docs\/runbook\.md#[a-z-]+$/)
      const anchors = new Set([...named, ...noticesIn(production.alarms)].map((text) => text.split('#')[1]))
      expect([...anchors].sort()).toEqual(alarmHeadings().sort())
    })

    test('A017: all notify the topic, and none is switched off', () => {
      for (const [, { AlarmActions }] of alarms) expect(JSON.stringify(AlarmActions)).toContain('"Ref":"Alarmed')
      for (const [id, { ActionsEnabled }] of alarms) expect([id, ActionsEnabled ?? true]).toEqual([id, true])
    })

    test('A017: the silence of scheduled work is an alarm, and no alarm ignores missing values', () => {
      const missing = alarms.map(([, { AlarmDescription, TreatMissingData }]) => [
        AlarmDescription.split('#')[1],
        TreatMissingData,
      ])
      const silent = missing.filter(([, treated]) => treated === 'breaching').map(([kind]) => kind)
      expect([...new Set(silent)].sort()).toEqual([
        'audit-silent',
        'deliver-silent',
        'erase-silent',
        'log-behind',
        'sweep-silent',
      ])
      expect(missing.filter(([, treated]) => treated !== 'breaching' && treated !== 'notBreaching')).toEqual([])
    })

    test('are in a separate stack, with their topic, which is encrypted with a key that CloudWatch may use', () => {
      for (const type of ['AWS::CloudWatch::Alarm', 'AWS::SNS::Topic']) production.api.resourceCountIs(type, 0)
      const [topic, ...others] = propertiesOf<{ KmsMasterKeyId: unknown }>(production.alarms, 'AWS::SNS::Topic')
      expect(others).toEqual([])
      expect(resolved(topic?.[1].KmsMasterKeyId)).toMatch(/^\{"Fn::GetAtt":\["OperationsKey/)
      const [key] = propertiesOf<object>(production.api, 'AWS::KMS::Key')
      expect(JSON.stringify(key)).toMatch(/"kms:Decrypt".*"kms:GenerateDataKey\*".*"cloudwatch\.amazonaws\.com"/)
      expect(production.alarms.toJSON().Outputs.SubscribeToAlarms.Value).toEqual({ Ref: topic?.[0] })
      expect(resolved(production.alarms.toJSON())).not.toContain('nothing of this name')
    })

    test('watch the API by its id, and each table by its name', () => {
      const [api] = Object.keys(production.api.findResources('AWS::ApiGatewayV2::Api'))
      const watched = alarms.map(([, { Dimensions }]) => resolved(Dimensions) ?? '')
      expect(watched.filter((one) => one.includes(`{"Ref":"${api}"}`))).toHaveLength(2)
      for (const table of Object.keys(production.data.findResources('AWS::DynamoDB::GlobalTable')))
        expect(watched.filter((one) => one.includes(`{"Ref":"${table}"}`))).toHaveLength(6)
    })

    test.each([...functionNames, 'sweep', 'erase', 'sequence', 'deliver', 'audit', 'originCheck'])(
      'watch %s for errors, throttles and slowness',
      (name) => {
        const watched = alarms
          .filter(([, { Dimensions }]) => resolved(Dimensions)?.includes(`"${constructName(name)}Function`))
          .map(([, { MetricName }]) => MetricName)
        expect(watched).toEqual(expect.arrayContaining(['Errors', 'Throttles', 'Duration']))
      },
    )
  })

  describe('metrics', () => {
    const ofLines = alarms.flatMap(([, alarm]) => (alarm.Namespace === 'Sijil' ? [alarm] : []))
    /** The metrics that CloudWatch counts when a function writes a line with this code. */
    const countedBy = (code: (typeof watchedCodes)[number]) => {
      const lines: string[] = []
      const log = createLog({ sink: (line) => lines.push(line), now: () => new Date('2026-11-24T12:00:00Z') })
      log({ level: 'warn', function: 'sequence', code })
      const { _aws, ...members } = JSON.parse(lines[0] ?? '') as Record<string, unknown> & { _aws: Embedded }
      return _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
        Metrics.map(({ Name }) => ({ Namespace, MetricName: Name, Dimensions, value: members[Name] })),
      )
    }

    test('A017: of log lines have an alarm each, and each alarm on a code counts the metric of its lines', () => {
      const counted = watchedCodes.flatMap(countedBy)
      expect(counted).toHaveLength(watchedCodes.length)
      for (const { Dimensions, value } of counted) expect([Dimensions, value]).toEqual([[[]], 1])
      expect(ofLines.map(({ MetricName }) => MetricName).toSorted()).toEqual(
        counted.map(({ MetricName }) => MetricName).toSorted(),
      )
      for (const { Statistic, Dimensions } of ofLines) expect([Statistic, Dimensions]).toEqual(['Sum', undefined])
    })

    test('come from the lines themselves: no log has a metric filter', () => {
      production.api.resourceCountIs('AWS::Logs::MetricFilter', 0)
    })
  })

  describe('functions', () => {
    test('A015: a service may invoke one only for a source that is named, and none trusts another account', () => {
      const permissions = propertiesOf<Permission>(production.api, 'AWS::Lambda::Permission')
      expect(permissions.length).toBeGreaterThan(functionNames.length)
      for (const [id, { Principal, SourceArn }] of permissions)
        expect([id, Principal, SourceArn]).toEqual([
          id,
          expect.stringMatching(/^(apigateway|events)\.amazonaws\.com$/),
          expect.anything(),
        ])
      const roles = propertiesOf<Trusting>(production.api, 'AWS::IAM::Role')
      for (const [id, { AssumeRolePolicyDocument }] of roles)
        expect([id, AssumeRolePolicyDocument.Statement.map(({ Principal }) => Principal)]).toEqual([
          id,
          [{ Service: 'lambda.amazonaws.com' }],
        ])
    })

    test('N005, F30: messages of batches come to issue, of their files to paper, and of events to deliver, come again after six times its limit, and lie aside after six failures', () => {
      const queues = propertiesOf<Record<string, unknown>>(production.api, 'AWS::SQS::Queue')
      for (const [queue, name, failures] of [
        ['Ranges', 'IssueFunction', 'FailedRanges'],
        ['Files', 'PaperFunction', 'FailedRanges'],
        ['Deliveries', 'DeliverFunction', 'FailedDeliveries'],
      ] as const) {
        const found = queues.find(([id]) => id.startsWith(queue))?.[1]
        const limit = Number(ours.find(([id]) => id.startsWith(name))?.[1].Timeout)
        expect(found).toMatchObject({ VisibilityTimeout: 6 * limit, RedrivePolicy: { maxReceiveCount: 6 } })
        expect(JSON.stringify(found)).toContain(failures)
      }
      const sources = propertiesOf<Record<string, unknown>>(production.api, 'AWS::Lambda::EventSourceMapping')
      expect(sources).toMatchObject([
        [
          expect.stringMatching(/^Issue/),
          {
            BatchSize: 1,
            FunctionResponseTypes: ['ReportBatchItemFailures'],
            ScalingConfig: { MaximumConcurrency: 10 },
          },
        ],
        [
          expect.stringMatching(/^Paper/),
          {
            BatchSize: 1,
            FunctionResponseTypes: ['ReportBatchItemFailures'],
            ScalingConfig: { MaximumConcurrency: 4 },
          },
        ],
        [
          expect.stringMatching(/^Deliver/),
          {
            BatchSize: 1,
            FunctionResponseTypes: ['ReportBatchItemFailures'],
            ScalingConfig: { MaximumConcurrency: 8 },
          },
        ],
      ])
      for (const [at, name] of ['Ranges', 'Files', 'Deliveries'].entries())
        expect(JSON.stringify(sources[at])).toContain(name)
      for (const [alarm, queue] of [
        ['range-failed', 'FailedRanges'],
        ['delivery-failed', 'FailedDeliveries'],
      ] as const) {
        const failed = alarms.filter(([, { AlarmDescription }]) => AlarmDescription.endsWith(`#${alarm}`))
        expect(failed).toHaveLength(1)
        expect(resolved(failed)).toContain(queue)
      }
    })

    test('N013: every function of a deployment sends events to systems on the Internet alone', () => {
      const named = ours.flatMap(([, { Environment }]) => Environment.Variables.WEBHOOK_RECEIVERS ?? [])
      expect(new Set(named)).toEqual(new Set(['public']))
      expect(named).toHaveLength(ours.length - 1)
    })

    test('are one for each name in the route table, and six more: sweep, erase, sequence, deliver, audit and originCheck', () => {
      const names = [...functionNames, 'sweep', 'erase', 'sequence', 'deliver', 'audit', 'originCheck'].map(
        constructName,
      )
      expect(ours).toHaveLength(names.length)
      for (const name of names) expect(ours.filter(([id]) => id.startsWith(`${name}Function`))).toHaveLength(1)
    })

    test('ask KMS for no more signatures than its quota, and issuing leaves two fifths of it to the others', () => {
      const shares = new Map<string, number>()
      for (const name of [...functionNames, 'sweep', 'erase', 'sequence', 'deliver', 'audit']) {
        const signs = statementsOf(production.api, constructName(name)).some(
          (statement) => statement.Effect === 'Allow' && actionsOf(statement).includes('kms:Sign'),
        )
        const [, lambda] = ours.find(([id]) => id.startsWith(`${constructName(name)}Function`)) ?? []
        const perSecond = lambda?.Environment.Variables.SIGNATURES_PER_SECOND ?? 'missing'
        expect([name, perSecond]).toEqual([name, signs ? expect.stringMatching(/^[1-9]\d*$/) : ''])
        if (signs) shares.set(name, (lambda?.ReservedConcurrentExecutions ?? Number.NaN) * Number(perSecond))
      }
      expect([...shares.keys()]).toEqual(['issue', 'lists', 'recognise', 'federation', 'sequence'])
      expect([...shares.values()].reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(signingQuota)
      expect(shares.get('issue')).toBeLessThanOrEqual(0.6 * signingQuota)
    })

    test('R-104, F19: a batch has a lane of its own: a fifth of the processes of issue, of its signatures and of what the table reads and writes, and nothing of what verifies', () => {
      const sources = propertiesOf<Source>(production.api, 'AWS::Lambda::EventSourceMapping')
      const [batch] = sources.filter(([, { EventSourceArn }]) => JSON.stringify(EventSourceArn).includes('Ranges'))
      expect(JSON.stringify(batch?.[1].FunctionName)).toContain('IssueLive')
      const [, issue] = ours.find(([id]) => id.startsWith('IssueFunction')) ?? []
      const processes = batch?.[1].ScalingConfig.MaximumConcurrency ?? Number.NaN
      expect(processes).toBeLessThanOrEqual((issue?.ReservedConcurrentExecutions ?? 0) / 5)
      // A process of Lambda does one call at a time, so the pace of its signatures is that of the batch alone.
      const signatures = processes * Number(issue?.Environment.Variables.SIGNATURES_PER_SECOND)
      expect(signatures).toBeLessThanOrEqual((0.6 * signingQuota) / 5)
      // Each row needs a signature, so no more rows are written.
      for (const units of [measured.writeUnitsPerIssue, measured.readUnitsPerIssue])
        expect(signatures * units).toBeLessThanOrEqual(tableQuota / 5)
      // Certificates of one body are one partition of each index.
      expect(signatures * (measured.writeUnitsPerIssue - measured.writesPerIssue)).toBeLessThanOrEqual(
        partitionWriteQuota / 2,
      )
      // The file is read and judged by a function of its own.
      const queues = sources.map(([, { FunctionName }]) => JSON.stringify(FunctionName))
      for (const name of ['Verify', 'Pages', 'Status', 'Batches'])
        expect(queues.filter((named) => named.includes(`${name}Live`))).toEqual([])
    })

    test('are invoked by their alias, and keep earlier versions to which an operator can move it', () => {
      const versions = Object.values(production.api.findResources('AWS::Lambda::Version'))
      expect(versions).toHaveLength(ours.length)
      for (const { DeletionPolicy, UpdateReplacePolicy } of versions)
        expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain'])
      const aliases = propertiesOf<Alias>(production.api, 'AWS::Lambda::Alias')
      expect(aliases.map(([, { Name }]) => Name)).toEqual(ours.map(() => 'live'))
      for (const [, { FunctionName, FunctionVersion }] of aliases)
        expect(FunctionVersion['Fn::GetAtt']).toEqual([
          expect.stringContaining(`${FunctionName.Ref.slice(0, -8)}CurrentVersion`),
          'Version',
        ])
      // Every permission names the alias, and never the function itself.
      for (const [, { FunctionName }] of propertiesOf<Called>(production.api, 'AWS::Lambda::Permission'))
        expect(FunctionName.Ref).toMatch(/Live[0-9A-F]{8}$/)
    })

    test('run on Node 24', () => {
      for (const [, { Runtime }] of ours) expect(Runtime).toBe('nodejs24.x')
    })

    test('have a separate role each, X-Ray, and an encrypted log that is kept for a year', () => {
      const roles = ours.map(([, { Role }]) => JSON.stringify(Role))
      expect(new Set(roles).size).toBe(roles.length)
      for (const [, { TracingConfig, LoggingConfig }] of ours) {
        expect(TracingConfig).toEqual({ Mode: 'Active' })
        expect(LoggingConfig.LogGroup).toBeDefined()
      }
      for (const [, { RetentionInDays, KmsKeyId }] of propertiesOf<LogGroup>(production.api, 'AWS::Logs::LogGroup')) {
        expect(RetentionInDays).toBe(365)
        expect(KmsKeyId).toBeDefined()
      }
    })

    test('F19: have reserved concurrency each, so that a flood of verifications takes nothing from issuing', () => {
      const reserved = ours.map(([, { ReservedConcurrentExecutions }]) => ReservedConcurrentExecutions)
      for (const share of reserved) expect(share).toBeGreaterThan(0)
      // An account has a concurrency of 1,000, of which 100 cannot be reserved.
      expect(reserved.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(900)
    })

    test('run by schedule: sweep every five minutes, erase and deliver every minute, sequence three times a minute, audit every hour', () => {
      const rules = propertiesOf<Rule>(production.api, 'AWS::Events::Rule').map(([, rule]) => rule)
      const schedules = rules.map((rule) => [rule.ScheduleExpression, JSON.stringify(rule.Targets)])
      expect(schedules).toHaveLength(5)
      expect(schedules).toEqual(
        expect.arrayContaining([
          ['rate(1 hour)', expect.stringContaining('"AuditLive')],
          ['rate(5 minutes)', expect.stringContaining('"SweepLive')],
          ['rate(1 minute)', expect.stringContaining('"EraseLive')],
          ['rate(1 minute)', expect.stringContaining('"DeliverLive')],
          ['rate(1 minute)', expect.stringMatching(/"SequenceLive.*rounds\\":3,\\"secondsBetween\\":18/)],
        ]),
      )
    })

    test('are not repeated by Lambda when they fail: the failed run goes into a queue, and the next one continues', () => {
      const configured = propertiesOf<AsyncInvoke>(production.api, 'AWS::Lambda::EventInvokeConfig')
      expect(configured).toHaveLength(5)
      for (const [, { Qualifier, MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig }] of configured) {
        expect([Qualifier, MaximumRetryAttempts, MaximumEventAgeInSeconds]).toEqual(['live', 0, 60])
        expect(resolved(DestinationConfig.OnFailure.Destination)).toContain('FailedRuns')
      }
    })

    test('raise an alarm if audit did not run for three hours: audit reports differences by failing, so silence proves nothing', () => {
      const [silent] = alarms.filter(([, { AlarmDescription }]) => AlarmDescription.endsWith('#audit-silent'))
      expect(silent?.[1]).toMatchObject({ MetricName: 'Invocations', Period: 10_800, TreatMissingData: 'breaching' })
      expect(resolved(silent?.[1].Dimensions)).toContain('"AuditFunction')
    })

    test('I72, U001, U005: raise an alarm for actions that the brake holds back, once an hour', () => {
      const [waits] = alarms.filter(([, { AlarmDescription }]) => AlarmDescription.endsWith('#action-waits'))
      expect(waits?.[1]).toMatchObject({ MetricName: 'problem-action-waits', Period: 3_600, Threshold: 0 })
    })

    test('raise an alarm if a log is five minutes behind', () => {
      const [behind] = alarms.filter(([, { AlarmDescription }]) => AlarmDescription.endsWith('#log-behind'))
      expect(behind?.[1]).toMatchObject({ EvaluationPeriods: 5, Threshold: 1, TreatMissingData: 'breaching' })
    })
  })
}

interface Alarm {
  AlarmDescription: string
  AlarmActions: unknown
  ActionsEnabled?: boolean
  TreatMissingData: string
  Namespace?: string
  Statistic?: string
  MetricName?: string
  Dimensions?: unknown
}
interface Output {
  Value: unknown
  Export?: { Name: string }
}
interface Embedded {
  CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[]
}
interface Permission {
  Principal: string
  SourceArn?: unknown
}
interface Trusting {
  AssumeRolePolicyDocument: { Statement: { Principal: unknown }[] }
}
interface Source {
  FunctionName: unknown
  EventSourceArn: unknown
  ScalingConfig: { MaximumConcurrency: number }
}
interface Lambda {
  Timeout?: number
  Runtime: string
  Role: unknown
  TracingConfig: unknown
  LoggingConfig: { LogGroup: unknown }
  ReservedConcurrentExecutions: number
  Environment: { Variables: Record<string, string> }
}
interface Called {
  FunctionName: { Ref: string }
}
interface Alias extends Called {
  Name: string
  FunctionVersion: { 'Fn::GetAtt': [string, string] }
}
interface LogGroup {
  RetentionInDays: number
  KmsKeyId: unknown
}
interface AsyncInvoke {
  Qualifier: unknown
  MaximumRetryAttempts: number
  MaximumEventAgeInSeconds: number
  DestinationConfig: { OnFailure: { Destination: unknown } }
}
interface Rule {
  ScheduleExpression: string
  Targets: unknown
}

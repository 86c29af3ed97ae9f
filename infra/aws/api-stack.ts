import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type {
  BatchEnvironment,
  DeliverEnvironment,
  DeskEnvironment,
  Environment,
} from '@sijil/functions/environment.ts'
import { type FunctionName, functionNames, type Grant, grants, routes } from '@sijil/functions/routes.ts'
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Stage } from 'aws-cdk-lib'
import type { HttpStage } from 'aws-cdk-lib/aws-apigatewayv2'
import { OriginProtocolPolicy, OriginSslPolicy } from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Architecture, CfnEventInvokeConfig, Code } from 'aws-cdk-lib/aws-lambda'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { acknowledge, acknowledgeFiles, acknowledgeKeys } from './acknowledge.ts'
import { ApiFunction, type OriginCheckEnvironment } from './api-function.ts'
import { bundle, functionEntry, originCheckEntry } from './bundle.ts'
import type { DataStack } from './data-stack.ts'
import type { Deployment } from './deployment.ts'
import { Front } from './distribution.ts'
import type { EdgeStack } from './edge-stack.ts'
import { Gateway } from './gateway.ts'
import { scheduledGrants, statementsFor } from './grants.ts'
import {
  deliveriesAtOnce,
  filesAtOnce,
  type Limits,
  limits,
  rangesAtOnce,
  type ScheduledName,
  sequenceOrder,
  signaturesPerSecond,
} from './limits.ts'
import { deployingRole, roleArns, rolePathOf, rolePathsIn, rolesUnder } from './role-path.ts'
import { createSecret, readSecrets } from './secrets.ts'

const keysByTag =
  'Keys of issuers are made at run time. Each use depends on the tags purpose and issuer, and on the algorithm.'
const lentKeys =
  'Lent keys are named at run time. The account that keeps a key allows its use, and the key itself signed the name of its issuer.'

/** Its name beside the code. A function runs in the folder of its code. */
const OPERATOR_FILE = 'operator.json'
/** The functions whose pages say who the operator is. */
const showsOperator = (name: string): boolean => name === 'pages' || name === 'reports'

interface ApiStackProps extends StackProps {
  deployment: Deployment
  registry: DataStack
  edge: EdgeStack
}

/** The parts that each deployment replaces: functions, the API, and CloudFront in front of it. */
export class ApiStack extends Stack {
  readonly functions: Record<FunctionName | ScheduledName | 'originCheck', ApiFunction>
  readonly stage: HttpStage
  /** Encrypts logs and alarms. */
  readonly operationsKey: Key
  readonly #props: ApiStackProps
  readonly #sessionSecret: Secret
  /** Messages of batches that failed too often. They hold ids and places only. */
  readonly failedRanges: Queue
  readonly #ranges: Queue
  readonly #files: Queue
  /** Messages about events for systems of bodies that failed too often. They hold ids only. */
  readonly failedDeliveries: Queue
  readonly #deliveries: Queue

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props)
    this.#props = props
    this.operationsKey = this.#createOperationsKey()
    this.#sessionSecret = this.#createSessionSecret()
    // CloudFormation reads the secret as well: it copies it into the settings of CloudFront.
    const readers = [rolesUnder(rolePathOf('originCheck', props.deployment.region)), deployingRole]
    const secrets = props.deployment.originSecrets.map((generation) =>
      createSecret(this, `OriginSecret${generation}`, { description: 'CloudFront sends it to the API', readers }),
    )

    this.failedRanges = this.#createFailures('FailedRanges')
    this.#ranges = this.#createMessages('Ranges', limits.issue, this.failedRanges)
    this.#files = this.#createMessages('Files', limits.paper, this.failedRanges)
    this.failedDeliveries = this.#createFailures('FailedDeliveries')
    this.#deliveries = this.#createMessages('Deliveries', limits.deliver, this.failedDeliveries)

    const functions = Object.fromEntries(
      functionNames.map((name) => [name, this.#createFunction(name, grants[name])]),
    ) as Record<FunctionName, ApiFunction> // one for each name: it is the same list
    functions.issue.live.addEventSource(
      // One message for each call: a call that fails says nothing about others.
      new SqsEventSource(this.#ranges, { batchSize: 1, maxConcurrency: rangesAtOnce, reportBatchItemFailures: true }),
    )
    functions.paper.live.addEventSource(
      new SqsEventSource(this.#files, { batchSize: 1, maxConcurrency: filesAtOnce, reportBatchItemFailures: true }),
    )
    const failedRuns = this.#createFailures('FailedRuns')
    const scheduled = (name: ScheduledName, ruleId: string, every: Duration, order?: object) =>
      this.#createScheduled(name, { ruleId, every, order, failedRuns })
    const sweep = scheduled('sweep', 'EveryFiveMinutes', Duration.minutes(5))
    const erase = scheduled('erase', 'EveryMinuteErase', Duration.minutes(1))
    const sequence = scheduled('sequence', 'EveryMinute', Duration.minutes(1), sequenceOrder)
    const deliver = scheduled('deliver', 'EveryMinuteDeliver', Duration.minutes(1))
    deliver.live.addEventSource(
      new SqsEventSource(this.#deliveries, {
        batchSize: 1,
        maxConcurrency: deliveriesAtOnce,
        reportBatchItemFailures: true,
      }),
    )
    const audit = scheduled('audit', 'EveryHour', Duration.hours(1))

    const originCheck = new ApiFunction(this, 'OriginCheck', {
      code: this.#code('origin-check', originCheckEntry),
      limits: limits.originCheck,
      environment: {
        ORIGIN_SECRET_IDS: secrets.map(({ secretArn }) => secretArn).join(','),
      } satisfies OriginCheckEnvironment,
      statements: [readSecrets(...secrets.map(({ secretArn }) => secretArn))],
      logsKey: this.operationsKey,
      rolePath: rolePathOf('originCheck', props.deployment.region),
    })
    const gateway = new Gateway(this, 'Gateway', { routes, functions, originCheck, logsKey: this.operationsKey })

    const front = new Front(this, 'Front', {
      origin: new HttpOrigin(`${gateway.apiId}.execute-api.${this.region}.${this.urlSuffix}`, {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        // CloudFront replaces a header of this name that a client sends.
        customHeaders: { 'x-origin-secret': plain(secrets.at(-1)) },
      }),
      host: new URL(props.deployment.baseUrl).hostname,
      certificate: props.edge.certificate,
      firewallArn: props.edge.firewallArn,
    })
    // The API must accept a new secret before CloudFront sends it, and a new API must be ready before CloudFront uses it.
    front.node.addDependency(originCheck, gateway)

    this.functions = { ...functions, sweep, erase, sequence, deliver, audit, originCheck }
    this.stage = gateway.stage

    // A body that lends its key allows the role of this path to sign with it, also after the role was made again.
    for (const [id, name] of Object.entries({ SignsCertificates: 'issue', SignsLists: 'lists' }))
      new CfnOutput(this, id, { value: rolesUnder(rolePathOf(name, props.deployment.region)) })
    new CfnOutput(this, 'PointTheDomainTo', { value: front.distribution.distributionDomainName })
  }

  /** What failed, for two weeks, without personal data: runs by schedule with their error, ranges of batches, or ids of events. */
  #createFailures(id: 'FailedRuns' | 'FailedRanges' | 'FailedDeliveries'): Queue {
    const queue = new Queue(this, id, {
      // A key of ours would give each of these functions the right to decrypt with it.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    })
    acknowledge(queue, 'SQS3', 'It is itself the place for what failed, and nothing reads it automatically.')
    return queue
  }

  /** A message comes again only after six times the limit of the function, so that a living call never meets its own message. */
  #createMessages(id: 'Ranges' | 'Files' | 'Deliveries', { timeoutSeconds }: Limits, failed: Queue): Queue {
    return new Queue(this, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(6 * timeoutSeconds),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: failed, maxReceiveCount: 6 },
    })
  }

  #createScheduled(
    name: ScheduledName,
    {
      ruleId,
      every,
      order,
      failedRuns,
    }: { ruleId: string; every: Duration; order: object | undefined; failedRuns: Queue },
  ): ApiFunction {
    const made = this.#createFunction(name, scheduledGrants[name])
    // Lambda itself repeats a failed run twice, hours later if need be. The next run continues where this one stopped.
    new CfnEventInvokeConfig(made, 'NoRetry', {
      functionName: made.lambda.functionName,
      qualifier: made.live.aliasName,
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: 60,
      destinationConfig: { onFailure: { destination: failedRuns.queueArn } },
    })
    made.lambda.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [failedRuns.queueArn] }))
    const event = order && RuleTargetInput.fromObject(order)
    const target = new LambdaFunction(made.live, { retryAttempts: 0, ...(event && { event }) })
    new Rule(this, ruleId, { schedule: Schedule.rate(every), targets: [target] })
    return made
  }

  #createFunction(name: FunctionName | ScheduledName, words: readonly Grant[]): ApiFunction {
    const { deployment, registry } = this.#props
    const { commits, boxes, artefacts, uploads, secretsKey } = registry
    const [ranges, files, deliveries] = [this.#ranges, this.#files, this.#deliveries]
    const { region } = deployment
    const everywhere: Environment = {
      BASE_URL: deployment.baseUrl,
      COMMITS_TABLE: commits.tableName,
      BOXES_TABLE: boxes.tableName,
      ARTEFACTS_BUCKET: artefacts.bucketName,
      SECRETS_KEY_ID: secretsKey.keyArn,
      TOKEN_ISSUER: deployment.tokenIssuer,
      TOKEN_JWKS_URL: deployment.tokenJwksUrl,
      TOKEN_CLIENTS: deployment.tokenClients,
      APPROVING_SIGN_IN: deployment.approvingSignIn,
      DEMONSTRATION: deployment.demonstration,
      WITNESSES: deployment.witnesses,
      ROOTS: deployment.roots,
      REFUSED: deployment.refused,
      KEY_ACCOUNTS: deployment.keyAccounts,
      ROLES: roleArns(rolePathsIn(region).all),
      KEY_ADMINISTRATOR: roleArns(`/${deployment.keyAdministrator}`),
      KEY_REPLICA_REGION: deployment.keyReplicaRegion,
      SIGNATURES_PER_SECOND: String(signaturesPerSecond[name] ?? ''),
      ISSUING_QUOTA: deployment.issuingQuota,
      WEBHOOK_RECEIVERS: 'public',
      OPERATOR_FILE: showsOperator(name) && deployment.operatorFile !== '' ? OPERATOR_FILE : '',
    }
    const keyAccounts = deployment.keyAccounts.split(',').filter((account) => account !== '')
    const officers = this.#officerSecrets(name)
    const ofBatches: Omit<BatchEnvironment, keyof Environment> | undefined =
      words.includes('send-ranges') || words.includes('send-files')
        ? {
            UPLOADS_BUCKET: uploads.bucketName,
            RANGES_QUEUE_URL: ranges.queueUrl,
            FILES_QUEUE_URL: files.queueUrl,
            UPLOADS_ADDRESS: `https://${uploads.bucketRegionalDomainName}`,
          }
        : undefined
    const ofDeliveries: Omit<DeliverEnvironment, keyof Environment> | undefined = words.includes('send-deliveries')
      ? { DELIVERIES_QUEUE_URL: deliveries.queueUrl }
      : undefined
    const environment = { ...everywhere, ...ofBatches, ...ofDeliveries, ...officers?.environment }
    const made = new ApiFunction(
      this,
      name.replace(/^./, (letter) => letter.toUpperCase()),
      {
        code: this.#code(name, functionEntry(name)),
        limits: limits[name],
        environment,
        statements: [
          ...statementsFor(words, {
            commits,
            boxes,
            artefacts,
            batches: { uploads, ranges, files },
            deliveries,
            secretsKey,
            keyAccounts,
          }),
          ...(officers === undefined ? [] : [officers.statement]),
        ],
        logsKey: this.operationsKey,
        rolePath: rolePathOf(name, region),
      },
    )
    if (words.some((word) => /^sign-|create-/.test(word))) acknowledgeKeys(made, region, '<AWS::AccountId>', keysByTag)
    for (const kind of ['bundles', 'lists', 'tiles', 'records', 'logos'])
      if (words.some((word) => word.endsWith(`-${kind}`) && /^(read|write)-/.test(word)))
        acknowledgeFiles(made, artefacts, kind)
    if (words.includes('read-uploads')) acknowledgeFiles(made, uploads, 'uploads')
    if (words.includes('read-results') || words.includes('write-results')) acknowledgeFiles(made, uploads, 'results')
    if (words.includes('receive-files')) acknowledgeFiles(made, uploads, 'incoming')
    if (words.includes('sign-certificates') || words.includes('sign-lists'))
      for (const account of keyAccounts) acknowledgeKeys(made, region, account, lentKeys)
    return made
  }

  /** Bundles the function when the stack is synthesised. Template tests skip it with the context `aws:cdk:bundling-stacks`. */
  #code(name: string, entry: string): Code {
    if (!this.bundlingRequired) return Code.fromInline('// not bundled')
    const outdir = Stage.of(this)?.outdir ?? 'cdk.out'
    const { folder } = bundle(entry, join(outdir, 'bundles', name), Architecture.ARM_64.name)
    const { operatorFile } = this.#props.deployment
    if (showsOperator(name) && operatorFile !== '') cpSync(operatorFile, join(folder, OPERATOR_FILE))
    return Code.fromAsset(folder)
  }

  /** Encrypts logs and alarms. They contain no personal content, but they show the activity of the registry. */
  #createOperationsKey(): Key {
    const key = new Key(this, 'OperationsKey', {
      description: 'Encrypts logs and alarms',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN, // retained logs need it
    })
    key.grantEncryptDecrypt(new ServicePrincipal(`logs.${this.region}.amazonaws.com`))
    for (const publisher of ['cloudwatch', 'events', 'budgets'])
      key.grantEncryptDecrypt(new ServicePrincipal(`${publisher}.amazonaws.com`))
    return key
  }

  /** Seals the sessions of officers. Only the functions that answer them can read it. */
  #createSessionSecret(): Secret {
    const { sessionGeneration, region } = this.#props.deployment
    return createSecret(this, `SessionSecret${sessionGeneration}`, {
      description: 'Seals the sessions of officers',
      readers: ['batches', 'desk', 'office', 'recognise'].map((name) => rolesUnder(rolePathOf(name, region))),
    })
  }

  /** Only the desk can act as the client of the identity provider. */
  #officerSecrets(
    name: FunctionName | ScheduledName,
  ): { environment: Partial<DeskEnvironment>; statement: PolicyStatement } | undefined {
    const session = this.#sessionSecret.secretArn
    if (name === 'office' || name === 'batches' || name === 'recognise')
      return { environment: { SESSION_SECRET_ID: session }, statement: readSecrets(session) }
    if (name !== 'desk') return undefined
    const { signInClientId, signInSecret } = this.#props.deployment
    // The operator stored it (docs/runbook.md). Secrets Manager adds six characters to its name.
    const { secretArn } = Secret.fromSecretNameV2(this, 'SignInSecret', signInSecret)
    return {
      environment: {
        SIGN_IN_CLIENT_ID: signInClientId,
        SIGN_IN_SECRET_ID: signInSecret,
        SESSION_SECRET_ID: session,
      },
      statement: readSecrets(session, `${secretArn}-??????`),
    }
  }
}

/** A reference that CloudFormation resolves, so that no template contains the secret. */
function plain(secret: Secret | undefined): string {
  if (secret === undefined) throw new TypeError('there is no such secret')
  return secret.secretValue.unsafeUnwrap()
}

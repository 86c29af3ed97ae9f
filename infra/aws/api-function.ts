import type { DeskEnvironment, Environment } from '@sijil/functions/environment.ts'
import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import {
  Alias,
  ApplicationLogLevel,
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'
import type { Limits } from './limits.ts'

/** The environment variables of `origin-check.ts`. */
export interface OriginCheckEnvironment {
  /** Ids of the secrets in Secrets Manager, separated by commas. */
  ORIGIN_SECRET_IDS: string
}

interface ApiFunctionProps {
  code: Code
  limits: Limits
  environment: Environment | DeskEnvironment | OriginCheckEnvironment
  /** The rights of its role, besides writing its own log and traces. */
  statements: PolicyStatement[]
  logsKey: IKey
  /** The IAM path of its role (`role-path.ts`). */
  rolePath: string
}

/** One function with its alias, its role, its encrypted log, which is kept for a year, and X-Ray. */
export class ApiFunction extends Construct {
  readonly lambda: LambdaFunction
  /** The alias that all callers invoke. An operator can move it to an earlier version (docs/runbook.md, "Take a deployment back"). */
  readonly live: Alias
  readonly limits: Limits

  constructor(scope: Construct, id: string, props: ApiFunctionProps) {
    super(scope, id)
    const { code, limits, environment, statements, logsKey, rolePath: path } = props
    this.limits = limits
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_YEAR,
      encryptionKey: logsKey,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    const role = new Role(this, 'Role', { path, assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    logGroup.grantWrite(role)
    for (const statement of statements) role.addToPolicy(statement)
    this.lambda = new LambdaFunction(this, 'Function', {
      code,
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: limits.memoryMiB,
      timeout: Duration.seconds(limits.timeoutSeconds),
      reservedConcurrentExecutions: limits.concurrency,
      environment: { ...environment },
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: Tracing.ACTIVE,
      // Old versions are kept, so that an operator can move the alias back to one.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    })
    this.live = new Alias(this, 'Live', { aliasName: 'live', version: this.lambda.currentVersion })
    acknowledge(
      role,
      'IAM5[Resource::*]',
      'X-Ray has no resources. Only xray:PutTraceSegments and xray:PutTelemetryRecords are allowed on *.',
    )
  }
}

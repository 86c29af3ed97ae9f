import type { FunctionName, Route } from '@sijil/functions/routes.ts'
import { RemovalPolicy, Stack } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import { CfnApi, HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { CfnPermission } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { ApiFunction } from './api-function.ts'
import { gatewayBody } from './gateway-body.ts'

/** The access log contains the key of the route, and never a path (I47). */
const accessLog = AccessLogFormat.custom(
  JSON.stringify({
    at: '$context.requestTimeEpoch',
    requestId: '$context.requestId',
    routeKey: '$context.routeKey',
    status: '$context.status',
    milliseconds: '$context.responseLatency',
    bytes: '$context.responseLength',
    failure: '$context.integration.error',
  }),
)

interface GatewayProps {
  routes: readonly Route[]
  functions: Record<FunctionName, ApiFunction>
  originCheck: ApiFunction
  logsKey: IKey
}

/** The route table as an HTTP API. Each route refuses requests that did not pass CloudFront. */
export class Gateway extends Construct {
  readonly apiId: string
  readonly stage: HttpStage

  constructor(scope: Construct, id: string, { routes, functions, originCheck, logsKey }: GatewayProps) {
    super(scope, id)
    const addressed = Object.entries(functions).map(([name, made]) => [name, this.#addressOf(made)])
    const document = new CfnApi(this, 'Document', {
      body: gatewayBody(routes, {
        functions: Object.fromEntries(addressed) as Record<FunctionName, string>, // one for each name: it is the same list
        originCheck: this.#addressOf(originCheck),
      }),
      // The import only warns about a part that it does not understand, such as an authorizer, and leaves it out.
      failOnWarnings: true,
    })
    this.apiId = document.ref
    for (const [name, made] of Object.entries(functions)) this.#permit(name, made, '*/*')
    this.#permit('originCheck', originCheck, 'authorizers/*')
    const log = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.ONE_YEAR,
      encryptionKey: logsKey,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: HttpApi.fromHttpApiAttributes(this, 'Api', { httpApiId: this.apiId }),
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 1_500, burstLimit: 3_000 },
      detailedMetricsEnabled: true,
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: accessLog },
    })
  }
  #addressOf({ live }: ApiFunction): string {
    const { partition, region } = Stack.of(this)
    return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${live.functionArn}/invocations`
  }

  /** One permission for each function, not for each route: a function only answers the routes of its own rows. */
  #permit(name: string, { live }: ApiFunction, of: string): void {
    new CfnPermission(this, `Invoke-${name}`, {
      action: 'lambda:InvokeFunction',
      functionName: live.functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: Stack.of(this).formatArn({ service: 'execute-api', resource: this.apiId, resourceName: of }),
    })
  }
}

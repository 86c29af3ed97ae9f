import { type FunctionName, functionNames, routes } from '@sijil/functions/routes.ts'
import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { ApiFunction } from './api-function.ts'

/** What a log of requests may hold: the key of the route, never a path (I47). */
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
  functions: Record<FunctionName, ApiFunction>
  originCheck: ApiFunction
  logsKey: IKey
}

/** The route table as an HTTP API, which refuses on every route what does not come through CloudFront. */
export class Gateway extends Construct {
  readonly api: HttpApi
  readonly stage: HttpStage

  constructor(scope: Construct, id: string, { functions, originCheck, logsKey }: GatewayProps) {
    super(scope, id)
    // One for each route would fill the stack, which holds 500 things; a function answers the rows of its own table and no other.
    const perApi = { scopePermissionToRoute: false }
    const integrations = Object.fromEntries(
      functionNames.map((name) => [name, new HttpLambdaIntegration(`To-${name}`, functions[name].lambda, perApi)]),
    ) as Record<FunctionName, HttpLambdaIntegration> // one for each name: it is the same list
    this.api = new HttpApi(this, 'Api', {
      createDefaultStage: false,
      defaultIntegration: integrations.pages, // whatever fits no row: it says that there is nothing, or what is offered
      defaultAuthorizer: new HttpLambdaAuthorizer('ThroughCloudFront', originCheck.lambda, {
        identitySource: ['$request.header.x-origin-secret'],
        responseTypes: [HttpLambdaResponseType.SIMPLE],
        resultsCacheTtl: Duration.hours(1),
      }),
    })
    for (const { method, path, function: name } of routes) {
      const integration = integrations[name]
      this.api.addRoutes({ path, methods: [HttpMethod[method]], integration })
      // HEAD is a GET that no row names: it comes as ANY, and only who reads the path can answer it.
      if (method === 'GET') this.api.addRoutes({ path, methods: [HttpMethod.ANY], integration })
    }
    const log = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.ONE_YEAR,
      encryptionKey: logsKey,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 1_500, burstLimit: 3_000 },
      detailedMetricsEnabled: true,
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: accessLog },
    })
  }
}

import { type App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { AlarmsStack } from './alarms-stack.ts'
import { ApiStack } from './api-stack.ts'
import { DataStack } from './data-stack.ts'
import type { Deployment } from './deployment.ts'
import { EdgeStack } from './edge-stack.ts'
import { IdentityStack } from './identity-stack.ts'
import { rolePathsIn } from './role-path.ts'
import { TrailStack } from './trail-stack.ts'

/** Creates the stacks of one deployment: tables and keys that outlive it, parts for CloudFront in us-east-1, the API, the trail, and alarms. */
export function createStacks(app: App, deployment: Deployment) {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  const { region, monthlyBudget } = deployment
  const host = new URL(deployment.baseUrl).hostname
  const registry = new DataStack(app, 'SijilData', {
    env: { region },
    keepsData: deployment.stage === 'production',
    rolePaths: rolePathsIn(region),
  })
  const edge = new EdgeStack(app, 'SijilEdge', {
    env: { region: 'us-east-1' },
    crossRegionReferences: true,
    baseUrl: deployment.baseUrl,
  })
  const api = new ApiStack(app, 'SijilApi', {
    env: { region },
    crossRegionReferences: true,
    deployment,
    registry,
    edge,
  })
  const trail = new TrailStack(app, 'SijilTrail', {
    env: { region },
    registry,
    host,
    trailBucket: deployment.trailBucket,
    keepsData: deployment.stage === 'production',
  })
  const identity =
    deployment.userPool === 'yes'
      ? new IdentityStack(app, 'SijilIdentity', {
          env: { region },
          baseUrl: deployment.baseUrl,
          keepsData: deployment.stage === 'production',
        })
      : undefined
  const alarms = new AlarmsStack(app, 'SijilAlarms', { env: { region }, registry, api, host, monthlyBudget })
  return { registry, edge, api, trail, alarms, identity }
}

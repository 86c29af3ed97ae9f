import { type App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { ApiStack } from './api-stack.ts'
import { DataStack } from './data-stack.ts'
import type { Deployment } from './deployment.ts'
import { EdgeStack } from './edge-stack.ts'

/** One deployment: what must survive, what CloudFront wants in us-east-1, and what is replaced. */
export function createStacks(app: App, deployment: Deployment) {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  const { region } = deployment
  const registry = new DataStack(app, 'SijilData', { env: { region }, keepsData: deployment.stage === 'production' })
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
  return { registry, edge, api }
}

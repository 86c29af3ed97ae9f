import { App } from 'aws-cdk-lib'
import cdk from '../../cdk.json' with { type: 'json' }
import { parseDeployment, readSettings } from './deployment.ts'
import { createStacks } from './stacks.ts'

// The CLI of CDK sets the output folder and the values of `-c`. Without it (`npm run synth`), cdk.json is the context.
const app = new App({ outdir: process.env.CDK_OUTDIR ?? 'cdk.out', context: cdk.context })
const context = (name: string): unknown => app.node.tryGetContext(name)
createStacks(app, parseDeployment(readSettings(process.env, context)))
app.synth()

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Validations } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import cdk from '../../cdk.json' with { type: 'json' }
import { parseDeployment, type Settings } from '../../infra/aws/deployment.ts'
import { createStacks } from '../../infra/aws/stacks.ts'

interface Synthesised {
  data: Template
  edge: Template
  api: Template
  trail: Template
  alarms: Template
  /** Only if the deployment brings a user pool. */
  identity: Template | undefined
  /** Findings of cdk-nag without a reason. */
  findings: string[]
  /** Findings that were acknowledged with a reason. */
  acknowledged: { id: string; reason: string }[]
}

/** The stacks as `npm run synth` makes them, without bundles. */
export function synthesise(changes: Settings = {}): Synthesised {
  const outdir = mkdtempSync(join(tmpdir(), 'sijil-synth-'))
  const app = new App({ outdir, context: { ...cdk.context, 'aws:cdk:bundling-stacks': [] } })
  const { registry, edge, api, trail, alarms, identity } = createStacks(
    app,
    parseDeployment({ ...cdk.context, ...changes }),
  )
  let failure: unknown
  try {
    app.synth()
  } catch (error) {
    failure = error // cdk-nag stops the synthesis. Its report has the findings.
  }
  const findings = findingsIn(join(outdir, 'validation-report.json'))
  if (failure !== undefined && findings.length === 0) throw failure
  const templateOf = (name: string) =>
    Template.fromJSON(JSON.parse(readFileSync(join(outdir, `${name}.template.json`), 'utf8')))
  const synthesised = {
    data: templateOf(registry.stackName),
    edge: templateOf(edge.stackName),
    api: templateOf(api.stackName),
    trail: templateOf(trail.stackName),
    alarms: templateOf(alarms.stackName),
    identity: identity && templateOf(identity.stackName),
    findings,
    acknowledged: app.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([id, reason]) => ({ id, reason })),
  }
  rmSync(outdir, { recursive: true })
  return synthesised
}

interface Report {
  pluginReports: {
    conclusion: string
    violations: { ruleName: string; violatingConstructs: { constructPath: string }[] }[]
  }[]
}

function findingsIn(file: string): string[] {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Partial<Report>
  return (report.pluginReports ?? []).flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    ),
  )
}

export interface Statement {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Action: string | string[]
  Resource: unknown
  Principal?: unknown
  Condition?: Record<string, Record<string, string | string[]>>
}

export const actionsOf = ({ Action }: Statement): string[] => [Action].flat()

/** The properties of all resources of a type, with their ids in the template. */
export const propertiesOf = <P>(template: Template, type: string): [id: string, properties: P][] =>
  Object.entries(template.findResources(type)).map(([id, { Properties }]) => [id, Properties as P])

interface Role {
  ManagedPolicyArns?: unknown[]
  Policies?: { PolicyDocument: { Statement: Statement[] } }[]
}
interface Policy {
  PolicyDocument: { Statement: Statement[] }
  Roles: { Ref: string }[]
}

/** All statements of the role of a deployed function, by its construct name, such as `Verify`. Throws if there is not exactly one role. */
export function statementsOf(template: Template, name: string): Statement[] {
  const ours = ([id]: [string, unknown]) => id.startsWith(`${name}Role`)
  const roles = propertiesOf<Role>(template, 'AWS::IAM::Role').filter(ours)
  const [role] = roles
  if (role === undefined || roles.length > 1) throw new Error(`${name} has ${roles.length} roles`)
  if (role[1].ManagedPolicyArns !== undefined) throw new Error(`${name} has rights from a managed policy`)
  const attached = propertiesOf<Policy>(template, 'AWS::IAM::Policy').filter(([, { Roles }]) =>
    Roles.some(({ Ref }) => Ref === role[0]),
  )
  const inline = role[1].Policies ?? []
  return [...attached.map(([, policy]) => policy), ...inline].flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
}

/** The construct name of a function: `Issue` for `issue`. */
export const constructName = (name: string): string => name.replace(/^./, (letter) => letter.toUpperCase())

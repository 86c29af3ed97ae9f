import { readFileSync } from 'node:fs'
import { writable } from '@sijil/aws'
import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { functionNames, type Grant, grants } from '../../functions/routes.ts'
import { writes } from '../../infra/aws/data-stack.ts'
import { scheduledGrants } from '../../infra/aws/grants.ts'
import { type AccessRequest, account, arnOf, isAllowed, resolved } from './access.ts'
import { actionsOf, constructName, propertiesOf, type Statement, statementsOf } from './synthesise.ts'

const everyFunction = [...functionNames, 'sweep', 'erase', 'sequence', 'deliver', 'audit'] as const
const wordsOf = (name: (typeof everyFunction)[number]): readonly Grant[] =>
  name === 'sweep' || name === 'erase' || name === 'sequence' || name === 'deliver' || name === 'audit'
    ? scheduledGrants[name]
    : grants[name]

const path = '/sijil/ap-southeast-1'
const roleOf = (name: string) =>
  `arn:aws:iam::${account}:role${path}/functions/SijilApi-${constructName(name)}Role-1A2B`
/** Each role lies at a path of its own. */
const atItsPath = (name: string) => roleOf(name).replace('/functions/', `/functions/${name}/`)
const breakGlass = `arn:aws:iam::${account}:role${path}/break-glass/SijilData-BreakGlass-1A2B`
const deployment = `arn:aws:iam::${account}:role/cdk-hnb659fds-cfn-exec-role-${account}-ap-southeast-1`

/** Principals with all rights of the account, which are no role of the registry. */
const strangers = {
  'an administrator': `arn:aws:iam::${account}:role/Administrator`,
  'a user': `arn:aws:iam::${account}:user/somebody`,
  'the root of the account': `arn:aws:iam::${account}:root`,
  'a role that only looks like one of the functions': `arn:aws:iam::${account}:role/functions/SijilApi-IssueRole-1A2B`,
  'a role of another deployment': `arn:aws:iam::${account}:role/sijil/eu-west-1/functions/SijilApi-IssueRole-1A2B`,
  'a role of another account': roleOf('issue').replace(account, '444455556666'),
  'the role that deploys': deployment,
}
const everything: Statement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }]

/** Which streams each word lets a function write. */
const streams: Partial<Record<Grant, readonly string[]>> = {
  'write-certificates': writable.certificates,
  'write-numbers': writable.numbers,
  'write-interruptions': writable.interruptions,
  'write-erasures': writable.erasures,
  'write-brakes': writable.brakes,
  'write-prints': writable.prints,
  'claim-status-entries': writable.statusEntries,
  'claim-successions': writable.successions,
  'write-decisions': writable.decisions,
  'create-secrets': writable.secrets,
  'publish-lists': writable.publishedLists,
  'write-batches': writable.batches,
  'write-logs': writable.logs,
  'write-cosignatures': writable.cosignatures,
}
const everyKey = [...new Set(Object.values(streams).flat())].map((pattern) => pattern.replaceAll('*', 'example'))

/** Tests of the policies of tables and of the organisation, evaluated together with those of roles. */
export function describeTableWrites(production: { data: Template; api: Template }): void {
  const tablePolicy = (name: 'Commits' | 'Boxes'): Statement[] => {
    const tables = propertiesOf<Table>(production.data, 'AWS::DynamoDB::GlobalTable')
    const [, table] = tables.find(([id]) => id.startsWith(name)) ?? []
    return resolved(table?.Replicas[0]?.ResourcePolicy?.PolicyDocument.Statement ?? [], production.data)
  }
  const policies = { Commits: tablePolicy('Commits'), Boxes: tablePolicy('Boxes') }
  const asks = (role: string, table: 'Commits' | 'Boxes', action: string, keys?: string[]): AccessRequest => ({
    action,
    resource: arnOf(`${table}01234567`),
    context: { 'aws:PrincipalArn': role, ...(keys && { 'dynamodb:LeadingKeys': keys }) },
  })
  const functionsRights = (name: string) => resolved(statementsOf(production.api, constructName(name)), production.data)
  const [breakGlassRole] = propertiesOf<Role>(production.data, 'AWS::IAM::Role')
  const breakGlassRights = resolved(
    breakGlassRole?.[1].Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement) ?? [],
    production.data,
  )

  describe('writes to the tables', () => {
    test.each(everyFunction)('%s can write what its words name, and nothing else', (name) => {
      const identity = functionsRights(name)
      const may = (table: 'Commits' | 'Boxes', key: string, boundaries = [...policies[table], ...organisation]) =>
        isAllowed(asks(roleOf(name), table, 'dynamodb:PutItem', [key]), { identity, boundaries })
      const own = wordsOf(name).flatMap((word) => streams[word] ?? [])
      const ownKeys = everyKey.filter((key) =>
        own.some((one) => new RegExp(`^${one.replaceAll('*', '.*')}$`).test(key)),
      )
      expect(everyKey.filter((key) => may('Commits', key))).toEqual(ownKeys)
      expect(may('Boxes', 'BOX#example')).toBe(wordsOf(name).includes('write-boxes'))
    })

    test('I35, A004: the tables refuse every write to everybody else, whatever rights they have', () => {
      for (const [who, role] of Object.entries(strangers))
        for (const table of ['Commits', 'Boxes'] as const)
          for (const action of writes) {
            const request = asks(role, table, action, ['STREAM#example/trust'])
            const allowed = isAllowed(request, { identity: everything, boundaries: policies[table] })
            expect([who, table, action, allowed]).toEqual([who, table, action, false])
          }
    })

    test('I35: a request without a known role is refused as well', () => {
      const { context: _, ...request } = asks('', 'Commits', 'dynamodb:PutItem')
      expect(isAllowed({ ...request, context: {} }, { identity: everything, boundaries: policies.Commits })).toBe(false)
    })

    test('the tables refuse no read', () => {
      for (const table of ['Commits', 'Boxes'] as const)
        expect(
          isAllowed(asks(strangers['an administrator'], table, 'dynamodb:GetItem'), {
            identity: everything,
            boundaries: policies[table],
          }),
        ).toBe(true)
    })

    test('I35, A004: not even a role of the registry may delete or change a commit', () => {
      for (const role of [roleOf('issue'), breakGlass])
        for (const action of writes.filter((one) => !/Put|Insert/.test(one)))
          expect([
            action,
            isAllowed(asks(role, 'Commits', action), { identity: everything, boundaries: policies.Commits }),
          ]).toEqual([action, false])
    })

    test('I35, I63: one function deletes boxes, the table refuses that to every other role, and nobody changes one', () => {
      const may = (role: string, action: string, identity = everything) =>
        isAllowed(asks(role, 'Boxes', action), { identity, boundaries: [...policies.Boxes, ...organisation] })
      for (const name of everyFunction)
        for (const identity of [everything, functionsRights(name)])
          expect([name, may(atItsPath(name), 'dynamodb:DeleteItem', identity)]).toEqual([name, name === 'erase'])
      for (const role of [breakGlass, ...Object.values(strangers)])
        expect([role, may(role, 'dynamodb:DeleteItem')]).toEqual([role, false])
      for (const role of [atItsPath('erase'), roleOf('issue'), breakGlass])
        for (const action of writes.filter((one) => !/Put|Insert|DeleteItem/.test(one)))
          expect([role, action, may(role, action)]).toEqual([role, action, false])
    })

    test('the policies of the tables fit into the 20 KB of DynamoDB', () => {
      for (const policy of Object.values(policies)) expect(JSON.stringify(policy).length).toBeLessThan(20_000)
    })
  })

  describe('the break-glass role', () => {
    test('lies under its own path, needs a second factor, and lasts an hour', () => {
      expect(breakGlassRole?.[1]).toMatchObject({
        Path: `${path}/break-glass/`,
        MaxSessionDuration: 3_600,
        AssumeRolePolicyDocument: {
          Statement: [{ Action: 'sts:AssumeRole', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }],
        },
      })
    })

    test('can record what founds a registry, put back a row, and restore a table', () => {
      const may = (action: string, resource: string, keys?: string[]) =>
        isAllowed(
          {
            action,
            resource,
            context: {
              'aws:PrincipalArn': breakGlass,
              ...(keys && { 'dynamodb:LeadingKeys': keys }),
              'kms:EncryptionContext:issuer': 'example',
              'aws:RequestTag/issuer': 'example',
              'aws:RequestTag/purpose': 'certificates',
              'aws:TagKeys': ['issuer', 'purpose'],
            },
          },
          {
            identity: breakGlassRights,
            boundaries: [...(resource === commits ? policies.Commits : []), ...organisation],
          },
        )
      const commits = arnOf('Commits01234567')
      for (const key of ['STREAM#example/trust', 'STREAM#example/secret', 'STREAM#example/certificate/1'])
        expect([key, may('dynamodb:PutItem', commits, [key])]).toEqual([key, true])
      expect(may('kms:CreateKey', '*')).toBe(true)
      expect(may('kms:GenerateDataKeyWithoutPlaintext', arnOf('SecretsKey01234567'))).toBe(true)
      expect(may('dynamodb:RestoreTableToPointInTime', commits)).toBe(true)
      expect(may('dynamodb:BatchWriteItem', commits.replace(/SijilData-.*/, 'sijil-restored-1'))).toBe(true)
      expect(may('dynamodb:BatchWriteItem', commits)).toBe(false)
      expect(
        may('lambda:InvokeFunction', `arn:aws:lambda:ap-southeast-1:${account}:function:SijilApi-Audit:live`),
      ).toBe(true)
    })

    test('can sign nothing, and open no secret', () => {
      const actions = breakGlassRights.filter(({ Effect }) => Effect === 'Allow').flatMap(actionsOf)
      expect(actions.filter((action) => /Sign|kms:Decrypt|GetSecretValue|GenerateMac/.test(action))).toEqual([])
    })
  })

  describe('the policy of the organisation', () => {
    const denies = (who: string, action: string, resource: string) =>
      !isAllowed(
        { action, resource, context: { 'aws:PrincipalArn': who } },
        { identity: everything, boundaries: organisation },
      )
    const administrator = strangers['an administrator']
    const table = arnOf('Commits01234567')
    const lambda = `arn:aws:lambda:ap-southeast-1:${account}:function:SijilApi-Issue1A2B`
    const secret = (name: string) => `arn:aws:secretsmanager:ap-southeast-1:${account}:secret:${name}-AbCdEf`

    test('refuses an administrator every way around the policies of the tables', () => {
      const ways: [action: string, resource: string][] = [
        ...writes.map((action): [string, string] => [action, table]),
        ['dynamodb:PutResourcePolicy', table],
        ['dynamodb:DeleteResourcePolicy', table],
        ['dynamodb:DeleteTable', table],
        ['dynamodb:ExportTableToPointInTime', table],
        ['dynamodb:RestoreTableToPointInTime', table],
        ['iam:CreateRole', `arn:aws:iam::${account}:role${path}/functions/made-by-hand`],
        // The trail leaves out reads by roles of this name.
        ['iam:CreateRole', `arn:aws:iam::${account}:role/SijilApi-MadeByHand`],
        ['iam:PutRolePolicy', roleOf('issue')],
        ['iam:UpdateAssumeRolePolicy', roleOf('issue')],
        ['iam:PassRole', roleOf('issue')],
        ['iam:UpdateAssumeRolePolicy', breakGlass],
        ['iam:UpdateAssumeRolePolicy', deployment],
        ['iam:PassRole', deployment],
        ['lambda:UpdateFunctionCode', lambda],
        ['lambda:UpdateFunctionConfiguration', lambda],
        ['secretsmanager:GetSecretValue', secret('SessionSecret11A2B')],
        ['secretsmanager:GetSecretValue', secret('OriginSecret11A2B')],
        ['secretsmanager:GetSecretValue', secret('sijil/sign-in')],
        ['cloudtrail:StopLogging', `arn:aws:cloudtrail:ap-southeast-1:${account}:trail/sijil-registry-example`],
        ['s3:PutBucketPolicy', 'arn:aws:s3:::sijiltrail-trailbucket1a2b'],
        ['kms:ScheduleKeyDeletion', arnOf('SecretsKey01234567')],
      ]
      expect(ways.filter(([action, resource]) => !denies(administrator, action, resource))).toEqual([])
    })

    test('I46: refuses everybody but the break-glass role and deployments the reports of CloudFront, which show paths', () => {
      const reports = ['cloudfront:ListDistributions', 'cloudfront:GetMonitoringSubscription', 'cloudfront:AnyReport']
      for (const action of reports) {
        expect([action, denies(administrator, action, '*')]).toEqual([action, true])
        expect([action, denies(breakGlass, action, '*')]).toEqual([action, false])
        expect([action, denies(deployment, action, '*')]).toEqual([action, false])
      }
    })

    test('lets a deployment work, and an administrator do what concerns no deployment', () => {
      const work: [who: string, action: string, resource: string][] = [
        [deployment, 'iam:CreateRole', roleOf('issue')],
        [deployment, 'iam:PassRole', roleOf('issue')],
        [deployment, 'dynamodb:PutResourcePolicy', table],
        [deployment, 'lambda:UpdateFunctionCode', lambda],
        [deployment, 'secretsmanager:GetSecretValue', secret('OriginSecret11A2B')],
        [deployment.replace('cfn-exec', 'deploy'), 'iam:PassRole', deployment],
        [breakGlass, 'lambda:UpdateAlias', lambda],
        [administrator, 'dynamodb:PutItem', `arn:aws:dynamodb:ap-southeast-1:${account}:table/another`],
        [administrator, 'iam:CreateRole', `arn:aws:iam::${account}:role/another`],
        [administrator, 'dynamodb:DescribeTable', table],
      ]
      expect(work.filter((one) => denies(...one))).toEqual([])
    })

    test('denies and allows nothing else, and fits into the 5,120 characters of an organisation', () => {
      expect(text.length).toBeLessThanOrEqual(5_120)
      expect(new Set(organisation.map(({ Effect }) => Effect))).toEqual(new Set(['Deny']))
      expect(new Set(organisation.map(({ Sid }) => Sid)).size).toBe(organisation.length)
    })
  })
}

const text = readFileSync(new URL('../../infra/aws/service-control-policy.json', import.meta.url), 'utf8')
const organisation = (JSON.parse(text) as { Statement: Statement[] }).Statement

interface Table {
  Replicas: { ResourcePolicy?: { PolicyDocument: { Statement: Statement[] } } }[]
}
interface Role {
  Path: string
  Policies: { PolicyDocument: { Statement: Statement[] } }[]
}

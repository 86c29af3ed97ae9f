import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { functionNames } from '../../functions/routes.ts'
import { account, isAllowed, resolved } from './access.ts'
import { describeFront } from './front.ts'
import { describeGateway } from './gateway.ts'
import { describeGrants } from './grants.ts'
import { describeIdentity } from './identity.ts'
import { describeKeyPolicies } from './key-policies.ts'
import { describeNotices } from './notices.ts'
import { describeOperations } from './operations.ts'
import { describeRegistry } from './registry.ts'
import { constructName, propertiesOf, type Statement, statementsOf, synthesise } from './synthesise.ts'
import { describeTableWrites } from './table-writes.ts'
import { describeTrail } from './trail.ts'

// Synthesised once. The tests of these files read the templates for CloudFormation.
const production = synthesise()
/** A production stage with everything that an operator may add. */
const complete = synthesise({
  userPool: 'yes',
  keyAccounts: '111122223333,444455556666',
  keyReplicaRegion: 'eu-west-1',
})
describeGrants(production)
describeKeyPolicies(production)
describeRegistry(production)
describeFront(production)
describeGateway(production)
describeOperations(production)
describeNotices(production)
describeTableWrites(production)
describeTrail(production)
describeIdentity({ production, complete })

describe('a production stage', () => {
  const environments = (of: { api: typeof production.api }) =>
    propertiesOf<{ Environment?: { Variables: Record<string, unknown> } }>(of.api, 'AWS::Lambda::Function').flatMap(
      ([, { Environment }]) => (Environment?.Variables.BASE_URL === undefined ? [] : [Environment.Variables]),
    )

  test('accepts no demonstration, and only public identity providers', () => {
    expect(environments(production)).toHaveLength(
      functionNames.length + ['sweep', 'erase', 'sequence', 'deliver', 'audit'].length,
    )
    for (const variables of environments(production)) {
      expect(variables.DEMONSTRATION).toBe('no')
      expect(variables.ROOTS).toBe('')
      expect(variables.BASE_URL).toBe('https://registry.example')
      expect(variables.TOKEN_ISSUER).toBe('https://identity.example')
      expect(variables.TOKEN_JWKS_URL).toBe('https://identity.example/jwks')
    }
  })

  test('has fewer than 250 resources in the stack of the API, of at most 500', () => {
    expect(Object.keys(production.api.toJSON().Resources).length).toBeLessThan(250)
  })

  test('A002: gives no function a secret, and only the desk the names of those of the sign-in', () => {
    const given = propertiesOf<{ Environment?: { Variables: Record<string, unknown> } }>(
      production.api,
      'AWS::Lambda::Function',
    ).filter(([, { Environment }]) => /SESSION_SECRET|"SIGN_IN/.test(JSON.stringify(Environment ?? {})))
    expect(given.map(([id]) => id)).toEqual(
      ['Batches', 'Recognise', 'Desk', 'Office'].map((name) => expect.stringMatching(`^${name}`)),
    )
    for (const at of [0, 1, 3]) expect(JSON.stringify(given[at])).not.toContain('SIGN_IN_')
    const variables = given[2]?.[1].Environment?.Variables
    expect(variables?.SIGN_IN_CLIENT_ID).toBe('sijil-desk')
    expect(variables?.SIGN_IN_SECRET_ID).toBe('sijil/sign-in')
    expect(variables?.SESSION_SECRET_ID).toEqual({ Ref: expect.stringMatching(/^SessionSecret1/) })
    // A value that CloudFormation resolves could be read with lambda:GetFunctionConfiguration.
    for (const [id, { Environment }] of propertiesOf<{ Environment?: object }>(
      production.api,
      'AWS::Lambda::Function',
    ).filter(([id]) => !id.startsWith('CustomCrossRegionExportReader')))
      expect([id, JSON.stringify(Environment)]).toEqual([id, expect.not.stringContaining('{{resolve:')])
  })

  test('A002: no setting, parameter or output looks like a secret', () => {
    // A reference to another part holds no value.
    const references = ['Ref', 'Fn::GetAtt', 'Fn::ImportValue']
    const texts = (value: unknown): string[] =>
      typeof value === 'string'
        ? [value]
        : Object.entries((value ?? {}) as object).flatMap(([name, part]) =>
            references.includes(name) ? [] : texts(part),
          )
    const settings = [production.data, production.edge, production.api, production.alarms].flatMap((template) => [
      ...propertiesOf<{ Environment?: unknown }>(template, 'AWS::Lambda::Function').flatMap(([, { Environment }]) =>
        texts(Environment),
      ),
      ...Object.values<{ Default?: unknown }>(template.toJSON().Parameters ?? {}).flatMap((one) => texts(one.Default)),
      ...Object.values<{ Value: unknown }>(template.toJSON().Outputs ?? {}).flatMap((one) => texts(one.Value)),
    ])
    expect(settings.length).toBeGreaterThan(100)
    expect(settings.filter(looksRandom)).toEqual([])
    // The search finds a text like those of Secrets Manager.
    expect(['x:'.concat('q7Zp0LrT4vXk9BsW2nYc6HdM1fGj8KaE')].filter(looksRandom)).toHaveLength(1)
  })

  test('has secrets that only one function reads, and CloudFormation only that of CloudFront', () => {
    const policies = propertiesOf<{ SecretId: { Ref: string }; ResourcePolicy: { Statement: Statement[] } }>(
      production.api,
      'AWS::SecretsManager::ResourcePolicy',
    )
    expect(policies).toHaveLength(2)
    for (const [, { SecretId, ResourcePolicy }] of policies) {
      const boundaries = resolved(ResourcePolicy.Statement, production.data)
      const reads = (role: string) =>
        isAllowed(
          {
            action: 'secretsmanager:GetSecretValue',
            resource: 'the secret',
            context: { 'aws:PrincipalArn': `arn:aws:iam::${account}:${role}` },
          },
          { identity: [{ Effect: 'Allow', Action: '*', Resource: '*' }], boundaries },
        )
      const isOfOrigin = SecretId.Ref.startsWith('OriginSecret')
      const roles = 'role/sijil/ap-southeast-1'
      expect(reads(`${roles}/functions/desk/SijilApi-DeskRole-1A2B`)).toBe(!isOfOrigin)
      expect(reads(`${roles}/functions/originCheck/SijilApi-OriginCheckRole-1A2B`)).toBe(isOfOrigin)
      expect(reads('role/cdk-hnb659fds-cfn-exec-role-1')).toBe(isOfOrigin)
      for (const other of ['role/Administrator', 'root', `${roles}/break-glass/one`, `${roles}/functions/log/one`])
        expect([other, reads(other)]).toEqual([other, false])
    }
  })

  test('I46: the threat model says who reads the origin secret and the paths of links, which CloudFront shows', () => {
    const threats = readFileSync(new URL('../../docs/threat-model.md', import.meta.url), 'utf8').split('\n')
    const lineAbout = (words: string) => threats.find((line) => line.includes(words))
    expect(lineAbout('`cloudfront:GetDistributionConfig`')).toMatch(/learn the origin secret/)
    expect(lineAbout('report of popular objects')).toMatch(
      /tokens included.*everybody but.*break-glass role.*What remains: /,
    )
  })

  test('contains no sandbox: no function, no route and no mention of it', () => {
    for (const template of [production.data, production.edge, production.api]) {
      expect(JSON.stringify(template.toJSON())).not.toMatch(/sandbox|localhost|127\.0\.0\.1|AWS_ENDPOINT_URL/i)
    }
  })

  test('differs from a sandbox, which accepts demonstrations and keeps nothing when it is deleted', () => {
    const sandbox = synthesise({ stage: 'sandbox', demonstration: 'yes' })
    for (const variables of environments(sandbox)) expect(variables.DEMONSTRATION).toBe('yes')
    for (const { DeletionPolicy } of Object.values<{ DeletionPolicy: string }>(sandbox.data.toJSON().Resources)) {
      expect(DeletionPolicy).toBe('Delete')
    }
  })

  test('may sign with lent keys only in the accounts of their bodies, and only in issue and lists', () => {
    expect(complete.findings).toEqual([])
    for (const name of functionNames) {
      const beyond = statementsOf(complete.api, constructName(name)).filter((statement) =>
        /111122223333|444455556666/.test(JSON.stringify(statement)),
      )
      if (name !== 'issue' && name !== 'lists') expect([name, beyond]).toEqual([name, []])
      else {
        expect(beyond).toHaveLength(1)
        expect(beyond).toMatchObject([
          {
            Action: 'kms:Sign',
            Condition: {
              StringEquals: { 'kms:SigningAlgorithm': 'ED25519_SHA_512' },
              // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM replaces it
              StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' },
            },
          },
        ])
        expect(JSON.stringify(beyond[0]?.Resource).match(/:(\d{12}):key\/\*/g)).toHaveLength(2)
      }
    }
    expect(environments(complete)[0]?.KEY_ACCOUNTS).toBe('111122223333,444455556666')
    expect(environments(production)[0]?.KEY_ACCOUNTS).toBe('')
    expect(environments(production)[0]?.ISSUING_QUOTA).toBe('')
  })

  test('makes keys for its own region alone, unless the operator names another', () => {
    for (const variables of environments(production)) expect(variables.KEY_REPLICA_REGION).toBe('')
    for (const variables of environments(complete)) expect(variables.KEY_REPLICA_REGION).toBe('eu-west-1')
    // The administrator copies keys, so no role gets a right for it.
    expect(JSON.stringify(complete.api.toJSON())).not.toContain('ReplicateKey')
  })

  test('has no finding of cdk-nag without a reason', () => {
    expect(production.findings).toEqual([])
    expect(production.acknowledged.length).toBeGreaterThan(0)
    for (const { id, reason } of production.acknowledged)
      expect([id, reason]).toEqual([id, expect.stringMatching(/^.{40,}\.$/)])
  })
})

/** True if a text has a long part with more than 4.2 bits a character. The name of a resource has fewer, as it is made of words. */
function looksRandom(text: string): boolean {
  const parts = text.match(/[A-Za-z0-9+_=]{24,}/g) ?? []
  return parts.some((part) => {
    const counts = [...new Set(part)].map((letter) => part.split(letter).length - 1)
    return counts.reduce((bits, count) => bits - (count / part.length) * Math.log2(count / part.length), 0) > 4.2
  })
}

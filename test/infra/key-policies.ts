import { keyPolicy, signingFunctions } from '@sijil/aws'
import type { SigningPurpose } from '@sijil/registry'
import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { functionNames } from '../../functions/routes.ts'
import { type AccessDecision, decideAccess, type PolicyStatement } from '../../infra/local/policy-evaluator.ts'
import { constructName, propertiesOf, statementsOf } from './synthesise.ts'

const ACCOUNT = '111122223333'
const REGION = 'ap-southeast-1'
const functions = [...functionNames, 'sweep', 'erase', 'sequence', 'deliver', 'audit', 'originCheck'] as const
const purposes = Object.keys(signingFunctions) as SigningPurpose[]
const algorithmOf = {
  certificates: 'ECDSA_SHA_384',
  lists: 'ED25519_SHA_512',
  decisions: 'ED25519_SHA_512',
  checkpoints: 'ED25519_SHA_512',
  statements: 'ECDSA_SHA_256',
}
/** Actions that change an existing key, or who may use it. */
const changes = [
  'TagResource',
  'UntagResource',
  'PutKeyPolicy',
  'CreateGrant',
  'CreateAlias',
  'UpdateAlias',
  'ReplicateKey',
  'ImportKeyMaterial',
  'UpdatePrimaryRegion',
  'DisableKey',
  'EnableKey',
  'ScheduleKeyDeletion',
  'CancelKeyDeletion',
]

interface Key {
  tags: Readonly<Record<string, string>>
  policy: readonly PolicyStatement[]
}

/**
 * Who can do what with a key: the policy of the role in the template and the policy that the key maker sends, together. It is evaluated here,
 * as no account is asked (`infra/local/policy-evaluator.ts`).
 */
export function describeKeyPolicies({ api }: { api: Template }): void {
  const [, decisions] =
    propertiesOf<{ Environment: { Variables: Record<string, unknown> } }>(api, 'AWS::Lambda::Function').find(([id]) =>
      id.startsWith('Decisions'),
    ) ?? []
  const { ROLES, KEY_ADMINISTRATOR } = resolved(decisions?.Environment.Variables) as Record<string, string>
  const holders = { roles: ROLES ?? '', administrator: KEY_ADMINISTRATOR ?? '' }
  const statementsIn = (policy: string) => (JSON.parse(policy) as { Statement: PolicyStatement[] }).Statement
  const aKey = (purpose: SigningPurpose, issuer = 'my-board'): Key => ({
    tags: { purpose, issuer },
    policy: statementsIn(keyPolicy(purpose, holders)),
  })

  const identities = new Map(
    functions.map((name) => {
      const [role] = propertiesOf<{ Path: string }>(api, 'AWS::IAM::Role').filter(([id]) =>
        id.startsWith(`${constructName(name)}Role`),
      )
      const statements = resolved(statementsOf(api, constructName(name))) as PolicyStatement[]
      return [name, { arn: `arn:aws:iam::${ACCOUNT}:role${role?.[1].Path}SijilApi-${name}Role-1`, statements }]
    }),
  )
  /** A role of the account that nobody limits, such as one of an operator. */
  const anybody = { arn: `arn:aws:iam::${ACCOUNT}:role/Operator`, statements: statementsIn(everything) }
  const administrator = { arn: holders.administrator, statements: statementsIn(everything) }
  const roleOf = (name: string) => identities.get(name as (typeof functions)[number]) ?? anybody

  function ask(
    { arn: principal, statements: identity }: { arn: string; statements: readonly PolicyStatement[] },
    action: string,
    { tags, policy: keyPolicy }: Key,
    context: Record<string, string | string[]> = {},
  ): AccessDecision {
    const ofTags = Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:ResourceTag/${name}`, value]))
    const resource = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1`
    return decideAccess(
      { principal, action: `kms:${action}`, resource, context: { ...ofTags, ...context } },
      { identity, keyPolicy },
    )
  }
  const signing = (key: Key) => ({ 'kms:SigningAlgorithm': algorithmOf[key.tags.purpose as SigningPurpose] })
  const tagging = {
    'aws:RequestTag/issuer': 'another',
    'aws:RequestTag/purpose': 'checkpoints',
    'aws:TagKeys': ['issuer', 'purpose'],
  }

  describe('the policy of a role and the policy of a key together', () => {
    test.each(purposes)('I23, A001: one role signs with a key of %s', (purpose) => {
      const key = aKey(purpose, purpose === 'certificates' || purpose === 'lists' ? 'my-board' : 'registry')
      const signers = functions.filter((name) => ask(roleOf(name), 'Sign', key, signing(key)) === 'allowed')
      expect(signers).toEqual([signingFunctions[purpose]])
      for (const role of [anybody, administrator]) expect(ask(role, 'Sign', key, signing(key))).toBe('refused')
    })

    test('I23: a key with the tags of another purpose is not signed with by the function of that purpose', () => {
      for (const [purpose, tagged] of purposes.flatMap((one) => purposes.map((other) => [one, other] as const))) {
        if (purpose === tagged) continue
        const key = { ...aKey(purpose), tags: { purpose: tagged, issuer: 'my-board' } }
        for (const name of functions) expect(ask(roleOf(name), 'Sign', key, signing(key))).not.toBe('allowed')
      }
    })

    test('I23, A001: nobody but the administrator can tag a key, change its policy, grant it or end it', () => {
      for (const purpose of purposes) {
        const key = aKey(purpose)
        for (const action of changes) {
          for (const name of functions)
            expect([name, action, ask(roleOf(name), action, key, tagging)]).toEqual([name, action, 'refused'])
          expect(ask(anybody, action, key, tagging)).not.toBe('allowed')
          const isGrant = action === 'CreateGrant'
          expect([action, ask(administrator, action, key, tagging)]).toEqual([action, isGrant ? 'refused' : 'allowed'])
        }
      }
    })

    test('the evaluation can find the fault: without the policy of the key, three roles tag any key', () => {
      const key = { ...aKey('certificates'), policy: statementsIn(ofAccountAlone) }
      const asked = (purpose: string) => ({
        ...tagging,
        'aws:RequestTag/purpose': purpose,
        'aws:RequestTag/issuer': 'registry',
      })
      const taggers = functions.filter((name) =>
        ['lists', 'checkpoints'].some((purpose) => ask(roleOf(name), 'TagResource', key, asked(purpose)) === 'allowed'),
      )
      expect(taggers).toEqual(['decisions', 'desk', 'sequence'])
    })

    test('a role that makes a key gives it its tags, and no others', () => {
      const create = (name: string, tags: Record<string, string>) =>
        ['kms:CreateKey', 'kms:TagResource'].map((action) => {
          const requested = Object.entries(tags).map(([tag, value]) => [`aws:RequestTag/${tag}`, value])
          const context = { ...Object.fromEntries(requested), 'aws:TagKeys': Object.keys(tags) }
          const { arn: principal, statements: identity } = roleOf(name)
          return decideAccess({ principal, action, resource: '*', context }, { identity })
        })
      const [allowed, refused] = [Array(2).fill('allowed'), Array(2).fill('not-allowed')]
      for (const name of ['decisions', 'desk']) {
        expect(create(name, { issuer: 'my-board', purpose: 'certificates', request: 'p-1' })).toEqual(allowed)
        expect(create(name, { issuer: 'registry', purpose: 'checkpoints' })).toEqual(refused)
        expect(create(name, { purpose: 'certificates' })).toEqual(refused)
        expect(create(name, { issuer: 'my-board', purpose: 'lists', other: 'tag' })).toEqual(refused)
      }
      expect(create('sequence', { issuer: 'registry', purpose: 'statements' })).toEqual(allowed)
      expect(create('sequence', { issuer: 'my-board', purpose: 'certificates' })).toEqual(refused)
      expect(create('issue', { issuer: 'my-board', purpose: 'certificates' })).toEqual(refused)
    })

    test('a role that makes a key cannot sign with it, even if it names itself in its policy', () => {
      for (const [name, purpose] of [
        ['decisions', 'certificates'],
        ['desk', 'lists'],
        ['sequence', 'statements'],
      ] as const) {
        const policy = [
          { Effect: 'Allow' as const, Principal: { AWS: roleOf(name).arn }, Action: 'kms:*', Resource: '*' },
        ]
        const key = { tags: { purpose, issuer: 'my-board' }, policy }
        expect(ask(roleOf(name), 'Sign', key, signing(key))).toBe('refused')
      }
    })

    test('the makers find a key that an interrupted request left, and the signers read its tags', () => {
      const key = aKey('certificates')
      const makers = ['decisions', 'desk', 'sequence']
      const allowed = (action: string) => functions.filter((name) => ask(roleOf(name), action, key) === 'allowed')
      for (const action of ['DescribeKey', 'GetPublicKey']) expect(allowed(action)).toEqual(makers)
      expect(allowed('ListResourceTags').sort()).toEqual([...makers, 'issue'].sort())
    })
  })
}

const everything = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
const ofAccountAlone = `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${ACCOUNT}:root"},"Action":"kms:*","Resource":"*"}]}`

/** The value with the functions of CloudFormation that these policies use replaced by their results. References to other resources stay names. */
function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value)
  const [[name, of] = []] = entries
  if (entries.length === 1 && name === 'Ref') return pseudo[String(of)] ?? `ref:${of}`
  if (entries.length === 1 && (name === 'Fn::ImportValue' || name === 'Fn::GetAtt'))
    return `${name}:${JSON.stringify(of)}`
  if (entries.length === 1 && name === 'Fn::Join') {
    const [by, parts] = of as [string, unknown[]]
    return parts.map(resolved).join(by)
  }
  return Object.fromEntries(entries.map(([member, inner]) => [member, resolved(inner)]))
}

const pseudo: Record<string, string> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': ACCOUNT,
  'AWS::Region': REGION,
}

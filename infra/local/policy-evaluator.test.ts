import { describe, expect, test } from 'vitest'
import { type AccessRequest, decideAccess, type PolicyStatement } from './policy-evaluator.ts'

const account = 'arn:aws:iam::111122223333:root'
const issue = 'arn:aws:iam::111122223333:role/sijil/eu/issue/SijilApi-IssueRole-1'
const stranger = 'arn:aws:iam::444455556666:role/issue'
const key = 'arn:aws:kms:eu:111122223333:key/1'
const asked: AccessRequest = { principal: issue, action: 'kms:Sign', resource: key }
const allow = (more: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: 'Allow',
  Action: 'kms:Sign',
  Resource: '*',
  ...more,
})
const deny = (more: Partial<PolicyStatement> = {}) => allow({ Effect: 'Deny', ...more })

describe('the policy of a key', () => {
  const ofAccount = allow({ Principal: { AWS: account } })
  const ofRole = allow({ Principal: { AWS: issue } })

  test('must allow a request: an identity policy alone does not suffice', () => {
    expect(decideAccess(asked, { identity: [allow()], keyPolicy: [] })).toBe('not-allowed')
  })

  test('delegates to identity policies if it names the account, and allows by itself if it names the role', () => {
    expect(decideAccess(asked, { identity: [], keyPolicy: [ofAccount] })).toBe('not-allowed')
    expect(decideAccess(asked, { identity: [allow()], keyPolicy: [ofAccount] })).toBe('allowed')
    expect(decideAccess(asked, { identity: [], keyPolicy: [ofRole] })).toBe('allowed')
    expect(decideAccess(asked, { identity: [], keyPolicy: [allow({ Principal: '*' })] })).toBe('allowed')
  })

  test('and an identity policy must both allow a role of another account', () => {
    const request = { ...asked, principal: stranger }
    const keyPolicy = [allow({ Principal: { AWS: stranger } })]
    expect(decideAccess(request, { identity: [], keyPolicy })).toBe('not-allowed')
    expect(decideAccess(request, { identity: [allow()], keyPolicy })).toBe('allowed')
    expect(decideAccess(request, { identity: [allow()], keyPolicy: [ofAccount] })).toBe('not-allowed')
  })

  test('is overridden by an explicit deny, wherever that stands', () => {
    expect(decideAccess(asked, { identity: [deny()], keyPolicy: [ofRole] })).toBe('refused')
    expect(decideAccess(asked, { identity: [allow()], keyPolicy: [ofRole, deny({ Principal: '*' })] })).toBe('refused')
    const forOthers = deny({ Principal: { AWS: stranger } })
    expect(decideAccess(asked, { identity: [allow()], keyPolicy: [ofAccount, forOthers] })).toBe('allowed')
  })

  test('is not asked where no key exists yet', () => {
    const create = { principal: issue, action: 'kms:CreateKey', resource: '*' }
    expect(decideAccess(create, { identity: [allow({ Action: 'kms:*' })] })).toBe('allowed')
    expect(decideAccess(create, { identity: [allow()] })).toBe('not-allowed')
  })
})

test.each<[string, Partial<PolicyStatement>, boolean]>([
  ['an action by a wildcard, in any case', { Action: ['dynamodb:*', 'KMS:s?gn'] }, true],
  ['another action', { Action: 'kms:SignMore' }, false],
  ['every action but one', { Action: undefined as never, NotAction: 'kms:Sign' }, false],
  ['every action but another', { Action: undefined as never, NotAction: 'kms:Tag*' }, true],
  ['the key itself', { Resource: key }, true],
  ['the keys of its account', { Resource: 'arn:aws:kms:eu:111122223333:key/*' }, true],
  ['another key', { Resource: `${key}2` }, false],
])('a statement names %s', (_, statement, holds) => {
  expect(decideAccess(asked, { identity: [allow(statement)] })).toBe(holds ? 'allowed' : 'not-allowed')
})

const context = {
  'aws:ResourceTag/purpose': 'lists',
  'aws:TagKeys': ['issuer', 'purpose'],
  'kms:ResourceAliases': ['alias/a', 'alias/b'],
}
test.each<[operator: string, name: string, value: string | string[], holds: boolean]>([
  ['StringEquals', 'aws:ResourceTag/purpose', ['certificates', 'lists'], true],
  ['StringEquals', 'AWS:resourcetag/PURPOSE', 'lists', true],
  ['StringEquals', 'aws:ResourceTag/purpose', 'list*', false],
  ['StringEquals', 'aws:ResourceTag/issuer', 'lists', false],
  ['StringEqualsIfExists', 'aws:ResourceTag/issuer', 'lists', true],
  ['StringLike', 'aws:ResourceTag/purpose', 'list*', true],
  ['StringNotEquals', 'aws:ResourceTag/purpose', 'lists', false],
  ['StringNotEquals', 'aws:ResourceTag/purpose', 'certificates', true],
  ['StringNotEquals', 'aws:ResourceTag/issuer', 'lists', true],
  ['Null', 'aws:ResourceTag/issuer', 'true', true],
  ['Null', 'aws:ResourceTag/purpose', 'true', false],
  ['Null', 'aws:ResourceTag/purpose', 'false', true],
  ['ArnEquals', 'aws:PrincipalArn', issue, true],
  ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/sijil/eu/*', true],
  ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/sijil/eu/lists/*', false],
  ['ArnLike', 'aws:PrincipalArn', 'arn:aws:*:role/sijil/eu/*', false],
  ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/sijil/eu/*', false],
  ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/other', true],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM
  ['StringEquals', 'aws:ResourceAccount', '${aws:PrincipalAccount}', true],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['issuer', 'purpose', 'request'], true],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['issuer'], false],
  ['ForAllValues:StringEquals', 'aws:Absent', ['issuer'], true],
  ['ForAnyValue:StringEquals', 'kms:ResourceAliases', 'alias/b', true],
  ['ForAnyValue:StringEquals', 'kms:ResourceAliases', 'alias/c', false],
  ['ForAnyValue:StringEquals', 'aws:Absent', 'alias/c', false],
])('the condition %s of %s with %j holds: %s', (operator, name, value, holds) => {
  const identity = [allow({ Condition: { [operator]: { [name]: value } } })]
  expect(decideAccess({ ...asked, context }, { identity })).toBe(holds ? 'allowed' : 'not-allowed')
})

test('all conditions of a statement must hold', () => {
  const Condition = {
    StringEquals: { 'aws:ResourceTag/purpose': 'lists' },
    Null: { 'aws:ResourceTag/issuer': 'false' },
  }
  expect(decideAccess({ ...asked, context }, { identity: [allow({ Condition })] })).toBe('not-allowed')
})

test('an element or a condition that the evaluator does not know is an error, and no answer', () => {
  const unknown = (statement: object) => () => decideAccess(asked, { identity: [allow(statement)] })
  expect(unknown({ NotResource: '*' })).toThrow('NotResource')
  expect(unknown({ Condition: { NumericLessThan: { a: '1' } } })).toThrow('NumericLessThan')
  expect(() => decideAccess(asked, { identity: [], keyPolicy: [allow()] })).toThrow('Principal')
})

import { expect, test } from 'vitest'
import cdk from '../../cdk.json' with { type: 'json' }
import { parseDeployment, readSettings, type Settings } from '../../infra/aws/deployment.ts'

const production: Settings = cdk.context

test.each<[string, Settings, RegExp]>([
  ['demonstration', { demonstration: 'yes' }, /demonstration must be no in production/],
  ['a missing demonstration', { demonstration: undefined }, /demonstration must be yes or no/],
  ['a base URL on this machine', { baseUrl: 'https://localhost' }, /baseUrl must name a public host/],
  ['a base URL with an IP address', { baseUrl: 'https://127.0.0.1' }, /baseUrl must name a public host/],
  ['an IP address in another notation', { baseUrl: 'https://2130706433' }, /baseUrl must name a public host/],
  ['an IPv6 address', { tokenJwksUrl: 'https://[::1]/jwks' }, /tokenJwksUrl must name a public host/],
  ['a base URL without TLS', { baseUrl: 'http://registry.example' }, /baseUrl must begin with https/],
  ['a base URL with a slash', { baseUrl: 'https://registry.example/' }, /baseUrl must be an origin/],
  ['a base URL in capitals', { baseUrl: 'https://Registry.example' }, /baseUrl must be an origin/],
  ['a base URL with a port', { baseUrl: 'https://registry.example:8443' }, /baseUrl must have no user, port/],
  ['an identity provider without TLS', { tokenIssuer: 'http://identity.example' }, /tokenIssuer must begin with https/],
  ['a local identity provider', { tokenIssuer: 'https://identity.localhost' }, /tokenIssuer must name a public host/],
  ['a local key set', { tokenJwksUrl: 'http://localhost:3000/jwks' }, /tokenJwksUrl must begin with https/],
  ['an unknown stage', { stage: 'staging' }, /stage must be one of/],
  ['no origin secret', { originSecrets: [] }, /originSecrets must be one or more/],
  ['a witness that is not a verifier key', { witnesses: 'witness.example' }, /witnesses must be verifier keys/],
  ['an invalid account', { keyAccounts: '1234' }, /keyAccounts must be/],
  ['no administrator of keys', { keyAdministrator: undefined }, /keyAdministrator must be the name of a role/],
  ['an ARN of the administrator', { keyAdministrator: 'arn:aws:iam::1:role/a' }, /keyAdministrator must be the name/],
  ['a pattern for the administrator', { keyAdministrator: 'Key*' }, /keyAdministrator must be the name of a role/],
  ['a function as administrator', { keyAdministrator: 'sijil/eu-west-1/desk/a' }, /keyAdministrator must be the name/],
  ['its own region for copies of keys', { keyReplicaRegion: 'ap-southeast-1' }, /keyReplicaRegion must be none, or/],
  ['no word for copies of keys', { keyReplicaRegion: '' }, /keyReplicaRegion must be none, or a region/],
  ['an unclear user pool', { userPool: 'maybe' }, /userPool must be yes or no/],
  ['a trail in an address', { trailBucket: 's3://logs' }, /trailBucket must be the name/],
  ['a budget with a currency', { monthlyBudget: '400 USD' }, /monthlyBudget must be a whole number of US dollars/],
  ['a budget of nothing', { monthlyBudget: 0 }, /monthlyBudget must be a whole number/],
  ['the quota none', { issuingQuota: 'none' }, /issuingQuota must be/],
  ['a quota with fewer at once than per second', { issuingQuota: '50/20' }, /issuingQuota must be/],
  ['a root that is not an id', { roots: 'Somebody Else!' }, /roots must be ids/],
  [
    'Cognito without its clients',
    { tokenIssuer: 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example' },
    /tokenClients must be client ids/,
  ],
  ['clients of another provider', { tokenClients: 'one' }, /tokenClients must be client ids/],
  ['no client id for the sign-in', { signInClientId: '' }, /signInClientId must be the client id/],
  [
    'a secret in place of its name',
    { signInSecret: 's3cr3t with blanks' },
    /signInSecret must be the name of a secret/,
  ],
  ['approvals with any sign-in', { approvingSignIn: '' }, /approvingSignIn must be words/],
  ['an unknown word about sign-ins', { approvingSignIn: 'mfa' }, /approvingSignIn must be words/],
  ['an invalid generation of the session secret', { sessionGeneration: 0 }, /sessionGeneration must be a whole number/],
  ['no region', { region: undefined }, /region must be a region/],
])('a production stage refuses %s', (_, change, refusal) => {
  expect(() => parseDeployment({ ...production, ...change })).toThrow(refusal)
})

test('a sandbox may be a demonstration, but not on a local address', () => {
  const sandbox: Settings = { ...production, stage: 'sandbox', demonstration: 'yes' }
  expect(parseDeployment(sandbox)).toMatchObject({ stage: 'sandbox', demonstration: 'yes' })
  expect(() => parseDeployment({ ...sandbox, baseUrl: 'http://localhost:3000' })).toThrow(/baseUrl/)
})

test('a variable takes precedence over the context', () => {
  const settings = readSettings(
    { SIJIL_REGION: 'ap-southeast-3', SIJIL_ORIGIN_SECRETS: '1,2' },
    (name) => cdk.context[name as 'region'],
  )
  expect(parseDeployment(settings)).toMatchObject({
    region: 'ap-southeast-3',
    originSecrets: [1, 2],
    stage: 'production',
  })
})

test('witnesses are verifier keys, and may be empty', () => {
  const key = 'witness.example+0a1b2c3d+BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
  expect(parseDeployment(production).witnesses).toBe('')
  expect(parseDeployment({ ...production, witnesses: `${key}, ${key}` }).witnesses).toBe(`${key} ${key}`)
})

test('accounts whose bodies may lend keys have twelve digits, and may be empty', () => {
  expect(parseDeployment(production).keyAccounts).toBe('')
  expect(parseDeployment({ ...production, keyAccounts: '111122223333, 444455556666' }).keyAccounts).toBe(
    '111122223333,444455556666',
  )
})

test('Cognito needs the ids of its clients', () => {
  const tokenIssuer = 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example'
  expect(parseDeployment({ ...production, tokenIssuer, tokenClients: 'one, two' }).tokenClients).toBe('one,two')
  expect(parseDeployment(production).tokenClients).toBe('')
})

test('the issuing quota may be empty, which means the default', () => {
  expect(parseDeployment(production).issuingQuota).toBe('')
  expect(parseDeployment({ ...production, issuingQuota: '10/40' }).issuingQuota).toBe('10/40')
})

test('roots are ids, and may be empty, which means every registered root', () => {
  expect(parseDeployment(production).roots).toBe('')
  expect(parseDeployment({ ...production, roots: 'ph-pqf, th-onec' }).roots).toBe('ph-pqf,th-onec')
})

test('keys stay in their region unless a setting names another one', () => {
  expect(parseDeployment(production).keyReplicaRegion).toBe('')
  expect(parseDeployment({ ...production, keyReplicaRegion: 'none' }).keyReplicaRegion).toBe('')
  expect(parseDeployment({ ...production, keyReplicaRegion: 'eu-west-1' }).keyReplicaRegion).toBe('eu-west-1')
})

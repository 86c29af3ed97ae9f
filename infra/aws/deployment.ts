import { readFileSync } from 'node:fs'
import { parseOperator } from '@sijil/functions/answers/operator-file.ts'
import { parseSignInPolicy } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { parseQuotaLimits } from '@sijil/registry/issuance'

/** The settings of one deployment: exactly those that may differ between two deployments. */
export interface Deployment {
  stage: Stage
  region: string
  /** Such as `https://registry.example`. Every DID and link contains it, so it can never change. */
  baseUrl: string
  tokenIssuer: string
  tokenJwksUrl: string
  /** If the issuer is Amazon Cognito: ids of the clients whose tokens are accepted, separated by commas. Otherwise empty. */
  tokenClients: string
  demonstration: 'yes' | 'no'
  /** Generations of the secret between CloudFront and the API. CloudFront sends the last one, and the API accepts each. */
  originSecrets: readonly number[]
  /** Verifier keys of the witnesses whose cosignatures count, separated by spaces. May be empty. */
  witnesses: string
  /** Ids of the accepted roots, separated by commas. Empty accepts every registered root. */
  roots: string
  /** Ids or DIDs that are refused even if an accepted authority lists them, separated by commas. May be empty. */
  refused: string
  /** AWS accounts whose bodies may lend their keys, separated by commas. May be empty. */
  keyAccounts: string
  /** Name of the role of this account that may disable, tag and delete keys of bodies, with its IAM path. */
  keyAdministrator: string
  /** The region to which the administrator copies keys, where another law applies to them. Empty if the setting is `none` or absent. */
  keyReplicaRegion: string
  /** How many certificates a body may issue, per second and at once. Empty means 50/200. */
  issuingQuota: string
  /** Path of the file in which the operator states who they are, from the folder of the deployment. May be empty. */
  operatorFile: string
  /** `yes` brings a user pool of Amazon Cognito for officers. */
  userPool: 'yes' | 'no'
  /** A bucket of another account for the trail of this account. Empty: the deployment makes one. */
  trailBucket: string
  /** US dollars a month that the account should cost at most. 0: no message about spending. */
  monthlyBudget: number
  /** Id of this registry as a client of `tokenIssuer`, where officers sign in. */
  signInClientId: string
  /** Name of the secret in Secrets Manager that holds the client secret. */
  signInSecret: string
  /** The sign-ins that suffice to approve: words such as `acr=phr amr=hwk`, or `provider`. */
  approvingSignIn: string
  /** Generation of the secret that seals the sessions of officers. A new number makes a new secret and signs everybody out. */
  sessionGeneration: number
}

const stages = ['production', 'sandbox'] as const
type Stage = (typeof stages)[number]

// biome-ignore format: it reads as a table
/** The variable of each setting. The environment comes first, then the context (`cdk.json`, or `cdk -c name=value`). */
const settings = {
  stage:         'SIJIL_STAGE',
  region:        'SIJIL_REGION',
  baseUrl:       'SIJIL_BASE_URL',
  tokenIssuer:   'SIJIL_TOKEN_ISSUER',
  tokenJwksUrl:  'SIJIL_TOKEN_JWKS_URL',
  tokenClients:  'SIJIL_TOKEN_CLIENTS',
  demonstration: 'SIJIL_DEMONSTRATION',
  originSecrets: 'SIJIL_ORIGIN_SECRETS',
  witnesses:     'SIJIL_WITNESSES',
  roots:         'SIJIL_ROOTS',
  refused:       'SIJIL_REFUSED',
  keyAccounts:   'SIJIL_KEY_ACCOUNTS',
  keyAdministrator: 'SIJIL_KEY_ADMINISTRATOR',
  keyReplicaRegion: 'SIJIL_KEY_REPLICA_REGION',
  issuingQuota:  'SIJIL_ISSUING_QUOTA',
  operatorFile:  'SIJIL_OPERATOR_FILE',
  userPool:      'SIJIL_USER_POOL',
  trailBucket:   'SIJIL_TRAIL_BUCKET',
  monthlyBudget: 'SIJIL_MONTHLY_BUDGET',
  signInClientId: 'SIJIL_SIGN_IN_CLIENT_ID',
  signInSecret:  'SIJIL_SIGN_IN_SECRET',
  approvingSignIn: 'SIJIL_APPROVING_SIGN_IN',
  sessionGeneration: 'SIJIL_SESSION_GENERATION',
} as const satisfies Record<keyof Deployment, string>
export type Settings = Partial<Record<keyof Deployment, unknown>>

export const readSettings = (
  environment: Readonly<Record<string, string | undefined>>,
  context: (name: string) => unknown,
): Settings =>
  Object.fromEntries(Object.entries(settings).map(([name, variable]) => [name, environment[variable] ?? context(name)]))

/** The only way to make a `Deployment`. Throws for settings that would be unsafe, so that nothing is synthesised for them. */
export function parseDeployment(given: Settings): Deployment {
  const stage = stages.find((known) => known === given.stage)
  if (stage === undefined) throw refusal('stage', `must be one of ${stages.join(', ')}`)
  const demonstration = given.demonstration
  if (demonstration !== 'yes' && demonstration !== 'no') throw refusal('demonstration', 'must be yes or no')
  if (stage === 'production' && demonstration === 'yes') {
    throw refusal('demonstration', 'must be no in production: its sandbox signs any document, under the trusted domain')
  }
  return {
    stage,
    region: parseRegion(given.region),
    baseUrl: parsePublicUrl('baseUrl', given.baseUrl, { path: false }),
    tokenIssuer: parsePublicUrl('tokenIssuer', given.tokenIssuer, { path: true }),
    tokenJwksUrl: parsePublicUrl('tokenJwksUrl', given.tokenJwksUrl, { path: true }),
    tokenClients: parseTokenClients(given.tokenClients, given.tokenIssuer),
    demonstration,
    originSecrets: parseGenerations(given.originSecrets),
    witnesses: parseWitnesses(given.witnesses),
    roots: parseRoots(given.roots),
    refused: parseRefused(given.refused),
    keyAccounts: parseAccounts(given.keyAccounts),
    keyAdministrator: parseAdministrator(given.keyAdministrator),
    keyReplicaRegion: parseReplicaRegion(given.keyReplicaRegion, given.region),
    issuingQuota: parseQuota(given.issuingQuota),
    operatorFile: parseOperatorFile(given.operatorFile),
    userPool: parseUserPool(given.userPool),
    trailBucket: parseBucket(given.trailBucket),
    monthlyBudget: parseBudget(given.monthlyBudget),
    signInClientId: parseClientId(given.signInClientId),
    signInSecret: parseSecretName(given.signInSecret),
    approvingSignIn: parseApproving(given.approvingSignIn),
    sessionGeneration: parseGeneration(given.sessionGeneration),
  }
}

const isRegion = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z]{2,}(-[a-z]+)+-\d$/.test(value)

function parseRegion(value: unknown): string {
  if (isRegion(value)) return value
  throw refusal('region', 'must be a region of AWS, such as ap-southeast-1')
}

function parseReplicaRegion(value: unknown, home: unknown): string {
  if (value === undefined || value === 'none') return ''
  if (isRegion(value) && value !== home) return value
  throw refusal('keyReplicaRegion', 'must be none, or a region of AWS other than that of the deployment')
}

/** Requires https and a public host name, and refuses every part that a DID or a comparison of texts could not handle. */
function parsePublicUrl(name: keyof Deployment, value: unknown, { path }: { path: boolean }): string {
  if (typeof value !== 'string' || !URL.canParse(value)) throw refusal(name, 'must be a URL')
  const url = new URL(value)
  if (url.protocol !== 'https:') throw refusal(name, 'must begin with https://')
  if (isLocal(url.hostname)) throw refusal(name, 'must name a public host: no local identity or address on AWS')
  if (url.username || url.password || url.port || url.search || url.hash) {
    throw refusal(name, 'must have no user, port, query or fragment')
  }
  if (!path && value !== url.origin) throw refusal(name, 'must be an origin in lower case, without a slash at the end')
  return value
}

const isLocal = (host: string) =>
  host === 'localhost' ||
  /\.(localhost|local|internal|home\.arpa)\.?$/.test(host) ||
  /^[\d.]+$/.test(host) || // an IPv4 address: `URL` turns every other form into decimal
  host.startsWith('[') ||
  !host.includes('.')

const listed = (value: unknown): string[] =>
  String(value ?? '')
    .split(/[\s,]+/)
    .filter((item) => item !== '')

/** Verifier keys in the form of C2SP signed-note. The function checks at its start that each id belongs to its key. */
function parseWitnesses(value: unknown): string {
  const keys = listed(value)
  if (keys.every((key) => /^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*$/.test(key))) return keys.join(' ')
  throw refusal('witnesses', 'must be verifier keys (name+id+key), separated by spaces')
}

const ID = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/

function parseRefused(value: unknown): string {
  const refused = listed(value)
  if (refused.every((one) => ID.test(one) || /^did:web:[A-Za-z0-9.%:_-]+$/.test(one))) return refused.join(',')
  throw refusal('refused', 'must be ids of authorities, bodies or centres, or DIDs (did:web), separated by commas')
}

/** Tokens of Cognito name no audience, so without its clients every token of the pool, or none, would be accepted. */
function parseTokenClients(value: unknown, issuer: unknown): string {
  const clients = listed(value)
  const isCognito = String(issuer).startsWith('https://cognito-idp.')
  if (isCognito === clients.length > 0 && clients.every((client) => /^[a-z0-9]{1,128}$/.test(client)))
    return clients.join(',')
  throw refusal('tokenClients', 'must be client ids if the issuer of tokens is Amazon Cognito, and empty otherwise')
}

function parseRoots(value: unknown): string {
  const roots = listed(value)
  if (roots.every((root) => ID.test(root))) return roots.join(',')
  throw refusal('roots', 'must be ids of authorities or of bodies established by law, separated by commas')
}

function parseAccounts(value: unknown): string {
  const accounts = listed(value)
  if (accounts.every((account) => /^\d{12}$/.test(account))) return accounts.join(',')
  throw refusal('keyAccounts', 'must be AWS accounts, twelve digits each, separated by commas')
}

/** A role of a deployment is refused: its functions must not change a key. */
function parseAdministrator(value: unknown): string {
  if (typeof value === 'string' && /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/.test(value) && !value.startsWith('sijil/'))
    return value
  throw refusal(
    'keyAdministrator',
    'must be the name of a role outside sijil/, with its path, such as security/KeyAdministrator',
  )
}

function parseUserPool(value: unknown): 'yes' | 'no' {
  if (value === undefined || value === '' || value === 'no') return 'no'
  if (value === 'yes') return 'yes'
  throw refusal('userPool', 'must be yes or no')
}

function parseBucket(value: unknown): string {
  const bucket = String(value ?? '')
  if (bucket === '' || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) return bucket
  throw refusal('trailBucket', 'must be the name of a bucket in another account, or empty')
}

/** Off unless it is set: some accounts let no deployment make a budget, and then no alarm at all could be deployed. */
function parseBudget(value: unknown): number {
  if (value === undefined || value === '' || value === 'none') return 0
  if (/^[1-9]\d{0,6}$/.test(String(value))) return Number(value)
  throw refusal('monthlyBudget', 'must be a whole number of US dollars a month, such as 400, or none')
}

/** Every deployment has a quota, so `none` is refused. */
function parseQuota(value: unknown): string {
  const quota = String(value ?? '')
  if (quota === '' || parseQuotaLimits(quota) !== undefined) return quota
  throw refusal('issuingQuota', 'must be certificates per second and at once, such as 50/200')
}

/** Reads it as the function will, so that a deployment does not end with a function that cannot start. */
function parseOperatorFile(value: unknown): string {
  const path = String(value ?? '')
  if (path === '') return path
  try {
    parseOperator(JSON.parse(readFileSync(path, 'utf8')))
    return path
  } catch (cause) {
    const faults =
      cause instanceof RegistryError ? cause.faults.map(({ pointer, detail }) => `${pointer} ${detail}`) : []
    throw refusal('operatorFile', ['must be a JSON file in the form of docs/runbook.md', ...faults].join('; '))
  }
}

/** RFC 6749 appendix A.1, without spaces. */
function parseClientId(value: unknown): string {
  if (typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value)) return value
  throw refusal('signInClientId', 'must be the client id of this registry at its identity provider')
}

function parseSecretName(value: unknown): string {
  if (typeof value === 'string' && /^[\w/+=.@-]{1,200}$/.test(value) && !value.startsWith('arn:')) return value
  throw refusal('signInSecret', 'must be the name of a secret in Secrets Manager, such as sijil/sign-in')
}

function parseApproving(value: unknown): string {
  const words = listed(value).join(' ')
  if (parseSignInPolicy(words) !== undefined) return words
  throw refusal('approvingSignIn', 'must be words such as acr=phr amr=hwk, or provider alone')
}

function parseGeneration(value: unknown): number {
  const given = typeof value === 'string' ? Number(value) : value
  if (typeof given === 'number' && Number.isInteger(given) && given > 0) return given
  throw refusal('sessionGeneration', 'must be a whole number, such as 1')
}

function parseGenerations(value: unknown): number[] {
  const given = typeof value === 'string' ? value.split(',').map(Number) : value
  if (Array.isArray(given) && given.length > 0 && given.every((item) => Number.isInteger(item) && item > 0)) {
    return given.map(Number)
  }
  throw refusal('originSecrets', 'must be one or more whole numbers, such as 1 or 1,2')
}

const refusal = (name: keyof Deployment, why: string) =>
  new TypeError(`${name} ${why} (context ${name}, or the variable ${settings[name]})`)

/**
 * Decides a request as IAM does, by the rules that our policies use: identity policies, the policy of a key, and both together. The emulator
 * of KMS enforces key policies with it, and tests of the deployment ask it who can do what. An element that it does not know is an error.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */

export interface PolicyStatement {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Principal?: unknown
  Action?: string | string[]
  NotAction?: string | string[]
  Resource?: unknown
  Condition?: Record<string, Record<string, string | string[]>>
}

export interface AccessRequest {
  /** ARN of the role that asks. */
  principal: string
  action: string
  /** ARN of the key, or `*` for an action without a resource. */
  resource: string
  /** Condition keys, such as `aws:ResourceTag/purpose`. `aws:PrincipalArn` and the accounts follow from the rest. */
  context?: Readonly<Record<string, string | readonly string[]>>
}

/** `refused` is an explicit deny, which nothing overrides. `not-allowed` means that no statement allows the request. */
export type AccessDecision = 'allowed' | 'not-allowed' | 'refused'

/** `keyPolicy` is absent for an action on no existing key, such as `kms:CreateKey`. An identity policy then decides alone. */
export function decideAccess(
  request: AccessRequest,
  { identity, keyPolicy }: { identity: readonly PolicyStatement[]; keyPolicy?: readonly PolicyStatement[] | undefined },
): AccessDecision {
  const [account, keyAccount] = [accountOf(request.principal), accountOf(request.resource)]
  const asked = { ...request, context: contextOf(request) }
  const ofIdentity = identity.filter((statement) => isAbout(statement, asked))
  const ofKey = (keyPolicy ?? [])
    .map((statement) => ({ statement, named: namedBy(statement.Principal, request.principal, account) }))
    .filter(({ statement, named }) => named !== undefined && isAbout(statement, asked))
  if ([...ofIdentity, ...ofKey.map(({ statement }) => statement)].some(({ Effect }) => Effect === 'Deny'))
    return 'refused'

  const allowed = ofIdentity.some(({ Effect }) => Effect === 'Allow')
  if (keyPolicy === undefined) return allowed ? 'allowed' : 'not-allowed'
  const allows = ofKey.filter(({ statement }) => statement.Effect === 'Allow')
  // A statement for the account delegates to its identity policies. One for the role itself suffices, but not from another account.
  const isDirect = account === keyAccount && allows.some(({ named }) => named === 'principal')
  return isDirect || (allows.length > 0 && allowed) ? 'allowed' : 'not-allowed'
}

const listOf = (value: unknown): string[] => [value ?? []].flat().map(String)
const accountOf = (arn: string): string => arn.split(':')[4] ?? ''

function contextOf({ principal, resource, context = {} }: AccessRequest): Map<string, string[]> {
  const derived = {
    'aws:PrincipalArn': principal,
    'aws:PrincipalAccount': accountOf(principal),
    ...(resource !== '*' && { 'aws:ResourceAccount': accountOf(resource) }),
  }
  return new Map(Object.entries({ ...context, ...derived }).map(([key, value]) => [key.toLowerCase(), listOf(value)]))
}

function namedBy(principal: unknown, arn: string, account: string): 'principal' | 'account' | undefined {
  if (principal === undefined) throw new TypeError('a statement of a key policy needs a Principal')
  const names = listOf(
    principal !== null && typeof principal === 'object' ? (principal as { AWS?: unknown }).AWS : principal,
  )
  if (names.includes('*') || names.includes(arn)) return 'principal'
  return names.some((name) => name === account || /^arn:[\w-]+:iam::(\d+):root$/.exec(name)?.[1] === account)
    ? 'account'
    : undefined
}

type Asked = Omit<AccessRequest, 'context'> & { context: ReadonlyMap<string, string[]> }

function isAbout(statement: PolicyStatement, { action, resource, context }: Asked): boolean {
  const unknown = Object.keys(statement).filter((element) => !elements.has(element))
  if (unknown.length > 0) throw new TypeError(`this evaluator does not know ${unknown.join(', ')}`)
  const isNamed = (patterns: unknown) =>
    listOf(patterns).some((pattern) => isLike(action.toLowerCase(), pattern.toLowerCase()))
  const { Action, NotAction, Resource, Condition = {} } = statement
  return (
    (NotAction === undefined ? isNamed(Action) : !isNamed(NotAction)) &&
    listOf(Resource).some((pattern) => isLike(resource, pattern)) &&
    Object.entries(Condition).every(([operator, tests]) =>
      Object.entries(tests).every(([key, patterns]) => holds(operator, key, listOf(patterns), context)),
    )
  )
}
const elements = new Set(['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'Condition'])

const isLike = (value: string, pattern: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(value)

/** Each of the six parts of an ARN is compared by itself, so that a `*` never reaches over a colon into the next part. */
function isLikeArn(value: string, pattern: string): boolean {
  const [parts, patterns] = [partsOf(value), partsOf(pattern)]
  return parts.length === 6 && patterns.every((part, at) => isLike(parts[at] ?? '', part))
}
function partsOf(arn: string): string[] {
  const parts = arn.split(':')
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')]
}

// biome-ignore format: it reads as a table
const comparisons: Record<string, (value: string, pattern: string) => boolean> = {
  StringEquals: (value, pattern) => value === pattern,
  StringLike:   isLike,
  ArnEquals:    isLikeArn,
  ArnLike:      isLikeArn,
  Bool:         (value, pattern) => value === pattern,
}

function holds(operator: string, key: string, given: readonly string[], context: Asked['context']): boolean {
  const patterns = given.map((text) =>
    text.replaceAll(/\$\{([\w:/]+)\}/g, (_, name) => context.get(name.toLowerCase())?.[0] ?? ''),
  )
  const values = context.get(key.toLowerCase())
  if (operator === 'Null') return patterns.includes(String(values === undefined))
  const [, each, base = '', not, like = ''] =
    /^(ForAllValues:|ForAnyValue:)?(String|Arn|Bool)(Not)?(\w*?)$/.exec(operator) ?? []
  const isOptional = like.endsWith('IfExists')
  const compare = comparisons[`${base}${like.replace('IfExists', '')}`]
  if (compare === undefined) throw new TypeError(`this evaluator does not know the condition operator ${operator}`)
  if (values === undefined) return isOptional || each === 'ForAllValues:' || (each === undefined && not !== undefined)
  const matches = (value: string) => patterns.some((pattern) => compare(value, pattern)) === (not === undefined)
  return each === 'ForAllValues:' || (each === undefined && not !== undefined)
    ? values.every(matches)
    : values.some(matches)
}

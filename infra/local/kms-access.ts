import { functionRoles, type KeyHolders, signingFunctions } from '@sijil/aws'
import { KmsError } from './kms-keys.ts'
import { decideAccess, type PolicyStatement } from './policy-evaluator.ts'

/** The account of this machine. */
export const OWN_ACCOUNT = '000000000000'

/** The roles of the functions here, and the role of the administrator of keys. */
export const localKeyHolders: KeyHolders = {
  roles: `arn:aws:iam::${OWN_ACCOUNT}:role/sijil/local/`,
  administrator: `arn:aws:iam::${OWN_ACCOUNT}:role/administrator`,
}

const roleOf = (name: string) =>
  name === 'administrator' ? localKeyHolders.administrator : `${functionRoles(localKeyHolders.roles, name)}role`

/** One process runs every function, so requests with the access key `local` come from the role that may do it, if there is one. */
const everyRole = [...new Set([...Object.values(signingFunctions), 'decisions'])].map(roleOf)

/** Who asks, and in which region. */
export interface Caller {
  roles: readonly string[]
  region: string
}

/** A test asks as one role with the name of a function, or `administrator`, as the id of its access key. */
export function callerOf(authorization: string | undefined): Caller {
  const [, name = 'nobody', region = ''] = /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(authorization ?? '') ?? []
  return { roles: name === 'local' ? everyRole : [roleOf(name)], region }
}

/** The policy that KMS gives to a key without one of its own: identity policies of the account decide. */
export const defaultPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OWN_ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' },
  ],
})

/** Identity policies are those of the deployment, which the emulator does not know. Here they allow everything that a key does not refuse. */
const identity: PolicyStatement[] = [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }]

interface HeldKey {
  arn: string
  policy?: string | undefined
  tags: readonly { TagKey: string; TagValue: string }[]
}

function isAllowed(roles: readonly string[], action: string, { arn, policy, tags }: HeldKey): boolean {
  const { Statement: keyPolicy } = JSON.parse(policy ?? defaultPolicy) as { Statement: PolicyStatement[] }
  const context = Object.fromEntries(tags.map(({ TagKey, TagValue }) => [`aws:ResourceTag/${TagKey}`, TagValue]))
  return roles.some(
    (principal) =>
      decideAccess({ principal, action: `kms:${action}`, resource: arn, context }, { identity, keyPolicy }) ===
      'allowed',
  )
}

export function requireAllowed(roles: readonly string[], action: string, key: HeldKey): void {
  if (!isAllowed(roles, action, key))
    throw new KmsError('AccessDeniedException', `the policy of the key does not allow kms:${action}`)
}

/** Refuses a policy with which the caller could not exchange it, as KMS does, unless the caller says that this is intended. */
export function requireSafePolicy(roles: readonly string[], key: HeldKey, bypass: unknown): void {
  if (bypass !== true && !isAllowed(roles, 'PutKeyPolicy', key))
    throw new KmsError('MalformedPolicyDocumentException', 'the new key policy will not allow you to update it later')
}

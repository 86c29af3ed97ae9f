import type { SigningPurpose } from '@sijil/registry'

/** The only function that signs with keys of a purpose. The last part of the path of its role has this name. */
export const signingFunctions = {
  certificates: 'issue',
  lists: 'lists',
  decisions: 'recognise',
  checkpoints: 'sequence',
  statements: 'federation',
} as const satisfies Record<SigningPurpose, string>

export interface KeyHolders {
  /** The beginning of the ARNs of all roles of this deployment, such as `arn:aws:iam::111122223333:role/sijil/eu-west-1/`. */
  roles: string
  /** ARN of the role of the person who may disable, delete or tag a key. It is no role of this deployment. */
  administrator: string
}

/** The path of the roles of all functions, or of one, below that of a deployment. `roles` may begin with an ARN. */
export const functionRoles = (roles: string, name?: string): string =>
  `${roles}functions/${name === undefined ? '' : `${name}/`}`

/** Actions that change a key, or who may use it. A role that makes keys needs the right to tag, so the key itself refuses that. */
const changes = ['Tag', 'Untag', 'Put', 'Create', 'Retire', 'Revoke', 'Replicate', 'Update', 'Import', 'Delete']
const ends = ['Enable', 'Disable', 'Schedule', 'Cancel', 'Rotate']

/**
 * The policy that a key has from its creation (docs/decisions/080-a-key-carries-its-policy.md). Conditions name the roles, and not
 * `Principal`: AWS replaces a role in `Principal` by its unique id, so a role that is made again would lose the key.
 */
export function keyPolicy(purpose: SigningPurpose, { roles, administrator }: KeyHolders): string {
  const [, partition, account] = /^arn:([\w-]+):iam::(\d{12}):role\/.+\/$/.exec(roles) ?? []
  if (account === undefined) throw new TypeError('the roles of a deployment begin with an ARN that ends with a slash')
  const ofAccount = { AWS: `arn:${partition}:iam::${account}:root` }
  const signer = { 'aws:PrincipalArn': `${functionRoles(roles, signingFunctions[purpose])}*` }
  const everyKey = { Resource: '*' } // this key
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ReadersHaveTheirOwnPolicies',
        Effect: 'Allow',
        Principal: ofAccount,
        Action: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:GetKeyPolicy', 'kms:ListResourceTags'],
        ...everyKey,
      },
      {
        Sid: 'OneFunctionSigns',
        Effect: 'Allow',
        Principal: ofAccount,
        Action: 'kms:Sign',
        ...everyKey,
        Condition: { ArnLike: signer },
      },
      {
        Sid: 'TheAdministratorRemains',
        Effect: 'Allow',
        Principal: ofAccount,
        Action: 'kms:*',
        ...everyKey,
        Condition: { ArnEquals: { 'aws:PrincipalArn': administrator } },
      },
      {
        Sid: 'NobodyElseSigns',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: ['kms:Sign', 'kms:CreateGrant'],
        ...everyKey,
        Condition: { ArnNotLike: signer },
      },
      {
        Sid: 'NoFunctionChangesAKey',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: [...changes, ...ends].map((verb) => `kms:${verb}*`),
        ...everyKey,
        Condition: { ArnLike: { 'aws:PrincipalArn': `${roles}*` } },
      },
    ],
  })
}

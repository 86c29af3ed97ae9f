import { tables, writable } from '@sijil/aws'
import type { Grant } from '@sijil/functions/routes.ts'
import { ArnFormat, Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { DataStack } from './data-stack.ts'
import type { ScheduledName } from './limits.ts'

/** What no route calls: the words of the others stand in `functions/routes.ts`. */
export const scheduledGrants = {
  // It burns reservations that nobody continued; it signs nothing and sees no box.
  sweep: ['read-commits', 'write-certificates', 'write-interruptions'],
  // It alone signs checkpoints, and makes the keys for them and for statements at its first run.
  sequence: ['read-commits', 'write-logs', 'create-checkpoint-key', 'sign-checkpoints', 'create-statement-key'],
  // It compares what is stored with what was logged, and can change neither.
  audit: ['read-commits'],
} as const satisfies Record<ScheduledName, readonly Grant[]>

type SigningPurpose = 'certificates' | 'lists' | 'checkpoints' | 'statements'

/** What the words can be about. */
type Holdings = Pick<DataStack, 'commits' | 'boxes' | 'secretsKey'> & {
  /** Of bodies that lend their keys. */
  keyAccounts: readonly string[]
}

/** Without its issuer as encryption context nothing is sealed or opened, whatever the code says. */
const forAnIssuer = { Null: { 'kms:EncryptionContext:issuer': 'false' } }
const ofNotes = { StringEquals: { 'kms:EncryptionContext:content': 'note' } }

/** What each word of `functions/routes.ts` allows. A word without a row does not compile; nothing else is granted. */
const statements = {
  'read-commits': ({ commits }) => [
    allow(['dynamodb:GetItem', 'dynamodb:Query'], commits.tableArn),
    allow(['dynamodb:Query'], `${commits.tableArn}/index/${tables.commits.index.name}`),
  ],
  'write-certificates': (holdings) => writeTo(holdings, writable.certificates),
  'write-numbers': (holdings) => writeTo(holdings, writable.numbers),
  'write-interruptions': (holdings) => writeTo(holdings, writable.interruptions),
  'write-brakes': (holdings) => writeTo(holdings, writable.brakes),
  'claim-status-entries': (holdings) => writeTo(holdings, writable.statusEntries),
  'claim-successions': (holdings) => writeTo(holdings, writable.successions),
  'write-decisions': (holdings) => writeTo(holdings, writable.decisions),
  'create-keys': (holdings) => createKeys(holdings, ['certificates', 'lists']),
  // It makes them and opens none.
  'create-secrets': (holdings) => [
    ...writeTo(holdings, writable.secrets),
    allow(['kms:GenerateDataKeyWithoutPlaintext'], holdings.secretsKey.keyArn, forAnIssuer),
  ],
  'publish-lists': (holdings) => writeTo(holdings, writable.publishedLists),
  'read-boxes': ({ boxes }) => [allow(['dynamodb:GetItem'], boxes.tableArn)],
  'write-boxes': ({ boxes }) => [allow(['dynamodb:PutItem'], boxes.tableArn)],
  'sign-certificates': (holdings) => [
    ...signWith(holdings, 'certificates', ['ED25519_SHA_512', 'ECDSA_SHA_256', 'ECDSA_SHA_384']),
    ...signWithLent(holdings),
  ],
  'sign-lists': (holdings) => [...signWith(holdings, 'lists', ['ED25519_SHA_512']), ...signWithLent(holdings)],
  'decrypt-secrets': ({ secretsKey }) => [allow(['kms:Decrypt'], secretsKey.keyArn, forAnIssuer)],
  // What it seals cannot be taken for a secret.
  'seal-notes': ({ secretsKey }) => [allow(['kms:Encrypt'], secretsKey.keyArn, { ...forAnIssuer, ...ofNotes })],
  'write-logs': (holdings) => writeTo(holdings, writable.logs),
  'write-cosignatures': (holdings) => writeTo(holdings, writable.cosignatures),
  'create-checkpoint-key': (holdings) => createKeys(holdings, ['checkpoints'], { issuer: 'registry' }),
  'sign-checkpoints': (holdings) => signWith(holdings, 'checkpoints', ['ED25519_SHA_512']),
  'create-statement-key': (holdings) => createKeys(holdings, ['statements'], { issuer: 'registry' }),
  'sign-statements': (holdings) => signWith(holdings, 'statements', ['ECDSA_SHA_256']),
} satisfies Record<Grant, (holdings: Holdings) => PolicyStatement[]>

export const statementsFor = (grants: readonly Grant[], holdings: Holdings): PolicyStatement[] =>
  grants.flatMap((grant) => statements[grant](holdings))

/** New keys carry the tags by which they are known later; none can be made without. It cannot sign with them. */
function createKeys(
  { secretsKey }: Holdings,
  purposes: SigningPurpose[],
  { issuer }: { issuer?: string } = {},
): PolicyStatement[] {
  const keys = keysOf(secretsKey)
  return [
    allow(['kms:CreateKey', 'kms:TagResource'], '*', {
      StringEquals: { 'aws:RequestTag/purpose': purposes, ...(issuer && { 'aws:RequestTag/issuer': issuer }) },
      Null: { 'aws:RequestTag/issuer': 'false' },
    }),
    allow(['kms:GetPublicKey'], keys, { Null: { 'aws:ResourceTag/issuer': 'false' } }),
  ]
}

/** Streams of these kinds and no others: who issues cannot write who is trusted. */
const writeTo = ({ commits }: Holdings, leadingKeys: readonly string[]): PolicyStatement[] => [
  allow(['dynamodb:PutItem'], commits.tableArn, {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': leadingKeys },
    // A request that names no key would satisfy every pattern.
    Null: { 'dynamodb:LeadingKeys': 'false' },
  }),
]

/** Keys are made at run time, so they are known by their tags: one purpose each, and always an issuer (I23). */
function signWith({ secretsKey }: Holdings, purpose: SigningPurpose, algorithms: string[]): PolicyStatement[] {
  const keys = keysOf(secretsKey)
  const ofPurpose = { 'aws:ResourceTag/purpose': purpose }
  const hasIssuer = { 'aws:ResourceTag/issuer': 'false' }
  return [
    allow(['kms:Sign'], keys, {
      StringEquals: { ...ofPurpose, 'kms:SigningAlgorithm': algorithms },
      Null: hasIssuer,
    }),
    // The signer compares the tags with the issuer and the purpose that it was asked for.
    allow(['kms:ListResourceTags'], keys, { StringEquals: ofPurpose, Null: hasIssuer }),
  ]
}

/**
 * The tags of a key in another account are nobody's to ask for: who lends one allows `kms:Sign` in its policy, and the signer asks the
 * key's own word for whom and for what (`isLentFor`).
 */
function signWithLent({ secretsKey, keyAccounts }: Holdings): PolicyStatement[] {
  const [first, ...rest] = keyAccounts.map((account) => keysOf(secretsKey, account))
  if (first === undefined) return []
  const statement = allow(['kms:Sign'], first, {
    StringEquals: { 'kms:SigningAlgorithm': 'ED25519_SHA_512' },
    // Whoever lists our own account opens nothing: its keys go by their tags.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM replaces it when it is asked
    StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' },
  })
  statement.addResources(...rest)
  return [statement]
}

/** All keys of an account, in our region. */
const keysOf = (secretsKey: Holdings['secretsKey'], account?: string): string =>
  Stack.of(secretsKey).formatArn({
    service: 'kms',
    ...(account !== undefined && { account }),
    resource: 'key',
    resourceName: '*',
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  })

const allow = (actions: string[], resource: string, conditions?: Record<string, Record<string, unknown>>) =>
  new PolicyStatement({ actions, resources: [resource], conditions })

import { tables, writable } from '@sijil/aws'
import type { Grant } from '@sijil/functions/routes.ts'
import { ArnFormat, Stack } from 'aws-cdk-lib'
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Key } from 'aws-cdk-lib/aws-kms'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { ScheduledName } from './limits.ts'

/** Rights of the scheduled functions. Those of the others are in `functions/routes.ts`. */
export const scheduledGrants = {
  // It abandons reservations that were never finished. It cannot sign, and cannot read a box.
  // It sends the messages of batches that stand still, and records that they are finished.
  sweep: [
    'read-commits',
    'write-batches',
    'send-ranges',
    'send-files',
    'write-certificates',
    'write-interruptions',
    'write-sweep-cursor',
  ],
  // Only this function deletes anything, and only boxes. It cannot read a box. The address of a box follows from the secret of its issuer.
  erase: ['read-commits', 'write-erasures', 'delete-boxes', 'decrypt-secrets'],
  // Only this function signs checkpoints. At its first run it makes the keys for checkpoints and for statements.
  sequence: [
    'read-commits',
    'write-logs',
    'read-bundles',
    'write-bundles',
    'read-tiles',
    'write-tiles',
    'write-records',
    'create-checkpoint-key',
    'sign-checkpoints',
    'create-statement-key',
  ],
  // Only this function connects to systems of bodies. It opens their secrets for that, and writes its own log. It cannot read a box.
  deliver: ['read-commits', 'write-deliveries', 'send-deliveries', 'open-webhooks'],
  // It compares the stored streams with the logs, and can change neither.
  audit: ['read-commits', 'read-tiles', 'read-records'],
} as const satisfies Record<ScheduledName, readonly Grant[]>

/** The first part of the name of a file (`packages/registry/src/artefacts.ts`). */
type FileKind = 'bundles' | 'lists' | 'tiles' | 'records' | 'logos'
type SigningPurpose = 'certificates' | 'lists' | 'decisions' | 'checkpoints' | 'statements'

/** The resources to which the rights apply. */
export interface Holdings {
  commits: TableV2
  boxes: TableV2
  artefacts: Bucket
  /** Absent for a role that no batch concerns. */
  batches?: { uploads: Bucket; ranges: Queue; files: Queue }
  /** Absent for a role that sends no events. */
  deliveries?: Queue
  secretsKey: Key
  /** AWS accounts of bodies that lend their keys. */
  keyAccounts: readonly string[]
}

/** Allows the use of the key only with an issuer as encryption context, even if the code omitted it. */
const forAnIssuer = { Null: { 'kms:EncryptionContext:issuer': 'false' } }
/** A secret is sealed for its issuer, and with no content. */
const ofSecrets = { Null: { ...forAnIssuer.Null, 'kms:EncryptionContext:content': 'true' } }
const ofNotes = { StringEquals: { 'kms:EncryptionContext:content': 'note' } }
const ofOrders = { StringEquals: { 'kms:EncryptionContext:content': 'order' } }
const ofSignatories = { StringEquals: { 'kms:EncryptionContext:content': 'signatory' } }
const ofWebhooks = { StringEquals: { 'kms:EncryptionContext:content': 'webhook' } }
const ofDecisions = { StringEquals: { 'kms:EncryptionContext:content': 'decision' } }
const ofReports = { StringEquals: { 'kms:EncryptionContext:content': 'report' } }

/** The statements of each word of `functions/routes.ts`. A word without a row does not compile. Nothing else is granted. */
const statements = {
  'read-commits': ({ commits }) => [
    allow(['dynamodb:GetItem', 'dynamodb:Query'], commits.tableArn),
    allow(['dynamodb:Query'], `${commits.tableArn}/index/${tables.commits.index.name}`),
  ],
  'write-certificates': (holdings) => writeTo(holdings, writable.certificates),
  'write-numbers': (holdings) => writeTo(holdings, writable.numbers),
  'write-interruptions': (holdings) => writeTo(holdings, writable.interruptions),
  'write-erasures': (holdings) => writeTo(holdings, writable.erasures),
  'delete-boxes': ({ boxes }) => [allow(['dynamodb:DeleteItem'], boxes.tableArn)],
  'write-sweep-cursor': (holdings) => writeTo(holdings, writable.sweepCursor),
  'write-brakes': (holdings) => writeTo(holdings, writable.brakes),
  'write-openings': (holdings) => writeTo(holdings, writable.openings),
  'write-prints': (holdings) => writeTo(holdings, writable.prints),
  'claim-status-entries': (holdings) => writeTo(holdings, writable.statusEntries),
  'claim-successions': (holdings) => writeTo(holdings, writable.successions),
  'write-decisions': (holdings) => writeTo(holdings, writable.decisions),
  'create-keys': (holdings) => createKeys(holdings, ['certificates', 'lists', 'decisions']),
  // The function can make secrets, but cannot decrypt one.
  'create-secrets': (holdings) => [
    ...writeTo(holdings, writable.secrets),
    allow(['kms:GenerateDataKeyWithoutPlaintext'], holdings.secretsKey.keyArn, forAnIssuer),
  ],
  'publish-lists': (holdings) => writeTo(holdings, writable.publishedLists),
  'read-boxes': ({ boxes }) => [allow(['dynamodb:GetItem'], boxes.tableArn)],
  'read-bundles': (holdings) => readFiles(holdings, 'bundles'),
  'write-bundles': (holdings) => writeFiles(holdings, 'bundles'),
  'read-tiles': (holdings) => readFiles(holdings, 'tiles'),
  'write-tiles': (holdings) => writeFiles(holdings, 'tiles'),
  'read-records': (holdings) => readFiles(holdings, 'records'),
  'write-records': (holdings) => writeFiles(holdings, 'records'),
  'read-logos': (holdings) => readFiles(holdings, 'logos'),
  'write-logos': (holdings) => writeFiles(holdings, 'logos'),
  'read-lists': (holdings) => readFiles(holdings, 'lists'),
  'write-lists': (holdings) => writeFiles(holdings, 'lists'),
  'write-boxes': ({ boxes }) => [allow(['dynamodb:PutItem'], boxes.tableArn)],
  'sign-certificates': (holdings) => [
    ...signWith(holdings, 'certificates', ['ED25519_SHA_512', 'ECDSA_SHA_256', 'ECDSA_SHA_384']),
    ...signWithLent(holdings),
  ],
  'write-singles': (holdings) => writeTo(holdings, writable.singles),
  'write-letters': (holdings) => writeTo(holdings, writable.letters),
  // No body lends a key for decisions.
  'sign-decisions': (holdings) => signWith(holdings, 'decisions', ['ED25519_SHA_512']),
  'sign-lists': (holdings) => [...signWith(holdings, 'lists', ['ED25519_SHA_512']), ...signWithLent(holdings)],
  // The encryption context separates secrets, notes, orders and all other contents, so none can be passed off as another.
  'decrypt-secrets': ({ secretsKey }) => [allow(['kms:Decrypt'], secretsKey.keyArn, ofSecrets)],
  'seal-notes': ({ secretsKey }) => [allow(['kms:Encrypt'], secretsKey.keyArn, { ...forAnIssuer, ...ofNotes })],
  'open-notes': ({ secretsKey }) => [allow(['kms:Decrypt'], secretsKey.keyArn, { ...forAnIssuer, ...ofNotes })],
  'seal-terms': ({ secretsKey }) => [allow(['kms:Encrypt'], secretsKey.keyArn, { ...forAnIssuer, ...ofDecisions })],
  'open-terms': ({ secretsKey }) => [allow(['kms:Decrypt'], secretsKey.keyArn, { ...forAnIssuer, ...ofDecisions })],
  'seal-orders': ({ secretsKey }) => [allow(['kms:Encrypt'], secretsKey.keyArn, { ...forAnIssuer, ...ofOrders })],
  'open-orders': ({ secretsKey }) => [allow(['kms:Decrypt'], secretsKey.keyArn, { ...forAnIssuer, ...ofOrders })],
  'write-reports': (holdings) => writeTo(holdings, writable.reports),
  'seal-reports': ({ secretsKey }) => [allow(['kms:Encrypt'], secretsKey.keyArn, { ...forAnIssuer, ...ofReports })],
  'open-reports': ({ secretsKey }) => [allow(['kms:Decrypt'], secretsKey.keyArn, { ...forAnIssuer, ...ofReports })],
  'seal-signatories': ({ secretsKey }) => [
    allow(['kms:Encrypt'], secretsKey.keyArn, { ...forAnIssuer, ...ofSignatories }),
  ],
  'open-signatories': ({ secretsKey }) => [
    allow(['kms:Decrypt'], secretsKey.keyArn, { ...forAnIssuer, ...ofSignatories }),
  ],
  'seal-webhooks': ({ secretsKey }) => [allow(['kms:Encrypt'], secretsKey.keyArn, { ...forAnIssuer, ...ofWebhooks })],
  'open-webhooks': ({ secretsKey }) => [allow(['kms:Decrypt'], secretsKey.keyArn, { ...forAnIssuer, ...ofWebhooks })],
  'write-deliveries': (holdings) => writeTo(holdings, writable.deliveries),
  'send-deliveries': ({ deliveries }) => [allow(['sqs:SendMessage'], requireQueue(deliveries).queueArn)],
  'write-batches': (holdings) => writeTo(holdings, writable.batches),
  'read-uploads': (holdings) => [allow(['s3:GetObject'], batchesOf(holdings).uploads.arnForObjects('uploads/*'))],
  'write-uploads': (holdings) => [allow(['s3:PutObject'], batchesOf(holdings).uploads.arnForObjects('uploads/*'))],
  'send-ranges': (holdings) => [allow(['sqs:SendMessage'], batchesOf(holdings).ranges.queueArn)],
  'write-batch-files': (holdings) => writeTo(holdings, writable.batchFiles),
  'send-files': (holdings) => [allow(['sqs:SendMessage'], batchesOf(holdings).files.queueArn)],
  // For addresses that it signs, too: a reader who has one reads with the right of the function.
  'read-results': (holdings) => [allow(['s3:GetObject'], batchesOf(holdings).uploads.arnForObjects('results/*'))],
  'write-results': (holdings) => [allow(['s3:PutObject'], batchesOf(holdings).uploads.arnForObjects('results/*'))],
  'receive-files': (holdings) => [
    allow(['s3:GetObject', 's3:PutObject'], batchesOf(holdings).uploads.arnForObjects('incoming/*')),
  ],
  'write-logs': (holdings) => writeTo(holdings, writable.logs),
  'write-cosignatures': (holdings) => writeTo(holdings, writable.cosignatures),
  'create-checkpoint-key': (holdings) => createKeys(holdings, ['checkpoints'], { issuer: 'registry' }),
  'sign-checkpoints': (holdings) => signWith(holdings, 'checkpoints', ['ED25519_SHA_512']),
  'create-statement-key': (holdings) => createKeys(holdings, ['statements'], { issuer: 'registry' }),
  'sign-statements': (holdings) => signWith(holdings, 'statements', ['ECDSA_SHA_256']),
} satisfies Record<Grant, (holdings: Holdings) => PolicyStatement[]>

export const statementsFor = (grants: readonly Grant[], holdings: Holdings): PolicyStatement[] => [
  ...grants.flatMap((grant) => statements[grant](holdings)),
  ...(grants.some((grant) => makesKeys.has(grant)) ? [refuseOwnKeys(grants)] : []),
]

const makesKeys: ReadonlySet<Grant> = new Set(['create-keys', 'create-checkpoint-key', 'create-statement-key'])

/**
 * A role that makes a key also chooses its policy, and could name itself there. So its own policy refuses it every signature but those of
 * its purpose.
 */
function refuseOwnKeys(grants: readonly Grant[]): PolicyStatement {
  const conditions = grants.includes('sign-checkpoints') && {
    StringNotEquals: { 'aws:ResourceTag/purpose': 'checkpoints' },
  }
  return new PolicyStatement({
    effect: Effect.DENY,
    actions: ['kms:Sign'],
    resources: ['*'],
    ...(conditions && { conditions }),
  })
}

/**
 * Allows keys to be made only with the tags that later identify them. It does not allow signing with them. IAM cannot separate tags at
 * creation from tags of an existing key, so each key refuses the second in its own policy (`key-policy.ts`).
 */
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
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['issuer', 'purpose', 'request'] },
    }),
    // An interrupted request finds its key by these. Public halves and descriptions are no secret, and IAM sees new tags only after minutes.
    allow(['kms:ListKeys'], '*'),
    allow(['kms:DescribeKey', 'kms:GetPublicKey'], keys),
    allow(['kms:ListResourceTags'], keys, { Null: { 'aws:ResourceTag/issuer': 'false' } }),
  ]
}

/** Allows writes only to streams of these kinds, so that the function that issues cannot write who is trusted. */
const writeTo = ({ commits }: Holdings, leadingKeys: readonly string[]): PolicyStatement[] => [
  allow(['dynamodb:PutItem'], commits.tableArn, {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': leadingKeys },
    // Without this, a request without keys would satisfy every pattern.
    Null: { 'dynamodb:LeadingKeys': 'false' },
  }),
]

function batchesOf({ batches }: Holdings) {
  if (batches === undefined) throw new TypeError('this role has no rights on batches')
  return batches
}

function requireQueue(queue: Queue | undefined): Queue {
  if (queue === undefined) throw new TypeError('this role sends no events')
  return queue
}

/** Without the right to list the bucket. A missing file is then answered like one that may not be read. */
const readFiles = ({ artefacts }: Holdings, kind: FileKind) => [
  allow(['s3:GetObject'], artefacts.arnForObjects(`${kind}/*`)),
]
const writeFiles = ({ artefacts }: Holdings, kind: FileKind) => [
  allow(['s3:PutObject'], artefacts.arnForObjects(`${kind}/*`)),
]

/** Allows signing by tags, because keys are made at run time. Each key has one purpose, and always an issuer (I23). */
function signWith({ secretsKey }: Holdings, purpose: SigningPurpose, algorithms: string[]): PolicyStatement[] {
  const keys = keysOf(secretsKey)
  const ofPurpose = { 'aws:ResourceTag/purpose': purpose }
  const hasIssuer = { 'aws:ResourceTag/issuer': 'false' }
  return [
    allow(['kms:Sign'], keys, {
      StringEquals: { ...ofPurpose, 'kms:SigningAlgorithm': algorithms },
      Null: hasIssuer,
    }),
    // The signer compares the tags with the issuer and the purpose of the request.
    allow(['kms:ListResourceTags'], keys, { StringEquals: ofPurpose, Null: hasIssuer }),
  ]
}

/**
 * Allows signing with lent keys. KMS does not show the tags of a key in another account. The body allows `kms:Sign` in the policy of its key,
 * and the signer checks a statement that the key itself signed, of the issuer and the purpose (`isLentFor`).
 */
function signWithLent({ secretsKey, keyAccounts }: Holdings): PolicyStatement[] {
  const [first, ...rest] = keyAccounts.map((account) => keysOf(secretsKey, account))
  if (first === undefined) return []
  const statement = allow(['kms:Sign'], first, {
    StringEquals: { 'kms:SigningAlgorithm': 'ED25519_SHA_512' },
    // If the setting lists our own account, this grants nothing there: keys of our account are allowed by their tags only.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM replaces it when it is asked
    StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' },
  })
  statement.addResources(...rest)
  return [statement]
}

/** The ARN of all keys of an account, in our region. */
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

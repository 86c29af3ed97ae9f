import { randomBytes, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { findJson, writeDurably } from './durable-file.ts'
import { type Caller, callerOf, defaultPolicy, requireAllowed, requireSafePolicy } from './kms-access.ts'
import { arnOf, type HiddenFor, HOME, openKeyFolder, type StoredKey, type Tag } from './kms-folder.ts'
import { decryptWith, encryptWith, KmsError, publicKeyOf, signWith, specs } from './kms-keys.ts'
import { closeServer, listenOnLoopback, onlyPrograms } from './loopback.ts'

export interface LocalKms {
  endpoint: string
  /** The id of the key that encrypts the secrets of issuers (`SECRETS_KEY_ID`). It is the same at every start. */
  secretsKeyId: string
  /** Hides keys that are made from now on, as KMS may for a while. Without limits, it hides none. */
  hideNewKeys(how: HiddenFor): void
  close(): Promise<void>
}

/** The AWS account of a body that lends keys. A key belongs to it if its file has this `account`. */
export const OTHER_ACCOUNT = '111122223333'

type Input = Record<string, unknown>

const CIPHERTEXT_HEADER = 36
const BODY_LIMIT = 64 * 1024

/** An emulator for one machine of the parts of KMS that we use. Each key is a file in `folder` that only its owner may read. */
export async function startKms({
  folder,
  port,
  clock = Date.now,
}: {
  folder: string
  port?: number
  /** Milliseconds since 1970. */
  clock?: () => number
}): Promise<LocalKms> {
  const keys = await openKeyFolder(folder, clock)

  async function usableKey(reference: unknown, usage: string): Promise<StoredKey> {
    const key = await keys.find(reference)
    if (key.state === 'Disabled') throw new KmsError('DisabledException', 'the key is disabled')
    if (key.state !== 'Enabled') throw new KmsError('KMSInvalidStateException', `the key is ${key.state}`)
    if (specs[key.spec]?.usage !== usage) throw new KmsError('InvalidKeyUsageException', `the key is not for ${usage}`)
    return key
  }

  async function createKey(
    {
      KeySpec = 'SYMMETRIC_DEFAULT',
      KeyUsage,
      Tags = [],
      Policy,
      BypassPolicyLockoutSafetyCheck: bypass,
      MultiRegion,
    }: Input,
    { roles, region }: Caller = { roles: [], region: HOME },
  ) {
    const spec = specs[String(KeySpec)]
    if (spec === undefined) throw new KmsError('UnsupportedOperationException', `no key spec ${KeySpec} here`)
    if ((KeyUsage ?? 'ENCRYPT_DECRYPT') !== spec.usage) throw new KmsError('ValidationException', 'wrong KeyUsage')
    const tags = Tags as Tag[]
    const needed = spec.usage === 'SIGN_VERIFY' ? ['issuer', 'purpose'] : ['purpose']
    // On AWS the policy of the role requires these tags (`aws:RequestTag`), and KMS answers with this error.
    if (!needed.every((name) => tags.some(({ TagKey, TagValue }) => TagKey === name && TagValue))) {
      throw new KmsError('AccessDeniedException', `a key needs the tags ${needed.join(' and ')}`)
    }
    const id = MultiRegion === true ? `mrk-${randomBytes(16).toString('hex')}` : randomUUID()
    const made = { id, region, spec: String(KeySpec), state: 'Enabled', tags, material: spec.make() } as const
    const key: StoredKey = Policy === undefined ? made : { ...made, policy: String(Policy) }
    if (Policy !== undefined) requireSafePolicy(roles, { ...key, arn: arnOf(key) }, bypass)
    await keys.add(key)
    return metadataOf(key)
  }

  /** A ciphertext begins with the id of its key. */
  async function seal(reference: unknown, context: unknown, plaintext: Buffer) {
    const { id, material } = await usableKey(reference, 'ENCRYPT_DECRYPT')
    const blob = Buffer.concat([Buffer.from(id), encryptWith(material, context, plaintext)])
    return { KeyId: arnOf({ id }), CiphertextBlob: blob.toString('base64') }
  }

  const operations: Record<string, (input: Input, caller: Caller) => Promise<unknown>> = {
    CreateKey: createKey,
    ListKeys: async (_, { region }) => ({
      Keys: (await keys.list(region)).map((key) => ({ KeyId: key.id, KeyArn: arnOf(key) })),
      Truncated: false,
    }),
    DescribeKey: async ({ KeyId }) => metadataOf(await keys.find(KeyId)),
    async ListResourceTags({ KeyId }) {
      const { account, tags } = await keys.find(KeyId)
      if (account !== undefined)
        throw new KmsError('AccessDeniedException', 'only the account of the key may list its tags')
      return { Tags: tags, Truncated: false }
    },
    TagResource: ({ KeyId, Tags }) =>
      keys.change(KeyId, ({ tags }) => ({
        tags: [
          ...without(
            tags,
            (Tags as Tag[]).map(({ TagKey }) => TagKey),
          ),
          ...(Tags as Tag[]),
        ],
      })),
    UntagResource: ({ KeyId, TagKeys }) =>
      keys.change(KeyId, ({ tags }) => ({ tags: without(tags, TagKeys as string[]) })),
    GetKeyPolicy: async ({ KeyId }) => ({
      Policy: (await keys.find(KeyId)).policy ?? defaultPolicy,
      PolicyName: 'default',
    }),
    async PutKeyPolicy({ KeyId, Policy, BypassPolicyLockoutSafetyCheck: bypass }, { roles }) {
      const key = await keys.find(KeyId)
      requireSafePolicy(roles, { ...key, arn: arnOf(key), policy: String(Policy) }, bypass)
      return keys.change(KeyId, () => ({ policy: String(Policy) }))
    },
    /** A replica has the material and the id of the key. It has neither its tags nor its policy. */
    async ReplicateKey({ KeyId, ReplicaRegion, Policy, Tags = [] }) {
      const { policy: _, createdAt: __, ...key } = await keys.find(KeyId)
      if (!key.id.startsWith('mrk-'))
        throw new KmsError('UnsupportedOperationException', 'the key was not made for several regions')
      const policy = Policy === undefined ? {} : { policy: String(Policy) }
      const replica: StoredKey = { ...key, ...policy, region: String(ReplicaRegion), tags: Tags as Tag[] }
      await keys.add(replica)
      return { ReplicaKeyMetadata: metadataOf(replica).KeyMetadata, ReplicaTags: Tags, ReplicaPolicy: replica.policy }
    },
    DisableKey: ({ KeyId }) => keys.change(KeyId, () => ({ state: 'Disabled' })),
    EnableKey: ({ KeyId }) => keys.change(KeyId, () => ({ state: 'Enabled' })),
    ScheduleKeyDeletion: ({ KeyId }) => keys.change(KeyId, () => ({ state: 'PendingDeletion' })),
    async GetPublicKey({ KeyId }) {
      const key = await usableKey(KeyId, 'SIGN_VERIFY')
      const { spec, material } = key
      return { KeyId: arnOf(key), KeySpec: spec, KeyUsage: 'SIGN_VERIFY', PublicKey: publicKeyOf(material) }
    },
    async Sign(input) {
      const key = await usableKey(input.KeyId, 'SIGN_VERIFY')
      return { KeyId: arnOf(key), SigningAlgorithm: input.SigningAlgorithm, Signature: signWith(key, input) }
    },
    async Encrypt({ KeyId, Plaintext, EncryptionContext }) {
      const plaintext = Buffer.from(String(Plaintext), 'base64')
      if (plaintext.length < 1 || plaintext.length > 4096) {
        throw new KmsError('ValidationException', 'a plaintext has 1 to 4096 bytes')
      }
      return seal(KeyId, EncryptionContext, plaintext)
    },
    async GenerateDataKeyWithoutPlaintext({ KeyId, KeySpec, EncryptionContext }) {
      if (KeySpec !== 'AES_256') throw new KmsError('ValidationException', 'KeySpec must be AES_256')
      return seal(KeyId, EncryptionContext, randomBytes(32))
    },
    async Decrypt({ KeyId, CiphertextBlob, EncryptionContext }) {
      const blob = Buffer.from(String(CiphertextBlob), 'base64')
      const id = blob.subarray(0, CIPHERTEXT_HEADER).toString()
      const key = await usableKey(KeyId ?? id, 'ENCRYPT_DECRYPT')
      if (key.id !== id) throw new KmsError('IncorrectKeyException', 'the ciphertext was made with another key')
      const plaintext = decryptWith(key.material, EncryptionContext, blob.subarray(CIPHERTEXT_HEADER))
      return { KeyId: arnOf({ id }), Plaintext: plaintext.toString('base64') }
    },
  }

  /**
   * Checks the right to use the key, and names it by the ARN of its copy in this region. A key of another account is used by a grant of its
   * owner, who takes it back by disabling the key.
   */
  async function inRegion({ roles, region }: Caller, action: string, input: Input): Promise<Input> {
    if (input.KeyId === undefined) return input
    const key = await keys.findVisible(input.KeyId, region)
    if (key.account === undefined) requireAllowed(roles, action, { ...key, arn: arnOf(key) })
    return { ...input, KeyId: arnOf(key) }
  }

  async function answer(
    { target, caller }: { target: string; caller: Caller },
    body: Buffer,
  ): Promise<{ status: number; answer: unknown }> {
    try {
      const name = target.replace(/^TrentService\./, '')
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
      if (operation === undefined) throw new KmsError('UnsupportedOperationException', `no ${target} here`)
      const input = JSON.parse(body.toString() || '{}') as Input
      return { status: 200, answer: await operation(await inRegion(caller, name, input), caller) }
    } catch (error) {
      if (error instanceof KmsError) return { status: 400, answer: { __type: error.code, message: error.message } }
      return { status: 500, answer: { __type: 'KMSInternalException', message: 'the emulator failed' } }
    }
  }

  const server = createServer(
    onlyPrograms(async (request, response) => {
      const parts: Buffer[] = []
      let size = 0
      for await (const part of request) {
        size += part.length
        if (size > BODY_LIMIT) return void response.writeHead(413).end()
        parts.push(part)
      }
      const target = String(request.headers['x-amz-target'])
      const caller = callerOf(request.headers.authorization)
      const { status, answer: content } = await answer({ target, caller }, Buffer.concat(parts))
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(content))
    }),
  )
  const endpoint = await listenOnLoopback(server, port)
  return { endpoint, secretsKeyId: await secretsKey(), hideNewKeys: keys.hideNewKeys, close: () => closeServer(server) }

  async function secretsKey(): Promise<string> {
    const named = (await findJson(join(folder, 'secrets-key.json'))) as { id: string } | undefined
    if (named !== undefined) return (await keys.find(named.id)).id
    const made = await createKey({ Tags: [{ TagKey: 'purpose', TagValue: 'secrets' }] })
    await writeDurably(join(folder, 'secrets-key.json'), { id: made.KeyMetadata.KeyId })
    return made.KeyMetadata.KeyId
  }
}

const without = (tags: readonly Tag[], names: readonly string[]) => tags.filter(({ TagKey }) => !names.includes(TagKey))

function metadataOf(key: StoredKey) {
  const { id, spec, state, createdAt = 0 } = key
  return {
    KeyMetadata: {
      KeyId: id,
      Arn: arnOf(key),
      KeySpec: spec,
      KeyUsage: specs[spec]?.usage,
      KeyState: state,
      CreationDate: createdAt / 1_000,
      Enabled: state === 'Enabled',
      MultiRegion: id.startsWith('mrk-'),
      SigningAlgorithms: specs[spec]?.algorithm && [specs[spec].algorithm],
    },
  }
}

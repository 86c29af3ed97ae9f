import { createHash, createPublicKey, verify } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  GetKeyPolicyCommand,
  GetPublicKeyCommand,
  type KMSClient,
  ListKeysCommand,
  PutKeyPolicyCommand,
  ReplicateKeyCommand,
  ScheduleKeyDeletionCommand,
  SignCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-kms'
import {
  createKeyMaker,
  createNoteOpener,
  createNoteSealer,
  createSecretMaker,
  createSecretReader,
  createSigner,
  keyPolicy,
  signingFunctions,
} from '@sijil/aws'
import { decodeMultikey, didForIssuer, isSignedByKey, multikeyFromSpki, possessionText } from '@sijil/credentials'
import type { KeyAlgorithm, KeyPurpose, SigningKey } from '@sijil/registry'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { kmsAs } from '../../test/support/kms-as.ts'
import { aKeyOfAnotherAccount } from '../../test/support/lent-key.ts'
import { type LocalKms, OTHER_ACCOUNT, startKms } from './kms.ts'
import { localKeyHolders } from './kms-access.ts'

const issuer = 'did:web:registry.example:issuers:tesda'
const registry = 'https://registry.example'
const other = 'did:web:registry.example:issuers:bnsp'
const bytes = new Uint8Array(64).fill(7)
const holders = localKeyHolders
let folder: string
let local: LocalKms
let kms: KMSClient
let administrator: KMSClient
let clock = new Date('2026-03-02T09:00:00Z')
const now = () => clock

const clientAt = (endpoint: string) => kmsAs('local', endpoint)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kms-'))
  local = await startKms({ folder: join(folder, 'keys'), clock: () => clock.getTime() })
  kms = clientAt(local.endpoint)
  administrator = kmsAs('administrator', local.endpoint)
})
afterAll(async () => {
  kms.destroy()
  administrator.destroy()
  await local.close()
  await rm(folder, { recursive: true })
})

/** It does not wait: `pauses` has the milliseconds that it would. */
const aKeyMaker = (
  client: KMSClient,
  { accounts = [] as string[], pauses = [] as number[], severalRegions = false } = {},
) =>
  createKeyMaker({ kms: client, holders, severalRegions, now, pause: async (wait) => void pauses.push(wait), accounts })
let requests = 0
const aNewRequest = () => {
  requests += 1
  return { name: `request-${requests}`, isRepeated: false }
}

async function aKey(algorithm: KeyAlgorithm, purpose: KeyPurpose = 'certificates'): Promise<SigningKey> {
  const made = await aKeyMaker(kms).createKey(issuer, purpose, algorithm, aNewRequest())
  return { kid: `${purpose}-1`, purpose, algorithm, ...made }
}
const aSigner = () => createSigner({ kms, now, registry, accounts: [OTHER_ACCOUNT] })

describe('signing', () => {
  const checks = {
    Ed25519: { digest: null, length: 64 },
    'P-256': { digest: 'sha256', length: 64 },
    'P-384': { digest: 'sha384', length: 96 },
  } as const

  test.each(Object.keys(checks) as KeyAlgorithm[])(
    '%s: the signature verifies with the key that was answered',
    async (algorithm) => {
      const key = await aKey(algorithm)
      const { PublicKey = new Uint8Array() } = await kms.send(new GetPublicKeyCommand({ KeyId: key.keyRef }))
      expect(multikeyFromSpki(PublicKey)).toBe(key.publicKeyMultibase)
      expect(decodeMultikey(key.publicKeyMultibase).algorithm).toBe(algorithm)
      const publicKey = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' })
      const { digest, length } = checks[algorithm]
      // Enough signatures that some r or s begins with a zero byte, or has its highest bit set.
      for (let round = 0; round < 20; round += 1) {
        const message = createHash('sha512').update(`${round}`).digest()
        const signature = await aSigner().sign(key, issuer, 'certificates', message)
        expect(signature).toHaveLength(length)
        expect(verify(digest, message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true)
      }
    },
  )

  test('I23: a key signs for no other issuer, even if a record says so', async () => {
    const key = await aKey('Ed25519')
    await expect(aSigner().sign(key, other, 'certificates', bytes)).rejects.toMatchObject({ code: 'internal' })
  })

  test('I23: a list key does not sign certificates, even if a record calls it a certificate key', async () => {
    const key = await aKey('Ed25519', 'lists')
    await expect(aSigner().sign(key, issuer, 'certificates', bytes)).rejects.toMatchObject({ code: 'internal' })
    const renamed: SigningKey = { ...key, purpose: 'certificates' }
    await expect(aSigner().sign(renamed, issuer, 'certificates', bytes)).rejects.toMatchObject({ code: 'internal' })
    expect(await aSigner().sign(key, issuer, 'lists', bytes)).toHaveLength(64)
  })

  test.each(['P-256', 'P-384'] as const)(
    '%s: of a message too long for KMS the digest is signed, and it verifies as any other',
    async (algorithm) => {
      const key = await aKey(algorithm)
      const { PublicKey = new Uint8Array() } = await kms.send(new GetPublicKeyCommand({ KeyId: key.keyRef }))
      const publicKey = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' })
      const { digest, length } = checks[algorithm]
      for (let round = 0; round < 20; round += 1) {
        const message = Buffer.alloc(4097 + round, `${round}`)
        const signature = await aSigner().sign(key, issuer, 'certificates', message)
        expect(signature).toHaveLength(length)
        expect(verify(digest, message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true)
        message[0] = (message[0] ?? 0) ^ 1
        expect(verify(digest, message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(false)
      }
    },
  )

  test('a message that KMS would refuse is refused', async () => {
    const key = await aKey('Ed25519')
    await expect(aSigner().sign(key, issuer, 'certificates', new Uint8Array(4097))).rejects.toMatchObject({
      code: 'internal',
    })
  })

  test.each([
    ['disabled', (KeyId: string) => new DisableKeyCommand({ KeyId })],
    ['pending deletion', (KeyId: string) => new ScheduleKeyDeletionCommand({ KeyId })],
  ])('F8: a key that is %s is an outage only for its issuer', async (_, command) => {
    const signer = aSigner()
    const [key, another] = [await aKey('Ed25519'), await aKey('Ed25519')]
    await signer.sign(key, issuer, 'certificates', bytes)
    await administrator.send(command(key.keyRef) as DisableKeyCommand)
    await expect(signer.sign(key, issuer, 'certificates', bytes)).rejects.toMatchObject({
      code: 'signing-key-unavailable',
    })
    expect(await signer.sign(another, issuer, 'certificates', bytes)).toHaveLength(64)
    await administrator.send(new EnableKeyCommand({ KeyId: key.keyRef }))
    expect(await signer.sign(key, issuer, 'certificates', bytes)).toHaveLength(64)
  })

  test('F8: a deleted key is an outage', async () => {
    const key = {
      ...(await aKey('Ed25519')),
      keyRef: 'arn:aws:kms:local:000000000000:key/00000000-0000-4000-8000-000000000000',
    }
    await expect(aSigner().sign(key, issuer, 'certificates', bytes)).rejects.toMatchObject({
      code: 'signing-key-unavailable',
    })
  })
})

describe('a key carries its own policy from birth', () => {
  const functions = ['decisions', 'desk', ...Object.values(signingFunctions)]
  /** What one role gets when it asks for this. */
  async function as<T>(name: string, ask: (client: KMSClient) => Promise<T>): Promise<T> {
    const client = kmsAs(name, local.endpoint)
    try {
      return await ask(client)
    } finally {
      client.destroy()
    }
  }
  const refused = { name: 'AccessDeniedException' }
  const signing = (KeyId: string) =>
    new SignCommand({ KeyId, SigningAlgorithm: 'ED25519_SHA_512', MessageType: 'RAW', Message: bytes })

  test('the policy that the key maker sends is the policy of the key', async () => {
    const { keyRef: KeyId } = await aKey('Ed25519', 'lists')
    const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId }))
    expect(Policy).toBe(keyPolicy('lists', holders))
    expect(Policy).toContain(`${holders.roles}functions/lists/*`)
  })

  test('I23: one function signs with a key, by its purpose, and not even the administrator', async () => {
    for (const [purpose, signs] of Object.entries(signingFunctions)) {
      const maker = aKeyMaker(kms)
      const { keyRef } = await maker.createKey(issuer, purpose as KeyPurpose, 'Ed25519', aNewRequest())
      for (const name of [...functions, 'administrator', 'sweep', 'erase', 'nobody']) {
        const signature = as(name, (client) => client.send(signing(keyRef)))
        if (name === signs) expect((await signature).Signature).toHaveLength(64)
        else await expect(signature).rejects.toMatchObject(refused)
      }
    }
  })

  test('I23: no function can tag a key, change its policy or end it', async () => {
    const { keyRef: KeyId } = await aKey('Ed25519')
    const forAnother = { KeyId, Tags: [{ TagKey: 'issuer', TagValue: other }] }
    const Policy = keyPolicy('checkpoints', holders)
    for (const name of ['local', ...functions]) {
      const doing = (ask: (client: KMSClient) => Promise<unknown>) =>
        expect(as(name, ask)).rejects.toMatchObject(refused)
      await doing((client) => client.send(new TagResourceCommand(forAnother)))
      await doing((client) => client.send(new UntagResourceCommand({ KeyId, TagKeys: ['issuer'] })))
      await doing((client) => client.send(new PutKeyPolicyCommand({ KeyId, Policy })))
      await doing((client) => client.send(new DisableKeyCommand({ KeyId })))
      await doing((client) => client.send(new ScheduleKeyDeletionCommand({ KeyId })))
    }
    await administrator.send(new TagResourceCommand(forAnother))
    await administrator.send(new UntagResourceCommand({ KeyId, TagKeys: ['issuer'] }))
  })

  test('KMS refuses a policy that its maker cannot change, unless the maker says that this is intended', async () => {
    const command = (bypass: boolean) =>
      new CreateKeyCommand({
        KeySpec: 'ECC_NIST_EDWARDS25519',
        KeyUsage: 'SIGN_VERIFY',
        Policy: keyPolicy('certificates', holders),
        BypassPolicyLockoutSafetyCheck: bypass,
        Tags: [
          { TagKey: 'issuer', TagValue: issuer },
          { TagKey: 'purpose', TagValue: 'certificates' },
        ],
      })
    await expect(kms.send(command(false))).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' })
    expect((await kms.send(command(true))).KeyMetadata?.Enabled).toBe(true)
  })

  test('a policy is made only for the ARNs of roles', () => {
    const { administrator } = holders
    for (const roles of ['', '*', 'arn:aws:iam::000000000000:role/sijil', 'arn:aws:iam::*:role/sijil/'])
      expect(() => keyPolicy('lists', { roles, administrator })).toThrow('ARN')
  })
})

describe('a key that KMS does not find yet', () => {
  afterEach(() => local.hideNewKeys({}))
  const listed = async () => ((await kms.send(new ListKeysCommand({}))).Keys ?? []).length

  test('is waited for, and is one key', async () => {
    const before = await listed()
    local.hideNewKeys({ calls: 3 })
    const pauses: number[] = []
    const made = await aKeyMaker(kms, { pauses }).createKey(issuer, 'lists', 'Ed25519', aNewRequest())
    expect(pauses).toEqual([200, 400, 800])
    expect(await listed()).toBe(before + 1)
    const key: SigningKey = { kid: 'lists-1', purpose: 'lists', algorithm: 'Ed25519', ...made }
    expect(await aSigner().sign(key, issuer, 'lists', bytes)).toHaveLength(64)
  })

  test('is an outage if that lasts too long, and the repeated request finds this key, and makes no other', async () => {
    const before = await listed()
    const request = aNewRequest()
    local.hideNewKeys({ until: clock.getTime() + 60_000 })
    const pauses: number[] = []
    const first = aKeyMaker(kms, { pauses }).createKey(issuer, 'certificates', 'P-256', request)
    await expect(first).rejects.toMatchObject({ code: 'dependency-unavailable' })
    expect(pauses).toEqual([200, 400, 800, 1_600, 3_200])
    expect(await listed()).toBe(before)
    clock = new Date(clock.getTime() + 60_000)
    const repeated = { ...request, isRepeated: true }
    const found = await aKeyMaker(kms).createKey(issuer, 'certificates', 'P-256', repeated)
    expect(await listed()).toBe(before + 1)
    expect(await aKeyMaker(kms).createKey(issuer, 'certificates', 'P-256', repeated)).toEqual(found)
    const key: SigningKey = { kid: 'certificates-1', purpose: 'certificates', algorithm: 'P-256', ...found }
    expect(await aSigner().sign(key, issuer, 'certificates', bytes)).toHaveLength(64)
  })

  test('is found by all its tags, its kind and its age: every other request makes a key of its own', async () => {
    const maker = aKeyMaker(kms)
    // Keys of other accounts are not listed.
    await aKeyOfAnotherAccount(join(folder, 'keys'))
    const request = { ...aNewRequest(), isRepeated: true }
    const { keyRef } = await maker.createKey(issuer, 'lists', 'Ed25519', request)
    clock = new Date(clock.getTime() + 1_000)
    const others = [
      await maker.createKey(other, 'lists', 'Ed25519', request),
      await maker.createKey(issuer, 'certificates', 'Ed25519', request),
      await maker.createKey(issuer, 'lists', 'P-256', request),
      await maker.createKey(issuer, 'lists', 'Ed25519', { ...request, name: 'another' }),
      await maker.createKey(issuer, 'lists', 'Ed25519', { ...request, isRepeated: false }),
    ]
    expect(new Set([keyRef, ...others.map((made) => made.keyRef)]).size).toBe(6)
    // Two keys were made for this request. KMS lists keys in no order.
    const alike = [keyRef, others[4]?.keyRef]
    const found = (await maker.createKey(issuer, 'lists', 'Ed25519', request)).keyRef
    expect(alike).toContain(found)
    await administrator.send(new DisableKeyCommand({ KeyId: found }))
    expect((await maker.createKey(issuer, 'lists', 'Ed25519', request)).keyRef).toBe(alike.find((one) => one !== found))
    clock = new Date(clock.getTime() + 24 * 60 * 60_000)
    expect([keyRef, ...others.map((made) => made.keyRef)]).not.toContain(
      (await maker.createKey(issuer, 'lists', 'Ed25519', request)).keyRef,
    )
  })
})

describe('a key with a copy in another region', () => {
  const away = 'eu-west-1'
  let there: KMSClient
  beforeAll(() => {
    there = kmsAs('local', local.endpoint, away)
  })
  afterAll(() => there.destroy())
  const signerThere = () => createSigner({ kms: there, now, registry })
  const Tags = [
    { TagKey: 'issuer', TagValue: issuer },
    { TagKey: 'purpose', TagValue: 'certificates' },
  ]
  async function aCopiedKey(copy: { Policy?: string; Tags?: typeof Tags }): Promise<SigningKey> {
    const maker = aKeyMaker(kms, { severalRegions: true })
    const made = await maker.createKey(issuer, 'certificates', 'Ed25519', aNewRequest())
    await administrator.send(new ReplicateKeyCommand({ KeyId: made.keyRef, ReplicaRegion: away, ...copy }))
    return { kid: 'certificates-1', purpose: 'certificates', algorithm: 'Ed25519', ...made }
  }

  test('is recorded once, and signs in either region', async () => {
    const key = await aCopiedKey({ Policy: keyPolicy('certificates', holders), Tags })
    expect(key.keyRef).toMatch(/^arn:aws:kms:local:\d{12}:key\/mrk-/)
    for (const signer of [aSigner(), signerThere()]) {
      const signature = await signer.sign(key, issuer, 'certificates', bytes)
      expect(isSignedByKey(key.publicKeyMultibase, bytes, signature)).toBe(true)
    }
    // A record that the other region made serves here as well.
    const recordedThere = { ...key, keyRef: key.keyRef.replace(':local:', `:${away}:`) }
    expect(await aSigner().sign(recordedThere, issuer, 'certificates', bytes)).toHaveLength(64)
  })

  test('I23: signs nothing there without its tags, because a copy has neither tags nor policy of the key', async () => {
    const key = await aCopiedKey({ Policy: keyPolicy('certificates', holders) })
    await expect(signerThere().sign(key, issuer, 'certificates', bytes)).rejects.toMatchObject({ code: 'internal' })
    expect(await aSigner().sign(key, issuer, 'certificates', bytes)).toHaveLength(64)
    const bare = await aCopiedKey({ Tags })
    const { Policy } = await there.send(new GetKeyPolicyCommand({ KeyId: bare.keyRef.split('/')[1] }))
    expect(Policy).not.toBe(keyPolicy('certificates', holders))
  })

  test('I23: no function can copy it, and a key that is made for one region cannot be copied', async () => {
    const key = await aCopiedKey({ Policy: keyPolicy('certificates', holders), Tags })
    const copying = (KeyId: string) => new ReplicateKeyCommand({ KeyId, ReplicaRegion: 'eu-west-2', Tags })
    await expect(kms.send(copying(key.keyRef))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    const stays = await aKey('Ed25519')
    expect(stays.keyRef).not.toContain('mrk-')
    await expect(administrator.send(copying(stays.keyRef))).rejects.toMatchObject({
      name: 'UnsupportedOperationException',
    })
    await expect(signerThere().sign(stays, issuer, 'certificates', bytes)).rejects.toMatchObject({
      code: 'signing-key-unavailable',
    })
  })
})

describe('a key that a body lends', () => {
  const claimOf = (kid: string, publicKeyMultibase: string) => ({
    registry,
    did: didForIssuer(registry, 'tesda'),
    kid,
    publicKeyMultibase,
  })
  async function lent(purpose: KeyPurpose = 'certificates') {
    const kept = await aKeyOfAnotherAccount(join(folder, 'keys'))
    const { keyRef, publicKeyMultibase, signText } = kept
    const kid = `${purpose}-2`
    const possession = signText(possessionText(claimOf(kid, publicKeyMultibase)))
    const key: SigningKey = { kid, purpose, algorithm: 'Ed25519', publicKeyMultibase, keyRef, lent: { possession } }
    return { key, kept }
  }

  test('signs for the issuer in its own statement, although KMS does not list its tags', async () => {
    const { key, kept } = await lent()
    const signature = await aSigner().sign(key, 'tesda', 'certificates', bytes)
    expect(verify(null, bytes, kept.publicKey, signature)).toBe(true)
    const { lent: _, ...untold } = key
    await expect(aSigner().sign(untold, 'tesda', 'certificates', bytes)).rejects.toMatchObject({
      code: 'signing-key-unavailable',
    })
  })

  test('I23: signs for no other issuer, purpose or registry, even if a record says so', async () => {
    const { key } = await lent()
    const refused = { code: 'internal' }
    await expect(aSigner().sign(key, 'bnsp', 'certificates', bytes)).rejects.toMatchObject(refused)
    await expect(aSigner().sign({ ...key, purpose: 'lists' }, 'tesda', 'lists', bytes)).rejects.toMatchObject(refused)
    const renamed: SigningKey = { ...key, purpose: 'lists', kid: 'lists-2' }
    await expect(aSigner().sign(renamed, 'tesda', 'lists', bytes)).rejects.toMatchObject(refused)
    const otherRegistry = createSigner({ kms, now, registry: 'https://other.example', accounts: [OTHER_ACCOUNT] })
    await expect(otherRegistry.sign(key, 'tesda', 'certificates', bytes)).rejects.toMatchObject(refused)
  })

  test('I23: if a record names another key, of our account or another one, no signature is returned', async () => {
    const { key } = await lent()
    const stranger = await aKeyOfAnotherAccount(join(folder, 'keys'))
    const ofStranger = aSigner().sign({ ...key, keyRef: stranger.keyRef }, 'tesda', 'certificates', bytes)
    await expect(ofStranger).rejects.toMatchObject({ code: 'signing-key-unavailable' })
    const { keyRef } = await aKey('Ed25519')
    await expect(aSigner().sign({ ...key, keyRef }, 'tesda', 'certificates', bytes)).rejects.toMatchObject({
      code: 'internal',
    })
    const closed = createSigner({ kms, now, registry })
    await expect(closed.sign(key, 'tesda', 'certificates', bytes)).rejects.toMatchObject({ code: 'internal' })
  })

  test('F8: is an outage only for its body if the body withdraws the grant', async () => {
    const { key, kept } = await lent()
    await kept.disable()
    await expect(aSigner().sign(key, 'tesda', 'certificates', bytes)).rejects.toMatchObject({
      code: 'signing-key-unavailable',
    })
    expect(await aSigner().sign(await aKey('Ed25519'), issuer, 'certificates', bytes)).toHaveLength(64)
  })

  test('must be named by its ARN, in our region and in an account that may lend', async () => {
    const maker = aKeyMaker(kms, { accounts: [OTHER_ACCOUNT] })
    const { key } = await lent()
    expect(await maker.cannotUse(key.keyRef)).toBeUndefined()
    for (const [wrong, why] of [
      ['alias/ours', /ARN/],
      [key.keyRef.replace(':key/', ':alias/'), /ARN/],
      [key.keyRef.replace(':local:', ':eu-west-1:'), /key in local/],
      [key.keyRef.replace(OTHER_ACCOUNT, '000000000000'), /account/],
    ] as const)
      expect(await maker.cannotUse(wrong)).toMatch(why)
    expect(await aKeyMaker(kms).cannotUse(key.keyRef)).toMatch(/account/)
  })
})

describe('secrets', () => {
  const maker = () => createSecretMaker({ kms, keyId: local.secretsKeyId })
  const reader = () => createSecretReader({ kms, keyId: local.secretsKeyId, now })

  test('a secret has 256 bits, and is decrypted for its issuer', async () => {
    const sealed = await maker().createSecret(issuer)
    const opened = await reader().decrypt(issuer, sealed)
    expect(opened).toHaveLength(32)
    expect(await reader().decrypt(issuer, sealed)).toEqual(opened)
    expect(await reader().decrypt(issuer, await maker().createSecret(issuer))).not.toEqual(opened)
  })

  test('I36: it is not decrypted for another issuer, not even after its own issuer decrypted it', async () => {
    const remembering = reader()
    const sealed = await maker().createSecret(issuer)
    await remembering.decrypt(issuer, sealed)
    await expect(remembering.decrypt(other, sealed)).rejects.toMatchObject({ code: 'internal' })
  })

  test('a changed ciphertext cannot be decrypted', async () => {
    const sealed = await maker().createSecret(issuer)
    for (const place of [0, 40, 60, sealed.length - 1]) {
      const changed = sealed.slice()
      changed[place] = (changed[place] ?? 0) ^ 1
      await expect(reader().decrypt(issuer, changed)).rejects.toMatchObject({ name: 'RegistryError' })
    }
  })

  test('it is remembered for five minutes, and a caller cannot change it through a copy', async () => {
    const remembering = reader()
    const sealed = await maker().createSecret(issuer)
    const opened = await remembering.decrypt(issuer, sealed)
    const expected = opened.slice()
    opened.fill(0)
    await kms.send(new DisableKeyCommand({ KeyId: local.secretsKeyId }))
    try {
      clock = new Date(clock.getTime() + 4 * 60_000)
      expect(await remembering.decrypt(issuer, sealed)).toEqual(expected)
      clock = new Date(clock.getTime() + 2 * 60_000)
      await expect(remembering.decrypt(issuer, sealed)).rejects.toMatchObject({ code: 'dependency-unavailable' })
    } finally {
      await kms.send(new EnableKeyCommand({ KeyId: local.secretsKeyId }))
    }
  })
})

describe('notes', () => {
  const sealer = () => createNoteSealer({ kms, keyId: local.secretsKeyId })
  const opener = () => createNoteOpener({ kms, keyId: local.secretsKeyId })

  test('a note is decrypted only for its issuer', async () => {
    const sealed = await sealer().seal(issuer, 'ขอแก้ไขชื่อ')
    expect(sealed).not.toContain(Buffer.from('ขอแก้ไขชื่อ').toString('base64'))
    expect(await opener().open(issuer, sealed)).toBe('ขอแก้ไขชื่อ')
    await expect(opener().open(other, sealed)).rejects.toMatchObject({ code: 'internal' })
  })

  test('a note cannot be decrypted as a secret, nor a secret as a note', async () => {
    const secret = await createSecretMaker({ kms, keyId: local.secretsKeyId }).createSecret(issuer)
    await expect(opener().open(issuer, Buffer.from(secret).toString('base64'))).rejects.toMatchObject({
      code: 'internal',
    })
    const note = Buffer.from(await sealer().seal(issuer, 'n'.repeat(32)), 'base64')
    const secrets = createSecretReader({ kms, keyId: local.secretsKeyId, now })
    await expect(secrets.decrypt(issuer, note)).rejects.toMatchObject({ code: 'internal' })
  })

  test('a text of a reporter cannot be decrypted as a note, nor a note as such a text', async () => {
    const asReport = { kms, keyId: local.secretsKeyId, content: 'report' } as const
    const text = await createNoteSealer(asReport).seal(issuer, 'ana@example.org')
    expect(await createNoteOpener(asReport).open(issuer, text)).toBe('ana@example.org')
    await expect(opener().open(issuer, text)).rejects.toMatchObject({ code: 'internal' })
    const note = await sealer().seal(issuer, 'a note')
    await expect(createNoteOpener(asReport).open(issuer, note)).rejects.toMatchObject({ code: 'internal' })
  })

  test('a text of a reporter with the most letters fits, in a script of three bytes a letter', async () => {
    const atLimit = JSON.stringify({ contact: 'ก'.repeat(200), words: `"\n${'ก'.repeat(498)}` })
    const asReport = { kms, keyId: local.secretsKeyId, content: 'report' } as const
    expect(await createNoteOpener(asReport).open(issuer, await createNoteSealer(asReport).seal(issuer, atLimit))).toBe(
      atLimit,
    )
  })

  test('a note that is too long for KMS is refused as an error of the caller', async () => {
    await expect(sealer().seal(issuer, 'n'.repeat(4097))).rejects.toMatchObject({ code: 'validation-failed' })
  })
})

describe('the emulator enforces the rules of KMS', () => {
  const Tags = [
    { TagKey: 'issuer', TagValue: issuer },
    { TagKey: 'purpose', TagValue: 'certificates' },
  ]

  test('a key signs only with the algorithm of its spec, and a raw message of at most 4,096 bytes', async () => {
    const { keyRef: KeyId } = await aKey('Ed25519')
    const sign = (SigningAlgorithm: 'ED25519_SHA_512' | 'ECDSA_SHA_256', length: number) =>
      kms.send(new SignCommand({ KeyId, SigningAlgorithm, MessageType: 'RAW', Message: new Uint8Array(length) }))
    await expect(sign('ECDSA_SHA_256', 64)).rejects.toMatchObject({ name: 'InvalidKeyUsageException' })
    await expect(sign('ED25519_SHA_512', 4097)).rejects.toMatchObject({ name: 'ValidationException' })
    expect((await sign('ED25519_SHA_512', 4096)).Signature).toHaveLength(64)
  })

  test('a digest has the length of its hash, and Ed25519 signs no digest', async () => {
    const sign = async (algorithm: 'Ed25519' | 'P-256', length: number) =>
      kms.send(
        new SignCommand({
          KeyId: (await aKey(algorithm)).keyRef,
          SigningAlgorithm: algorithm === 'P-256' ? 'ECDSA_SHA_256' : 'ED25519_SHA_512',
          MessageType: 'DIGEST',
          Message: new Uint8Array(length),
        }),
      )
    await expect(sign('P-256', 31)).rejects.toMatchObject({ name: 'ValidationException' })
    await expect(sign('P-256', 64)).rejects.toMatchObject({ name: 'ValidationException' })
    await expect(sign('Ed25519', 64)).rejects.toMatchObject({ name: 'ValidationException' })
    expect((await sign('P-256', 32)).Signature?.length).toBeGreaterThan(60)
  })

  test('a signing key needs its tags', async () => {
    const command = new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', Tags: Tags.slice(1) })
    await expect(kms.send(command)).rejects.toMatchObject({ name: 'AccessDeniedException' })
  })

  test('a symmetric key does not sign', async () => {
    const command = new SignCommand({ KeyId: local.secretsKeyId, SigningAlgorithm: 'ECDSA_SHA_256', Message: bytes })
    await expect(kms.send(command)).rejects.toMatchObject({ name: 'InvalidKeyUsageException' })
  })

  test('a key id that is a path is not found', async () => {
    for (const KeyId of ['../secrets-key', 'secrets-key', '../../../etc/passwd']) {
      await expect(kms.send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({ name: 'NotFoundException' })
    }
  })

  test('keys survive a restart, and only their owner can read them', async () => {
    const keys = join(folder, 'restarted')
    const first = await startKms({ folder: keys })
    const before = clientAt(first.endpoint)
    const made = await aKeyMaker(before).createKey(issuer, 'certificates', 'P-256', aNewRequest())
    const sealed = await createSecretMaker({ kms: before, keyId: first.secretsKeyId }).createSecret(issuer)
    await first.close()
    const second = await startKms({ folder: keys })
    expect(second.secretsKeyId).toBe(first.secretsKeyId)
    const after = clientAt(second.endpoint)
    const key: SigningKey = { kid: 'certificates-1', purpose: 'certificates', algorithm: 'P-256', ...made }
    expect(await createSigner({ kms: after, now, registry }).sign(key, issuer, 'certificates', bytes)).toHaveLength(64)
    expect(
      await createSecretReader({ kms: after, keyId: second.secretsKeyId, now }).decrypt(issuer, sealed),
    ).toHaveLength(32)
    await second.close()

    expect((await stat(keys)).mode & 0o777).toBe(0o700)
    const files = await readdir(keys)
    expect(files).toHaveLength(3)
    for (const file of files) expect((await stat(join(keys, file))).mode & 0o777).toBe(0o600)
  })
})

describe('F6: when KMS does not answer', () => {
  test('an unreachable KMS is an outage after three attempts to sign', async () => {
    const key = await aKey('Ed25519')
    const gone = await startKms({ folder: join(folder, 'gone') })
    await gone.close()
    const client = clientAt(gone.endpoint)
    const outage = { name: 'RegistryError', code: 'dependency-unavailable', cause: expect.any(Error) }
    await expect(
      createSigner({ kms: client, now, registry }).sign(key, issuer, 'certificates', bytes),
    ).rejects.toMatchObject(outage)
    await expect(createSecretMaker({ kms: client, keyId: 'k' }).createSecret(issuer)).rejects.toMatchObject(outage)
    await expect(aKeyMaker(client).createKey(issuer, 'lists', 'Ed25519', aNewRequest())).rejects.toMatchObject(outage)
  })
})

import { createCipheriv, createDecipheriv, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { multikeyFromSpki } from '@sijil/credentials'
import { verifyIndependently } from '@sijil/credentials/independent'
import {
  type ArtefactFault,
  type CheckedStore,
  type Commit,
  checkedStore,
  type KeyMaker,
  type NoteOpener,
  type NoteSealer,
  type ReceiverCheck,
  RegistryError,
  type SecretMaker,
  type SecretReader,
  type Signer,
} from '@sijil/registry'
import { catalogueOf, type QualificationHistory } from '@sijil/registry/catalogue'
import type { IssueInput } from '@sijil/registry/certificates'
import { accredit, registerAuthority, registerBody } from '@sijil/registry/decisions'
import { type IssueDeps, type Issued, issueCertificate, noQuota, type Waiting } from '@sijil/registry/issuance'
import { addMember, roles, trustOf } from '@sijil/registry/trust'
import { storeOnly, type VerifyDeps } from '@sijil/registry/verification'
import { listCatalogue } from './list-catalogue.ts'
import { MemoryArtefacts } from './memory-artefacts.ts'
import { MemoryStore } from './memory-store.ts'

export const BODY = 'demo-tesda'
export const AUTHORITY = 'demo-pqf'
export const OFFICER = 'officer'
export const GRANT = 'main'
export const FROM = '2020-01-01T00:00:00.000Z'
export const noon = new Date('2026-03-02T12:00:00.000Z')
/** The moment that is so many milliseconds after noon. */
export const after = (milliseconds: number) => new Date(noon.getTime() + milliseconds)
export const SECOND = 1_000
export const MINUTE = 60 * SECOND

/** The input for a bricklayer's certificate. A test changes only what it is about. */
export const anInput = (change: Partial<IssueInput> = {}): IssueInput => ({
  qualification: 'ph-masonry-nc2',
  holder: { name: 'RODEL MANALO DELA CRUZ' },
  certificateNumber: '26-MAS2-000001',
  assessedOn: '2026-02-20',
  awardedOn: '2026-02-24',
  ...change,
})

/** Keeps every appended commit in order, so that a test can inspect all of them. */
class WatchedStore extends MemoryStore {
  readonly appended: Commit<unknown>[] = []

  override async append<E>(commit: Commit<E>): Promise<void> {
    await super.append(commit)
    this.appended.push(commit)
  }

  /** Events of one type, in all streams. */
  events<T extends string>(type: T): ({ type: T; stream: string } & Record<string, unknown>)[] {
    return this.appended.flatMap(({ events, stream }) =>
      (events as { type: string }[])
        .filter((event) => event.type === type)
        .map((event) => ({ ...event, type, stream })),
    )
  }
}

interface Signature {
  issuer: string
  purpose: string
  /** The hash of the signed document, as in the reservation. */
  hash: string
}

/** Implements the ports of KMS with keys of node:crypto. */
class KeyRing implements KeyMaker, Signer, SecretMaker, SecretReader, NoteSealer {
  readonly signatures: Signature[] = []
  readonly #keys = new Map<string, { issuer: string; purpose: string; key: KeyObject }>()
  readonly #wrapping = randomBytes(32)
  /** Called before each signature of a certificate. */
  beforeSigning: (signature: Signature) => Promise<void> = async () => {}

  /** Makes a key for each request, also for a repeated one. */
  async createKey(...[issuer, purpose, algorithm]: Parameters<KeyMaker['createKey']>) {
    const { privateKey, publicKey } =
      algorithm === 'P-256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519')
    const keyRef = `key-${this.#keys.size + 1}`
    this.#keys.set(keyRef, { issuer, purpose, key: privateKey })
    return { keyRef, publicKeyMultibase: multikeyFromSpki(publicKey.export({ format: 'der', type: 'spki' })) }
  }

  /** A key in a body's own account that it lends to the registry. */
  lend(issuer: string, purpose: string) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const keyRef = `lent-${this.#keys.size + 1}`
    this.#keys.set(keyRef, { issuer, purpose, key: privateKey })
    return {
      keyRef,
      publicKeyMultibase: multikeyFromSpki(publicKey.export({ format: 'der', type: 'spki' })),
      signText: (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
    }
  }

  cannotUse = async (keyRef: string) => (this.#keys.has(keyRef) ? undefined : 'is no key that we may sign with')

  async sign(...[{ keyRef }, issuer, purpose, bytes]: Parameters<Signer['sign']>) {
    const held = this.#keys.get(keyRef)
    if (held === undefined || held.issuer !== issuer || held.purpose !== purpose)
      throw new RegistryError('internal', 'this key was made for another issuer or purpose')
    const signature = { issuer, purpose, hash: Buffer.from(bytes.subarray(32)).toString('base64url') }
    await this.beforeSigning(signature)
    this.signatures.push(signature)
    const digest = held.key.asymmetricKeyType === 'ec' ? 'sha256' : null
    return new Uint8Array(sign(digest, bytes, { key: held.key, dsaEncoding: 'ieee-p1363' }))
  }

  createSecret = async (issuer: string) => this.#wrap(issuer, randomBytes(32))
  async seal(issuer: string, note: string) {
    return Buffer.from(this.#wrap(issuer, Buffer.from(note))).toString('base64')
  }
  async open(issuer: string, sealed: string) {
    return Buffer.from(await this.decrypt(issuer, Buffer.from(sealed, 'base64'))).toString()
  }

  #wrap(issuer: string, plain: Uint8Array) {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#wrapping, nonce).setAAD(Buffer.from(issuer))
    return new Uint8Array(Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]))
  }
  async decrypt(issuer: string, ciphertext: Uint8Array) {
    const bytes = Buffer.from(ciphertext)
    const cipher = createDecipheriv('aes-256-gcm', this.#wrapping, bytes.subarray(0, 12)).setAAD(Buffer.from(issuer))
    cipher.setAuthTag(bytes.subarray(-16))
    return new Uint8Array(Buffer.concat([cipher.update(bytes.subarray(12, -16)), cipher.final()]))
  }
}

export interface World {
  store: WatchedStore
  artefacts: CheckedStore
  /** The files of `artefacts`, by name. */
  files: MemoryArtefacts['files']
  /** Reported files that were missing or changed. */
  faults: ArtefactFault[]
  keys: KeyRing
  baseUrl: string
  /** The dependencies for issuing, at noon. */
  issuing: IssueDeps
  /** The dependencies for changing a status, a list or a grant at a moment. */
  at(now: Date): IssueDeps & {
    artefacts: CheckedStore
    notes: NoteSealer
    opener: NoteOpener
    webhookSealer: NoteSealer
    receivers: ReceiverCheck
    logos: CheckedStore
    keys: KeyMaker
    secrets: SecretMaker
    qualifications: () => Promise<readonly QualificationHistory[]>
  }
  /** The dependencies for verifying at a moment. */
  verifying(now: Date): VerifyDeps
  /** Issues the usual certificate, with changes. */
  issue(
    change?: Partial<IssueInput>,
    how?: { key?: string; issuer?: string; deps?: Partial<IssueDeps> },
  ): Promise<Issued>
}

export const identity = (change: Partial<Parameters<typeof registerBody>[0]['identity']> = {}) => ({
  name: 'Technical Education and Skills Development Authority (demonstration)',
  state: 'PH',
  website: 'https://ph-tesda.example',
  mandate: 'Republic Act 7796 (1994)',
  demonstration: true,
  ...change,
})

/** The issued certificate. Throws if it waits for a second person. */
export function atOnce(answer: Issued | Waiting): Issued {
  if ('waits' in answer) throw new Error('it waits for a second person')
  return answer
}

/** One authority, one body that it accredited from 2020 on for certificates of masonry, and the officer of the body. */
export async function aWorld({
  now = noon,
  baseUrl = 'https://registry.example',
  isBaselineListed = true,
}: {
  now?: Date
  baseUrl?: string
  /** False for a test of the logs that counts their entries: no index shows the baseline, so no log takes it. */
  isBaselineListed?: boolean
} = {}): Promise<World> {
  const store = new WatchedStore(undefined, { isListed: isBaselineListed })
  const keys = new KeyRing()
  const faults: ArtefactFault[] = []
  const kept = new MemoryArtefacts()
  const artefacts = checkedStore(kept, { report: (fault) => faults.push(fault) })
  const issuing: IssueDeps = {
    store,
    boxes: store,
    signer: keys,
    secrets: keys,
    sealer: keys,
    policy: { demonstration: true },
    baseUrl,
    verifyIndependently,
    now,
    random: randomBytes,
    patience: { random: randomBytes, clock: () => new Date(), pause: async (ms) => void (await sleep(ms)) },
    // Many tests issue all their certificates at the same moment.
    quota: noQuota,
  }
  const registering = { store, keys, secrets: keys, now: new Date(FROM) }
  const actor = 'registrar'
  await registerAuthority(
    { id: AUTHORITY, identity: identity({ name: 'PQF NCC' }), actor, effectiveAt: FROM },
    registering,
  )
  await aBody(BODY, { store, keys, baseUrl })
  return {
    store,
    artefacts,
    files: kept.files,
    faults,
    keys,
    baseUrl,
    issuing,
    at: (moment) => ({
      ...issuing,
      artefacts,
      now: moment,
      notes: keys,
      opener: keys,
      webhookSealer: keys,
      // Addresses have their own tests, in packages/http.
      receivers: { refusal: async () => undefined },
      logos: artefacts,
      keys,
      secrets: keys,
      qualifications: () => listCatalogue(store),
    }),
    verifying: (moment) => ({
      ...storeOnly,
      reader: store,
      boxes: store,
      trust: trustOf(store),
      catalogue: catalogueOf(store),
      policy: issuing.policy,
      baseUrl,
      now: moment,
      general: () => import('@sijil/credentials/general'),
    }),
    issue: async (change = {}, { key = 'key-1', issuer = BODY, deps = {} } = {}) =>
      atOnce(
        await issueCertificate(
          { issuer, subject: OFFICER, idempotencyKey: key, input: anInput(change) },
          { ...issuing, ...deps },
        ),
      ),
  }
}

/** Registers another body like the first, with the same officer. */
export async function aBody(
  id: string,
  { store, keys, baseUrl }: Pick<World, 'store' | 'keys' | 'baseUrl'>,
): Promise<void> {
  const actor = 'registrar'
  const deps = { store, keys, secrets: keys, now: new Date(FROM) }
  await registerBody({ id, identity: identity(), baseUrl, actor, effectiveAt: FROM }, deps)
  await addMember({ owner: id, subject: OFFICER, roles, actor }, deps)
  const scope = { qualifications: ['ph-masonry-nc1', 'ph-masonry-nc2'], places: ['PH'] }
  await accredit(
    {
      grantee: id,
      grant: GRANT,
      right: 'issue',
      grantors: [AUTHORITY],
      basis: 'decision 1',
      scope,
      actor,
      effectiveAt: FROM,
    },
    { ...deps, policy: { demonstration: true } },
  )
}

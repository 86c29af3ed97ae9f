import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { verifyIndependently } from '@sijil/credentials/independent'
import { type Box, type Commit, RegistryError } from '@sijil/registry'
import { catalogueOf } from '@sijil/registry/catalogue'
import { type IssueDeps, type IssueRequest, noQuota } from '@sijil/registry/issuance'
import { trustOf } from '@sijil/registry/trust'
import { storeOnly, type VerifyDeps } from '@sijil/registry/verification'
import { MemoryStore } from './memory-store.ts'

/** The content of `test/fixtures/certificate-1.json`, made when there was only one form of the profile. Bytes are in base64. */
interface FirstForm {
  baseUrl: string
  now: string
  issued: {
    request: IssueRequest
    link: string
    /** The hash in the reservation. */
    hash: string
    verdict: string
    checks: object[]
    certificate: object
    /** The signed text. */
    document: string
  }[]
  /** Recorded, but never signed. */
  reserved: { request: IssueRequest; hash: string }[]
  secret: string
  signingKeys: Record<string, string>
  claims: [pool: string, entry: number, holder: string][]
  boxes: Record<keyof Box, string>[]
  commits: Commit<{ type: string }>[]
}

const fixture = (name: string): string => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')

export const firstForm: FirstForm = JSON.parse(fixture('certificate-1.json'))
/** The schema at /schemas/certificate, without its `$id`. */
export const firstSchema: object = JSON.parse(fixture('certificate-1.schema.json'))

const bytes = (base64 = '') => new Uint8Array(Buffer.from(base64, 'base64'))

/** A store with everything that was stored then, and the dependencies to issue and verify with it at a moment. */
export async function openFirstForm(): Promise<{
  store: MemoryStore
  issuing(now: Date): IssueDeps
  verifying(now: Date): VerifyDeps
}> {
  const { commits, claims, boxes, baseUrl } = firstForm
  const store = new MemoryStore()
  for (const commit of commits) await store.append(commit)
  for (const claim of claims) await store.claim(...claim)
  for (const { find = '', salt, nonce, sealed, owner = '', uuid = '' } of boxes)
    await store.put({ find, owner, uuid, salt: bytes(salt), nonce: bytes(nonce), sealed: bytes(sealed) })
  const policy = { demonstration: true }
  return {
    store,
    issuing: (now) => ({
      store,
      boxes: store,
      signer: { sign: async ({ keyRef }, _issuer, _purpose, text) => signedBy(keyRef, text) },
      secrets: { decrypt: async () => bytes(firstForm.secret) },
      sealer: { seal: () => Promise.reject(new Error('no letter is sent here')) },
      policy,
      baseUrl,
      verifyIndependently,
      now,
      random: randomBytes,
      patience: { random: randomBytes, clock: () => now, pause: async () => {} },
      quota: noQuota,
    }),
    verifying: (now) => ({
      ...storeOnly,
      reader: store,
      boxes: store,
      trust: trustOf(store),
      catalogue: catalogueOf(store),
      policy,
      baseUrl,
      now,
      general: () => import('@sijil/credentials/general'),
    }),
  }
}

function signedBy(keyRef: string, text: Uint8Array): Uint8Array {
  const key = firstForm.signingKeys[keyRef]
  if (key === undefined) throw new RegistryError('internal', 'no key of the fixture')
  return new Uint8Array(
    sign(null, text, createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' })),
  )
}

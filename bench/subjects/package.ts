import { randomBytes, sign, verify } from 'node:crypto'
import { documentHash, parseProfile, readJson, toOpenBadge, verifyProof, verifyText } from '@sijil/credentials'
import { CompactSign, jwtVerify } from 'jose'
import { certificate, type Keys, METHOD, makeKeys, seal, TEXTS, texts } from '../certificates.ts'
import { type Bazaar, createBazaar } from '../digitalbazaar.ts'
import type { Subject } from '../rounds.ts'
import { openVerifierCore } from '../verifier-core.ts'

/** A subject that verifies. `refuses` tells whether it accepts a document and refuses an altered one. */
export interface Verifier extends Subject {
  refuses(): boolean | Promise<boolean>
}

const JWT = { typ: 'vc+jwt', algorithms: ['EdDSA'] }

/** Each subject verifies the text of one of 32 certificates with eight units. Status and trust are checked later and not measured. */
export async function openPackage(): Promise<{ verifiers: Verifier[]; issuers: Subject[]; close(): void }> {
  const keys = makeKeys()
  const documents = texts(keys)
  const text = (at: number) => documents[at % TEXTS] ?? ''
  const altered = text(0).replace('MARIA', 'MARIE')
  const bazaar = createBazaar(new Map([[METHOD, keys.publicKeyMultibase]]))
  const verifierCore = await openVerifierCore(keys)
  const keyFor = (method: string) => (method === METHOD ? keys.publicKeyMultibase : undefined)
  const verifier = (name: string, check: (text: string) => boolean | Promise<boolean>): Verifier => ({
    name,
    run: (at) => check(text(at)),
    async refuses() {
      return (await check(text(0))) && !(await check(altered))
    },
  })
  return {
    verifiers: [
      rawVerifier(keys),
      verifier('verify', (document) => verifyText(document, keyFor)),
      verifier('@digitalbazaar/vc verify', (document) => bazaar.verify(JSON.parse(document))),
      verifier('verifier-core verify', (document) => verifierCore.verify(JSON.parse(document))),
      await joseVerifier(keys),
    ],
    issuers: issuersWith(keys, bazaar),
    close: verifierCore.close,
  }
}

/** The lower bound: verifying a signature over 64 bytes, with the key in memory. */
function rawVerifier({ privateKey, publicKey }: Keys): Verifier {
  const signed = Array.from({ length: TEXTS }, () => {
    const bytes = randomBytes(64)
    return { bytes, signature: sign(null, bytes, privateKey) }
  })
  return {
    name: 'raw Ed25519 verify',
    run(at) {
      const { bytes, signature } = signed[at % TEXTS] as (typeof signed)[number]
      return verify(null, bytes, publicKey, signature)
    },
    refuses: () => !verify(null, randomBytes(64), publicKey, signed[0]?.signature ?? new Uint8Array(64)),
  }
}

/** The same documents as `vc+jwt`. */
async function joseVerifier({ privateKey, publicKey }: Keys): Promise<Verifier> {
  const secure = (document: object) =>
    new CompactSign(Buffer.from(JSON.stringify(document)))
      .setProtectedHeader({ alg: 'EdDSA', typ: 'vc+jwt', kid: METHOD })
      .sign(privateKey)
  const secured = await Promise.all(Array.from({ length: TEXTS }, (_, n) => secure(toOpenBadge(certificate(n)))))
  const check = async (token: string) => typeof (await jwtVerify(token, publicKey, JWT)).payload.id === 'string'
  return {
    name: 'jose vc+jwt verify',
    run: (at) => check(secured[at % TEXTS] ?? ''),
    async refuses() {
      const [header, , signature] = (secured[0] ?? '').split('.')
      const payload = secured[1]?.split('.')[1]
      return check(`${header}.${payload}.${signature}`).catch(() => true)
    },
  }
}

function issuersWith(keys: Keys, bazaar: Bazaar): Subject[] {
  const contents = Array.from({ length: TEXTS }, (_, n) => certificate(n))
  const content = (at: number) => contents[at % TEXTS] as (typeof contents)[number]
  const bytes = randomBytes(64)
  const { privateKey } = keys
  const header = { alg: 'EdDSA', typ: 'vc+jwt', kid: METHOD }
  return [
    { name: 'raw Ed25519 sign', run: () => sign(null, bytes, privateKey).length === 64 },
    { name: 'seal', run: (at) => seal(content(at), privateKey).endsWith('"}}') },
    {
      name: '@digitalbazaar/vc issue',
      run: async (at) => (await bazaar.issue(content(at), keys)).endsWith('"}}'),
    },
    {
      name: 'jose vc+jwt sign',
      async run(at) {
        const payload = Buffer.from(JSON.stringify(toOpenBadge(content(at))))
        return (await new CompactSign(payload).setProtectedHeader(header).sign(privateKey)).startsWith('ey')
      },
    },
  ]
}

/** Checks that a document sealed here is accepted by our verifier and by the other one. */
export async function sealedAgrees(): Promise<boolean> {
  const keys = makeKeys()
  const bazaar = createBazaar(new Map([[METHOD, keys.publicKeyMultibase]]))
  const ours = seal(certificate(1), keys.privateKey)
  const theirs = await bazaar.issue(certificate(1), keys)
  const [one, other] = [ours, theirs].map((text) => parseProfile(readJson(text))) as [
    ReturnType<typeof parseProfile>,
    ReturnType<typeof parseProfile>,
  ]
  return (
    documentHash(one) === documentHash(other) &&
    verifyProof(one, keys.publicKeyMultibase) &&
    verifyProof(other, keys.publicKeyMultibase) &&
    (await bazaar.verify(JSON.parse(ours)))
  )
}

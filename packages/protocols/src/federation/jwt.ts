import { createHash, createPublicKey, verify } from 'node:crypto'
import { decodeMultikey, isObjectOrList, jwkFromKey } from '@sijil/credentials'
import { RegistryError, rememberedEach, type Signer, STATEMENTS_OWNER, type StatementKey } from '@sijil/registry'

export interface StatementJwk {
  kty: string
  crv: string
  x: string
  y?: string
  kid: string
  alg: string
  use: 'sig'
}

/** Media types of OpenID Federation 1.0 §15, without `application/`; also what the header's `typ` says. */
export type StatementType =
  | 'entity-statement+jwt'
  | 'trust-mark+jwt'
  | 'resolve-response+jwt'
  | 'trust-mark-status-response+jwt'
  | 'jwk-set+jwt'

/** A key of the registry as a JWK. Its `kid` is its thumbprint (RFC 7638). */
export function statementJwk({ publicKeyMultibase }: Pick<StatementKey, 'publicKeyMultibase'>): StatementJwk {
  const { kty, crv, x, y } = jwkFromKey(decodeMultikey(publicKeyMultibase))
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
  return { kty, crv, x, ...(y && { y }), kid, alg: 'ES256', use: 'sig' }
}

/** A signed statement in JWS compact serialisation, with its media type. */
export interface Statement {
  type: StatementType
  text: string
}

/** Signs the claims in JWS compact serialisation (RFC 7515 §7.1). The signer sends KMS the digest if the input is too long for it. */
export async function signStatement(
  type: StatementType,
  claims: object,
  { signer, key }: { signer: Signer; key: StatementKey },
): Promise<Statement> {
  const header = { typ: type, alg: 'ES256', kid: statementJwk(key).kid }
  const input = `${encode(header)}.${encode(claims)}`
  const signature = await signer.sign(key, STATEMENTS_OWNER, 'statements', new TextEncoder().encode(input))
  return { type, text: `${input}.${Buffer.from(signature).toString('base64url')}` }
}

/** How long signatures are kept, and how many. Statements state their minute, so older ones are never needed again. */
const SIGNATURES_KEPT = { ms: 60_000, most: 1_000 }

/** A signer that signs the same bytes with the same key only once. Anyone may ask for statements, and each signature is a KMS call. */
export function signingOnce(signer: Signer, clock: () => number): Signer {
  const once = rememberedEach<Uint8Array>(clock, SIGNATURES_KEPT)
  return {
    sign(key, owner, purpose, bytes) {
      const content = createHash('sha256').update(bytes).digest('base64url')
      return once(`${owner} ${purpose} ${key.keyRef} ${content}`, () => signer.sign(key, owner, purpose, bytes))
    },
  }
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

export interface ReadStatement {
  header: Readonly<Record<string, unknown>>
  claims: Readonly<Record<string, unknown>>
  /** True if the header names one of these keys and the signature verifies with it. */
  isSignedBy(keys: readonly StatementKey[]): boolean
}

/** Parses a compact JWS. `undefined` if the text is not one. Its claims are not trusted until `isSignedBy` returns true. */
export function readStatement(text: string): ReadStatement | undefined {
  const [, head = '', body = '', tail = ''] = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(text) ?? []
  const header = decode(head)
  const claims = decode(body)
  if (header === undefined || claims === undefined) return undefined
  return {
    header,
    claims,
    isSignedBy(keys) {
      const jwk = keys.map(statementJwk).find(({ kid }) => kid === header.kid)
      if (jwk === undefined || header.alg !== 'ES256') return false
      const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
      const signature = Buffer.from(tail, 'base64url')
      return verify('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' }, signature)
    },
  }
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return isObjectOrList(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** The key that signs now, and replaced keys whose statements have not expired, without compromised keys. */
export function currentKeys(keys: readonly StatementKey[], now: Date, lifetimeSeconds: number): StatementKey[] {
  return keys.filter(
    ({ replacedAt, compromised }) =>
      compromised !== true &&
      (replacedAt === undefined || Date.parse(replacedAt) + lifetimeSeconds * 1_000 > now.getTime()),
  )
}

export function signingKeyOf(keys: readonly StatementKey[]): StatementKey {
  const key = keys.at(-1)
  if (key === undefined)
    throw new RegistryError('dependency-unavailable', 'The registry has no key for statements yet.')
  return key
}

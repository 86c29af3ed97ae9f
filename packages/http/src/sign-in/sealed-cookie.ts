import { createHmac, hkdfSync } from 'node:crypto'
import { EncryptJWT, errors, type JWTPayload, jwtDecrypt } from 'jose'

/** The fewest characters of the secret: 256 bits in base64url. */
const LEAST_SECRET = 43

/** Derives a key for one purpose from the secret of the deployment (HKDF, RFC 5869). */
function keyFor(secret: string, purpose: string): Uint8Array {
  if (secret.length < LEAST_SECRET) throw new TypeError('the secret of sessions is too short')
  return new Uint8Array(hkdfSync('sha256', secret, 'sijil desk', purpose, 32))
}

/** A cookie that only this deployment can make or read (JWE, `dir` with A256GCM), and that expires. */
export interface SealedCookie {
  name: string
  /** The value of `Set-Cookie` that sets it. */
  set(claims: JWTPayload, now: Date): Promise<string>
  /** The value of `Set-Cookie` that removes it from the browser. */
  clear(): string
  /** `undefined` without the cookie, with two of them, and for one that is forged, truncated, of another purpose, or expired. */
  open(cookies: readonly string[], now: Date): Promise<{ sealed: string; claims: JWTPayload } | undefined>
  /** A token that belongs to a sealed text. Only this deployment can make it. */
  companion(sealed: string): string
}

export function sealedCookie({
  name: plain,
  secret,
  seconds,
}: {
  name: string
  secret: string
  seconds: number
}): SealedCookie {
  // The prefix binds the cookie to this host and to TLS. No other host, and no page without TLS, can set it (RFC 6265bis §4.1.3).
  const name = `__Host-${plain}`
  const key = keyFor(secret, `seal ${plain}`)
  const companionKey = keyFor(secret, `companion ${plain}`)
  // Lax, not Strict: browsers treat the return from the provider as a link of another site. Only a POST changes anything.
  const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax'
  return {
    name,
    async set(claims, now) {
      const sealed = await new EncryptJWT(claims)
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuedAt(now)
        .setExpirationTime(Math.floor(now.getTime() / 1_000) + seconds)
        .encrypt(key)
      return `${name}=${sealed}; ${attributes}; Max-Age=${seconds}`
    },
    clear: () => `${name}=; ${attributes}; Max-Age=0`,
    async open(cookies, now) {
      const [sealed, ...others] = cookies.flatMap((cookie) =>
        cookie.startsWith(`${name}=`) ? [cookie.slice(name.length + 1)] : [],
      )
      if (sealed === undefined || others.length > 0) return undefined
      try {
        const { payload } = await jwtDecrypt(sealed, key, {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
          currentDate: now,
          clockTolerance: 0,
          maxTokenAge: seconds,
          requiredClaims: ['iat', 'exp'],
        })
        return { sealed, claims: payload }
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },
    companion: (sealed) => createHmac('sha256', companionKey).update(sealed).digest('base64url'),
  }
}

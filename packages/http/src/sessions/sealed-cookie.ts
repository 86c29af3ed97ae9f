import { createHmac, hkdfSync } from 'node:crypto'
import { compactDecrypt, EncryptJWT, errors, type JWTPayload, jwtDecrypt } from 'jose'

/** The fewest characters of the secret: 256 bits in base64url. */
const LEAST_SECRET = 43

/** Reads the secret of the deployment. It is asked for with each cookie, so it keeps what it read. */
export type ReadSecret = () => Promise<string>

/** Derives a key for one purpose from the secret of the deployment (HKDF, RFC 5869). */
export async function keyFor(read: ReadSecret, purpose: string): Promise<Uint8Array> {
  const secret = await read()
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
  /** The same for a cookie that has expired, but not for longer than the browser keeps it. */
  openExpired(cookies: readonly string[], now: Date): Promise<{ sealed: string; claims: JWTPayload } | undefined>
  /** A token that belongs to a sealed text. Only this deployment can make it. */
  companion(sealed: string): Promise<string>
}

export function sealedCookie({
  name: plain,
  secret,
  seconds,
  keptSeconds = seconds,
}: {
  name: string
  secret: ReadSecret
  /** How long it counts. */
  seconds: number
  /** How long the browser keeps it, if that is longer. */
  keptSeconds?: number
}): SealedCookie {
  // The prefix binds the cookie to this host and to TLS. No other host, and no page without TLS, can set it (RFC 6265bis §4.1.3).
  const name = `__Host-${plain}`
  const sealingKey = () => keyFor(secret, `seal ${plain}`)
  // Lax, not Strict: browsers treat the return from the provider as a link of another site. Only a POST changes anything.
  const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax'
  const sealedIn = (cookies: readonly string[]) =>
    cookies.flatMap((cookie) => (cookie.startsWith(`${name}=`) ? [cookie.slice(name.length + 1)] : []))
  const algorithms = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] }
  const claimsOf = async (sealed: string): Promise<JWTPayload | undefined> => {
    const key = await sealingKey()
    return refusedAsAbsent(async () =>
      JSON.parse(new TextDecoder().decode((await compactDecrypt(sealed, key, algorithms)).plaintext)),
    )
  }
  const opened = async (cookies: readonly string[], currentDate: Date) => {
    const [sealed, ...others] = sealedIn(cookies)
    if (sealed === undefined || others.length > 0) return undefined
    const checks = {
      ...algorithms,
      currentDate,
      clockTolerance: 0,
      maxTokenAge: seconds,
      requiredClaims: ['iat', 'exp'],
    }
    const key = await sealingKey()
    return refusedAsAbsent(async () => ({ sealed, claims: (await jwtDecrypt(sealed, key, checks)).payload }))
  }
  return {
    name,
    async set(claims, now) {
      const sealed = await new EncryptJWT(claims)
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuedAt(now)
        .setExpirationTime(Math.floor(now.getTime() / 1_000) + seconds)
        .encrypt(await sealingKey())
      return `${name}=${sealed}; ${attributes}; Max-Age=${keptSeconds}`
    },
    clear: () => `${name}=; ${attributes}; Max-Age=0`,
    open: (cookies, now) => opened(cookies, now),
    async openExpired(cookies, now) {
      // Opened as of its last second, and then compared with the time for which the browser keeps it.
      const [sealed] = sealedIn(cookies)
      if (sealed === undefined) return undefined
      const claims = await claimsOf(sealed)
      const { iat, exp } = claims ?? {}
      if (typeof iat !== 'number' || typeof exp !== 'number') return undefined
      const at = now.getTime() / 1_000
      if (at < exp || at >= iat + keptSeconds) return undefined
      return opened(cookies, new Date((exp - 1) * 1_000))
    },
    async companion(sealed) {
      const key = await keyFor(secret, `companion ${plain}`)
      return createHmac('sha256', key).update(sealed).digest('base64url')
    },
  }
}

/** A cookie that cannot be opened is the same as none. */
async function refusedAsAbsent<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}

import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { KeptForm, Sessions } from '../caller.ts'
import { type ReadSecret, sealedCookie } from './sealed-cookie.ts'

/** Time to sign in again, and to come back to the form. */
const KEPT_SECONDS = 900
/** Browsers refuse a cookie of more than 4,096 bytes. */
const MOST_BYTES = 4_000
/** Most bytes of the fields. A form has at most as many. */
const MOST_FIELDS = 65_536

/** Forms that came after their session had ended. They are sealed in the browser of the person, and nowhere else. */
export interface KeptForms extends Pick<Sessions, 'keep'> {
  /** The fields that were kept for this person and this path. */
  find(
    cookies: readonly string[],
    place: Pick<KeptForm, 'subject' | 'path'>,
    now: Date,
  ): Promise<KeptForm['fields'] | undefined>
  /** The value of `Set-Cookie` that removes them. */
  forget(): string
}

export function keptForms(secret: ReadSecret): KeptForms {
  const cookie = sealedCookie({ name: 'sijil-form', secret, seconds: KEPT_SECONDS })
  return {
    async keep({ subject, path, fields }, now) {
      const form = deflateRawSync(JSON.stringify(fields)).toString('base64url')
      const line = await cookie.set({ sub: subject, path, form }, now)
      return line.length > MOST_BYTES ? undefined : line
    },
    async find(cookies, { subject, path }, now) {
      const { claims } = (await cookie.open(cookies, now)) ?? {}
      if (claims?.sub !== subject || claims.path !== path || typeof claims.form !== 'string') return undefined
      const text = inflateRawSync(Buffer.from(claims.form, 'base64url'), { maxOutputLength: MOST_FIELDS })
      return JSON.parse(text.toString('utf8'))
    },
    forget: cookie.clear,
  }
}

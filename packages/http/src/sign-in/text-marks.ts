import { createHmac, timingSafeEqual } from 'node:crypto'
import { keyFor, type ReadSecret } from '../sessions/sealed-cookie.ts'

/** Marks of texts that only this deployment can make (HMAC-SHA256, base64url). They need no store, and end with the secret. */
export function textMarks(secret: ReadSecret) {
  const make = async (text: string): Promise<string> =>
    createHmac('sha256', await keyFor(secret, 'mark text'))
      .update(text)
      .digest('base64url')
  return {
    make,
    async isOf(text: string, mark: string): Promise<boolean> {
      const [expected, given] = [Buffer.from(await make(text)), Buffer.from(mark)]
      return expected.length === given.length && timingSafeEqual(expected, given)
    },
  }
}

import { EdgeError } from '@sijil/http'
import { RegistryError } from '@sijil/registry'

const KEY = /^[\x21-\x7e]{1,255}$/

export function keyOf(headers: ReadonlyMap<string, string>): string | undefined {
  const key = headers.get('idempotency-key')
  if (key === undefined || key === '') return undefined
  if (!KEY.test(key))
    throw new EdgeError('malformed-request', 'The headers do not have the expected form.', {
      faults: [{ pointer: '/idempotency-key', detail: 'must have 1 to 255 visible ASCII characters' }],
    })
  return key
}

export function requireKey(headers: ReadonlyMap<string, string>): string {
  const key = keyOf(headers)
  if (key !== undefined) return key
  throw new RegistryError(
    'idempotency-key-missing',
    'The header Idempotency-Key is missing. Send one of your own choice: if you repeat a request with the same key, it issues only once.',
  )
}

import { RegistryError } from '@sijil/registry'
import { expect, test } from 'vitest'
import { keyOutage, outage, tableOutage } from './outage.ts'

const answered = (name: string, httpStatusCode: number) =>
  Object.assign(new Error('internals'), { name, $metadata: { httpStatusCode } })
const system = (code: string) => Object.assign(new Error('internals'), { code })

test.each([
  answered('ProvisionedThroughputExceededException', 400),
  answered('ThrottlingException', 400),
  answered('KMSInvalidStateException', 400),
  answered('DisabledException', 409),
  answered('Whatever', 500),
  answered('Whatever', 503),
  answered('Whatever', 429),
  system('ECONNRESET'),
  system('ENOTFOUND'),
  system('EAI_AGAIN'),
  Object.assign(answered('Error', 200), { code: 'ECONNRESET' }),
  answered('TimeoutError', 200),
  Object.assign(new SyntaxError('internals'), { $response: {}, $metadata: { httpStatusCode: 200 } }),
  Object.assign(new Error('internals'), { name: 'TimeoutError' }),
])('F5, F6, F8: %o is an outage', (cause) => {
  const error = outage(cause, 'the record')
  expect(error).toMatchObject({ code: 'dependency-unavailable', cause })
  expect(error.message).not.toContain('internals')
})

test.each([
  answered('ValidationException', 400),
  answered('ResourceNotFoundException', 400),
  answered('InvalidCiphertextException', 400),
  new TypeError('internals'),
  system('ERR_INVALID_ARG_TYPE'),
  new SyntaxError('internals'),
  'thrown text',
])('%o is our own fault', (cause) => {
  const error = outage(cause, 'the record')
  expect(error).toMatchObject({ code: 'internal', cause })
  expect(error.message).not.toContain('internals')
})

test('an error that has a code keeps it', () => {
  const known = new RegistryError('write-conflict', 'a')
  expect(outage(known, 'the record')).toBe(known)
})

test('a table that refuses our role has a code of its own, and a key that refuses keeps its code', () => {
  const denied = answered('AccessDeniedException', 400)
  const error = tableOutage(denied, 'the record')
  expect(error).toMatchObject({ code: 'store-access-denied', cause: denied })
  expect(error.message).not.toContain('internals')
  expect(keyOutage(denied)).toMatchObject({ code: 'signing-key-unavailable' })
  expect(outage(denied, 'the key store')).toMatchObject({ code: 'dependency-unavailable' })
})

test('another error of a table is an outage, or our own fault, as before', () => {
  expect(tableOutage(answered('ThrottlingException', 400), 'the record')).toMatchObject({
    code: 'dependency-unavailable',
  })
  expect(tableOutage(answered('ValidationException', 400), 'the record')).toMatchObject({ code: 'internal' })
})

import { expect, test } from 'vitest'
import { postPolicy, presignedAddress } from './presign.ts'

/** The example of the documentation of AWS. */
const signed = {
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  region: 'us-east-1',
  now: new Date('2013-05-24T00:00:00Z'),
}

test('an address is signed as in the example of the documentation', () => {
  const address = presignedAddress('https://examplebucket.s3.amazonaws.com/test.txt', { ...signed, seconds: 86_400 })
  expect(new URL(address).searchParams.get('X-Amz-Signature')).toBe(
    'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  )
})

test('a policy names one key, a length, its end and nothing that the form could change', () => {
  const fields = postPolicy(
    { bucket: 'uploads', key: 'incoming/x', mostBytes: 9, returnTo: 'https://registry.example/desk' },
    { ...signed, seconds: 900 },
  )
  const { expiration, conditions } = JSON.parse(Buffer.from(fields.policy ?? '', 'base64').toString())
  expect(expiration).toBe('2013-05-24T00:15:00.000Z')
  const named = conditions.flatMap((one: object) => (Array.isArray(one) ? [] : Object.entries(one)))
  const { policy: _, 'x-amz-signature': __, ...others } = fields
  expect(Object.fromEntries(named)).toEqual({ bucket: 'uploads', ...others })
  expect(conditions).toContainEqual(['content-length-range', 1, 9])
})

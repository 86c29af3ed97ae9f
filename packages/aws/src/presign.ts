import { createHash, createHmac } from 'node:crypto'

interface SigningCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

export interface SignedFor {
  credentials: SigningCredentials
  region: string
  now: Date
}

const ALGORITHM = 'AWS4-HMAC-SHA256'
const hmac = (key: string | Uint8Array, text: string) => createHmac('sha256', key).update(text).digest()
/** RFC 3986, as AWS asks for it: `encodeURIComponent` leaves five characters as they are. */
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
const timeOf = (now: Date) => now.toISOString().replace(/[-:]|\.\d{3}/g, '')

function scopeOf({ credentials, region, now }: SignedFor) {
  const date = timeOf(now).slice(0, 8)
  const scope = `${date}/${region}/s3/aws4_request`
  return { scope, credential: `${credentials.accessKeyId}/${scope}` }
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export function signatureOf(text: string, { credentials, region, now }: SignedFor): string {
  const parts = [timeOf(now).slice(0, 8), region, 's3', 'aws4_request']
  const key = parts.reduce<string | Uint8Array>(hmac, `AWS4${credentials.secretAccessKey}`)
  return hmac(key, text).toString('hex')
}

/**
 * An address that loads one object without other credentials, for so many seconds. `parameters`: what S3 adds to its answer.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function presignedAddress(
  address: string,
  { seconds, parameters = {}, ...signed }: SignedFor & { seconds: number; parameters?: Record<string, string> },
): string {
  const { host, pathname, origin } = new URL(address)
  const { scope, credential } = scopeOf(signed)
  const { sessionToken } = signed.credentials
  const query = Object.entries({
    'X-Amz-Algorithm': ALGORITHM,
    'X-Amz-Credential': credential,
    'X-Amz-Date': timeOf(signed.now),
    'X-Amz-Expires': String(seconds),
    'X-Amz-SignedHeaders': 'host',
    ...(sessionToken !== undefined && { 'X-Amz-Security-Token': sessionToken }),
    ...parameters,
  })
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join('&')
  const request = ['GET', pathname, query, `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n')
  const hash = createHash('sha256').update(request).digest('hex')
  const signature = signatureOf([ALGORITHM, timeOf(signed.now), scope, hash].join('\n'), signed)
  return `${origin}${pathname}?${query}&X-Amz-Signature=${signature}`
}

/**
 * The fields of a form that stores one object of this name and of at most so many bytes, until the given time.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export function postPolicy(
  { bucket, key, mostBytes, returnTo }: { bucket: string; key: string; mostBytes: number; returnTo?: string },
  { seconds, ...signed }: SignedFor & { seconds: number },
): Record<string, string> {
  const { credential } = scopeOf(signed)
  const { sessionToken } = signed.credentials
  const fields = {
    key,
    ...(returnTo !== undefined && { success_action_redirect: returnTo }),
    'x-amz-algorithm': ALGORITHM,
    'x-amz-credential': credential,
    'x-amz-date': timeOf(signed.now),
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  }
  const policy = {
    expiration: new Date(signed.now.getTime() + seconds * 1_000).toISOString(),
    conditions: [
      { bucket },
      ['content-length-range', 1, mostBytes],
      ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
    ],
  }
  const text = Buffer.from(JSON.stringify(policy)).toString('base64')
  return { ...fields, policy: text, 'x-amz-signature': signatureOf(text, signed) }
}

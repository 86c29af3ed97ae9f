import { signatureOf } from '@sijil/aws'
import { LOCAL_REGION, localCredentials } from './local-credentials.ts'

interface Arrived {
  bucket: string
  bytes: number
  now: Date
}

/**
 * Why S3 would refuse a form: its policy was not signed, has ended, or does not state exactly what the form has. Undefined: it is allowed.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export function policyFault(
  fields: Readonly<Record<string, string>>,
  { bucket, bytes, now }: Arrived,
): string | undefined {
  const policy = parsed(fields.policy ?? '')
  const signedAt = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(fields['x-amz-date'] ?? '')
  if (policy === undefined || signedAt === null) return 'InvalidPolicyDocument'
  const [, year, month, day, hour, minute, second] = signedAt
  const signed = {
    credentials: localCredentials,
    region: LOCAL_REGION,
    now: new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`),
  }
  if (signatureOf(fields.policy ?? '', signed) !== fields['x-amz-signature']) return 'SignatureDoesNotMatch'
  if (!(Date.parse(policy.expiration) > now.getTime())) return 'AccessDenied'
  const stated = new Map<string, string>()
  for (const condition of policy.conditions) {
    if (!Array.isArray(condition)) for (const [name, value] of Object.entries(condition)) stated.set(name, value)
    else if (condition[0] !== 'content-length-range') return 'InvalidPolicyDocument'
    else if (bytes < Number(condition[1]) || bytes > Number(condition[2])) return 'EntityTooLarge'
  }
  const { policy: _, 'x-amz-signature': __, ...rest } = fields
  const sent = { bucket, ...rest }
  const isExact =
    [...stated].every(([name, value]) => sent[name as keyof typeof sent] === value) &&
    Object.keys(sent).every((name) => stated.has(name))
  return isExact ? undefined : 'AccessDenied'
}

interface Policy {
  expiration: string
  conditions: (Record<string, string> | [string, ...unknown[]])[]
}

function parsed(text: string): Policy | undefined {
  try {
    const policy = JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as Partial<Policy>
    return typeof policy.expiration === 'string' && Array.isArray(policy.conditions) ? (policy as Policy) : undefined
  } catch {
    return undefined
  }
}

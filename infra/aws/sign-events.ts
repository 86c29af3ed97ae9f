import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** One successful use of a key of KMS to sign, as CloudTrail recorded it. It does not say what was signed. */
export interface SignEvent {
  id: string
  /** ARN of the key. */
  key: string
  /** Moment in whole seconds. */
  at: string
  /** ARN of the role or user. */
  by: string
}

/** The members of a record of CloudTrail that count here. @see https://docs.aws.amazon.com/kms/latest/developerguide/ct-sign.html */
interface TrailRecord {
  eventID: string
  eventTime: string
  eventSource: string
  eventName: string
  errorCode?: string
  userIdentity: { type: string; arn?: string; sessionContext?: { sessionIssuer?: { arn?: string } } }
  resources?: { ARN?: string; type?: string }[]
}

/** Reads one file of CloudTrail (`{"Records": […]}`, with or without gzip). Throws for any other file, because a gap would look like no use. */
export function readSignEvents(path: string): SignEvent[] {
  const bytes = readFileSync(path)
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b
  const { Records } = JSON.parse((isZipped ? gunzipSync(bytes) : bytes).toString('utf8')) as { Records?: TrailRecord[] }
  if (!Array.isArray(Records)) throw new Error(`${path} is no file of CloudTrail: it has no Records`)
  return Records.filter(
    ({ eventSource, eventName, errorCode }) =>
      eventSource === 'kms.amazonaws.com' && eventName === 'Sign' && errorCode === undefined,
  ).map(({ eventID, eventTime, userIdentity, resources }) => {
    const key = resources?.find(({ ARN }) => ARN?.includes(':key/'))?.ARN
    if (key === undefined) throw new Error(`${path} has a Sign event without the ARN of its key`)
    const by = userIdentity.sessionContext?.sessionIssuer?.arn ?? userIdentity.arn ?? userIdentity.type
    return { id: eventID, key, at: eventTime, by }
  })
}

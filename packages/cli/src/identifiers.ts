import { givenUuid } from '@sijil/credentials/uuid'
import { usageFailure } from './failure.ts'

/** It becomes a part of a path: whatever could leave that part is refused here. */
export function parseIssuer(text: string): string {
  if (/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(text)) return text
  throw usageFailure(
    'This is not the id of an issuer',
    'It is lower-case letters, digits and hyphens, for example demo-ph-tesda.',
  )
}

/** `urn:uuid:` may stand before it. */
export const findUuid = (text: string): string | undefined => givenUuid.exec(text.toLowerCase())?.[1]

export function parseUuid(text: string): string {
  const uuid = findUuid(text)
  if (uuid !== undefined) return uuid
  throw usageFailure(
    'This is not the id of a certificate',
    'For example 0b6cde2e-3f0a-4a5c-9a57-1c9d54d6a1f7, with or without urn:uuid: before it.',
  )
}

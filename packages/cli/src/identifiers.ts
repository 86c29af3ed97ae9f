import { givenUuid } from '@sijil/credentials/uuid'
import { usageFailure } from './failure.ts'

/** The id becomes a segment of a path, so any text that could change the path is refused. */
export function parseIssuer(text: string): string {
  if (/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(text)) return text
  throw usageFailure(
    'This is not the id of an issuer',
    'An id has lower-case letters, digits and hyphens, for example demo-ph-tesda.',
  )
}

/** The id of a qualification or a framework: `ph-masonry-nc2` of the software, or `{owner}.{local}` of its owner. */
export function parseRecordId(text: string): string {
  if (/^[a-z0-9-]{1,64}(?:\.[a-z0-9-]{1,40})?$/.test(text)) return text
  throw usageFailure(
    'This is not the id of a record of the catalogue',
    'For example ph-masonry-nc2, or my-board.cookery-2.',
  )
}

/** Accepts a UUID with or without the prefix `urn:uuid:`. */
const findUuid = (text: string): string | undefined => givenUuid.exec(text.toLowerCase())?.[1]

export function parseUuid(text: string): string {
  const uuid = findUuid(text)
  if (uuid !== undefined) return uuid
  throw usageFailure(
    'This is not the id of a certificate',
    'For example 0b6cde2e-3f0a-4a5c-9a57-1c9d54d6a1f7, with or without the prefix urn:uuid:',
  )
}

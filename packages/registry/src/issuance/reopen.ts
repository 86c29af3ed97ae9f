import { erasedConflict } from '../certificates/erased.ts'
import type { ReleasedRecord } from '../certificates/record.ts'
import { boxAddress, type IssuerSecret, linkToken, openBox } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import type { BoxReader } from '../ports.ts'

export interface Issued {
  id: string
  uuid: string
  link: string
  verifiableCredential: object
  /** True if an earlier request issued the certificate. */
  replayed: boolean
}

export const linkOf = (baseUrl: string, token: string): string => `${baseUrl}/v/${token}`

/**
 * Answers from the record and its box, and never from memory (I14). Throws `conflict` if the certificate was erased or its first link
 * replaced: the answer to a repeated request brings back neither the person nor a link. Throws `internal` if the box cannot be opened.
 */
export async function answerFromRecord(
  record: ReleasedRecord,
  body: { id: string },
  secret: IssuerSecret,
  { boxes, baseUrl }: { boxes: BoxReader; baseUrl: string },
  { replayed }: { replayed: boolean },
): Promise<Issued> {
  if (record.erased !== undefined) throw erasedConflict(record.erased)
  if (record.linkSince !== undefined)
    throw new RegistryError(
      'conflict',
      `the link of this certificate was replaced on ${record.linkSince.slice(0, 10)}: only the answer to that request shows the new one`,
      { reason: 'link-replaced' },
    )
  const token = linkToken(secret, record.uuid, record.generation)
  const box = await boxes.find(boxAddress(token))
  const text = box?.owner === body.id ? openBox(token, box, record.reservation.hash) : undefined
  if (text === undefined) throw new RegistryError('internal', 'the box of an issued certificate cannot be opened')
  return {
    id: `urn:uuid:${record.uuid}`,
    uuid: record.uuid,
    link: linkOf(baseUrl, token),
    verifiableCredential: JSON.parse(text),
    replayed,
  }
}

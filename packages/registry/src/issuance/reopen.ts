import type { ReleasedRecord } from '../certificates/record.ts'
import { boxAddress, type IssuerSecret, linkToken, openBox } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import type { BoxReader } from '../ports.ts'

export interface Issued {
  id: string
  uuid: string
  link: string
  verifiableCredential: object
  /** The certificate was there already. */
  replayed: boolean
}

const linkOf = (baseUrl: string, token: string): string => `${baseUrl}/v/${token}`

/** The answer comes from the record and its box, never from what happens to be in memory (I14). */
export async function answerFromRecord(
  record: ReleasedRecord,
  body: { id: string },
  secret: IssuerSecret,
  { boxes, baseUrl }: { boxes: BoxReader; baseUrl: string },
  { replayed }: { replayed: boolean },
): Promise<Issued> {
  const token = linkToken(secret, record.uuid, record.generation)
  const box = await boxes.find(boxAddress(token))
  const text = box?.owner === body.id ? openBox(token, box, record.reservation.hash) : undefined
  if (text === undefined) throw new RegistryError('internal', 'an issued certificate whose box cannot be opened')
  return {
    id: `urn:uuid:${record.uuid}`,
    uuid: record.uuid,
    link: linkOf(baseUrl, token),
    verifiableCredential: JSON.parse(text),
    replayed,
  }
}

import type { LinkEnded } from '../certificates/ended-link.ts'
import { readRecord } from '../certificates/read-record.ts'
import type { CertificateRecord } from '../certificates/record.ts'
import { boxAddress, openBox } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import type { Box } from '../ports.ts'
import { findFirstPlace } from '../recognition/places.ts'
import { type CommitReader, streams } from '../stream.ts'
import type { VerifyDeps } from './verify-deps.ts'

/** A link that opened a certificate once. Nothing of the certificate is said, and nothing leads to a newer link. */
export interface EndedLink {
  why: 'erased' | 'replaced'
  at: string
  /** The name of the body that had this done, as it was at the time of issue. */
  issuerName: string
}

/** `firstPlace`: the first decision beside the box, if there is one. */
export interface OpenedLink {
  document: object
  firstPlace: Box | undefined
}

/**
 * The document in the box of a link, as it was issued. It is not verified. `undefined` if no released certificate has or had this link. The
 * record is read before anything is answered, so a box that a restore or a late request brought back opens nothing (I63).
 */
export async function openLink(
  token: string,
  { boxes, reader }: Pick<VerifyDeps, 'boxes' | 'reader'>,
): Promise<OpenedLink | EndedLink | undefined> {
  const address = boxAddress(token)
  // Both are always read at once, so the time of an answer does not tell whether there is a decision.
  const [box, firstPlace] = await Promise.all([boxes.find(address), findFirstPlace(token, boxes)])
  if (box === undefined) return endedAt(address, reader)
  const record = await readRecord(box.owner, box.uuid, reader)
  const text = record === undefined ? undefined : openBox(token, box, record.reservation.hash)
  // A certificate that was never released stays closed: this registry gave its link to nobody.
  if (text === undefined || record === undefined || !('generation' in record)) return undefined
  const { generation = 0 } = box
  if (generation > record.generation) return undefined
  if (record.erased !== undefined || generation < record.generation) return endOf(record)
  return { document: JSON.parse(text), firstPlace }
}

async function endedAt(address: string, reader: CommitReader): Promise<EndedLink | undefined> {
  const [commit] = await reader.read<LinkEnded>(streams.endedLink(address))
  const [ended] = commit?.events ?? []
  const record = ended && (await readRecord(ended.owner, ended.uuid, reader))
  return record && endOf(record)
}

/** An erased certificate is erased, whatever ended the link before. */
function endOf({ erased, linkSince, reservation: { issuerName } }: CertificateRecord): EndedLink | undefined {
  if (erased !== undefined) return { why: 'erased', at: erased.at, issuerName }
  return linkSince === undefined ? undefined : { why: 'replaced', at: linkSince, issuerName }
}

export const goneLink = ({ why, at, issuerName }: EndedLink): RegistryError =>
  why === 'erased'
    ? new RegistryError(
        'gone',
        `this certificate was erased here on ${at.slice(0, 10)} at the request of ${issuerName}; whoever kept its file can still have that verified`,
        { reason: 'erased' },
      )
    : new RegistryError(
        'gone',
        `${issuerName} replaced this link on ${at.slice(0, 10)}; ask the holder, or ${issuerName}, for the new one`,
        { reason: 'link-replaced' },
      )

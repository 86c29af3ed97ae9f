import { type CommitReader, streams } from '../stream.ts'
import { readRecord } from './read-record.ts'
import type { ReleasedRecord } from './record.ts'

/** The released certificates of a body with this number, newest first. `tag`: keyed hash of the number. Strongly consistent. */
export async function recordsOfNumber(issuer: string, tag: string, reader: CommitReader): Promise<ReleasedRecord[]> {
  const claims = await reader.read<{ type: 'number-claimed'; uuid: string }>(streams.number(issuer, tag))
  const uuids = new Set(claims.flatMap(({ events }) => events.map(({ uuid }) => uuid)))
  const records = await Promise.all([...uuids].map((uuid) => readRecord(issuer, uuid, reader)))
  return records
    .filter(
      (record): record is ReleasedRecord =>
        // Certificates with a look-alike of the number have claimed it too.
        record !== undefined && 'generation' in record && record.reservation.number.tag === tag,
    )
    .toSorted((one, other) => (one.issuedAt < other.issuedAt ? 1 : -1))
}

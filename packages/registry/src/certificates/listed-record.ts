import type { Commit, CommitReader } from '../stream.ts'
import { type CertificateEvent, type CertificateRecord, recordOf } from './record.ts'

/**
 * The certificate of a commit from an index. Undefined if its own stream, read consistently, does not have that commit: an index alone
 * proves nothing.
 */
export async function listedRecord(
  { stream, number, recordedAt }: Commit<CertificateEvent>,
  reader: CommitReader,
): Promise<CertificateRecord | undefined> {
  const commits = await reader.read<CertificateEvent>(stream)
  if (commits[number]?.recordedAt !== recordedAt) return undefined
  return recordOf(stream.slice(stream.lastIndexOf('/') + 1), commits)
}

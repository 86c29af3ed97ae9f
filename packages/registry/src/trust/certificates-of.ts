import { type CertificateEvent, type CertificateRecord, recordOf } from '../issuance/record.ts'
import { type CommitReader, pagesOf } from '../stream.ts'

/** What one question looks through, unless it asks for less; more than this is said as "at least". */
export const LOOKED_THROUGH = 10_000
const PAGE = 100

/** A body's certificates, newest first, page by page. */
export async function* certificatesOf(issuer: string, most: number, store: CommitReader) {
  const page = { limit: Math.min(PAGE, most), newestFirst: true }
  for await (const commits of pagesOf<CertificateEvent>(store, `CERTIFICATES#${issuer}`, page)) {
    const records = await Promise.all(
      commits.map(async ({ stream }) =>
        recordOf(stream.slice(stream.lastIndexOf('/') + 1), await store.read<CertificateEvent>(stream)),
      ),
    )
    yield records.filter((record): record is CertificateRecord => record !== undefined)
  }
}

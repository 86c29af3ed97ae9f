import { type CommitReader, pagesOf } from '../stream.ts'
import { listedRecord } from './listed-record.ts'
import type { CertificateEvent } from './record.ts'

/** The default limit of certificates that one question reads. A count beyond it is called "at least". */
export const LOOKED_THROUGH = 10_000
const PAGE = 100

/** A body's certificates, newest first, page by page. */
export async function* certificatesOf(issuer: string, most: number, store: CommitReader) {
  const page = { limit: Math.min(PAGE, most), newestFirst: true }
  for await (const commits of pagesOf<CertificateEvent>(store, `CERTIFICATES#${issuer}`, page)) {
    const records = await Promise.all(commits.map((listed) => listedRecord(listed, store)))
    yield records.filter((record) => record !== undefined)
  }
}

import { type CommitReader, ownerOf } from '../stream.ts'
import type { ReportEvent } from './report.ts'

/** A report in the list of a body or an authority. */
export interface ListedReport {
  body: string
  id: string
}

/** The reports that were sent to a body or an authority, newest first. The same list for both, so that a body can have a desk of its own. */
export async function listReports(
  { owner, limit, after }: { owner: string; limit: number; after?: string },
  { reader }: { reader: CommitReader },
): Promise<{ reports: ListedReport[]; next?: string }> {
  const page = { limit, newestFirst: true, ...(after && { after }) }
  const { commits, next } = await reader.list<ReportEvent>(`REPORTS#${owner}`, page)
  const reports = commits.map(({ stream }) => ({
    body: ownerOf(stream),
    id: stream.slice(stream.lastIndexOf('/') + 1),
  }))
  return { reports, ...(next && { next }) }
}

import type { CertificateEvent } from '../certificates/record.ts'
import { openPairs } from '../certificates/status-pair.ts'
import type { CommitReader } from '../stream.ts'
import { requireMember } from '../trust/members.ts'

export interface Counted {
  count: number
  /** There are more than were counted. */
  isMore: boolean
}

/**
 * Certificates of a body that are neither suspended nor revoked. It reads at most `most` entries of the list of the body and of the changes
 * of state, so the count is exact up to there, and beyond it the smallest number that it can be. Undefined: more changes than that.
 */
export async function countInForce(
  { issuer, subject, most }: { issuer: string; subject: string; most: number },
  { reader }: { reader: CommitReader },
): Promise<Counted | undefined> {
  await requireMember({ owner: issuer, subject, role: 'read' }, { reader })
  const [issued, pairs] = await Promise.all([
    reader.list(`CERTIFICATES#${issuer}`, { limit: most, newestFirst: true }),
    openPairs(issuer, reader),
  ])
  const last = new Map<string, CertificateEvent['type'] | undefined>()
  let left = most
  for (const { pair } of pairs.flatMap(({ events }) => events)) {
    const page = await reader.list<CertificateEvent>(`STATUS#${pair}`, { limit: left + 1, newestFirst: true })
    left -= page.commits.length
    if (left < 0 || page.next !== undefined) return undefined
    // Newest first, so the first entry of a certificate is its present state.
    for (const { stream, events } of page.commits)
      if (!last.has(stream)) last.set(stream, events.find((event) => 'index' in event)?.type)
  }
  const out = [...last.values()].filter((type) => type === 'suspended' || type === 'revoked').length
  return { count: Math.max(0, issued.commits.length - out), isMore: issued.next !== undefined }
}

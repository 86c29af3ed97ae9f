import { RegistryError } from '../errors.ts'
import type { CommitReader } from '../stream.ts'

/** A body may have `burst` certificates in any `burst / perSecond` seconds, and one client half of that. */
export interface QuotaLimits {
  perSecond: number
  burst: number
}

export const usualQuota: QuotaLimits = { perSecond: 50, burst: 200 }

/** Certificates a second and certificates at once, such as `50/200`. Undefined: it is no quota, or less at once than in a second. */
export function parseQuotaLimits(text: string): QuotaLimits | undefined {
  const [, perSecond, burst] = /^([1-9]\d{0,3})\/([1-9]\d{0,4})$/.exec(text) ?? []
  const limits = { perSecond: Number(perSecond), burst: Number(burst) }
  return limits.burst >= limits.perSecond ? limits : undefined
}

/** Throws `quota-exceeded` where the body, or this client of it, has had its share. To be asked for members only. */
export type IssuingQuota = (
  request: { issuer: string; subject: string },
  deps: { store: CommitReader; now: Date },
) => Promise<void>

/** For a registry that one person runs for themselves: there is nobody whose capacity could be taken. */
export const noQuota: IssuingQuota = async () => {}

interface Admission {
  at: number
  client: string
}

/** The record is asked once in this time: a burst reads it once. */
const RECORD_KEPT_MS = 1_000
/** A certificate is recorded some milliseconds after its request was let through: who comes back in time finds room by both counts. */
const RECORDED_LATER_MS = 100

/**
 * Counts twice, and either count can refuse: the requests that this process let through, which is exact, and the certificates that
 * the record shows, which holds over all processes and lags by what they are working on. Nothing is written for it.
 * See docs/decisions/058-quotas-by-the-record.md.
 */
export function issuingQuota({ perSecond, burst }: QuotaLimits): IssuingQuota {
  const windowMs = (burst / perSecond) * 1_000
  const clientBurst = Math.max(1, Math.floor(burst / 2))
  // At most `burst` moments for each body that issued by this process.
  const admitted = new Map<string, Admission[]>()
  const recorded = new Map<string, { readAt: number; admissions: Promise<Admission[]> }>()

  return async ({ issuer, subject }, { store, now }) => {
    const ms = now.getTime()
    const known = await recordedOf(issuer, store, ms)
    // From here to the end nothing waits, so no other request comes between the count and the entry.
    const own = recent(admitted.get(issuer) ?? [], ms)
    for (const admissions of [own, recent(known, ms)]) {
      requireRoom(admissions, burst, 'This issuer', ms)
      const ofClient = admissions.filter(({ client }) => client === subject)
      requireRoom(ofClient, clientBurst, 'This client of the issuer', ms)
    }
    admitted.set(issuer, [...own, { at: ms, client: subject }])
  }

  /** A clock that was put back makes nothing of the future count. */
  function recent(admissions: readonly Admission[], ms: number): Admission[] {
    return admissions.filter(({ at }) => Math.abs(ms - at) < windowMs)
  }

  function requireRoom(admissions: readonly Admission[], most: number, who: string, ms: number): void {
    if (admissions.length < most) return
    const leaving = admissions.map(({ at }) => at).sort((a, b) => a - b)[admissions.length - most] ?? ms
    const retryAfter = Math.max(1, Math.ceil((leaving + windowMs + RECORDED_LATER_MS - ms) / 1_000))
    throw new RegistryError(
      'quota-exceeded',
      `${who} may have ${most} certificates in ${windowMs / 1_000} seconds, and has had them. Send this request again in ${retryAfter} s.`,
      { retryAfter },
    )
  }

  async function recordedOf(issuer: string, store: CommitReader, ms: number): Promise<Admission[]> {
    const kept = recorded.get(issuer)
    if (kept !== undefined && Math.abs(ms - kept.readAt) < RECORD_KEPT_MS) return kept.admissions
    const admissions = readRecorded(issuer, store, ms - windowMs)
    recorded.set(issuer, { readAt: ms, admissions })
    admissions.catch(() => recorded.delete(issuer))
    return admissions
  }

  async function readRecorded(issuer: string, store: CommitReader, since: number): Promise<Admission[]> {
    const page = { limit: burst, newestFirst: true, since: new Date(since).toISOString() }
    const { commits } = await store.list(`CERTIFICATES#${issuer}`, page)
    return commits.map(({ recordedAt, actor }) => ({ at: Date.parse(recordedAt), client: actor }))
  }
}

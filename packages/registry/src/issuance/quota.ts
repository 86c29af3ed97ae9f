import { RegistryError } from '../errors.ts'
import { type CommitReader, pagesOf } from '../stream.ts'

/** A body may have `burst` certificates in any `burst / perSecond` seconds, and one client half of that. */
export interface QuotaLimits {
  perSecond: number
  burst: number
}

export const usualQuota: QuotaLimits = { perSecond: 50, burst: 200 }

/** Parses certificates a second and certificates at once, such as `50/200`. `undefined` if malformed, or if the second is smaller. */
export function parseQuotaLimits(text: string): QuotaLimits | undefined {
  const [, perSecond, burst] = /^([1-9]\d{0,3})\/([1-9]\d{0,4})$/.exec(text) ?? []
  const limits = { perSecond: Number(perSecond), burst: Number(burst) }
  return limits.burst >= limits.perSecond ? limits : undefined
}

/** Throws `quota-exceeded` if the body, or this client of it, has used its share. Must be called only for members. */
export type IssuingQuota = (
  request: { issuer: string; subject: string },
  deps: { store: CommitReader; now: Date },
) => Promise<void>

/** For a registry on one machine for one person, where no other body needs capacity. */
export const noQuota: IssuingQuota = async () => {}

interface Admission {
  at: number
  client: string
}

/** The record is read once in this time, so a burst reads it only once. */
const RECORD_KEPT_MS = 1_000
/** A certificate is recorded some milliseconds after its request was admitted. Added to the wait, so that both counts have room then. */
const RECORDED_LATER_MS = 100

/**
 * Counts twice, and either count can refuse. The count of requests that this process admitted is exact. The count of recorded
 * certificates covers all processes, but lags by their unfinished requests. Nothing is written for either.
 * See docs/decisions/058-quotas-by-the-record.md.
 */
export function issuingQuota({ perSecond, burst }: QuotaLimits): IssuingQuota {
  const windowMs = (burst / perSecond) * 1_000
  const clientBurst = Math.max(1, Math.floor(burst / 2))
  // At most `burst` entries for each body that this process issued for.
  const admitted = new Map<string, Admission[]>()
  const recorded = new Map<string, { readAt: number; admissions: Promise<Admission[]> }>()

  return async ({ issuer, subject }, { store, now }) => {
    const ms = now.getTime()
    const known = await recordedOf(issuer, store, ms)
    // No `await` from here to the end, so no other request comes between the count and the entry.
    const own = recent(admitted.get(issuer) ?? [], ms)
    for (const admissions of [own, recent(known, ms)]) {
      requireRoom(admissions, burst, 'This issuer', ms)
      const ofClient = admissions.filter(({ client }) => client === subject)
      requireRoom(ofClient, clientBurst, 'This client of the issuer', ms)
    }
    admitted.set(issuer, [...own, { at: ms, client: subject }])
  }

  /** Ignores entries from the future as well as old ones, in case the clock was put back. */
  function recent(admissions: readonly Admission[], ms: number): Admission[] {
    return admissions.filter(({ at }) => Math.abs(ms - at) < windowMs)
  }

  function requireRoom(admissions: readonly Admission[], most: number, who: string, ms: number): void {
    if (admissions.length < most) return
    const leaving = admissions.map(({ at }) => at).sort((a, b) => a - b)[admissions.length - most] ?? ms
    const retryAfter = Math.max(1, Math.ceil((leaving + windowMs + RECORDED_LATER_MS - ms) / 1_000))
    throw new RegistryError(
      'quota-exceeded',
      `${who} may have ${most} certificates in ${windowMs / 1_000} seconds, and has used them all. Send this request again in ${retryAfter} s.`,
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
    const pages = { limit: burst, newestFirst: true, since: new Date(since).toISOString() }
    const admissions: Admission[] = []
    for await (const commits of pagesOf<{ batch?: string }>(store, `CERTIFICATES#${issuer}`, pages)) {
      // Rows of a batch have a lane of their own: it keeps no clerk from issuing one certificate, and hides none that others issued.
      for (const { events, recordedAt, actor } of commits)
        if (events.every(({ batch }) => batch === undefined))
          admissions.push({ at: Date.parse(recordedAt), client: actor })
      if (admissions.length >= burst) break
    }
    return admissions
  }
}

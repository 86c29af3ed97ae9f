import { shownCertificate } from '@sijil/credentials'
import { countInForce } from '@sijil/registry/issuance'
import { type Grant, grantState, keysFor, usableKeys } from '@sijil/registry/trust'
import type { BodyNumbers, EndingSoon } from '@sijil/web'
import { type DeskDeps, namedOf, type Office } from './office.ts'
import { shownGrant } from './shown-change.ts'

const DAY_MS = 86_400_000
/** Days before its end on which an accreditation or a chain stands on the first page. */
const SOON = 90
/** Most entries that a count reads. The page then says "more than". */
const MOST_COUNTED = 500

/** Counts for the first page of a body, for what this member may read. Each reads a limited part of an index. */
export async function bodyNumbers(
  { authority: body, roles }: Office,
  subject: string,
  deps: DeskDeps,
): Promise<BodyNumbers> {
  const since = new Date(deps.now.getTime() - 30 * DAY_MS).toISOString()
  const issued = roles.includes('read')
    ? await deps.store.list(`CERTIFICATES#${body.id}`, { limit: MOST_COUNTED, newestFirst: true, since })
    : undefined
  const inForce = roles.includes('read')
    ? await countInForce({ issuer: body.id, subject, most: MOST_COUNTED }, { reader: deps.store })
    : undefined
  return {
    ...(inForce && { inForce }),
    ...(issued && { issued: { count: issued.commits.length, isMore: issued.next !== undefined } }),
  }
}

/** Accreditations and X.509 chains that end within 90 days, the first to end first, and whether any key can sign. */
export async function endingSoon({ authority: body }: Office, deps: DeskDeps): Promise<EndingSoon> {
  const moment = deps.now.toISOString()
  const last = new Date(deps.now.getTime() + SOON * DAY_MS).toISOString()
  const isSoon = (until: string | undefined): until is string => until !== undefined && until > moment && until <= last
  const held = body.grants.filter((grant) => grantState(grant, moment).in === 'force')
  const ending = await Promise.all(held.map((grant) => endingGrant(grant, body.id, deps)))
  const keys = usableKeys(body, 'certificates', moment)
  const chains = keys.flatMap(({ kid, x5c: [first] = [] }) => {
    const until = first === undefined ? undefined : shownCertificate(first).until
    return until === undefined ? [] : [{ kid, until: new Date(until).toISOString() }]
  })
  return {
    grants: ending.filter(({ until }) => isSoon(until)).toSorted((one, other) => (one.until < other.until ? -1 : 1)),
    keys: chains.filter(({ until }) => isSoon(until)),
    cannotSign: keysFor(body, 'certificates').length === 0 || keys.length === 0,
  }
}

async function endingGrant(grant: Grant, body: string, deps: DeskDeps): Promise<EndingSoon['grants'][number]> {
  const { id, right, terms } = await shownGrant(body, grant, deps)
  return { id, right, terms, until: terms.until ?? '', by: await namedOf(grant.grantors[0] ?? '', deps) }
}

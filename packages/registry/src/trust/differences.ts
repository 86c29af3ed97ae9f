import type { GrantTerms, TrustHistory } from './events.ts'
import { entityAt } from './fold.ts'
import { termsAt } from './grant.ts'

/** The members of a grant's terms that are compared. */
const termMembers = [
  'qualifications',
  'levels',
  'fields',
  'occupations',
  'places',
  'sites',
  'units',
  'until',
  'pilot',
  'mayChangeStatus',
  'assurance',
] as const
type TermMember = (typeof termMembers)[number]

/** One member of the terms of a grant, before and after. Absent: no limit, or not stated. */
export interface Difference {
  grant: string
  member: TermMember
  before?: string
  after?: string
}

/**
 * What commit `number` changed in the terms of each grant that it amended. Texts have the form that they have in an entry
 * of the log.
 */
export function differencesOf(id: string, history: TrustHistory, number: number): Difference[] {
  const commit = history[number]
  if (commit === undefined) return []
  const amended = commit.events.filter((event) => event.type === 'accreditation-amended')
  const entity = entityAt(id, history.slice(0, number), commit.recordedAt)
  return amended.flatMap(({ grant, ...after }) => {
    const known = entity?.grants.find((one) => one.id === grant)
    if (known === undefined) return []
    // Compare with the terms on the day from which the amendment counts.
    const [old, fresh] = [membersOf(termsAt(known, commit.effectiveAt)), membersOf(after)]
    return termMembers.flatMap((member): Difference[] => {
      const [before, now] = [old[member], fresh[member]]
      if (before === now) return []
      return [{ grant, member, ...(before !== undefined && { before }), ...(now !== undefined && { after: now }) }]
    })
  })
}

function membersOf({
  scope,
  until,
  pilot,
  mayChangeStatus,
  assurance,
}: GrantTerms): Partial<Record<TermMember, string>> {
  const { qualifications, levels, fields, occupations, places, sites, units } = scope
  const stated = {
    qualifications:
      qualifications && ('framework' in qualifications ? qualifications.framework : listed(qualifications)),
    levels: levels && `${levels.from}–${levels.to}`,
    fields: fields && listed(fields),
    occupations: occupations && listed(occupations),
    places: places && listed(places),
    sites: sites && listed(sites),
    units:
      units && listed(units.flatMap(({ qualification, codes }) => codes.map((code) => `${qualification}: ${code}`))),
    until,
    pilot: pilot ? 'pilot' : undefined,
    mayChangeStatus: mayChangeStatus ? 'yes' : undefined,
    assurance: assurance && `${assurance.reviewer}, ${assurance.reviewedOn}: ${assurance.findings}`,
  }
  return Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined))
}

/** An empty list grants nothing. An absent list means no limit. */
const listed = (texts: readonly string[]) => (texts.length === 0 ? '∅' : texts.toSorted().join(', '))

import { shownCertificate } from '@sijil/credentials'
import type { Scope } from '@sijil/qualifications'
import { type Entity, type Grant, grantState, type KeyRecord, type Right, termsAt } from '@sijil/registry/trust'
import type { IssuerValues } from '@sijil/web'
import { groundsInWords } from '@sijil/web/grounds'
import type { Titles } from './catalogue.ts'
import type { Names } from './names.ts'

/** The row of a grant, with its terms at that moment. */
export function scopeRow(
  grant: Grant,
  moment: string,
  names: Names,
  named: { titles: Titles; frameworks: (id: string) => string },
): IssuerValues['scope'][number] {
  const { scope, until, pilot, mayChangeStatus, assurance } = termsAt(grant, moment)
  const { from, right, grantors, onBehalfOf } = grant
  const { qualifications, sites, units, ...limits } = scope
  return {
    ...limits,
    ...(sites && { sites: sites.map(names) }),
    ...(units && {
      units: units.map(({ qualification, codes }) => ({ title: named.titles(qualification) ?? qualification, codes })),
    }),
    ...(qualifications && { qualifications: titlesIn(qualifications, named) }),
    right: right satisfies Right,
    basis: groundsInWords(grant),
    by: grantors.map(names),
    ...(onBehalfOf && { onBehalfOf: names(onBehalfOf) }),
    state: grantState(grant, moment).in,
    from: from.slice(0, 10),
    ...(until && { until: until.slice(0, 10) }),
    ...(pilot && { pilot }),
    ...(mayChangeStatus && { mayChangeStatus }),
    ...(assurance && { assurance }),
  }
}

const titlesIn = (
  qualifications: NonNullable<Scope['qualifications']>,
  { titles, frameworks }: { titles: Titles; frameworks: (id: string) => string },
) =>
  'framework' in qualifications
    ? { framework: frameworks(qualifications.framework) }
    : qualifications.map((id) => titles(id) ?? id)

export function timelineOf({ registeredFrom, contacts, grants }: Entity, names: Names): IssuerValues['timeline'] {
  const entries: IssuerValues['timeline'][number][] = [{ at: registeredFrom.slice(0, 10), event: 'listed' }]
  for (const { contact, from, recordedAt } of contacts)
    entries.push({
      at: from.slice(0, 10),
      event: 'contact',
      ...(contact !== null && { contact }),
      ...later(from, recordedAt),
    })
  for (const grant of grants) {
    const { right, from, until, grantors, recordedAt, changes } = grant
    entries.push({
      at: from.slice(0, 10),
      event: 'accredited',
      right,
      basis: groundsInWords(grant),
      by: grantors.map(names),
      ...later(from, recordedAt),
    })
    if (until !== undefined) entries.push({ at: until.slice(0, 10), event: 'ends', right })
    for (const change of changes) {
      const { effectiveAt, type, by, recordedAt: at } = change
      entries.push({
        at: effectiveAt.slice(0, 10),
        event: type,
        right,
        basis: groundsInWords(change),
        by: [names(by)],
        ...later(effectiveAt, at),
      })
    }
  }
  // Newest first. Of two entries for one day, the one recorded later is above.
  return entries.toReversed().toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

/** The day on which it was recorded, if that is later than the day on which it is effective. */
const later = (effective: string, recorded: string) =>
  recorded.slice(0, 10) > effective.slice(0, 10) ? { recordedOn: recorded.slice(0, 10) } : {}

export function keyRow({
  kid,
  purpose,
  publicKeyMultibase,
  addedAt,
  retiredAt,
  suspendedAt,
  compromisedFrom,
  x5c,
}: KeyRecord): IssuerValues['keys'][number] {
  const until = compromisedFrom ?? retiredAt
  const state =
    compromisedFrom !== undefined
      ? 'compromised'
      : retiredAt !== undefined
        ? 'retired'
        : suspendedAt !== undefined
          ? 'suspended'
          : 'in-use'
  const shown = { kid, purpose, state, from: addedAt, ...(until && { until }), publicKeyMultibase } as const
  return { ...shown, ...(x5c && { chain: x5c.map(shownCertificate) }) }
}

import { type Certificate, canonicalJson } from '@sijil/credentials'
import { type EditionStatement, endOfEdition } from '@sijil/qualifications'
import {
  type CatalogueQuestion,
  type QualificationHistory,
  qualificationAt,
  statedAt,
} from '../catalogue/qualification-at.ts'
import type { CertificateRecord } from '../certificates/record.ts'
import type { Notice } from './verification.ts'

/**
 * What a reader should know beside the verdict, by what is on record today. A notice is no failure: the certificate itself is judged by
 * what was on record when it was reserved (`judged`).
 */
export function noticesOf(
  { qualification: { edition }, awardedOn, assessedOn, validFrom }: Certificate,
  history: QualificationHistory,
  judged: Pick<CatalogueQuestion, 'effective' | 'recorded'>,
  now: Date,
): Notice[] {
  if (edition === undefined) return []
  const awarded = awardedOn ?? assessedOn ?? validFrom.slice(0, 10)
  const moment = now.toISOString()
  const present = { effective: moment, recorded: moment }
  const record = qualificationAt(history, { ...present, edition })
  const ended = record && endOfEdition(record, edition)
  if (ended !== undefined && ended <= awarded) {
    const sentence = `According to the record of this registry, the award names an edition of the standard that had ended on ${ended}.`
    return [{ code: 'edition-ended', sentence, since: ended }]
  }
  const today = moment.slice(0, 10)
  const then = statedAt(history, judged).editions
  const stated = statedAt(history, present).editions
  // A record of the baseline knows no later edition, but the day on which one replaced it.
  const replaced = record?.statedBy === undefined && ended !== undefined && ended <= today ? [ended] : []
  const followed = [...stated.values()].flatMap(({ value, recordedOn }) => {
    const isFollower = value.supersedes === edition && value.from <= today
    if (!isFollower) return []
    return value.from > awarded ? [value.from] : then.has(value.id) ? [] : [recordedOn]
  })
  const [since] = [...replaced, ...followed].sort()
  const [old, own] = [then.get(edition)?.value, stated.get(edition)]
  return [
    ...(since === undefined ? [] : [laterEdition(since)]),
    ...(old === undefined || own === undefined || isSame(old, own.value) ? [] : [corrected(own.recordedOn)]),
  ]
}

/** Another source is no other standard. */
const isSame = (one: EditionStatement, other: EditionStatement): boolean => standardIn(one) === standardIn(other)

const standardIn = ({ units, level, validity, assessment, limits }: EditionStatement): string =>
  canonicalJson({ units, level, validity, assessment, limits })

/** A new award followed this one. It names no other certificate, because that is one of the same person. */
export const renewalNotice = (record: Pick<CertificateRecord, 'renewed'> | undefined): Notice[] => {
  const since = record?.renewed?.at.slice(0, 10)
  if (since === undefined) return []
  const sentence = `On ${since} its issuer renewed the award with another certificate. This one holds until its own end.`
  return [{ code: 'renewed', sentence, since }]
}

const laterEdition = (since: string): Notice => ({
  code: 'standard-changed',
  change: 'later-edition',
  sentence: `Since ${since} there is a later edition of the standard than the one that the certificate names.`,
  since,
})

const corrected = (since: string): Notice => ({
  code: 'standard-changed',
  change: 'corrected',
  sentence: `The edition that the certificate names was restated on ${since}. The certificate means what was on record when it was issued.`,
  since,
})

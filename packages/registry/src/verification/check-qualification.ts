import type { Certificate } from '@sijil/credentials'
import { levelsOf, type Qualification, supportsStatedLevel } from '@sijil/qualifications'
import { type QualificationHistory, qualificationAt } from '../catalogue/qualification-at.ts'
import { endOfDay } from '../moments.ts'
import { failed, notPerformed, passed } from './check.ts'
import type { RecordSource } from './record-source.ts'
import type { RecordAnswer } from './stages.ts'
import type { Check, LevelAnswer } from './verification.ts'

/** The address of the qualification. For a part it is that of the whole qualification. */
export const addressOf = ({ qualification }: Certificate): string => (qualification.partOf ?? qualification).id

/** Id of the qualification in the registry that its address names. */
export const qualificationOf = (certificate: Certificate): string => addressOf(certificate).split('/').at(-1) ?? ''

/**
 * What is known about the qualification. A certificate from the list of another registry names a record of that registry. An address of a
 * third one is not looked up: records of one registry say nothing about those of another. An external signer has no registry of its own.
 */
export function historyFor(
  certificate: Certificate,
  { catalogue, keptBy }: Pick<RecordSource, 'catalogue' | 'keptBy'>,
): Promise<QualificationHistory> {
  const id = qualificationOf(certificate)
  const isOfThird = keptBy?.hasLog && addressOf(certificate) !== `${keptBy.registry}/qualifications/${id}`
  return isOfThird ? Promise.resolve({ id, commits: [] }) : catalogue(id)
}

/** What counts for a certificate: all that was in force at the end of the day of its award, and on record when it was reserved. */
export const judgedAt = (
  { awardedOn, assessedOn, validFrom }: Certificate,
  { moment }: Pick<RecordAnswer, 'moment'>,
  now: Date,
) => ({
  effective: endOfDay(awardedOn ?? assessedOn ?? validFrom.slice(0, 10)),
  recorded: moment?.recordedAt ?? now.toISOString(),
})

/**
 * `qualification`: did the qualification exist in this edition, and does the referencing support the stated levels? It is judged by what
 * counted on the day of the award and was recorded when the certificate was reserved, so that no later correction makes it wrong.
 */
export function checkQualification(
  certificate: Certificate,
  history: QualificationHistory,
  recorded: Pick<RecordAnswer, 'record' | 'moment'>,
  { keptBy, now }: Pick<RecordSource, 'keptBy' | 'now'>,
): { check: Check; qualification?: Qualification } {
  const { edition } = certificate.qualification
  const { record, moment } = recorded
  const moments = judgedAt(certificate, recorded, now)
  const qualification = qualificationAt(history, { ...moments, ...(edition !== undefined && { edition }) })
  // The other registry may know a qualification that this one does not. That is not a fault of the certificate.
  if (qualification === undefined && keptBy !== undefined)
    return { check: notPerformed('qualification', 'catalogue-not-copied', { registry: keptBy.registry }) }
  const stated: Record<string, string> = edition === undefined ? {} : { edition }
  if (qualification === undefined) return { check: failed('qualification', 'qualification-unknown', stated) }
  if (record !== undefined && record.reservation.qualification !== qualification.id)
    return { check: failed('qualification', 'qualification-unknown', stated), qualification }
  const on = certificate.validFrom.slice(0, 10)
  const unsupported = certificate.levels.find((level) => !supportsStatedLevel(qualification, level, { on }))
  if (unsupported === undefined)
    return { check: passed('qualification', { qualification: qualification.id, ...stated }), qualification }
  // When it was recorded is not known here, so a later correction could be the reason.
  if (keptBy?.hasLog && moment === undefined)
    return { check: notPerformed('qualification', 'kept-elsewhere', { registry: keptBy.registry }), qualification }
  const { framework, level } = unsupported
  return { check: failed('qualification', 'level-not-supported', { framework, level }), qualification }
}

/** The levels of the qualification, computed here. They are not taken from the document. */
export function levelAnswers(qualification: Qualification, certificate: Certificate): LevelAnswer[] {
  const { partOf } = certificate.qualification
  const { national, aqrf } = levelsOf(qualification, { on: certificate.validFrom.slice(0, 10) })
  return [national, aqrf].map(({ framework, level, basis, confirmed }) => {
    if (partOf !== undefined)
      return { framework, basis: `A part of ${partOf.title} has no level of its own. ${basis}`, confirmed }
    return { framework, ...(level && { level }), basis, confirmed }
  })
}

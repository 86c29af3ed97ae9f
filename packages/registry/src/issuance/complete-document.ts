import { CONTEXT_URLS, CURRENT_FORM, isObject, narrativeOf, schemaPaths } from '@sijil/credentials'
import { statusReferences } from '../certificates/status-pair.ts'

type Row = Readonly<Record<string, unknown>>

/** Adds missing members. Existing members stay as they are, so that the profile can check them. */
const filled = (value: unknown, missing: Row): unknown => (isObject(value) ? { ...missing, ...value } : value)
const filledList = (value: unknown, missing: (item: Row, number: number) => Row): unknown =>
  Array.isArray(value)
    ? value.map((item, at) => (isObject(item) ? { ...missing(item, at + 1), ...item } : item))
    : value

/** Placeholders. None of them is issued, because the server sets all of these members again. */
const NO_ID = 'urn:uuid:00000000-0000-4000-8000-000000000000'
const NO_HOLDER = 'urn:uuid:00000000-0000-4000-8000-000000000001'
const NO_TEXT = 'set by the server'
const NO_DAY = '1950-01-01T00:00:00Z'

/**
 * Fills the members that the server sets with plausible values, so that the closed profile can check the rest. The server also sets the
 * form, so a day of assessment or a type of evidence in the first form is rewritten to the current one.
 */
export function completeDocument({ proof: _, ...given }: Row, baseUrl: string): Row {
  const { id = NO_ID, credentialSubject: subject } = given
  const achievement = isObject(subject) ? subject.achievement : undefined
  const issuer = typeof given.issuer === 'string' ? { id: given.issuer } : given.issuer
  const names = { name: (isObject(achievement) ? achievement.name : undefined) ?? given.name ?? NO_TEXT }
  const owner = {
    own: (part: string) => `${typeof id === 'string' ? id : NO_ID}#${part}`,
    issuerId: isObject(issuer) ? issuer.id : undefined,
    names,
  }
  return {
    '@context': CONTEXT_URLS,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    ...names,
    ...given,
    id,
    issuer: filled(issuer, { type: ['Profile'], name: NO_TEXT, url: baseUrl }),
    ...(isObject(subject) && { credentialSubject: completeSubject(subject, owner) }),
    ...(given.evidence !== undefined && {
      evidence: filledList(rewritten(given.evidence), ({ genre }) => ({
        id: owner.own(typeof genre === 'string' ? genre.toLowerCase() : 'assessment'),
        type: 'Evidence',
      })),
    }),
    ...setParts(baseUrl),
  }
}

const isList = (value: unknown, item: string) => Array.isArray(value) && value.length === 1 && value[0] === item
const rewritten = (evidence: unknown): unknown =>
  Array.isArray(evidence)
    ? evidence.map((entry) =>
        isObject(entry) && isList(entry.type, 'Evidence') ? { ...entry, type: 'Evidence' } : entry,
      )
    : evidence
const asMidnight = (day: unknown): unknown =>
  typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) ? `${day}T00:00:00Z` : day

interface Owner {
  /** Id of a part. */
  own: (part: string) => string
  issuerId: unknown
  names: { name: unknown }
}

function completeSubject(subject: Row, owner: Owner): Row {
  const { own, issuerId } = owner
  const { achievement, source } = subject
  const units = isObject(achievement) ? achievement.resultDescription : undefined
  const result = subject.result ?? (Array.isArray(units) ? units.map(() => ({})) : undefined)
  return {
    id: NO_HOLDER,
    type: ['AchievementSubject'],
    ...subject,
    ...(subject.activityEndDate !== undefined && { activityEndDate: asMidnight(subject.activityEndDate) }),
    identifier: filledList(subject.identifier, () => ({ type: 'IdentityObject', hashed: false })),
    ...(source !== undefined && {
      source: filled(source, {
        type: ['Profile'],
        // If the centre is also the issuer, the profile repeats no name here.
        ...(isObject(source) && source.id !== issuerId && { name: NO_TEXT }),
      }),
    }),
    ...(isObject(achievement) && { achievement: completeAchievement(achievement, owner) }),
    ...(result !== undefined && {
      result: filledList(result, (_, number) => ({
        id: own(`result-${number}`),
        type: ['Result'],
        resultDescription: own(`unit-${number}`),
        status: 'Completed',
      })),
    }),
  }
}

function completeAchievement(achievement: Row, { own, issuerId, names }: Owner): Row {
  const { criteria = {}, creator = {}, related, alignment, resultDescription: units } = achievement
  // The server sets the edition. But a narrative that mentions an edition is compared with one, so a placeholder is tried.
  const edited: Row = { version: NO_TEXT, ...achievement }
  const stated = isObject(criteria) && criteria.narrative === narrativeOf(edited) ? edited : achievement
  return {
    type: ['Achievement'],
    achievementType: 'Certificate',
    ...names,
    description: NO_TEXT,
    inLanguage: 'en',
    fieldOfStudy: NO_TEXT,
    ...stated,
    criteria: filled(criteria, { id: own('criteria'), narrative: narrativeOf(stated) }),
    creator: filled(creator, { id: issuerId, type: ['Profile'] }),
    ...(related !== undefined && {
      related: filledList(related, ({ inLanguage }) => ({
        ...(inLanguage !== undefined && { id: own('local-title') }),
        type: ['Related'],
      })),
    }),
    ...(alignment !== undefined && {
      alignment: filledList(alignment, (_, number) => ({ id: own(`alignment-${number}`), type: ['Alignment'] })),
    }),
    ...(units !== undefined && { resultDescription: completeUnits(units, achievement.id, own) }),
  }
}

function completeUnits(units: unknown, qualification: unknown, own: Owner['own']): unknown {
  const named = filledList(units, () => ({ name: NO_TEXT, type: ['ResultDescription'], resultType: 'Status' }))
  if (!Array.isArray(named)) return named
  return named.map((unit, at) =>
    isObject(unit)
      ? {
          id: own(`unit-${at + 1}`),
          ...unit,
          alignment: filledList(unit.alignment, () => ({
            id: own(`unit-${at + 1}-code`),
            type: ['Alignment'],
            targetName: unit.name,
            targetUrl: qualification,
          })),
        }
      : unit,
  )
}

/** Members that are replaced even if they were sent. */
function setParts(baseUrl: string): Row {
  return {
    validFrom: NO_DAY,
    credentialStatus: statusReferences({ pair: 'placeholder-1', index: 0 }, baseUrl).map(
      ({ purpose, list, index }) => ({
        id: `${list}#${index}`,
        type: 'BitstringStatusListEntry',
        statusPurpose: purpose,
        statusListIndex: String(index),
        statusListCredential: list,
      }),
    ),
    credentialSchema: [{ id: `${baseUrl}${schemaPaths[CURRENT_FORM]}`, type: 'JsonSchema' }],
  }
}

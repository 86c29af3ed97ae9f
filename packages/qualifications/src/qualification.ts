import type { AssignedCode } from './assigned-code.ts'
import type { Confidence } from './confidence.ts'
import type { Day } from './day.ts'
import type { Framework } from './framework.ts'

const titleNotice = 'A title is not a permit to practise: the authority of the host country decides.'
const licenceNotice =
  'A licence of one country is not a permit to practise in another: the authority of the host country decides.'

/** How a certificate names this kind, and the notice that a page must show with it. */
interface KindRow {
  inCertificate: 'Certificate' | 'License' | 'Certification'
  notice?: string
}

// biome-ignore format: it reads as a table

export const kinds = {
  'skills-certificate':    { inCertificate: 'Certificate' },
  'standard-in-draft':     { inCertificate: 'Certificate', notice: 'This standard is a draft.' },
  'mra-title':             { inCertificate: 'Certification', notice: titleNotice },
  'mra-host-registration': { inCertificate: 'License', notice: licenceNotice },
  'licence':               { inCertificate: 'License', notice: licenceNotice },
  'temporary-licence':     { inCertificate: 'License', notice: licenceNotice },
  'good-standing':         { inCertificate: 'Certification', notice: 'It is not a permit to practise.' },
} as const satisfies Record<string, KindRow>
export type Kind = keyof typeof kinds

/** A law that demands a certificate for the work itself. The owner of the record cites it. */
export interface RequiredByLaw {
  /** The citation: one sentence without its full stop. */
  law: string
  /** The page on which the law is published. */
  source: string
}

/** Who stated a record, by the name that they had then. */
export interface StatedBy {
  id: string
  name: string
}

export interface Qualification {
  /** Our own id: `ph-masonry-nc2`. */
  id: string
  /** ISO 3166-1 alpha-2. Null for a regional title. */
  state: string | null
  /** Only of a fictional state. */
  stateName?: string
  kind: Kind
  /** In English. */
  title: string
  localTitle?: { text: string; language: string }
  localTitleConfidence?: Confidence
  /** One plain sentence about what the holder was found able to do. */
  description: string
  /** `framework`, `level` and `levelConfidence` are all present, or all absent if there is no framework level. */
  framework?: string
  level?: number
  levelConfidence?: Confidence
  /** The national authority that confirmed the level. No level is confirmed yet. */
  levelConfirmedBy?: string
  /** Levels before a correction, each valid before the day `until`. When you correct a level, add the old one here. */
  formerLevels?: readonly { framework: string; level: number; until: Day }[]
  /** ISCO-08 unit group. */
  occupation?: AssignedCode
  /** ESCO occupation. Nothing is permitted by it. */
  escoOccupation?: AssignedCode
  /** Other related ISCO-08 unit groups. Only for search: no permission is derived from them. */
  furtherOccupations?: readonly string[]
  /** The law of its state that demands it for the work. Absent: nobody has stated one, which does not mean that there is none. */
  requiredByLaw?: RequiredByLaw
  /** The field of study, in words. */
  field: string
  /** ISCED-F 2013 detailed field. */
  fieldOfEducation?: AssignedCode & { confidence: Confidence }
  /** The units that the sources name. The list may be incomplete. */
  units: readonly { code: string; title: string }[]
  /** The edition that contains these units, if it is known. */
  unitsEdition?: string
  /** The edition of the standard, or a sentence that the sources do not state it. */
  edition: string
  /** How this edition is assessed, and what it does not cover, as its owner states it. */
  assessment?: string
  limits?: string
  /** The day on which a newer edition replaced this one. */
  supersededOn?: Day
  /** The national code and its scheme. */
  code?: string
  codeScheme?: string
  /** Id of the certifier. Null if several bodies award it. */
  body: string | null
  /** The owner of the record. Absent: we read it from public sources. */
  statedBy?: StatedBy
  /** The record of the framework `framework`. In a record of the baseline without a level: that of the framework of its state. */
  frameworkRecord?: Framework
  /** The term of the scheme, counted from the award. `none` if no term is known. */
  validity: { years?: number; months?: number } | 'none'
  note?: string
  /** The day on which this record was made. */
  recordedOn: Day
  sources: readonly string[]
  confidence: Confidence
}

/** The edition of the standard. `undefined` if the record has the sentence that the sources do not state it. */
export const knownEdition = ({ edition }: Pick<Qualification, 'edition'>): string | undefined =>
  edition.startsWith('Edition of the standard not stated') ? undefined : edition

/** The day on which this edition ended, if the record is of that edition and says so. Another edition has another day, or none. */
export const endOfEdition = (
  { edition, supersededOn }: Pick<Qualification, 'edition' | 'supersededOn'>,
  stated: string | undefined,
): Day | undefined => (stated === edition ? supersededOn : undefined)

/**
 * The units with these codes, in the order of the qualification. `whole` if they are all of its units, `undefined` for no code or
 * an unknown one.
 */
export function partOf(
  { units }: Qualification,
  codes: readonly string[],
): Qualification['units'] | 'whole' | undefined {
  const named = new Set(codes)
  const part = units.filter(({ code }) => named.has(code))
  if (part.length === 0 || part.length < named.size) return undefined
  return part.length === units.length ? 'whole' : part
}

/** The notice to show wherever the qualification is shown. A page never says that a qualification permits practice. */
export function noticeOf(qualification: Qualification): string | undefined {
  const row: KindRow = kinds[qualification.kind]
  return row.notice
}

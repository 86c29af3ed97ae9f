import type { Confidence } from './confidence.ts'
import qualificationRecords from './data/qualifications.data.json' with { type: 'json' }
import type { Day } from './day.ts'

const titleNotice = 'A title is not a permit to practise: the authority of the host country decides.'
const licenceNotice =
  'A licence of one country is not a permit to practise in another: the authority of the host country decides.'

/** What a kind is in a certificate, and what a page must say with it. */
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

/** A code of an international scheme that we, not the awarding body, assigned. It is never read out of a national code. */
export interface AssignedCode {
  code: string
  title: string
  url: string
  assignedBy: string
}

export interface Qualification {
  /** Ours: `ph-masonry-nc2`. */
  id: string
  /** ISO 3166-1 alpha-2; null for a title of the region. */
  state: string | null
  kind: Kind
  /** In English. */
  title: string
  localTitle?: { text: string; language: string }
  localTitleConfidence?: Confidence
  /** What the holder was found able to do; one plain sentence. */
  description: string
  /** `framework`, `level` and `levelConfidence` stand together or not at all: no framework level. */
  framework?: string
  level?: number
  levelConfidence?: Confidence
  /** The national authority that confirmed the level. Nobody yet. */
  levelConfirmedBy?: string
  /** What stood here before a correction, each until that day: whoever corrects a level leaves the old one here. */
  formerLevels?: readonly { framework: string; level: number; until: Day }[]
  /** ISCO-08 unit group. */
  occupation?: AssignedCode
  /** Other ISCO-08 unit groups that it touches. For search only: authority is never derived from them. */
  furtherOccupations?: readonly string[]
  /** Field of study, in words. */
  field: string
  /** ISCED-F 2013 detailed field. */
  fieldOfEducation?: AssignedCode & { confidence: Confidence }
  /** Those that the sources name, perhaps not all. */
  units: readonly { code: string; title: string }[]
  /** Edition that the units come from, where it is known. */
  unitsEdition?: string
  /** Edition of the standard, or that the sources do not state it. */
  edition: string
  /** The day on which a newer edition took its place. */
  supersededOn?: Day
  /** National code, and its scheme. */
  code?: string
  codeScheme?: string
  /** Certifier; null where any of several awards it. */
  body: string | null
  /** The scheme's term, counted from the award; `none` where no term is known. */
  validity: { years?: number; months?: number } | 'none'
  note?: string
  /** When this record was made. */
  recordedOn: Day
  sources: readonly string[]
  confidence: Confidence
}

// The file is held to this shape by records.test.ts.
const qualifications = qualificationRecords as readonly Qualification[]
const byId = new Map(qualifications.map((qualification) => [qualification.id, qualification]))

export const findQualification = (id: string): Qualification | undefined => byId.get(id)

/** Every one, or those of a state. Titles of the region belong to no state. */
export const listQualifications = ({ state }: { state?: string } = {}): readonly Qualification[] =>
  state === undefined ? qualifications : qualifications.filter((qualification) => qualification.state === state)

/** The edition of its standard. Undefined where the record says in a sentence that the sources do not state it. */
export const knownEdition = ({ edition }: Pick<Qualification, 'edition'>): string | undefined =>
  edition.startsWith('Edition of the standard not stated') ? undefined : edition

/** Those of its units, in its own order. All of them are the whole; undefined where it has no such unit. */
export function partOf(
  { units }: Qualification,
  codes: readonly string[],
): Qualification['units'] | 'whole' | undefined {
  const named = new Set(codes)
  const part = units.filter(({ code }) => named.has(code))
  if (part.length === 0 || part.length < named.size) return undefined
  return part.length === units.length ? 'whole' : part
}

/** What must be said wherever this is shown; a page never says that it permits practice. */
export function noticeOf(qualification: Qualification): string | undefined {
  const row: KindRow = kinds[qualification.kind]
  return row.notice
}

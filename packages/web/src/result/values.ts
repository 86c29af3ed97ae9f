import type { Degree, Kind, LevelStatement, Qualification } from '@sijil/qualifications'
import type { Verification } from '@sijil/registry/verification'
import type { ShownParty } from '../comparison-values.ts'
import type { Office } from '../offices.ts'
import type { DemandedByLaw } from '../required-by-law.ts'

/** The levels that the record of the qualification gives for the day of issue. `host` is set only if the reader chose a host. */
export interface LevelPanel {
  national: LevelStatement
  aqrf: LevelStatement
  host?: LevelStatement
  agreed?: AgreedLevel
  comparable?: ComparableTitle
}

/** The title in the chosen host with which authorities of both states compared it together. */
export interface ComparableTitle {
  title: string
  localTitle?: { text: string; language: string }
  qualification: string
  /** How much of what the host asks for was found. */
  degree: Degree
  since: string
  agreedBy: readonly ShownParty[]
  /** Path of the comparison. */
  comparison: string
}

/** What the corridor of two states agreed on for the chosen host alone. The AQRF Committee has not endorsed it. */
export interface AgreedLevel {
  aqrf: number
  /** In the framework of the host. */
  hostLevel?: number
  since: string
  agreedBy: readonly ShownParty[]
  /** Path of the page of the track. */
  track: string
  source: string
}

export interface ResultValues {
  verification: Verification
  /** Set if it was opened by link. A document that was sent in has none. */
  token?: string
  person: 'hidden' | 'shown'
  levels?: LevelPanel
  /** ISO 3166-1 alpha-2 code of the chosen host. */
  host?: string
  hosts: readonly { iso2: string; name: string }[]
  /** `/issuers/{id}` with the day of issue and the qualification, if this registry knows the issuer. */
  issuerPage?: string
  /** The registered short name of the issuer. */
  acronym?: string
  /** For a part: the units of the whole qualification by the record. */
  wholeUnits?: Qualification['units']
  /**
   * Who can be asked about it, with their contacts of today: its issuer, the authority above the issuer, and the authority that changed
   * its status last. Absent: the issuer is not of this registry, or there is nothing to ask.
   */
  offices?: { issuer?: Office; authority?: Office; changer?: Office }
  /** For the holder: whom to ask for a correction, for a new link, and with a complaint. Only with the name, and opened by link. */
  answering?: { issuer?: Office; authority?: Office }
  /** Names, by id, of the authorities that changed its status. */
  authorities?: Readonly<Record<string, string>>
  /** `/qualifications/{id}`, if this registry knows the qualification. */
  qualificationPage?: string
  /** Kind of the qualification, if this registry knows it. Readers easily take some kinds for a permit. */
  kind?: Kind
  /** The law that demands it for the work, by the record of the day of issue. Never of a part. */
  law?: DemandedByLaw
  /** Open gaps in corridors of the host, by the id of the host authority. */
  openGaps?: Readonly<Record<string, number>> | undefined
  /** The name in passport letters (ICAO 9303). */
  passportName?: string
  /**
   * The reader has a paper, and compares it. `without-code`: a certificate is attached to the file, and no code was read. `contradiction`: its
   * parts disagree, so there is nothing to compare.
   */
  paper?: 'with-code' | 'without-code' | 'contradiction'
  /** The sender's name for the file. Only the sender sees it. */
  fileName?: string
}

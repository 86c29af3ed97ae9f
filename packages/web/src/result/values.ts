import type { Kind, LevelStatement } from '@sijil/qualifications'
import type { Verification } from '@sijil/registry/verification'

/** As the qualification's record gives them for the day of issue; the host's only where one was chosen. */
export interface LevelPanel {
  national: LevelStatement
  aqrf: LevelStatement
  host?: LevelStatement
}

export interface ResultValues {
  verification: Verification
  /** Where it was opened by link. A document that was sent in has none. */
  token?: string
  person: 'hidden' | 'shown'
  levels?: LevelPanel
  /** ISO 3166-1 alpha-2 of the host that was chosen. */
  host?: string
  hosts: readonly { iso2: string; name: string }[]
  /** `/issuers/{id}`, asked about the day of issue and the qualification, where this registry knows the issuer. */
  issuerPage?: string
  /** Names of the authorities that changed its status, by id. */
  authorities?: Readonly<Record<string, string>>
  /** `/qualifications/{id}`, where this registry knows the qualification. */
  qualificationPage?: string
  /** Of the qualification, where this registry knows it: some are easily taken for a permit. */
  kind?: Kind
  /** The name in passport letters (ICAO 9303). */
  passportName?: string
  /** As the sender named it; shown to the sender only. */
  fileName?: string
}

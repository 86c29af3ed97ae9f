import type { Day } from '@sijil/credentials'
import type { MethodInput, RouteInput } from '@sijil/qualifications'

/** The request of a certification body for one certificate. The server sets everything else. */
export interface IssueInput {
  /** Our id, e.g. `ph-masonry-nc2`. */
  qualification: string
  /** Id of the edition. Default: the one in which awards of the day of assessment are made. */
  edition?: string
  holder: { name: string; nativeName?: string; birthDate?: Day }
  certificateNumber: string
  registerNumber?: string
  /** At least one of `assessedOn` and `awardedOn` is required. */
  assessedOn?: Day
  awardedOn?: Day
  route?: RouteInput
  /** Free text, only if the route is `other`. */
  otherRoute?: string
  method?: MethodInput
  /** Free text, only if the method is `other`. */
  otherMethod?: string
  /** A reference, never a name. */
  assessor?: string
  /** Id of an assessment centre of this registry with the right to assess for this on that day. The registry sets its name. */
  centre?: { id: string; name?: string }
  /** Codes of the achieved units. Fewer than all make it a part of the qualification. */
  units?: readonly string[]
  /** Limits of scope (ISO/IEC 17024). */
  limits?: string
  signatory?: { name: string; position: string }
  /** May be earlier than the end that the scheme sets, never later. */
  validUntil?: Day
  /** BCP 47. Default: `en`. */
  language?: string
  /** Id of the authority that a letter of good standing is for. It is not signed, and nobody else can read it. */
  recipient?: string
  /** UUID of the certificate that this one supersedes. The new certificate may have the same number. */
  replaces?: string
  /** UUID of the certificate that this new award follows. That one stays in force until its own end, and keeps its number. */
  renews?: string
}

/** The maximum length of each text in characters. `name` is for every kind of name. */
export const maxLength = {
  name: 200,
  position: 200,
  certificateNumber: 64,
  registerNumber: 64,
  otherRoute: 200,
  otherMethod: 400,
  assessor: 64,
  limits: 1_000,
} as const

import type { Day } from '@sijil/credentials'
import type { MethodInput, RouteInput } from '@sijil/qualifications'

/** What a certification body says of one certificate, in its own words. The server sets everything else. */
export interface IssueInput {
  /** Our id, e.g. `ph-masonry-nc2`. */
  qualification: string
  holder: { name: string; nativeName?: string; birthDate?: Day }
  certificateNumber: string
  registerNumber?: string
  /** One of `assessedOn` and `awardedOn` is needed. */
  assessedOn?: Day
  awardedOn?: Day
  route?: RouteInput
  /** In free text, where the route is `other`, and only there. */
  otherRoute?: string
  method?: MethodInput
  /** The same for the method. */
  otherMethod?: string
  /** A reference, never a name. */
  assessor?: string
  /** Id of an assessment centre of this registry, which was allowed to assess for this on that day; its name is the registry's. */
  centre?: { id: string; name?: string }
  /** Codes of the units achieved; fewer than all make it a part of the qualification. */
  units?: readonly string[]
  /** Limits of scope (ISO/IEC 17024). */
  limits?: string
  signatory?: { name: string; position: string }
  /** Earlier than the scheme's own end, never later. */
  validUntil?: Day
  /** BCP 47; `en` unless told otherwise. */
  language?: string
  /** UUID of the certificate that this one supersedes; it may carry its number on. */
  replaces?: string
}

/** The longest that each text may be, in characters; `name` is any of the names. */
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

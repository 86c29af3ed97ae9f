import type { ScopeDimension } from '@sijil/qualifications'
import type { LinkDecision } from './entity.ts'

export const accreditationStatuses = ['authorised', 'not-for-this', 'suspended', 'withdrawn', 'unknown'] as const
export type AccreditationStatus = (typeof accreditationStatuses)[number]

/** One link of the chain, top first. */
export interface ChainLink {
  id: string
  role: 'authority' | 'body' | 'centre'
  name: string
  /** ISO 3166-1 alpha-2, or `ASEAN`: two states may have one name. */
  state: string
  localName?: { text: string; language: string }
  standing: AccreditationStatus
  basis: string
  /** Why it was decided, where that was said apart from the legal basis. */
  reason?: string
  from?: string
  until?: string
  /** This deployment accepts it as a root: here the chain ends. */
  root?: true
  /** Oldest first: those that counted on that day. */
  decisions: readonly LinkDecision[]
  /** Quality review of what it was granted; absent where nobody granted anything. */
  review?: 'none' | { reviewer: string; reviewedOn: string; gaps: number; nextReviewOn?: string }
  /** Recorded after the day it speaks of. */
  recordedLater?: boolean
  /** Whoever took its place since: "issued by X, now Y". */
  successor?: { id: string; name: string }
  /** In whose name it acts. That other must hold the same right at that moment. */
  onBehalfOf?: { id: string; name: string }
  /** It stands behind whoever the body acts for, and not behind the body itself. */
  principal?: true
}

export interface IssuerAnswer {
  standing: AccreditationStatus
  /** In plain words, in English; pages translate by `standing`. */
  sentence: string
  effective: string
  recorded: string
  /** Since when it is suspended or withdrawn. */
  since?: string
  /** This deployment's own policy refuses it, whatever the registry says of it. */
  refused?: true
  /** It rests on a pilot. */
  pilot?: boolean
  /** Asked of no certificate: ids of the assessment centres for which alone it is so. Absent: not limited, or a certificate's own was asked about. */
  sites?: readonly string[]
  /** What of the question the scope does not cover; absent where it covers all of it. */
  outside?: ScopeDimension
  chain: ChainLink[]
}

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
  /** Only of a fictional state. */
  stateName?: string
  localName?: { text: string; language: string }
  /** No law and no authority allows it anything. Absent for a real entity. */
  demonstration?: true
  standing: AccreditationStatus
  basis: string
  /** The reason, if one was stated beside the legal basis. */
  reason?: string
  from?: string
  until?: string
  /** This deployment accepts it as a root, so the chain ends here. */
  root?: true
  /** The decisions that counted on that day, oldest first. */
  decisions: readonly LinkDecision[]
  /** Quality review of its grant. Absent for an entity without a grant. */
  review?: 'none' | { reviewer: string; reviewedOn: string; gaps: number; nextReviewOn?: string }
  /** True if it was recorded after the day from which it counts. */
  recordedLater?: boolean
  /** Its successor today: "issued by X, now Y". */
  successor?: { id: string; name: string; state?: string; stateName?: string }
  /** The principal. It must hold the same right at that moment. */
  onBehalfOf?: { id: string; name: string; state?: string; stateName?: string }
  /** The link supports the principal, not the body itself. */
  principal?: true
}

export interface IssuerAnswer {
  standing: AccreditationStatus
  /** In plain English. Pages translate by `standing` instead. */
  sentence: string
  effective: string
  recorded: string
  /** When the suspension or withdrawal began. */
  since?: string
  /** The policy of this deployment refuses it, although the registry may list it. */
  refused?: true
  /** Its authorisation is a pilot. */
  pilot?: boolean
  /** Ids of the only assessment centres for which it holds. Absent: no limit, or the question named a certificate's own centre. */
  sites?: readonly string[]
  /** The dimension of the question that the scope does not cover. Absent if the scope covers all of it. */
  outside?: ScopeDimension
  chain: ChainLink[]
}

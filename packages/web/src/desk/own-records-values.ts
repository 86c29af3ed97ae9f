import type { BodyPolicy } from '@sijil/registry/trust'
import type { Endpoint, EndpointState, EventKind, ListedDelivery } from '@sijil/registry/webhooks'
import type { DeskProblem } from './problem-words.ts'
import type { Named } from './values.ts'

/** One entry of a dated record of a body. */
export interface DatedEntry {
  from: string
  recordedAt: string
  /** The officer who approved it. */
  actor: string
  state: 'now' | 'later' | 'past'
}

interface OwnRecord {
  body: Named
  /** True if this person may propose a change. */
  mayPropose: boolean
  problem?: DeskProblem
}

export interface PolicyValues extends OwnRecord {
  /** Of today. */
  policy: BodyPolicy
  /** Newest record first. */
  entries: readonly (DatedEntry & { policy: BodyPolicy })[]
}

/** A name is there only after this person opened the names. Absent title: nobody. */
export interface ShownSignatory {
  title?: string
  name?: string
}

export interface SignatoryValues extends OwnRecord {
  areOpen: boolean
  entries: readonly (DatedEntry & ShownSignatory)[]
  /** Proposals that wait for a second officer. */
  waiting: readonly (ShownSignatory & { proposal: string })[]
  typed?: { name?: string; title?: string; effectiveFrom?: string }
}

export interface ShownLogo {
  digest: string
  width: number
  height: number
}

export interface LogoValues extends OwnRecord {
  entries: readonly (DatedEntry & { logo?: ShownLogo })[]
  waiting: readonly { proposal: string; logo?: ShownLogo }[]
}

export interface WebhooksValues extends OwnRecord, EndpointState {
  entries: readonly (DatedEntry & { endpoint?: Endpoint })[]
  waiting: readonly { proposal: string; endpoint?: Endpoint }[]
  /** Everything that it can be told. */
  allKinds: readonly EventKind[]
  /** The newest events, newest first. */
  deliveries: readonly ListedDelivery[]
  /** Only in the answer to the press that made it. */
  made?: { secret: string; signsAlone: string }
  /** True after officers asked to have something sent again. */
  isAsked?: boolean
  typed?: { url?: string; kinds?: readonly string[]; effectiveFrom?: string }
}

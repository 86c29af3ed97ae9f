import type {
  AqrfStatement,
  Aspect,
  AspectName,
  Compared,
  ComparedUnit,
  LevelDifference,
  PinnedEdition,
} from '@sijil/qualifications'

/** An authority that a version names. Without a name, it is one of another registry. */
export interface ShownParty {
  registry: string
  id: string
  name?: string
  state?: string
  stateName?: string
}
interface Moments {
  effectiveAt: string
  recordedAt: string
}

export type VersionState = 'alone' | 'waiting' | 'joint' | 'ended'

interface NamedEdition extends PinnedEdition {
  title: string
  state?: string
  stateName?: string
  /** Level on the AQRF, if it is known, and whether its authority confirmed it. */
  aqrf?: { level: string; confirmed: boolean }
}

export interface ComparedEdition {
  pinned: NamedEdition
  localTitle?: { text: string; language: string }
  units: readonly { code: string; title: string }[]
  aqrf: AqrfStatement
}

type Counts = Readonly<Record<Compared, number>>

/** One version of a comparison, with everything that its page shows. */
export interface ComparisonValues {
  id: string
  number: number
  hash: string
  state: VersionState
  /** The proposer first. */
  joined: readonly (ShownParty & Moments)[]
  missing: readonly ShownParty[]
  left: readonly (ShownParty & Moments & { basis: string })[]
  jointFrom?: string
  endedFrom?: string
  /** Both editions are read as they were recorded by this moment. */
  catalogueAt: string
  from: ComparedEdition
  to: ComparedEdition
  units: readonly ComparedUnit[]
  beyond: readonly { code: string; title: string }[]
  counts: Counts
  overall: Compared
  level: LevelDifference
  aspects: Partial<Record<AspectName, Aspect>>
}

export interface ComparabilityValues {
  asked: { from: string; to: string }
  versions: readonly (Pick<
    ComparisonValues,
    'id' | 'number' | 'state' | 'joined' | 'missing' | 'overall' | 'counts' | 'jointFrom' | 'endedFrom'
  > & { from: NamedEdition; to: NamedEdition })[]
  /** There are more than these. */
  cut?: number
}

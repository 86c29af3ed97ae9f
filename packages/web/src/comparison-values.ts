import type {
  AqrfStatement,
  Aspect,
  AspectName,
  Compared,
  ComparedUnit,
  Degree,
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

/** A version that several authorities join, and who of them has. */
export interface JointValues {
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
}

/** One version of a comparison, with everything that its page shows. */
export interface ComparisonValues extends JointValues {
  /** Both editions are read as they were recorded by this moment. */
  catalogueAt: string
  from: ComparedEdition
  to: ComparedEdition
  units: readonly ComparedUnit[]
  beyond: readonly { code: string; title: string }[]
  counts: Counts
  overall: Compared
  degree: Degree
  level: LevelDifference
  aspects: Partial<Record<AspectName, Aspect>>
}

export interface ComparabilityValues {
  asked: { from: string; to: string }
  versions: readonly (Pick<
    ComparisonValues,
    | 'id'
    | 'number'
    | 'state'
    | 'joined'
    | 'missing'
    | 'overall'
    | 'degree'
    | 'counts'
    | 'level'
    | 'jointFrom'
    | 'endedFrom'
  > & { from: NamedEdition; to: NamedEdition })[]
  /** There are more than these. */
  cut?: number
  /** Every agreed set, if no qualification is named. */
  sets?: readonly ListedSet[]
}

/** One version of an agreed set in the list of all. `units`: how many. */
export type ListedSet = Pick<SkillSetValues, 'id' | 'number' | 'name'> &
  Pick<JointValues, 'state' | 'joined' | 'missing' | 'jointFrom' | 'endedFrom'> & { units: number }

interface SetUnit {
  code: string
  title: string
}

/** One version of an agreed set of units. */
export interface SkillSetValues extends JointValues {
  name: string
  /** All accepted units were on record by this moment. */
  catalogueAt: string
  units: readonly (SetUnit & {
    accepts: readonly { qualification: string; title: string; edition: string; unit: string }[]
  })[]
  /** A national standard against the set, by what the parties wrote down. */
  against?: {
    qualification: string
    title: string
    edition: string
    missing: readonly SetUnit[]
    there: readonly SetUnit[]
    beyond: readonly SetUnit[]
  }
  /** What was asked for, and is not on record. */
  asked?: { qualification: string; edition: string }
}

import { shippedBaseline } from '@sijil/qualifications/shipped-baseline'
import type { Commit, StreamId } from '@sijil/registry'
import {
  type CatalogueCommits,
  type Descriptions,
  type FrameworkCommits,
  namedIn,
  type QualificationHistory,
} from '@sijil/registry/catalogue'
import { loadBaseline } from '@sijil/registry/decisions'

const written: Commit<unknown>[] = []
await loadBaseline(
  { baseline: shippedBaseline, digest: 'shipped' },
  {
    store: { read: async () => [], append: async (commit) => void written.push(commit) },
    now: new Date('2019-12-31T00:00:00.000Z'),
  },
)

/** The commits of the baseline that comes with the software, as a registry has them. */
export const baselineCommits: readonly Commit<unknown>[] = written

const commitsOf = <C>(stream: string) =>
  baselineCommits.filter((commit) => commit.stream === (stream as StreamId)) as unknown as C

/** The frameworks of the baseline that these commits name. */
export const frameworksNamed = (commits: CatalogueCommits) =>
  namedIn(commits).map((id) => ({ id, commits: commitsOf<FrameworkCommits>(`registry/framework:${id}`) }))

/** The record of the baseline alone. */
export function baselineHistory(id: string): QualificationHistory {
  const commits = commitsOf<CatalogueCommits>(`registry/qualification:${id}`)
  const named = frameworksNamed(commits)
  return { id, commits, ...(named.length > 0 && { frameworks: named }) }
}

const { bodies, arrangements, states, corridors = [], frameworks, readOn } = shippedBaseline
const read = <R>(records: readonly R[]) => records.map((record) => ({ ...record, describedBy: { readOn } }))
const described: Descriptions = {
  bodies: read(bodies),
  arrangements: read(arrangements),
  states: read(states),
  corridors: read(corridors),
  stated: [],
}

/** What a view asks, answered by the file. */
export const baselineDeps = {
  frameworks: async () => frameworks,
  descriptions: async () => described,
  classDecisions: async () => [],
  comparisons: async () => [],
  skillSets: async () => [],
  corridors: async () => [],
  compliance: async () => [],
}

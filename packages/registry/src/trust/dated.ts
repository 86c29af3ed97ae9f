import type { Commit } from '../stream.ts'

/** What a question asks about: the moment that counts, and by which moment it must have been recorded. RFC 3339 UTC. */
export interface Moments {
  effective: string
  recorded: string
}

type Dated = Pick<Commit<unknown>, 'effectiveAt' | 'recordedAt'>

/** The entry that counts at a moment. Of two that count from the same moment, the later record wins. `undefined`: none counts yet. */
export function countingAt<C extends Dated>(commits: readonly C[], { effective, recorded }: Moments): C | undefined {
  let last: C | undefined
  for (const commit of commits)
    if (commit.recordedAt <= recorded && commit.effectiveAt <= effective)
      if (last === undefined || commit.effectiveAt >= last.effectiveAt) last = commit
  return last
}

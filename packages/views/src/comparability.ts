import type { Comparison } from '@sijil/qualifications'
import { type Joint, jointAt, proposedText } from '@sijil/registry/joint'
import type { ComparabilityValues } from '@sijil/web'
import { type ComparisonDeps, valuesOf } from './comparisons.ts'
import { listedSets } from './skill-sets.ts'
import type { View, ViewDeps } from './view.ts'

/**
 * The versions between two qualifications, or of all qualifications if none is named, newest first. They are read from memory, at most ten
 * seconds old.
 */
export async function comparabilityView(
  asked: { from: string; to: string },
  deps: ComparisonDeps & Pick<ViewDeps, 'comparisons' | 'skillSets'>,
): Promise<View<object, ComparabilityValues>> {
  const moment = deps.now.toISOString()
  const stated = (await deps.comparisons())
    .flatMap((commits) => {
      const content = proposedText(commits)?.content
      return content !== undefined && isAbout(content, asked) ? [{ commits, at: content.catalogueAt }] : []
    })
    .toSorted((one, other) => (one.at < other.at ? 1 : -1))
  // To fold one is to hash its text, so only those that are shown are folded, however many there are (M001).
  const found: Joint<Comparison>[] = []
  for (const { commits } of stated) {
    const joint = jointAt(commits, { effective: moment, recorded: moment })
    if (joint !== undefined) found.push(joint)
    if (found.length > MOST_SHOWN) break
  }
  const shown = await Promise.all(
    found.slice(0, MOST_SHOWN).map(async (joint) => {
      const { from, to, jointFrom, endedFrom, ...values } = await valuesOf(joint, deps)
      const { id, number, state, joined, missing, overall, degree, counts, level } = values
      const ends = { ...(jointFrom && { jointFrom }), ...(endedFrom && { endedFrom }) }
      const compared = { overall, degree, counts, level }
      return { id, number, state, joined, missing, ...compared, from: from.pinned, to: to.pinned, ...ends }
    }),
  )
  const cut = found.length > MOST_SHOWN && { cut: MOST_SHOWN }
  const sets = isAll(asked) && { sets: await listedSets(deps) }
  const values = { asked, versions: shown, ...cut, ...sets }
  return { json: values, values: () => values }
}

/** The same versions as a table: a row for each. */
export async function comparabilityTable(
  asked: { from: string; to: string },
  deps: Parameters<typeof comparabilityView>[1],
): Promise<{ columns: readonly string[]; rows: readonly (readonly string[])[] }> {
  const { versions } = await (await comparabilityView(asked, deps)).values()
  const rows = versions.map(({ id, number, state, joined, degree, counts, level, from, to }) => [
    ...[id, String(number), state, joined.map(({ name, id: party }) => name ?? party).join('; ')],
    ...[from, to].flatMap(({ qualification, edition, title }) => [qualification, edition, title]),
    ...[degree, ...(['match', 'partial', 'gap', 'not-compared'] as const).map((one) => String(counts[one]))],
    ...(level.difference === 'unknown'
      ? [level.difference, '', '']
      : [level.difference, String(level.steps), String(level.confirmed)]),
  ])
  return { columns: TABLE, rows }
}
// biome-ignore format: it reads as a table
const TABLE = ['comparison', 'version', 'state', 'saidBy', 'from', 'fromEdition', 'fromTitle', 'to', 'toEdition', 'toTitle', 'degree', 'match', 'partial', 'gap', 'notCompared', 'levelDifference', 'levelSteps', 'levelConfirmed']

const isAll = ({ from, to }: { from: string; to: string }): boolean => from === '' && to === ''

/** Of two that are named, one direction is listed: what a holder has and what a host asks for are two questions. */
const isAbout = ({ from, to }: Comparison, asked: { from: string; to: string }): boolean =>
  isAll(asked) || (from.qualification === asked.from && to.qualification === asked.to)

const MOST_SHOWN = 100

import { type ActionLine, CORRIDOR_LICENCE } from '@sijil/qualifications'
import type { ComplianceCommits } from '@sijil/registry/corridors'
import { catalogueRecord, recordHash } from '@sijil/registry/log'
import type { ComplianceValues, DeclaredDegree } from '@sijil/web'
import type { View, ViewDeps } from './view.ts'

const byText = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true })

/** Every action line with what states declared of it, the newest first. From memory, at most ten seconds old. */
async function linesNow({ compliance }: Pick<ViewDeps, 'compliance'>): Promise<ComplianceValues['lines']> {
  return (await compliance())
    .flatMap((commits) => {
      const line = lineOf(commits)
      return line === undefined ? [] : [{ ...line, declared: degreesOf(commits) }]
    })
    .toSorted((one, other) => byText(one.arrangement, other.arrangement) || byText(one.line, other.line))
}

const lineOf = (commits: ComplianceCommits): ActionLine | undefined => commits[0]?.events[0]?.line

/** The last one of a state counts. */
function degreesOf(commits: ComplianceCommits): readonly DeclaredDegree[] {
  const seen = new Set<string>()
  return commits.toReversed().flatMap((commit) =>
    commit.events.map(({ statement, declaredBy }) => {
      const counts = !seen.has(declaredBy.state)
      seen.add(declaredBy.state)
      const entry = recordHash(catalogueRecord(commit))
      return { ...statement, declaredBy, recordedAt: commit.recordedAt, entry, counts }
    }),
  )
}

/** The matrix of action lines and states. */
export async function complianceView(deps: Pick<ViewDeps, 'compliance'>): Promise<View<object, ComplianceValues>> {
  const lines = await linesNow(deps)
  return { json: { licence: CORRIDOR_LICENCE, lines }, values: () => ({ lines }) }
}

/** One row for each declaration, also for one in whose place a later one stands. */
export async function complianceTable(deps: Pick<ViewDeps, 'compliance'>) {
  const columns = [
    'arrangement',
    'line',
    'title',
    'state',
    'degree',
    'on',
    'evidence',
    'declaredBy',
    'recordedAt',
    'counts',
  ]
  const rows = (await linesNow(deps)).flatMap(({ arrangement, line, title, declared }) =>
    declared.map(({ degree, on, evidence, declaredBy, recordedAt, counts }) => {
      const documents = evidence.map((one) => `${one.title} ${one.address} ${one.sha256}`).join('; ')
      const cells = [degree, on, documents, declaredBy.name, recordedAt.slice(0, 10), counts ? 'yes' : 'no']
      return [arrangement, line, title, declaredBy.state, ...cells]
    }),
  )
  return { columns, rows }
}

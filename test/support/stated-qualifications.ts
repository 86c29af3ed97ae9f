import type { EditionStatement, QualificationStatement } from '@sijil/qualifications'
import { nextCommit, streams } from '@sijil/registry'
import type { CatalogueEvent, QualificationHistory } from '@sijil/registry/catalogue'
import { frameworksNamed } from './baseline.ts'

const statedBy = { id: 'demo-body', name: 'Harbour Crafts (demonstration)' }
const source = 'https://crafts.example/standard'

export interface Stated {
  statement?: Partial<QualificationStatement>
  edition?: Partial<EditionStatement>
  /** Instead of both: it is awarded no more. */
  retired?: string
  by?: { id: string; name: string }
  effectiveAt?: string
  recordedAt?: string
}

function eventsOf({ statement, edition, retired, by = statedBy }: Stated): CatalogueEvent[] {
  if (retired !== undefined) return [{ type: 'qualification-retired', statedBy: by, basis: retired }]
  return [
    {
      type: 'qualification-stated',
      statement: {
        state: 'PH',
        kind: 'skills-certificate',
        title: 'Cookery',
        description: 'Found able to cook.',
        field: 'Food',
        source,
        ...statement,
      },
      statedBy: by,
    },
    {
      type: 'edition-stated',
      edition: { id: '2026', from: '2026-01-01', units: [], validity: 'none', source, ...edition },
      statedBy: by,
    },
  ]
}

/** What an owner stated about `demo-body.{local}`, one commit for each of these. */
export function historyOf(local: string, ...stated: readonly Stated[]): QualificationHistory {
  const id = `demo-body.${local}`
  const history: QualificationHistory = { id, commits: [] }
  for (const each of stated) {
    const { effectiveAt = '2026-01-01T00:00:00.000Z', recordedAt = effectiveAt } = each
    const change = { events: eventsOf(each), actor: 'officer', now: new Date(recordedAt), effectiveAt } as const
    const commit = nextCommit(streams.qualification(id), history.commits, { ...change, index: 'CATALOGUE' })
    history.commits = [...history.commits, commit]
  }
  return { ...history, frameworks: frameworksNamed(history.commits) }
}

import {
  catalogueOf,
  frameworkAt,
  frameworkOf,
  frameworkStatedAt,
  qualificationAt,
  statedAt,
} from '@sijil/registry/catalogue'
import type { ProposedChange } from '@sijil/registry/decisions'
import type { ShownFramework, ShownPlacement } from '@sijil/web'
import type { DeskDeps } from './office.ts'

type OfFramework = Extract<ProposedChange, { verb: 'state-framework' | 'state-referencing' | 'confirm-levels' }>
type OfPlacement = Extract<ProposedChange, { verb: 'place-edition' | 'end-placement' }>

const today = ({ now }: DeskDeps) => ({ effective: now.toISOString(), recorded: now.toISOString() })

/** What an authority states about a framework, beside its statement of the same kind that counts today. */
export async function shownFramework(change: OfFramework, deps: DeskDeps): Promise<ShownFramework> {
  const { framework } = change
  const history = await frameworkOf(framework, deps.store)
  const { statement, referencing, table } = frameworkStatedAt(history, today(deps))
  const name = frameworkAt(history, today(deps))?.name
  const named = { framework, ...(name !== undefined && { name }) }
  switch (change.verb) {
    case 'state-framework':
      return { ...named, statement: change.statement, ...(statement && { before: { statement: statement.value } }) }
    case 'state-referencing':
      return {
        ...named,
        referencing: change.referencing,
        ...(referencing && { before: { referencing: referencing.value } }),
      }
    case 'confirm-levels':
      return { ...named, table: change.table, ...(table && { before: { table: table.value } }) }
    default:
      return change satisfies never
  }
}

/** Where an authority places an edition, beside where it is placed today. */
export async function shownPlacement(change: OfPlacement, deps: DeskDeps): Promise<ShownPlacement> {
  const { qualification, edition } = change
  const history = await catalogueOf(deps.store)(qualification)
  const title = qualificationAt(history, { ...today(deps), edition })?.title
  const before = statedAt(history, today(deps)).placements.get(edition)
  return {
    qualification,
    edition,
    ...(title !== undefined && { title }),
    ...('placement' in change ? change.placement : { framework: change.framework }),
    ...(before && { before: { framework: before.framework, level: before.level, source: before.source } }),
  }
}

import { methodInputs, routeInputs } from '@sijil/qualifications'
import { type Field, fieldNames } from '@sijil/registry/batch-columns'
import { qualificationView } from './reference.ts'
import type { ViewDeps } from './view.ts'

export interface BatchTemplate {
  /** `values`: what a cell may hold, as a list to choose from. */
  columns: { name: Field; width: number; values?: readonly string[] }[]
  /** An example. It has no number, so that nobody issues it by mistake. */
  row: string[]
}

const WIDTH = 22

/** The columns of a spreadsheet for one edition of a qualification, and a first row. Throws `not-found`. */
export async function batchTemplateView(
  id: string,
  { edition: asked }: { edition?: string | undefined },
  deps: ViewDeps & Parameters<typeof qualificationView>[2],
): Promise<BatchTemplate> {
  const { json } = await qualificationView(id, asked === undefined ? {} : { edition: asked }, deps)
  const { edition } = json as { edition?: { id?: string } | string }
  const named = asked ?? (typeof edition === 'string' ? edition : edition?.id)
  const today = deps.now.toISOString().slice(0, 10)
  const lists: Partial<Record<Field, readonly string[]>> = {
    qualification: [id],
    ...(named && { edition: [named] }),
    route: routeInputs,
    method: methodInputs,
  }
  const values: Partial<Record<Field, string>> = {
    qualification: id,
    ...(named && { edition: named }),
    name: 'JUANA EXAMPLE',
    assessedOn: today,
    awardedOn: today,
  }
  return {
    columns: fieldNames.map((name) => ({ name, width: WIDTH, ...(lists[name] && { values: lists[name] }) })),
    row: fieldNames.map((name) => values[name] ?? ''),
  }
}

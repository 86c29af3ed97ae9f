import { CORRIDOR_LICENCE, levelsOf } from '@sijil/qualifications'
import { gapsAt, readGaps } from '@sijil/registry/corridors'
import type { WorkerProfileValues } from '@sijil/web'
import { recordsToday } from './catalogue.ts'
import { isDeclared, reportedWork } from './corridors.ts'
import { declaredWork } from './declared-corridors.ts'
import type { View, ViewDeps } from './view.ts'

type ProfileDeps = Pick<
  ViewDeps,
  'descriptions' | 'qualifications' | 'reader' | 'now' | 'trust' | 'baseUrl' | 'corridors'
>

/**
 * A draft of the worker's profile that step 6 asks for: what a worker with the qualifications of the track can do, by the catalogue of
 * today, and what a comparison did not find. It is about no person, and kept nowhere. Throws `not-found`.
 */
export async function workerProfileView(
  named: { id: string; track: string },
  deps: ProfileDeps,
): Promise<View<object, WorkerProfileValues>> {
  const { listed, occupations, qualifications } = isDeclared(named.id)
    ? await declaredWork(named, deps)
    : await reportedWork(named, deps)
  const gaps = isDeclared(named.id) ? gapsAt(await readGaps(named.id, named.track, deps.reader)) : []
  const origin = listed.origin?.state
  const on = deps.now.toISOString().slice(0, 10)
  const records = (await recordsToday(deps)).flatMap(({ record }) => {
    const { id, title, edition, description, units, state } = record
    if (!qualifications.includes(id) || (origin !== undefined && state !== origin)) return []
    const { national, aqrf } = levelsOf(record, { on })
    const open = gaps.filter(({ from, closed }) => closed === undefined && from.qualification === id)
    return [
      {
        ...{ id, title, edition, description, units },
        levels: [national, aqrf].flatMap(({ framework, frame, level, confirmed }) =>
          level === undefined ? [] : [{ framework: frame?.acronym ?? framework, level, confirmed }],
        ),
        missing: open.map(({ unit, result, note }) => ({ unit, result, note })),
      },
    ]
  })
  const values = { track: listed, occupations, qualifications: records, draftedOn: on }
  return { json: { licence: CORRIDOR_LICENCE, ...values }, values: () => values }
}

import type { NamedQualification } from '@sijil/web'
import { recordsToday } from './catalogue.ts'
import type { ViewDeps } from './view.ts'

/** Qualifications by their ids, as the catalogue has them today. One that it does not have is left out. */
export async function qualificationsNamed(
  ids: readonly string[],
  deps: Pick<ViewDeps, 'qualifications' | 'now'>,
): Promise<readonly NamedQualification[]> {
  const wanted = new Set(ids)
  const records = await recordsToday(deps)
  return records.flatMap(({ record: { id, title, state, units, framework, level, levelConfirmedBy, occupation } }) =>
    wanted.has(id)
      ? {
          id,
          title,
          ...(state && { state }),
          ...(occupation && { occupation: occupation.code }),
          ...(framework &&
            level !== undefined && {
              level: { framework, level, confirmed: levelConfirmedBy !== undefined },
            }),
          units: units.length,
        }
      : [],
  )
}

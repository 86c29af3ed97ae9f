import { everyRegistered, isSandbox, readEach, stateOf } from '@sijil/registry/trust'
import type { ReportFakeValues } from '@sijil/web'
import { findEntity } from './entity.ts'
import type { ViewDeps } from './view.ts'

type Bodies = ReportFakeValues['bodies']

/** The bodies that a report can be about, by state and name. It reads one stream for each body, so callers should cache it. */
export async function listReportable(deps: Pick<ViewDeps, 'reader' | 'trust' | 'now'>): Promise<Bodies> {
  const ids = await everyRegistered(
    deps.reader,
    (registration) => registration.type === 'body-registered' && !isSandbox(registration),
  )
  const all = await readEach(ids, (id) => findEntity(id, deps))
  return all
    .flatMap((entity) =>
      entity === undefined ? [] : [{ id: entity.id, name: entity.identity.name, ...stateOf(entity) }],
    )
    .sort((a, b) => a.state.localeCompare(b.state, 'en') || a.name.localeCompare(b.name, 'en'))
}

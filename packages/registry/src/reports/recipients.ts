import { decidesAbout } from '../decisions/accredit.ts'
import type { DecideReader } from '../decisions/decide-deps.ts'
import { isRootAboveLaw, overseersOf } from '../decisions/overseers.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { grantState } from '../trust/grant.ts'
import { trustOf } from '../trust/reader.ts'
import { everyRegistered } from '../trust/registrations.ts'
import { lastSuccessor } from '../trust/successors.ts'

/**
 * The authorities to which a report about a body goes: those that registered it, and those that decide about an accreditation of it. If there
 * are none, the root of its state. A body that is itself a root gets it alone.
 */
export async function recipientsOf(body: Entity, deps: DecideReader): Promise<readonly string[]> {
  const moment = deps.now.toISOString()
  const ids = new Set(overseersOf(body))
  for (const grant of body.grants)
    for (const grantor of grantState(grant, moment).in === 'withdrawal' ? [] : grant.grantors)
      if (await decidesAbout(body, grant, grantor, deps)) ids.add(grantor)
  ids.delete(body.id)
  if (ids.size === 0) for (const id of await rootsAbove(body, deps)) ids.add(id)
  const present = await Promise.all([...ids].map(async (id) => (await lastSuccessor(id, deps)) ?? id))
  return ids.size === 0 ? [body.id] : [...new Set(present)].sort()
}

/** Few bodies are established by law, so the index of registrations is read only for them. */
async function rootsAbove(body: Entity, deps: DecideReader): Promise<string[]> {
  const ofState = await everyRegistered(
    deps.store,
    ({ type, identity }) => type === 'authority-registered' && identity.state === body.identity.state,
  )
  const roots = await Promise.all(ofState.map((id) => entityOf(id, deps)))
  return roots.flatMap((root) => (root !== undefined && isRootAboveLaw(root, body, deps) ? [root.id] : []))
}

const entityOf = async (id: string, { store }: DecideReader) => entityAt(id, await trustOf(store)(id), EVERYTHING)

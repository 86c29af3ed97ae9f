import { accreditationsAt, type Entity, identityOn, isRoot, listRegistered, successorOn } from '@sijil/registry/trust'
import type { AuthoritiesValues } from '@sijil/web'
import { findEntity } from './entity.ts'
import { namesInState } from './names.ts'
import { contactOf } from './offices.ts'
import { statesToChoose } from './states.ts'
import type { View, ViewDeps } from './view.ts'

interface Asked {
  state?: string | undefined
  place: { limit: number; after?: string }
}

/** Competent authorities, oldest registration first. `next` is the place where the next page starts. */
export async function authoritiesView(
  { state, place }: Asked,
  deps: Pick<ViewDeps, 'reader' | 'trust' | 'qualifications' | 'policy' | 'now'>,
): Promise<View<object, Promise<AuthoritiesValues>> & { next?: string }> {
  const asOf = deps.now.toISOString()
  const { found, next } = await listRegistered(
    deps.reader,
    place,
    ({ type, identity }) => type === 'authority-registered' && (!state || identity.state === state),
    (id) => findEntity(id, deps),
  )
  const authorities = found.map((entity) => authorityOf(entity, deps))
  return {
    json: { asOf, authorities },
    values: async () => {
      const named = authorities.flatMap(({ under, successor }) =>
        [under, successor?.id].filter((id) => id !== undefined),
      )
      const names = await namesInState(named, deps)
      return {
        authorities: authorities.map(({ under, successor, accreditations: _, contact, ...authority }) => ({
          ...authority,
          ...contactOf({ contact }),
          ...(under && { under: { id: under, name: names(under) } }),
          ...(successor && { successor: { id: successor.id, name: names(successor.id) } }),
        })),
        states: await statesToChoose(deps),
        ...(state && { state }),
        isPart: place.after !== undefined || next !== undefined,
        asOf: asOf.slice(0, 10),
      }
    },
    ...(next && { next }),
  }
}

function authorityOf(entity: Entity, { policy, now }: Pick<ViewDeps, 'policy' | 'now'>) {
  const { id, under } = entity
  const moment = now.toISOString()
  const successor = successorOn(entity, moment)
  return {
    id,
    ...identityOn(entity, moment),
    /** True if this deployment accepts it as a root. */
    accepted: isRoot(entity, policy),
    /** Id of the authority that registered it. Absent if the operator did. */
    ...(under && { under }),
    ...(successor && { successor }),
    accreditations: accreditationsAt(entity, moment),
  }
}

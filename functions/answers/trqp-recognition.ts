import { findQualification, type Qualification, scopeCovers } from '@sijil/qualifications'
import {
  accreditationsInForce,
  type Entity,
  entityAt,
  isRoot,
  isWholeRoot,
  placeOf,
  type Right,
  rights,
  siteOf,
  speaksOf,
  type TrustPolicy,
  type TrustReader,
} from '@sijil/registry/trust'
import { countingList, isRegistry, ownId, type Question, qualificationAsked } from './trqp-question.ts'
import type { TrustParts } from './trust-parts.ts'

/** Asked in general: whether it is a root here at all. */
const IN_GENERAL = { actions: ['recognize', 'recognise'], resource: 'trust' } as const

/** Is it a root here, in general or for one right and qualification? What the question names and is not known is recognised for nothing. */
export async function recognition(
  asked: Question,
  { effective, recorded }: { effective: string; recorded: string },
  parts: TrustParts,
): Promise<{ recognized: boolean; message: string }> {
  const no = (message: string) => ({ recognized: false, message })
  const actions = rightsAsked(asked.action)
  if (actions === undefined) return no('The action is not known here.')
  const id = qualificationAsked(asked.resource, parts)
  const qualification = id === undefined ? undefined : findQualification(id)
  if (qualification === undefined && asked.resource !== IN_GENERAL.resource)
    return no('The resource is no qualification of this registry.')
  if (!isRegistry(asked.authority_id, parts)) return no('Only this registry is asked here whom it recognises.')
  const own = ownId(asked.entity_id, parts)
  const entity = own === undefined ? undefined : entityAt(own, await parts.trust(own), recorded)
  const foreign = entity === undefined ? await countingList(asked.entity_id, effective, parts) : undefined
  const known = entity ?? foreign?.entity
  if (known === undefined) return no('The entity is not known here.')
  const asking = { ...(foreign?.list ?? parts), effective }
  const isRecognised =
    known.registeredFrom <= effective &&
    (isWholeRoot(known, asking.policy)
      ? qualification === undefined || speaksOf(known, qualification)
      : await isRootByLaw(
          known,
          { actions: isRoot(known, asking.policy) ? ['accredit'] : actions, qualification },
          asking,
        ))
  return isRecognised
    ? { recognized: true, message: 'This registry accepts it as a root.' }
    : no('This registry does not accept it as a root for this.')
}

function rightsAsked(action: string): readonly Right[] | undefined {
  if (IN_GENERAL.actions.some((known) => known === action)) return rights
  const right = rights.find((known) => known === action)
  return right && [right]
}

/** What the law itself allowed somebody: there is nobody above. */
async function isRootByLaw(
  entity: Entity,
  { actions, qualification }: { actions: readonly Right[]; qualification: Qualification | undefined },
  asking: { trust: TrustReader; policy: TrustPolicy; effective: string },
): Promise<boolean> {
  const place = placeOf(entity)
  const held = await accreditationsInForce(entity, asking)
  return held
    .filter(({ grantors, right }) => grantors.length === 0 && actions.includes(right))
    .some(
      ({ scope }) =>
        qualification === undefined ||
        // Whoever reads the boolean alone must not take some sites for all.
        (scope.sites === undefined &&
          scopeCovers(scope, { qualification, ...(place && { place }), site: siteOf(entity) }).covered),
    )
}

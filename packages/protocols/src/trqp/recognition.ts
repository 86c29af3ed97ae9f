import { type Qualification, scopeCovers } from '@sijil/qualifications'
import { baselineCatalogue, type CatalogueReader, qualificationAt } from '@sijil/registry/catalogue'
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
import {
  countingList,
  echoOf,
  isRegistry,
  type Moments,
  ownId,
  qualificationAsked,
  type TrqpDeps,
  type TrqpQuestion,
} from './question.ts'
import { findNotServed, type NotServed } from './served-authority.ts'

/** The general question: is the entity a root here at all? */
const IN_GENERAL = { actions: ['recognize', 'recognise'], resource: 'trust' } as const

interface Recognition {
  recognized: boolean
  message: string
}

/**
 * Answers whether this registry accepts an entity as a root, in general or for one right and qualification (TRQP 2.0). An unknown
 * entity, action or resource is not recognised.
 */
export async function recognize(
  question: TrqpQuestion,
  moments: Moments,
  deps: TrqpDeps,
): Promise<(ReturnType<typeof echoOf> & Recognition) | NotServed> {
  const notServed = await findNotServed(question, moments, deps)
  return notServed ?? { ...echoOf(question, moments), ...(await recognitionOf(question, moments, deps)) }
}

async function recognitionOf(asked: TrqpQuestion, moments: Moments, deps: TrqpDeps): Promise<Recognition> {
  const { effective, recorded } = moments
  const no = (message: string) => ({ recognized: false, message })
  const actions = rightsAsked(asked.action)
  if (actions === undefined) return no('The action is not known here.')
  const history = await qualificationAsked(asked.resource, moments, deps)
  const qualification = history && qualificationAt(history, moments)
  if (qualification === undefined && asked.resource !== IN_GENERAL.resource)
    return no('The resource is not a qualification of this registry.')
  if (!isRegistry(asked.authority_id, deps))
    return no('This registry does not answer for the recognition by others. Name this registry as the authority.')
  const own = ownId(asked.entity_id, deps)
  const entity = own === undefined ? undefined : entityAt(own, await deps.trust(own), recorded)
  const foreign = entity === undefined ? await countingList(asked.entity_id, moments, deps) : undefined
  const known = entity ?? foreign?.entity
  if (known === undefined) return no('The entity is not known here.')
  const { trust, policy } = foreign?.list ?? deps
  const catalogue = foreign === undefined ? deps.catalogue : baselineCatalogue(deps.catalogue)
  const asking = { trust, policy, catalogue, effective }
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
  // The right of the same name is about other states' qualifications, so "recognise" in general does not mean it. `/authorization` answers it.
  if (IN_GENERAL.actions.some((known) => known === action)) return rights.filter((right) => right !== 'recognise')
  const right = rights.find((known) => known === action)
  return right && [right]
}

/** True if the entity has this right by law. Such a grant has no grantor. */
async function isRootByLaw(
  entity: Entity,
  { actions, qualification }: { actions: readonly Right[]; qualification: Qualification | undefined },
  asking: { trust: TrustReader; catalogue: CatalogueReader; policy: TrustPolicy; effective: string },
): Promise<boolean> {
  const place = placeOf(entity)
  const held = await accreditationsInForce(entity, asking)
  return held
    .filter(({ grantors, right }) => grantors.length === 0 && actions.includes(right))
    .some(
      ({ scope }) =>
        qualification === undefined ||
        // A client that reads only the boolean must not assume that all sites are covered.
        (scope.sites === undefined &&
          scopeCovers(scope, { qualification, ...(place && { place }), site: siteOf(entity) }).covered),
    )
}

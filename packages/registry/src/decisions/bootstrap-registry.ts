import { didForIssuer } from '@sijil/credentials'
import type { Scope } from '@sijil/qualifications'
import { catalogueOf } from '../catalogue/reader.ts'
import { type Fault, RegistryError } from '../errors.ts'
import { hashOf } from '../four-eyes.ts'
import { startOrNow } from '../moments.ts'
import { type Commit, streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import type { Identity, Right } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { addMember, areTwoOfficers, type Member } from '../trust/members.ts'
import { accepts, beyondRoot, isRefused } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import { establish } from './accredit.ts'
import { requireFittingKind } from './accreditable.ts'
import { claimNames } from './claim-names.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { addKey } from './keys.ts'
import { type LoadBaselineRequest, loadFirstBaseline } from './load-baseline.ts'
import { requireDistinctNames } from './look-alikes.ts'
import { registerAuthority, registerBody, requireFreeId, unfinishedBody } from './register.ts'
import { requireHonestName } from './registration.ts'
import { rehearsal } from './rehearsal.ts'

/** An entity that the operator records once, before there are officers who can decide about it. */
export interface BootstrapRequest {
  kind: 'authority' | 'body' | 'sandbox'
  id: string
  identity: Identity
  /** `YYYY-MM-DD`: the first day on which it is registered and may do what the law allows. */
  effectiveFrom: string
  /** What the law allows a body. For the authority of one profession: everything that it may accredit. */
  established: readonly { grant: string; right: Right; law: string; scope: Scope }[]
  members: readonly Member[]
}

/**
 * Records one entity of the bootstrap file. Repeated after a crash, it continues. Repeated after it finished, it changes nothing,
 * even if officers have decided something since. Throws `conflict` if the entity is on record by a different request, so a second
 * file cannot add rights. Members are written last, so that no officer decides before the limits of the entity are recorded.
 */
export async function bootstrapRegistry(bootstrap: BootstrapRequest, deps: CarryOutDeps): Promise<void> {
  await requireFoundable(bootstrap, deps)
  const { kind, id, effectiveFrom } = bootstrap
  // The actor holds the hash of the request, so a repeated request recognises its own commits.
  const actor = `system:founding/${hashOf(bootstrap)}`
  const { store } = deps
  const now = deps.now.toISOString()
  const effectiveAt = startOrNow(effectiveFrom, now)
  const isOwn = ({ actor: by }: Commit<unknown>) => by === actor
  const [first] = await trustOf(store)(id)
  if (first === undefined) {
    await requireFreeId(id, store)
    await requireDistinctNames(bootstrap, store)
    await claimNames(bootstrap, { ...deps, actor })
  } else if (!isOwn(first))
    throw new RegistryError(
      'conflict',
      `${id} is registered already, by another request. Its officers decide about it now`,
    )

  await register(bootstrap, { actor, effectiveAt }, first === undefined, deps)
  const entity = entityAt(id, await trustOf(store)(id), EVERYTHING)
  for (const { grant, right, law: basis, scope } of bootstrap.established) {
    if (entity?.grants.some((one) => one.id === grant)) continue
    await establish({ grantee: id, grant, right, basis, scope, actor, effectiveAt }, deps)
  }
  // Conformance suites need a key on each curve.
  for (const algorithm of kind === 'sandbox' ? (['P-256', 'P-384'] as const) : []) {
    if (!entity?.keys.some((key) => key.algorithm === algorithm))
      await addKey({ id, purpose: 'certificates', algorithm, actor, isRepeated: first !== undefined }, deps)
  }
  const added = (await store.read<{ subject: string }>(streams.members(id))).filter(isOwn).flatMap((one) => one.events)
  for (const member of bootstrap.members) {
    if (!added.some(({ subject }) => subject === member.subject)) await addMember({ owner: id, ...member, actor }, deps)
  }
}

async function register(
  { kind, id, identity }: BootstrapRequest,
  stated: { actor: string; effectiveAt: string },
  isNew: boolean,
  deps: CarryOutDeps,
): Promise<void> {
  if (kind === 'authority') {
    if (isNew) await registerAuthority({ id, identity, ...stated }, deps)
    return
  }
  const isUnfinished = isNew || (await unfinishedBody(id, deps.store)) !== undefined
  const sandbox = kind === 'sandbox'
  if (isUnfinished) await registerBody({ id, identity, baseUrl: deps.baseUrl, sandbox, ...stated }, deps)
}

/**
 * Returns the commits that `loadFirstBaseline` and `bootstrapRegistry` would write, in order. Writes nothing and makes no key. Throws the
 * same errors.
 */
export async function rehearseBootstrap(
  bootstraps: readonly BootstrapRequest[],
  deps: CarryOutDeps,
  baseline?: LoadBaselineRequest,
): Promise<Commit<object>[]> {
  const rehearsed = rehearsal(deps)
  if (baseline !== undefined) await loadFirstBaseline(baseline, rehearsed.deps)
  for (const bootstrap of bootstraps) await bootstrapRegistry(bootstrap, rehearsed.deps)
  return rehearsed.written
}

async function requireFoundable(
  { kind, id, identity, established, members }: BootstrapRequest,
  { store, policy, baseUrl }: Pick<CarryOutDeps, 'store' | 'policy' | 'baseUrl'>,
): Promise<void> {
  const faults: Fault[] = []
  const refuse = (pointer: string, detail: string) => faults.push({ pointer, detail })
  requireHonestName(identity)
  if (new Set(members.map(({ subject }) => subject)).size !== members.length)
    refuse('/members', 'must name each subject once')
  if (new Set(established.map(({ grant }) => grant)).size !== established.length)
    refuse('/established', 'must name each grant once')

  const named = { id, identity, ...(kind !== 'authority' && { did: didForIssuer(baseUrl, id) }) }
  if (kind === 'sandbox') {
    if (!policy.demonstration) refuse('', 'must be absent: a sandbox exists only where demonstrations are accepted')
    if (!identity.demonstration) refuse('/identity/demonstration', 'must be true: no real body is behind a sandbox')
    if (established.length > 0) refuse('/established', 'must be absent: the law allows a sandbox nothing')
    if (isRefused(policy, named)) refuse('/id', 'is refused by this deployment: choose another id')
  } else {
    if (!accepts(policy, named))
      refuse('/id', 'must be accepted by this deployment: see its settings roots, refused and demonstration')
    if (!areTwoOfficers(members)) refuse('/members', 'must have one member who may propose and another who may approve')
    if (kind === 'body' && established.length === 0)
      refuse('/established', 'must say what the law allows. Any other body is registered by officers of its authority')
    for (const [place, { right, scope }] of established.entries()) {
      requireFittingKind({ kind }, right)
      const reading = { trust: trustOf(store), catalogue: catalogueOf(store) }
      const beyond = await beyondRoot({ identity }, scope, right, reading)
      if (beyond.length > 0)
        refuse(
          `/established/${place}/scope`,
          `must stay within the known frameworks and places of its own state: ${beyond.join(', ')}`,
        )
    }
  }
  if (faults.length > 0)
    throw new RegistryError('validation-failed', `${id} cannot be recorded as described`, { faults })
}

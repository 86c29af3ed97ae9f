import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  createKeyMaker,
  createSecretMaker,
  createSigner,
  documentClient,
  kmsClient,
  openBoxStore,
  openCommitStore,
} from '@sijil/aws'
import { isRegion } from '@sijil/qualifications'
import { findCertifier, listQualifications, shippedBaseline } from '@sijil/qualifications/shipped-baseline'
import { RegistryError, streams } from '@sijil/registry'
import {
  accredit,
  addKey,
  approveProposal,
  establish,
  loadFirstBaseline,
  type ProposedChange,
  proposeChange,
  registerAuthority,
  registerBody,
  registerCentre,
  requireProposal,
} from '@sijil/registry/decisions'
import { jointAt, readJoint } from '@sijil/registry/joint'
import { addMember, entityAt, type Identity, type Role, type TrustPolicy, trustOf } from '@sijil/registry/trust'
import { clock, clockMilliseconds, localStore } from '../../../functions/clock.ts'
import { localKeyHolders } from '../kms-access.ts'
import type { OwnBody } from '../own-bodies.ts'
import {
  type DemonstrationAuthority,
  type DemonstrationBody,
  type DemonstrationCentre,
  demonstrationAuthorities,
  demonstrationBodies,
  demonstrationCentres,
  demonstrationOfficers,
  FROM,
  lautan,
  withoutContact,
} from './bodies.ts'
import { decisionsOfLautan, joiningOfSamudra } from './lautan.ts'
import { decisionsOfSamudra } from './samudra.ts'

const actor = 'system:demonstration'
export const MAIN_GRANT = 'main'

/** The stores and keys of this process, from the environment that `infra/local/registry.ts` has set. */
export function localParts() {
  const random = (bytes: number) => new Uint8Array(randomBytes(bytes))
  const client = localStore().client ?? documentClient(clockMilliseconds)
  const kms = kmsClient()
  const keyId = process.env.SECRETS_KEY_ID ?? ''
  const pause = async (ms: number) => void (await sleep(ms))
  return {
    store: openCommitStore({ client, table: process.env.COMMITS_TABLE ?? '' }),
    boxes: openBoxStore({ client, table: process.env.BOXES_TABLE ?? '' }),
    keys: createKeyMaker({ kms, holders: localKeyHolders, severalRegions: false, now: clock, pause }),
    secrets: createSecretMaker({ kms, keyId }),
    signer: createSigner({ kms, now: clock, registry: process.env.BASE_URL ?? '' }),
    random,
    patience: { random, clock, pause },
  }
}
export type LocalParts = ReturnType<typeof localParts>

function identityOf({
  id,
  certifier,
  state,
  stateName,
  mandate,
  legalReference,
  name,
  acronym,
}: DemonstrationAuthority): Identity {
  const real = name === undefined ? findCertifier(certifier ?? '') : { name, acronym, localName: undefined }
  if (real === undefined) throw new Error(`no certifier ${certifier}`)
  // A reserved domain (RFC 2606), so that the demonstration sends nobody to a real body, and no mail reaches anybody. A body with its own
  // name has its own website.
  const domain = `${name === undefined ? certifier : id}.example`
  return {
    name: `${real.name} (demonstration)`,
    ...(real.localName && { localName: real.localName }),
    ...(real.acronym && { acronym: `${real.acronym} (demonstration)` }),
    state,
    ...(stateName && { stateName }),
    website: `https://${domain}`,
    mandate,
    ...(legalReference && { legalReference }),
    ...(!withoutContact.includes(id) && { contact: `registrar@${domain}` }),
    demonstration: true,
  }
}

/** Ignores a conflict, so that the next start can continue an interrupted one. */
async function unlessDone(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof RegistryError && error.code === 'conflict')) throw error
  }
}

/** The baseline that comes with the software. A demonstration that was made before it was loaded gets it with the next start. */
export async function seedBaseline({ store }: Pick<LocalParts, 'store'>): Promise<void> {
  await loadFirstBaseline({ baseline: shippedBaseline, digest: 'shipped' }, { store, now: new Date(FROM) })
}

/** Records authorities, bodies and accreditations with the registry's own verbs. Entities that already exist are skipped. */
export async function seedEntities(baseUrl: string, parts: LocalParts): Promise<void> {
  // Recorded at an early time, so that there can be certificates of earlier years.
  const deps = { ...parts, policy, now: new Date(FROM) }
  for (const authority of demonstrationAuthorities) {
    await unlessDone(
      registerAuthority({ id: authority.id, identity: identityOf(authority), actor, effectiveAt: FROM }, deps),
    )
  }
  for (const body of demonstrationBodies) await registerWithMember(body, identityOf(body), baseUrl, deps)
  for (const { authority, client } of demonstrationOfficers)
    await seedMember(authority, client, isBody(authority) ? clerkAndOfficer : ['propose', 'approve'], deps)
  // A right to issue names qualifications that were stated before.
  await decideForFictionalStates(baseUrl, parts)
  for (const body of demonstrationBodies) await seedRights(body, deps)
  for (const centre of demonstrationCentres) await seedCentre(centre, deps)
}

const isBody = (id: string) => demonstrationBodies.some((body) => body.id === id)
/** In the demonstration one person shows everything that a body does at its desk. */
const clerkAndOfficer: readonly Role[] = ['issue', 'status', 'read', 'propose', 'approve']

/** The qualifications of both fictional states, and a comparison that both have joined. */
async function decideForFictionalStates(baseUrl: string, parts: LocalParts): Promise<void> {
  const own = [...decisionsOfSamudra, ...decisionsOfLautan(new URL(baseUrl).host)]
  for (const decision of own) await decideOnce(decision, baseUrl, parts)
  const joint = jointAt(await readJoint(lautan.comparison, parts.store), { effective: '9999', recorded: '9999' })
  if (joint === undefined) throw new Error('no comparison was proposed')
  await decideOnce(joiningOfSamudra(joint.hash), baseUrl, parts)
}

/** Two officers propose and approve a decision. A proposal that an earlier start carried out stays as it is. */
async function decideOnce(
  { by: authority, id, change }: { by: string; id: string; change: ProposedChange & { effectiveAt: string } },
  baseUrl: string,
  parts: LocalParts,
): Promise<void> {
  const [one, two] = demonstrationOfficers.filter((officer) => officer.authority === authority)
  if (one === undefined || two === undefined) throw new Error(`no two officers of ${authority}`)
  const deps = { ...parts, policy, baseUrl, now: new Date(change.effectiveAt) }
  const isProposed = (await deps.store.read(streams.proposal(authority, id))).length > 0
  if (!isProposed) await proposeChange({ authority, subject: one.client, id, change }, deps)
  const { hash } = await requireProposal(authority, id, deps.store, deps.now)
  await approveProposal({ authority, id, subject: two.client, hash, signedInAt: deps.now }, deps)
}

type SeedDeps = LocalParts & { policy: TrustPolicy; now: Date }
const policy: TrustPolicy = { demonstration: true }

async function registerWithMember(
  { id, sandbox = false }: Pick<DemonstrationBody, 'id' | 'sandbox'>,
  identity: Identity,
  baseUrl: string,
  deps: SeedDeps,
): Promise<void> {
  await unlessDone(registerBody({ id, identity, baseUrl, sandbox, actor, effectiveAt: FROM }, deps))
  // The software of the body. People propose and approve, and its authority names the first two.
  await seedMember(id, id, ['issue', 'status', 'read'], deps)
  if (sandbox) await seedSandboxKeys(id, deps)
}

/** It may issue, and may accredit centres to assess for its qualifications. */
async function seedRights(
  body: Pick<DemonstrationBody, 'id' | 'grantor' | 'qualifications' | 'sandbox' | 'mandate' | 'certifier' | 'state'>,
  deps: SeedDeps,
): Promise<void> {
  const { id, grantor, sandbox, mandate: basis, state } = body
  if (sandbox) return
  const qualifications =
    body.qualifications ??
    listQualifications()
      .filter((qualification) => qualification.body === body.certifier)
      .map((qualification) => qualification.id)
  const scope = { qualifications, ...(!isRegion(state) && { places: [state] }) }
  const grant = { grantee: id, basis, scope, actor, effectiveAt: FROM }
  for (const [name, right] of [
    [MAIN_GRANT, 'issue'],
    ['centres', 'accredit'],
  ] as const) {
    const terms = { ...grant, grant: name, right }
    await unlessDone(grantor === undefined ? establish(terms, deps) : accredit({ ...terms, grantors: [grantor] }, deps))
  }
}

async function seedMember(
  owner: string,
  subject: string,
  may: readonly Role[],
  { store, now }: SeedDeps,
): Promise<void> {
  const history = await store.read(streams.members(owner))
  const isThere = history.some(({ events }) => JSON.stringify(events).includes(JSON.stringify(subject)))
  if (!isThere) await addMember({ owner, subject, roles: may, actor }, { store, now })
}

async function seedSandboxKeys(id: string, deps: SeedDeps): Promise<void> {
  const entity = entityAt(id, await trustOf(deps.store)(id), '9999')
  for (const algorithm of ['P-256', 'P-384'] as const) {
    if (!entity?.keys.some((key) => key.algorithm === algorithm))
      await addKey({ id, purpose: 'certificates', algorithm, actor }, deps)
  }
}

async function seedCentre(
  { id, name, state, stateName, grantor, qualifications }: DemonstrationCentre,
  deps: SeedDeps,
): Promise<void> {
  const identity: Identity = {
    name: `${name} (demonstration)`,
    state,
    ...(stateName && { stateName }),
    website: `https://${id}.example`,
    mandate: 'assesses candidates',
    demonstration: true,
  }
  await unlessDone(registerCentre({ id, identity, actor, effectiveAt: FROM }, deps))
  const scope = { qualifications, places: [state] }
  const grant = {
    grantee: id,
    grant: MAIN_GRANT,
    right: 'assess' as const,
    basis: 'demonstration',
    scope,
    actor,
    effectiveAt: FROM,
  }
  await unlessDone(accredit({ ...grant, grantors: [grantor] }, deps))
}

/** Bodies that a user added to try things out. They are established by law, because no authority accredits them. */
export async function seedOwnBodies(bodies: readonly OwnBody[], baseUrl: string, parts: LocalParts): Promise<void> {
  const deps = { ...parts, policy, now: clock() }
  for (const { id, name, state, qualifications } of bodies) {
    const identity: Identity = {
      name: `${name} (demonstration)`,
      state,
      website: `https://${id}.example`,
      mandate: 'made for trying out',
      demonstration: true,
    }
    await registerWithMember({ id }, identity, baseUrl, deps)
    await seedRights({ id, state, qualifications, mandate: identity.mandate }, deps)
  }
}

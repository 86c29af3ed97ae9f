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
import { findCertifier, isRegion, listQualifications } from '@sijil/qualifications'
import { RegistryError, streams } from '@sijil/registry'
import { accredit, addKey, establish, registerAuthority, registerBody, registerCentre } from '@sijil/registry/decisions'
import { addMember, entityAt, type Identity, type Role, roles, type TrustPolicy, trustOf } from '@sijil/registry/trust'
import { clock, clockMilliseconds } from '../../../functions/clock.ts'
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
  withoutContact,
} from './bodies.ts'

/** All decisions of the demonstration are effective from this day. */
export const FROM = '2020-01-01T00:00:00.000Z'
const actor = 'system:demonstration'
export const MAIN_GRANT = 'main'

/** The stores and keys of this process, from the environment that `infra/local/registry.ts` has set. */
export function localParts() {
  const random = (bytes: number) => new Uint8Array(randomBytes(bytes))
  const client = documentClient(clockMilliseconds)
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
  mandate,
  legalReference,
  name,
}: DemonstrationAuthority & { name?: string }): Identity {
  const real = findCertifier(certifier)
  if (real === undefined) throw new Error(`no certifier ${certifier}`)
  return {
    name: `${name ?? real.name} (demonstration)`,
    ...(real.localName && name === undefined && { localName: real.localName }),
    ...(real.acronym && name === undefined && { acronym: `${real.acronym} (demonstration)` }),
    state,
    // A reserved domain, so that the demonstration sends nobody to a real body. A body with its own name has its own website.
    website: `https://${name === undefined ? certifier : id}.example`,
    mandate,
    ...(legalReference && { legalReference }),
    // RFC 2606 reserves the domain, so no mail reaches anybody.
    ...(!withoutContact.includes(id) && { contact: `registrar@${name === undefined ? certifier : id}.example` }),
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

/** Records authorities, bodies and accreditations with the registry's own verbs. Entities that already exist are skipped. */
export async function seedEntities(baseUrl: string, parts: LocalParts): Promise<void> {
  // Recorded at an early time, so that there can be certificates of earlier years.
  const deps = { ...parts, policy, now: new Date(FROM) }
  for (const authority of demonstrationAuthorities) {
    await unlessDone(
      registerAuthority({ id: authority.id, identity: identityOf(authority), actor, effectiveAt: FROM }, deps),
    )
  }
  for (const body of demonstrationBodies) await seedBody(body, identityOf(body), baseUrl, deps)
  for (const centre of demonstrationCentres) await seedCentre(centre, deps)
  for (const { authority, client } of demonstrationOfficers)
    await seedMember(authority, client, ['propose', 'approve'], deps)
}

type SeedDeps = LocalParts & { policy: TrustPolicy; now: Date }
const policy: TrustPolicy = { demonstration: true }

async function seedBody(
  body: Pick<DemonstrationBody, 'id' | 'grantor' | 'qualifications' | 'sandbox' | 'mandate' | 'certifier'>,
  identity: Identity,
  baseUrl: string,
  deps: SeedDeps,
): Promise<void> {
  const { id, grantor, sandbox = false, mandate: basis } = body
  await unlessDone(registerBody({ id, identity, baseUrl, sandbox, actor, effectiveAt: FROM }, deps))
  await seedMember(id, id, roles, deps)
  if (sandbox) return seedSandboxKeys(id, deps)
  const qualifications =
    body.qualifications ??
    listQualifications()
      .filter((qualification) => qualification.body === body.certifier)
      .map((qualification) => qualification.id)
  const scope = { qualifications, ...(!isRegion(identity.state) && { places: [identity.state] }) }
  const grant = { grantee: id, basis, scope, actor, effectiveAt: FROM }
  // It may issue, and may accredit centres to assess for its qualifications.
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
  { id, name, state, grantor, qualifications }: DemonstrationCentre,
  deps: SeedDeps,
): Promise<void> {
  const identity: Identity = {
    name: `${name} (demonstration)`,
    state,
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
    await seedBody({ id, qualifications, certifier: id, mandate: 'made for trying out' }, identity, baseUrl, deps)
  }
}

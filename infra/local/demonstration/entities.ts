import { randomBytes } from 'node:crypto'
import {
  createKeyMaker,
  createSecretMaker,
  createSigner,
  documentClient,
  kmsClient,
  openBoxStore,
  openCommitStore,
} from '@sijil/aws'
import { findCertifier, listQualifications } from '@sijil/qualifications'
import {
  accredit,
  addKey,
  addMember,
  establish,
  type Identity,
  RegistryError,
  registerAuthority,
  registerBody,
  roles,
  type TrustPolicy,
} from '@sijil/registry'
import type { OwnBody } from '../own-bodies.ts'
import {
  type DemonstrationAuthority,
  type DemonstrationBody,
  demonstrationAuthorities,
  demonstrationBodies,
} from './bodies.ts'

/** Everything that was ever decided in the demonstration counts from this day. */
export const FROM = '2020-01-01T00:00:00.000Z'
const actor = 'system:demonstration'
export const MAIN_GRANT = 'main'

/** The stores and keys of this process, as `infra/local/registry.ts` has set them up in the environment. */
export function localParts() {
  const client = documentClient()
  const kms = kmsClient()
  const keyId = process.env.SECRETS_KEY_ID ?? ''
  return {
    store: openCommitStore({ client, table: process.env.COMMITS_TABLE ?? '' }),
    boxes: openBoxStore({ client, table: process.env.BOXES_TABLE ?? '' }),
    keys: createKeyMaker({ kms }),
    secrets: createSecretMaker({ kms, keyId }),
    signer: createSigner({ kms, now: () => new Date() }),
    random: (bytes: number) => new Uint8Array(randomBytes(bytes)),
  }
}
export type LocalParts = ReturnType<typeof localParts>

function identityOf({ certifier, state, mandate, name }: DemonstrationAuthority & { name?: string }): Identity {
  const real = findCertifier(certifier)
  if (real === undefined) throw new Error(`no certifier ${certifier}`)
  return {
    name: `${name ?? real.name} (demonstration)`,
    ...(real.localName && name === undefined && { localName: real.localName }),
    ...(real.acronym && name === undefined && { acronym: `${real.acronym} (demonstration)` }),
    state,
    // A reserved domain: nobody is sent to a real body because of a demonstration.
    website: `https://${certifier}.example`,
    mandate,
    demonstration: true,
  }
}

/** Done already is as good as done: a start that was interrupted goes on at the next. */
async function unlessDone(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof RegistryError && error.code === 'conflict')) throw error
  }
}

/** Authorities, bodies and accreditations, by the registry's own verbs. `first`: nothing of it is there yet. */
export async function seedEntities(baseUrl: string, parts: LocalParts): Promise<void> {
  // Recorded long ago, so that certificates of earlier years can be shown too.
  const needs = { ...parts, policy, now: new Date(FROM) }
  for (const authority of demonstrationAuthorities) {
    await unlessDone(
      registerAuthority({ id: authority.id, identity: identityOf(authority), actor, effectiveAt: FROM }, needs),
    )
  }
  for (const body of demonstrationBodies) await seedBody(body, identityOf(body), baseUrl, needs)
}

type Needs = LocalParts & { policy: TrustPolicy; now: Date }
const policy: TrustPolicy = { demonstration: true }

async function seedBody(
  body: Pick<DemonstrationBody, 'id' | 'grantor' | 'qualifications' | 'sandbox' | 'mandate' | 'certifier'>,
  identity: Identity,
  baseUrl: string,
  needs: Needs,
): Promise<void> {
  const { id, grantor, sandbox = false, mandate: basis } = body
  await unlessDone(
    (async () => {
      await registerBody({ id, identity, baseUrl, sandbox, actor, effectiveAt: FROM }, needs)
      await addMember({ owner: id, subject: id, roles, actor }, needs)
      if (sandbox) {
        for (const algorithm of ['P-256', 'P-384'] as const)
          await addKey({ id, purpose: 'certificates', algorithm, actor }, needs)
      }
    })(),
  )
  if (sandbox) return
  const qualifications =
    body.qualifications ??
    listQualifications()
      .filter((qualification) => qualification.body === body.certifier)
      .map((qualification) => qualification.id)
  const scope = { qualifications, ...(identity.state !== 'ASEAN' && { places: [identity.state] }) }
  const grant = { grantee: id, grant: MAIN_GRANT, right: 'issue' as const, basis, scope, actor, effectiveAt: FROM }
  await unlessDone(grantor === undefined ? establish(grant, needs) : accredit({ ...grant, grantors: [grantor] }, needs))
}

/** Bodies that somebody tries out with; an authority of their own stands behind them. */
export async function seedOwnBodies(bodies: readonly OwnBody[], baseUrl: string, parts: LocalParts): Promise<void> {
  const needs = { ...parts, policy, now: new Date() }
  for (const { id, name, state, qualifications } of bodies) {
    const identity: Identity = {
      name: `${name} (demonstration)`,
      state,
      website: `https://${id}.example`,
      mandate: 'made for trying out',
      demonstration: true,
    }
    await seedBody({ id, qualifications, certifier: id, mandate: 'made for trying out' }, identity, baseUrl, needs)
  }
}

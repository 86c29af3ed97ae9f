import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { RegistryError, streams } from '@sijil/registry'
import type { IssueInput } from '@sijil/registry/certificates'
import { suspendAccreditation } from '@sijil/registry/decisions'
import { clock } from '../../../functions/clock.ts'
import { findJson, writeDurably } from '../durable-file.ts'
import { type IdentityFile, identityFile } from '../identity.ts'
import type { OwnBody } from '../own-bodies.ts'
import { alter, issueAt, signByStranger, signUnrecorded, unbounded } from './beside.ts'
import { demonstrationBodies, demonstrationOfficers } from './bodies.ts'
import { cases, type Day } from './cases.ts'
import { localParts, MAIN_GRANT, seedBaseline, seedEntities, seedOwnBodies } from './entities.ts'

/** `demo.json`: what there is to try, in a form for programs. */
export interface Demonstration {
  baseUrl: string
  issuers: { id: string; did: string; name: string }[]
  /** A second officer of the authority or body approves what the first proposes. */
  officers: readonly { authority: string; client: string }[]
  certificates: { case: string; verdict: 'valid' | 'invalid' | 'indeterminate'; link?: string; file: string }[]
}

interface Seeding {
  baseUrl: string
  folder: string
  ownBodies: readonly OwnBody[]
  withCertificates: boolean
}

/** The first start makes everything, and later starts only add new bodies of the user. An interrupted start continues at the next one. */
export async function seedDemonstration({
  baseUrl,
  folder,
  ownBodies,
  withCertificates,
}: Seeding): Promise<Demonstration> {
  const parts = localParts()
  const path = join(folder, 'demo.json')
  const before = (await findJson(path)) as Demonstration | undefined
  await seedBaseline(parts)
  await seedOwnBodies(ownBodies, baseUrl, parts)
  if (before !== undefined) return before
  // Days are counted from the first start, even if a later start continues it.
  const began = await beginning(folder)
  await seedEntities(baseUrl, parts)
  const certificates = withCertificates ? await seedCertificates(baseUrl, folder, began, parts) : []
  const issuers = await Promise.all(
    demonstrationBodies.map(async ({ id }) => {
      const { issuer } = (await ask(`${baseUrl}/issuers/${id}`)) as { issuer: { did: string; name: string } }
      return { id, did: issuer.did, name: issuer.name }
    }),
  )
  const demonstration: Demonstration = { baseUrl, issuers, officers: demonstrationOfficers, certificates }
  await writeDurably(path, demonstration)
  return demonstration
}

async function beginning(folder: string): Promise<Date> {
  const path = join(folder, 'demo-began.json')
  const kept = (await findJson(path)) as { at: string } | undefined
  const at = kept?.at ?? clock().toISOString()
  if (kept === undefined) await writeDurably(path, { at })
  return new Date(at)
}

async function seedCertificates(
  baseUrl: string,
  folder: string,
  began: Date,
  parts: ReturnType<typeof localParts>,
): Promise<Demonstration['certificates']> {
  const day: Day = (ago) => new Date(began.getTime() - ago * 86_400_000).toISOString().slice(0, 10)
  const api = await apiOf(baseUrl, folder)
  await mkdir(join(folder, 'demo'), { recursive: true, mode: 0o700 })
  const certificates: Demonstration['certificates'] = []
  const keep = async (
    name: string,
    verdict: Demonstration['certificates'][number]['verdict'],
    document: object,
    link?: string,
  ) => {
    // The path is relative to demo.json, so that the folder can be moved.
    const file = `demo/${name}.json`
    await writeDurably(join(folder, file), document)
    certificates.push({ case: name, verdict, ...(link && { link }), file })
  }

  let forklift: { input: IssueInput; document: object } | undefined
  for (const { name, verdict, issuer, input, afterwards } of cases(day)) {
    const issued = await api.issue(issuer, name, input)
    if (name === 'in-force') forklift = { input, document: issued.verifiableCredential }
    await afterwards?.({
      change: (verb, body) => api.change(issuer, issued.id, verb, body),
      reissue: (next) => api.issue(issuer, `${name}-next`, { ...next, replaces: issued.id }),
    })
    await keep(name, verdict, issued.verifiableCredential, issued.link)
  }
  if (forklift === undefined) throw new Error('no certificate was made')
  await suspendOnce(parts, began)

  const past = new Date(began.getTime() - 6 * 366 * 86_400_000 + 30 * 86_400_000)
  const pastDay = past.toISOString().slice(0, 10)
  const old = { ...forklift.input, certificateNumber: 'DEMO-EXPIRED-1', assessedOn: pastDay, awardedOn: pastDay }
  const expired = await issueAt(
    new Date(`${pastDay}T12:00:00Z`),
    { issuer: 'demo-ph-tesda', input: old, key: 'demonstration expired' },
    baseUrl,
    parts,
  )
  await keep('expired', 'invalid', expired.document, expired.link)

  const nursing: IssueInput = {
    qualification: 'ph-rn',
    holder: { name: 'LIZA RAMOS EXAMPLE' },
    certificateNumber: 'DEMO-SCOPE-1',
    awardedOn: day(40),
  }
  const outOfScope = { ...parts, store: unbounded(parts.store, 'demo-ph-tesda') }
  const beyond = await issueAt(
    began,
    { issuer: 'demo-ph-tesda', input: nursing, key: 'demonstration out of scope' },
    baseUrl,
    outOfScope,
  )
  await keep('out-of-scope', 'invalid', beyond.document, beyond.link)

  await keep('altered', 'invalid', alter(forklift.document))
  await keep('not-recorded', 'invalid', await signUnrecorded('demo-ph-tesda', forklift.document, parts))
  await keep('issuer-unknown', 'indeterminate', signByStranger(forklift.document))
  return certificates
}

/** Suspends the body of this case after it issued. Its certificate stays valid. */
async function suspendOnce({ store }: ReturnType<typeof localParts>, began: Date): Promise<void> {
  const now = clock()
  const history = await store.read<{ type: string }>(streams.trust('demo-id-lsp'))
  if (history.some(({ events }) => events.some(({ type }) => type === 'accreditation-suspended'))) return
  await suspendAccreditation(
    {
      grantee: 'demo-id-lsp',
      grant: MAIN_GRANT,
      by: 'demo-id-bnsp',
      basis: 'records under review',
      actor: 'system:demonstration',
      effectiveAt: now.toISOString(),
    },
    { store, policy: { demonstration: true }, now: began > now ? began : now },
  )
}

/** A client of the public API. */
async function apiOf(baseUrl: string, folder: string) {
  const { tokenEndpoint, clients } = (await findJson(identityFile(folder))) as IdentityFile
  const tokens = new Map<string, string>()
  const tokenFor = async (client: string): Promise<string> => {
    const known = tokens.get(client)
    if (known !== undefined) return known
    const scope = 'credentials:issue credentials:status'
    const { access_token } = (await ask(tokenEndpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client}:${clients[client]}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope, resource: baseUrl }),
    })) as { access_token: string }
    tokens.set(client, access_token)
    return access_token
  }
  const post = async (client: string, path: string, body: object, headers: Record<string, string> = {}) =>
    ask(`${baseUrl}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await tokenFor(client)}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  return {
    issue: (issuer: string, name: string, input: IssueInput) =>
      post(issuer, `/issuers/${issuer}/credentials`, input, { 'idempotency-key': `demonstration-${name}` }) as Promise<{
        id: string
        link: string
        verifiableCredential: object
      }>,
    change: (issuer: string, id: string, verb: string, body: object) =>
      post(issuer, `/issuers/${issuer}/credentials/${id.slice('urn:uuid:'.length)}/${verb}`, body),
  }
}

async function ask(url: string, request: RequestInit = {}): Promise<unknown> {
  const response = await fetch(url, {
    redirect: 'error',
    ...request,
    headers: { accept: 'application/json', ...request.headers },
  })
  if (!response.ok)
    throw new RegistryError(
      'internal',
      `the demonstration could not be made: ${response.status} ${await response.text()}`,
    )
  return response.json()
}

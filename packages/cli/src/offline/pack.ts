import { readFile } from 'node:fs/promises'
import { RegistryError } from '@sijil/registry'
import {
  bodiesOf,
  listOf,
  type OpenedBundle,
  openBundle,
  type ProvenRecord,
  type SeenTree,
} from '@sijil/registry/accepted-registries'
import { statusListUrl } from '@sijil/registry/certificates'
import { formatVerifierKey } from '@sijil/tlog'
import type { RetryPolicy } from '../client.ts'
import { CommandFailure, type FailureKind, usageFailure } from '../failure.ts'
import { isObject } from '../json.ts'
import { keyOf } from '../log/key-of.ts'
import { trustedKeys } from '../log/log-client.ts'
import { writePrivate } from '../write-private.ts'
import { fetchFile } from './fetch-file.ts'
import { fetchRecords } from './fetch-records.ts'

/** A file with everything for verifying without a network. It contains nothing secret or personal. */
export interface Pack {
  registry: string
  /** The keys of its registry log (C2SP verifier keys): those that were seen first, or given by the user. */
  keys: string[]
  tree: SeenTree
  /** RFC 3339 UTC, by this machine's clock. */
  fetchedAt: string
  /** The trust bundle as it was signed. */
  trust: unknown
  /** Signed status lists by their address. */
  statusLists: Record<string, unknown>
  /** What owners stated about the qualifications that were asked for. Absent from files of earlier versions. */
  records?: ProvenRecord[]
}

/** `undefined` if there is no file yet. */
export async function readPack(path: string): Promise<Pack | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw usageFailure(`${path} cannot be read (${error.code ?? 'unknown'})`)
  })
  if (text === undefined) return undefined
  const value = parsed(text)
  if (!isPack(value))
    throw usageFailure(`${path} is not a file of \`sijil bundle\``, 'It was not replaced. Find out who changed it.')
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isPack = (value: unknown): value is Pack =>
  isObject(value) &&
  typeof value.registry === 'string' &&
  typeof value.fetchedAt === 'string' &&
  Array.isArray(value.keys) &&
  value.keys.every((key) => typeof key === 'string') &&
  isObject(value.tree) &&
  typeof value.tree.size === 'number' &&
  typeof value.tree.root === 'string' &&
  isObject(value.trust) &&
  isObject(value.statusLists) &&
  (value.records === undefined || Array.isArray(value.records))

/**
 * Opens the bundle of a pack, and checks its statements. This is done each time, because the file may have been changed. `refused` says how
 * to fail.
 */
export function openPack(
  { trust, keys, records }: Pick<Pack, 'trust' | 'keys' | 'records'>,
  seen: SeenTree | undefined,
  refused: { kind: FailureKind; detail: string },
): OpenedBundle {
  try {
    const bundle = openBundle(trust, { keys, ...(seen && { seen }) })
    listOf(bundle, {}, { records })
    return bundle
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    throw new CommandFailure(refused.kind, { title: error.message, detail: refused.detail })
  }
}

/**
 * Fetches the bundle and every status list of its bodies, or of the named bodies. It writes them only after everything was fetched and
 * checked. An earlier file at the same path is compared: the keys must be the same or lead to the new ones, and the log must not be
 * smaller.
 */
export async function refreshPack(
  {
    registry,
    path,
    keys,
    issuers,
    qualifications,
    now,
  }: { registry: string; path: string; keys: string[]; issuers: string[]; qualifications: string[]; now: Date },
  retry: RetryPolicy,
): Promise<{ pack: Pack; bundle: OpenedBundle }> {
  const old = await readPack(path)
  if (old !== undefined && old.registry !== registry)
    throw usageFailure(`${path} belongs to ${old.registry}`, 'Choose another file for another registry.')
  const trust = await fetchFile(`${registry}/trust-bundle`, retry)
  if (trust === undefined)
    throw new CommandFailure('unavailable', {
      title: 'The registry has signed no trust bundle yet',
      detail: 'Try again in a minute.',
    })
  const known = keys.length > 0 ? keys : await followedKeys(registry, old?.keys ?? [], retry)
  const wrong = { kind: 'wrong', detail: 'Nothing was overwritten.' } as const
  const bundle = openPack({ trust, keys: known }, old?.tree, wrong)
  if (bundle.registry !== registry)
    throw new CommandFailure('wrong', {
      title: `The bundle belongs to ${bundle.registry}, but it was fetched from ${registry}`,
    })
  const listed = bodiesOf(bundle)
  const unlisted = issuers.find((id) => !listed.includes(id))
  if (unlisted !== undefined) throw usageFailure(`${unlisted} is not a body of this registry`)
  const statusLists: Record<string, unknown> = {}
  for (const id of issuers.length > 0 ? issuers : listed)
    Object.assign(statusLists, await fetchLists(registry, id, retry))
  const records: ProvenRecord[] = []
  // Two qualifications may name one framework.
  for (const id of new Set(qualifications))
    for (const proven of await fetchRecords(id, bundle, retry))
      if (!records.some(({ index }) => index === proven.index)) records.push(proven)
  openPack({ trust, keys: known, records }, bundle.tree, wrong)
  const fetchedAt = now.toISOString()
  const pack: Pack = { registry, keys: known, tree: bundle.tree, fetchedAt, trust, statusLists, records }
  await writePrivate(path, `${JSON.stringify(pack)}\n`, { force: true })
  return { pack, bundle }
}

/** Lists are numbered in pairs from 1. The first missing list ends the loop. */
async function fetchLists(registry: string, issuer: string, retry: RetryPolicy): Promise<Record<string, unknown>> {
  const lists: Record<string, unknown> = {}
  for (let pair = 1; ; pair++) {
    for (const purpose of ['revocation', 'suspension'] as const) {
      const url = statusListUrl(registry, `${issuer}-${pair}`, purpose)
      const list = await fetchFile(url, retry)
      if (list === undefined) return lists
      lists[url] = list
    }
  }
}

/** The keys of an earlier file with their successors. Without an earlier file, the keys that the registry lists. */
async function followedKeys(registry: string, known: readonly string[], retry: RetryPolicy): Promise<string[]> {
  const parsed = known.map((text) => keyOf('ed25519', text))
  return (await trustedKeys(registry, 'registry', parsed, retry)).map(formatVerifierKey)
}

import { readFile } from 'node:fs/promises'
import { RegistryError } from '@sijil/registry'
import { bodiesOf, type OpenedBundle, openBundle, type SeenTree } from '@sijil/registry/accepted-registries'
import { statusListUrl } from '@sijil/registry/certificates'
import { formatVerifierKey } from '@sijil/tlog'
import type { Manner } from '../client.ts'
import { CommandFailure, type FailureKind, usageFailure } from '../failure.ts'
import { isObject } from '../json.ts'
import { keyOf } from '../log/key-of.ts'
import { trustedKeys } from '../log/log-client.ts'
import { writePrivate } from '../write-private.ts'
import { fetchFile } from './fetch-file.ts'

/** A file with all that verifying without a network needs. Nothing in it is secret, and nothing personal. */
export interface Pack {
  registry: string
  /** By which its logs are signed (C2SP verifier keys): those that were seen first, or typed. */
  keys: string[]
  tree: SeenTree
  /** RFC 3339 UTC, by this machine's clock. */
  fetchedAt: string
  /** The trust bundle as it was signed. */
  trust: unknown
  /** Signed status lists by their address. */
  statusLists: Record<string, unknown>
}

/** Nothing where there is no file yet. */
export async function readPack(path: string): Promise<Pack | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw usageFailure(`${path} cannot be read (${error.code ?? 'unknown'})`)
  })
  if (text === undefined) return undefined
  const value = parsed(text)
  if (!isPack(value))
    throw usageFailure(
      `${path} is not what \`sijil bundle\` wrote`,
      'Nothing is trusted anew in its place: look at it.',
    )
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
  isObject(value.statusLists)

/** The bundle of a pack, checked again each time: a file may have been changed since it was written. `refused`: what that is to whoever asks. */
export function openPack(
  { trust, keys }: Pick<Pack, 'trust' | 'keys'>,
  seen: SeenTree | undefined,
  refused: { kind: FailureKind; detail: string },
): OpenedBundle {
  try {
    return openBundle(trust, { keys, ...(seen && { seen }) })
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    throw new CommandFailure(refused.kind, { title: error.message, detail: refused.detail })
  }
}

/**
 * Fetches the bundle and every status list of the bodies in it (or of those named), and writes them only once all of it is there and
 * good. What an earlier run wrote to the same file is what the new one is held against: the same keys or those that they name, and no smaller log.
 */
export async function refreshPack(
  {
    registry,
    path,
    keys,
    issuers,
    now,
  }: { registry: string; path: string; keys: string[]; issuers: string[]; now: Date },
  manner: Manner,
): Promise<{ pack: Pack; bundle: OpenedBundle }> {
  const old = await readPack(path)
  if (old !== undefined && old.registry !== registry)
    throw usageFailure(`${path} is of ${old.registry}`, 'Choose another file for another registry.')
  const trust = await fetchFile(`${registry}/trust-bundle`, manner)
  if (trust === undefined)
    throw new CommandFailure('unavailable', {
      title: 'The registry has signed no trust bundle yet',
      detail: 'Try again in a minute.',
    })
  const known = keys.length > 0 ? keys : await followedKeys(registry, old?.keys ?? [], manner)
  const bundle = openPack({ trust, keys: known }, old?.tree, {
    kind: 'wrong',
    detail: 'Nothing was overwritten.',
  })
  if (bundle.registry !== registry)
    throw new CommandFailure('wrong', { title: `The bundle is of ${bundle.registry}, and ${registry} was asked` })
  const listed = bodiesOf(bundle)
  const unlisted = issuers.find((id) => !listed.includes(id))
  if (unlisted !== undefined) throw usageFailure(`${unlisted} is no body of this registry`)
  const statusLists: Record<string, unknown> = {}
  for (const id of issuers.length > 0 ? issuers : listed)
    Object.assign(statusLists, await fetchLists(registry, id, manner))
  const pack: Pack = { registry, keys: known, tree: bundle.tree, fetchedAt: now.toISOString(), trust, statusLists }
  await writePrivate(path, `${JSON.stringify(pack)}\n`, { force: true })
  return { pack, bundle }
}

/** Lists come in pairs, counted from 1: the first that is not there is the end. */
async function fetchLists(registry: string, issuer: string, manner: Manner): Promise<Record<string, unknown>> {
  const lists: Record<string, unknown> = {}
  for (let pair = 1; ; pair++) {
    for (const purpose of ['revocation', 'suspension'] as const) {
      const url = statusListUrl(registry, `${issuer}-${pair}`, purpose)
      const list = await fetchFile(url, manner)
      if (list === undefined) return lists
      lists[url] = list
    }
  }
}

/** Those of an earlier file and what they name; the first time what the registry says of itself. */
async function followedKeys(registry: string, known: readonly string[], manner: Manner): Promise<string[]> {
  const parsed = known.map((text) => keyOf('ed25519', text))
  return (await trustedKeys(registry, 'registry', parsed, manner)).map(formatVerifierKey)
}

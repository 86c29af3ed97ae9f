import { readFile } from 'node:fs/promises'
import { RegistryError } from '@sijil/registry'
import { listOf, loggedBy, verifyOffline } from '@sijil/registry/accepted-registries'
import type { TrustPolicy } from '@sijil/registry/trust'
import type { Verification } from '@sijil/registry/verification'
import { CommandFailure, usageFailure } from '../failure.ts'
import { openPack, type Pack } from './pack.ts'

export interface OfflineOptions {
  /** Roots, refused entities and demonstration. They can only narrow the policy of the registry. */
  policy: Partial<TrustPolicy>
  /** The file of a C2SP tlog-proof, which `sijil log proof` made while there was a network. */
  proof?: string
  witnesses: readonly string[]
  now: Date
}

/** Returns the registry's own verifying function over a pack, which sends no request. The pack is checked once, for all documents. */
export async function verifyingByPack(
  pack: Pack,
  { policy, proof, witnesses, now }: OfflineOptions,
): Promise<(document: unknown) => Promise<Verification>> {
  // Not the exit code of a verdict: a certificate is not invalid because someone changed the bundle.
  const bundle = openPack(pack, pack.tree, {
    kind: 'usage',
    detail: 'Nothing was verified, so this says nothing about any certificate. Fetch a new bundle: sijil bundle',
  })
  const bytes = proof === undefined ? undefined : await readProof(proof)
  const list = listOf(bundle, policy, {
    records: pack.records,
    statusList: async (url) => (Object.hasOwn(pack.statusLists, url) ? pack.statusLists[url] : undefined),
    ...(bytes && { logged: loggedBy(bytes, { registry: bundle.registry, keys: pack.keys, witnesses }) }),
  })
  return async (document) => {
    try {
      return await verifyOffline(document, { list, now, general: () => import('@sijil/credentials/general') })
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error
      throw new CommandFailure('usage', { title: error.message })
    }
  }
}

async function readProof(path: string): Promise<Uint8Array> {
  return await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw usageFailure(`${path} cannot be read (${error.code ?? 'unknown'})`, 'Make it with: sijil log proof')
  })
}

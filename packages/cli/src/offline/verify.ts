import { readFile } from 'node:fs/promises'
import { RegistryError } from '@sijil/registry'
import { listOf, loggedBy, verifyOffline } from '@sijil/registry/accepted-registries'
import type { TrustPolicy } from '@sijil/registry/trust'
import type { Verification } from '@sijil/registry/verification'
import { CommandFailure, usageFailure } from '../failure.ts'
import { openPack, type Pack } from './pack.ts'

export interface Brought {
  /** Roots and demonstration: narrower than the registry's own policy, never wider. */
  policy: Partial<TrustPolicy>
  /** File of a C2SP tlog-proof, made by `sijil log proof` while there was a network. */
  proof?: string
  witnesses: readonly string[]
  now: Date
}

/** The registry's own function, by what the pack holds: no address is asked. The pack is checked once, whatever is verified by it. */
export async function verifyingByPack(
  pack: Pack,
  { policy, proof, witnesses, now }: Brought,
): Promise<(document: unknown) => Promise<Verification>> {
  // Never the exit code of a verdict: a good certificate is not invalid because somebody changed the file beside it.
  const bundle = openPack(pack, pack.tree, {
    kind: 'usage',
    detail: 'Nothing was verified, so this says nothing about any certificate. Fetch the bundle anew: sijil bundle',
  })
  const bytes = proof === undefined ? undefined : await readProof(proof)
  const list = listOf(bundle, policy, {
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

import { listOf, type TrustPolicy, type Verification, verifyOffline } from '@sijil/registry'
import { openPack, type Pack } from './pack.ts'

/** The registry's own function, by what the pack holds: no address is asked. */
export async function verifyByPack(
  document: unknown,
  pack: Pack,
  { policy, now }: { policy: Partial<TrustPolicy>; now: Date },
): Promise<Verification> {
  const bundle = openPack(pack, pack.tree)
  const list = listOf(bundle, policy, {
    statusList: async (url) => {
      const credential = Object.hasOwn(pack.statusLists, url) ? pack.statusLists[url] : undefined
      return credential === undefined ? undefined : { credential, fetchedAt: pack.fetchedAt }
    },
  })
  return verifyOffline(document, { list, now, general: () => import('@sijil/credentials/general') })
}

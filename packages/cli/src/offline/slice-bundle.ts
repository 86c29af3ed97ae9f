import { type BundleSlice, sliceOf } from '@sijil/registry/accepted-registries'

/** Bytes of JSON from which a bundle is handed in by slices. A registry takes 4 MiB in one request, and has seconds for it. */
const LARGE = 1024 * 1024
const MOST = 2_000
/** In UTF-16 units. Each may take three bytes. */
const FITS = LARGE

/** Whether a bundle is too long for one request and its registry signed the head that slices need. */
export const isTooLong = (trust: unknown): boolean =>
  JSON.stringify(trust).length > LARGE && typeof trust === 'object' && trust !== null && 'head' in trust

/**
 * The slice after so many entries, as many as fit into a request. The first one of a run has no entries: its answer says where to go on.
 */
export async function sliceAfter(trust: unknown, from: number, isFirst: boolean): Promise<BundleSlice | undefined> {
  for (let most = isFirst ? 0 : MOST; ; most = Math.floor(most / 2)) {
    const slice = await sliceOf(trust, from, most)
    if (most <= 1 || JSON.stringify(slice).length < FITS) return slice
  }
}

import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'

/** ZIP files hold the time of their making. With a fixed one, the same files are the same bytes. */
const MADE = new Date('2000-01-01T00:00:00Z')

/** Files in a ZIP file, without packing them again: papers and pictures are packed already. */
export const zipped = (files: ReadonlyMap<string, Uint8Array | string>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      [...files].map(([name, bytes]) => [
        name,
        [typeof bytes === 'string' ? strToU8(bytes) : bytes, { level: 0 as const }],
      ]),
    ),
    { mtime: MADE },
  )

/** Only for a ZIP file of our own. */
export const unzipped = (bytes: Uint8Array): Map<string, Uint8Array> => new Map(Object.entries(unzipSync(bytes)))
export const textIn = (bytes: Uint8Array | undefined): string => (bytes === undefined ? '' : strFromU8(bytes))

import { Unzip, type UnzipFile, UnzipInflate } from 'fflate'
import { TableFault } from './table-fault.ts'

/** A workbook has some dozens. */
const MOST_PARTS = 1_000
/** So that a bomb is noticed before it fills the memory: deflate packs at most about a thousand to one. */
const CHUNK = 16 * 1024
/** XML of spreadsheets is packed 5 to 40 times. A smaller part than this may be packed better. */
const MOST_RATIO = 100
const SMALL = 4 * 1024 * 1024

/** Gets the bytes of a part in pieces. `done` is called once, after the last piece. */
export interface PartReader {
  push(bytes: Uint8Array): void
  done(): void
}

/**
 * Reads parts of a ZIP file from its beginning to its end, one after another. Bytes are counted while they are unpacked. No size that
 * a header states is believed, and the list at the end of the file is not read. Parts without a reader are not unpacked.
 */
export function unzip(bytes: Uint8Array, most: number, readerOf: (name: string) => PartReader | undefined): void {
  const seen = new Set<string>()
  let unpacked = 0
  let read = 0
  const unzipping = new Unzip((part) => {
    if (seen.has(part.name) || seen.size >= MOST_PARTS) throw new TableFault('damaged')
    seen.add(part.name)
    const reader = readerOf(part.name)
    if (reader !== undefined) start(part, reader)
  })
  unzipping.register(UnzipInflate)

  function start(part: UnzipFile, reader: PartReader): void {
    const begun = read
    let own = 0
    part.ondata = (error, chunk, isLast) => {
      // The library catches what is thrown here, and gives it back.
      if (error) throw error instanceof TableFault ? error : new TableFault('damaged', { cause: error })
      unpacked += chunk.length
      own += chunk.length
      if (unpacked > most) throw new TableFault('too-large')
      if (own > SMALL && own > MOST_RATIO * (read + CHUNK - begun)) throw new TableFault('too-large')
      reader.push(chunk)
      if (isLast) reader.done()
    }
    part.start()
  }

  try {
    for (; read < bytes.length; read += CHUNK) unzipping.push(bytes.subarray(read, read + CHUNK), false)
    unzipping.push(new Uint8Array(), true)
  } catch (error) {
    if (error instanceof TableFault) throw error
    throw new TableFault('damaged', { cause: error })
  }
}

import { type Frontier, type HashTile, leafHash, TILE_WIDTH, type TileReader } from '@sijil/tlog'
import { RegistryError } from '../errors.ts'
import { type Commit, type CommitReader, streams } from '../stream.ts'
import { type LogName, logs } from './logs.ts'

/** An event of a tile. At level 0 it holds entries. At higher levels it holds the hash of one full tile of the level below. */
export type TileEvent =
  | { type: 'entries-logged'; entries: readonly string[] }
  | { type: 'tile-completed'; hash: string }

export interface CheckpointEvent {
  type: 'checkpoint'
  size: number
  /** The frontier's peaks, base64. */
  peaks: readonly string[]
  /** The signed note. */
  note: string
  /** Every index had been read up to this moment, and the next slice starts there. RFC 3339 UTC. */
  readTo: string
}

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
export const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))

/** The last signed checkpoint, with the commit that holds it. */
export async function latestCheckpoint(log: LogName, reader: CommitReader) {
  const commit = await reader.latest<CheckpointEvent>(streams.logCheckpoints(log))
  const [event] = commit?.events ?? []
  return commit && event && { ...event, recordedAt: commit.recordedAt, commit }
}

export const frontierOf = ({ size, peaks }: Pick<CheckpointEvent, 'size' | 'peaks'>): Frontier => ({
  size,
  peaks: peaks.map(fromBase64),
})

/** Every entry of one tile of level 0, including those that no checkpoint covers yet, with the commits that hold them. */
export async function readEntries(log: LogName, index: number, reader: CommitReader) {
  const commits = await reader.read<TileEvent>(streams.logTile(log, 0, index))
  const entries = commits.flatMap(entriesOf)
  if (entries.length > TILE_WIDTH) throw new RegistryError('internal', 'a tile of a log is too wide')
  return { entries, commits }
}

export const entriesOf = ({ events }: Commit<TileEvent>): string[] =>
  events.flatMap((event) => (event.type === 'entries-logged' ? event.entries : []))

/** Reads the hashes of stored tiles. */
export const storedTiles =
  (log: LogName, reader: CommitReader): TileReader =>
  async ({ level, index }: HashTile) => {
    if (level === 0) {
      const { entries } = await readEntries(log, index, reader)
      return entries.map((entry) => leafHash(logs[log].bytesOf(entry)))
    }
    return (await readUpperTile(log, level, index, reader)).map(({ hash }) => fromBase64(hash))
  }

export async function readUpperTile(log: LogName, level: number, index: number, reader: CommitReader) {
  const commits = await reader.read<TileEvent>(streams.logTile(log, level, index))
  return commits.map((commit) => {
    const [event] = commit.events
    if (event?.type !== 'tile-completed') throw new RegistryError('internal', 'a tile of a log holds something else')
    return { hash: event.hash, commit }
  })
}

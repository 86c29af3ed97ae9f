import { type NamedArtefact, RESULT_DAYS } from '../artefacts.ts'
import { DAY_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, type CommitStore, type IndexKey, nextCommit, streams } from '../stream.ts'
import { type FileKind, placesOf } from './file-kinds.ts'

/** What members of a body asked to have made of one batch. `request` counts from 1 on. */
export type FilesEvent =
  /** `issued`: how many rows of each piece of the batch are issued. */
  | { type: 'files-asked'; request: number; kind: FileKind; issued: readonly number[] }
  | { type: 'files-approved'; request: number }
  /** From here on, the sweeper sends what is not made. */
  | { type: 'files-queued'; request: number }
  /** A member got the address of a file, and so everything in it. */
  | { type: 'file-loaded'; request: number; kind: FileKind; file: number }
  /** Sealed. `file` and `part` count from 0 on. */
  | { type: 'part-made'; request: number; file: number; part: number; sealed: NamedArtefact }
  /** One of its papers is of a certificate that was erased since. The address of none of its files is given any more. */
  | { type: 'files-withdrawn'; request: number }
  /** `leftOut`: certificates that are not in force any more, or that no paper can show. */
  | { type: 'file-made'; request: number; file: number; made: NamedArtefact; bytes: number; leftOut: number }

const shapes: EventShapes<FilesEvent> = {
  'files-asked': ['request', 'kind', 'issued'],
  'files-approved': ['request'],
  'files-queued': ['request'],
  'file-loaded': ['request', 'kind', 'file'],
  'files-withdrawn': ['request'],
  'part-made': ['request', 'file', 'part', 'sealed'],
  'file-made': ['request', 'file', 'made', 'bytes', 'leftOut'],
}

export interface MadeFile {
  made: NamedArtefact
  bytes: number
  leftOut: number
  at: string
}

export interface AskedFiles {
  request: number
  kind: FileKind
  certificates: number
  issued: readonly number[]
  askedBy: string
  askedAt: string
  approvedBy?: string
  approvedAt?: string
  isQueued?: true
  withdrawnAt?: string
  /** How many files it is. */
  files: number
  /** By file and part. */
  parts: ReadonlyMap<string, NamedArtefact>
  made: ReadonlyMap<number, MadeFile>
}

export interface FilesOfBatch {
  owner: string
  batch: string
  asked: readonly AskedFiles[]
  commits: readonly Commit<FilesEvent>[]
}

export const partName = (file: number, part: number) => `${file} ${part}`

type Open = AskedFiles & { parts: Map<string, NamedArtefact>; made: Map<number, MadeFile> }

export async function readFiles(owner: string, batch: string, reader: CommitReader): Promise<FilesOfBatch> {
  const commits = await reader.read<FilesEvent>(streams.batchFiles(owner, batch))
  requireKnown(commits, shapes)
  const asked: Open[] = []
  const find = (request: number): Open => {
    const one = asked[request - 1]
    if (one === undefined) throw noSuchFiles()
    return one
  }
  for (const { events, actor, recordedAt: at } of commits)
    for (const event of events)
      switch (event.type) {
        case 'files-asked': {
          const { request, kind, issued } = event
          const certificates = issued.reduce((sum, some) => sum + some, 0)
          const files = (placesOf(kind, certificates).at(-1)?.file ?? 0) + 1
          const empty = { parts: new Map(), made: new Map() }
          asked.push({ request, kind, certificates, issued, files, askedBy: actor, askedAt: at, ...empty })
          break
        }
        case 'files-approved':
          Object.assign(find(event.request), { approvedBy: actor, approvedAt: at })
          break
        case 'files-queued':
          Object.assign(find(event.request), { isQueued: true })
          break
        case 'files-withdrawn':
          Object.assign(find(event.request), { withdrawnAt: at })
          break
        case 'file-loaded':
          break // for the trail alone
        case 'part-made':
          find(event.request).parts.set(partName(event.file, event.part), event.sealed)
          break
        case 'file-made': {
          const { made, bytes, leftOut } = event
          find(event.request).made.set(event.file, { made, bytes, leftOut, at })
          break
        }
        default:
          event satisfies never
      }
  return { owner, batch, asked, commits }
}

export const noSuchFiles = () => new RegistryError('not-found', 'nothing like this was asked for')

export function requireAsked({ asked }: FilesOfBatch, request: number): AskedFiles {
  const one = asked.find((each) => each.request === request)
  if (one === undefined) throw noSuchFiles()
  return one
}

/** A file is removed after `RESULT_DAYS`, so nobody gets its address any more. */
export const isGone = (at: string, now: Date): boolean => isPast(at, RESULT_DAYS, now)

const isPast = (at: string, days: number, now: Date) => Date.parse(at) + days * DAY_MS <= now.getTime()

/** For so many days the sweeper sends what is not made. */
export const MAKING_DAYS = 3

/** Whether the same can be asked for again: its files are gone or withdrawn, or were not made in time. */
export const isOver = ({ askedAt, approvedAt, withdrawnAt, files, made }: AskedFiles, now: Date): boolean =>
  withdrawnAt !== undefined ||
  isGone(approvedAt ?? askedAt, now) ||
  (approvedAt !== undefined && made.size < files && isPast(approvedAt, MAKING_DAYS, now))

/** Records one event after the state that was read. Throws `write-conflict` if somebody else was first. */
export const changeFiles = (
  { owner, batch, commits }: FilesOfBatch,
  event: FilesEvent,
  { actor, index }: { actor: string; index?: IndexKey },
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> =>
  store.append(
    nextCommit(streams.batchFiles(owner, batch), commits, { events: [event], actor, now, ...(index && { index }) }),
  )

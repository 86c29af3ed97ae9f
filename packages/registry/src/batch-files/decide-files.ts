import type { BatchDeps, BatchRequest } from '../batches/batch-deps.ts'
import { readPieces } from '../batches/progress.ts'
import { requireOwnBatch } from '../batches/requests.ts'
import { isAway, RegistryError } from '../errors.ts'
import { isFreshSignIn } from '../fresh-sign-in.ts'
import { untilWon } from '../lost-race.ts'
import type { FileAddresses, FileMessage, MessageQueue } from '../ports.ts'
import {
  type AskedFiles,
  changeFiles,
  type FilesOfBatch,
  isGone,
  isOver,
  noSuchFiles,
  partName,
  readFiles,
  requireAsked,
} from './asked-files.ts'
import { isErasedSince } from './erased-since.ts'
import { type FileKind, placesOf } from './file-kinds.ts'

export interface FilesDeps extends Pick<BatchDeps, 'store' | 'patience' | 'now'> {
  fileQueue: MessageQueue<FileMessage>
}

type OfRequest = BatchRequest & { request: number }

/**
 * Asks for files of an issued batch. Nothing is made before another officer approves. The same wish again, by anybody, is the same request
 * until its files are gone.
 */
export const askForFiles = (asked: BatchRequest & { kind: FileKind }, deps: FilesDeps): Promise<AskedFiles> =>
  untilWon(async () => {
    const { batch } = await requireOwnBatch(asked, ['sender'], deps.store)
    if ((batch.finished?.issued ?? 0) === 0)
      throw new RegistryError('conflict', 'Files are made of a finished batch that issued a certificate.')
    const files = await readFiles(batch.owner, batch.id, deps.store)
    const { kind } = asked
    const before = files.asked.findLast((one) => one.kind === kind && !isOver(one, deps.now))
    if (before !== undefined) return before
    const request = files.asked.length + 1
    const issued = (await readPieces(batch, deps.store)).map(
      ({ outcomes }) => outcomes.filter(({ state }) => state === 'issued').length,
    )
    await changeFiles(
      files,
      { type: 'files-asked', request, kind, issued },
      { actor: asked.subject, index: `TRAIL#${batch.owner}` },
      deps,
    )
    return requireAsked(await readFiles(batch.owner, batch.id, deps.store), request)
  }, deps.patience)

/** A second officer lets the files be made. Throws `four-eyes-required` for the one who asked, and `fresh-sign-in-required`. */
export async function approveFiles(
  { request, signedInAt, ...named }: OfRequest & { signedInAt: Date | undefined },
  deps: FilesDeps,
): Promise<AskedFiles> {
  const approved = await untilWon(async () => {
    const { batch } = await requireOwnBatch(named, ['approve'], deps.store)
    const files = await readFiles(batch.owner, batch.id, deps.store)
    const one = requireAsked(files, request)
    if (one.approvedBy !== undefined) return files
    if (one.askedBy === named.subject)
      throw new RegistryError('four-eyes-required', 'Another officer than the one who asked must approve this.')
    if (!isFreshSignIn(signedInAt, deps.now))
      throw new RegistryError(
        'fresh-sign-in-required',
        'Sign in again to approve: your sign-in is older than ten minutes.',
      )
    if (isGone(one.askedAt, deps.now))
      throw new RegistryError('conflict', 'This was asked for too long ago. Ask for it again.')
    await changeFiles(
      files,
      { type: 'files-approved', request },
      { actor: named.subject, index: `TRAIL#${batch.owner}` },
      deps,
    )
    return readFiles(batch.owner, batch.id, deps.store)
  }, deps.patience)
  await queueFiles(approved, request, deps)
  await sendFiles(approved, request, deps)
  return requireAsked(approved, request)
}

/** Lists the request for the sweeper. It stands apart from the approval, because a commit is in one index, and the trail has that one. */
const queueFiles = ({ owner, batch }: FilesOfBatch, request: number, deps: FilesDeps): Promise<void> =>
  untilWon(async () => {
    const files = await readFiles(owner, batch, deps.store)
    if (requireAsked(files, request).isQueued) return
    await changeFiles(
      files,
      { type: 'files-queued', request },
      { actor: 'system:batch', index: 'APPROVED-FILES' },
      deps,
    )
  }, deps.patience)

/** Sends a message for each part that is not made, and for each file whose parts are all made. Answers how many. */
export async function sendFiles(
  files: FilesOfBatch,
  request: number,
  { fileQueue }: Pick<FilesDeps, 'fileQueue'>,
): Promise<number> {
  const messages = missing(files, requireAsked(files, request))
  try {
    if (messages.length > 0) await fileQueue.send(messages)
  } catch (error) {
    if (!isAway(error)) throw error // the sweeper sends them again
  }
  return messages.length
}

function missing({ owner, batch }: FilesOfBatch, { request, kind, certificates, parts, made }: AskedFiles) {
  const places = placesOf(kind, certificates).filter(({ file }) => !made.has(file))
  const open = places.filter(({ file, part }) => !parts.has(partName(file, part)))
  const waiting = new Set(open.map(({ file }) => file))
  const whole = new Set(places.map(({ file }) => file).filter((file) => !waiting.has(file)))
  const about = { version: 1, owner, batch, request } as const
  return [
    ...open.map(({ file, part }): FileMessage => ({ ...about, file, part })),
    ...[...whole].map((file): FileMessage => ({ ...about, file })),
  ]
}

/** What was asked for, for the members of the body. */
export async function filesOf(request: BatchRequest, { store }: Pick<FilesDeps, 'store'>): Promise<FilesOfBatch> {
  const { batch } = await requireOwnBatch(request, ['sender', 'approve', 'read'], store)
  return readFiles(batch.owner, batch.id, store)
}

const withdrawn = () =>
  new RegistryError('gone', 'A certificate was erased since, and this file may hold its paper. Ask for the file again.')

/** The address of a file is a secret for so long. Anybody who has it can load the file. */
export const ADDRESS_SECONDS = 300

/**
 * An address at which the file can be loaded for five minutes. That the member got it is recorded before. Throws `gone` after
 * `RESULT_DAYS`, and once a certificate was erased of which the file holds the paper (I63).
 */
export const addressOfFile = (
  { request, file, ...named }: OfRequest & { file: number },
  deps: Pick<FilesDeps, 'store' | 'now' | 'patience'> & { addresses: FileAddresses },
): Promise<{ url: string; until: Date }> =>
  untilWon(async () => {
    const { batch } = await requireOwnBatch(named, ['sender'], deps.store)
    const files = await readFiles(batch.owner, batch.id, deps.store)
    const asked = requireAsked(files, request)
    const { kind } = asked
    const made = asked.made.get(file)
    if (made === undefined) throw noSuchFiles()
    if (isGone(made.at, deps.now))
      throw new RegistryError('gone', 'This file is gone: it was kept for 30 days. Ask for it again.')
    if (asked.withdrawnAt !== undefined) throw withdrawn()
    if (await isErasedSince(files, asked, file, deps.store)) {
      await changeFiles(files, { type: 'files-withdrawn', request }, { actor: 'system:batch' }, deps)
      throw withdrawn()
    }
    await changeFiles(
      files,
      { type: 'file-loaded', request, kind, file },
      { actor: named.subject, index: `TRAIL#${batch.owner}` },
      deps,
    )
    const as = kind === 'links' ? 'links.csv' : `${kind}-${file + 1}.zip`
    const url = await deps.addresses.load(made.made.name, { as, now: deps.now, seconds: ADDRESS_SECONDS })
    return { url, until: new Date(deps.now.getTime() + ADDRESS_SECONDS * 1_000) }
  }, deps.patience)

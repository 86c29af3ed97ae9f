import { artefacts } from '../artefacts.ts'
import { findBatch } from '../batches/batch.ts'
import type { BatchDeps } from '../batches/batch-deps.ts'
import { putPart, readPart } from '../batches/uploads.ts'
import { issuerSecret } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import { untilWon } from '../lost-race.ts'
import type { FileMessage } from '../ports.ts'
import { isOwnerId } from '../stream.ts'
import { type AskedFiles, changeFiles, type FilesEvent, type FilesOfBatch, partName, readFiles } from './asked-files.ts'
import { issuedRows, type LinkedRow, withLinks } from './certificate-links.ts'
import type { FilesDeps } from './decide-files.ts'
import { type FileKind, type Place, placesOf } from './file-kinds.ts'
import { openingName, recordOpenings } from './record-openings.ts'

/** Makes the bytes of parts and files. What they look like, only the caller knows. */
export interface FileMaker {
  /** `leftOut`: how many of the rows have nothing in it. */
  part(kind: FileKind, rows: readonly LinkedRow[]): Promise<{ bytes: Uint8Array; leftOut: number }>
  /** Joins the parts of one file, in order. */
  whole(kind: FileKind, parts: readonly Uint8Array[]): Promise<{ bytes: Uint8Array; leftOut: number }>
}

export interface MakeDeps
  extends FilesDeps,
    Pick<BatchDeps, 'secrets' | 'uploads' | 'random'>,
    Pick<BatchDeps, 'patience'> {
  maker: FileMaker
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const notOurs = () => new RegistryError('validation-failed', 'this message names no file that was approved')

/** Throws `validation-failed` for anything else than our own messages. Its text names nothing of the message. */
function parseMessage(value: unknown): FileMessage {
  const { version, owner, batch, request, file, part, ...more } = (value ?? {}) as Record<string, unknown>
  const isNamed = typeof owner === 'string' && isOwnerId(owner) && typeof batch === 'string' && UUID.test(batch)
  const isKnown = version === 1 && isNamed && Object.keys(more).length === 0
  if (!isKnown || !isPlace(request) || !isPlace(file) || (part !== undefined && !isPlace(part))) throw notOurs()
  return { version: 1, owner, batch, request, file, ...(part !== undefined && { part }) }
}

/**
 * Makes one part of a file, or joins the parts of one. The same message again makes nothing twice that is recorded. Throws
 * `validation-failed` for a message that the record does not support (I61).
 */
export async function makeFile(value: unknown, deps: MakeDeps): Promise<void> {
  const message = parseMessage(value)
  const files = await readFiles(message.owner, message.batch, deps.store)
  const asked = files.asked.find(({ request }) => request === message.request)
  const places = asked && placesOf(asked.kind, asked.certificates).filter(({ file }) => file === message.file)
  if (asked?.approvedBy === undefined || places === undefined || places.length === 0) throw notOurs() // 1
  if (asked.made.has(message.file)) return
  const run = { files, asked, message, deps }
  if (message.part === undefined) return makeWhole(run, places)
  const place = places[message.part]
  if (place === undefined) throw notOurs()
  if (!asked.parts.has(partName(place.file, place.part))) await makePart(run, place)
  await wholeIfDone(run, places)
}

interface Run {
  files: FilesOfBatch
  asked: AskedFiles
  message: FileMessage
  deps: MakeDeps
}

async function secretFor({ files: { owner, batch }, deps }: Run) {
  return { owner, batch, secret: await issuerSecret(owner, { reader: deps.store, secrets: deps.secrets }) }
}

const nameOf = ({ request }: AskedFiles, { file, part }: { file: number; part: number }) =>
  `files ${request} ${file} ${part}` as const

async function makePart(run: Run, place: Place): Promise<void> {
  const { files, asked, deps } = run
  const batch = await findBatch(files.owner, files.batch, deps.store)
  if (batch?.finished === undefined) throw notOurs()
  const rows = await issuedRows(batch, { ...place, issued: asked.issued }, deps.store)
  const name = openingName(asked.request, place)
  const { owner, batch: id } = files
  await untilWon(
    () => recordOpenings({ owner, batch: id, part: name, rows, subject: asked.askedBy, kind: asked.kind }, deps), // 2
    deps.patience,
  )
  const of = await secretFor(run)
  const linked = await withLinks(rows, of, deps.store) // 3
  const { bytes } = await deps.maker.part(asked.kind, linked)
  const sealed = await putPart(of, nameOf(asked, place), bytes, deps) // 4
  await record(run, { type: 'part-made', request: asked.request, file: place.file, part: place.part, sealed })
}

async function wholeIfDone({ files, asked, message, deps }: Run, places: readonly Place[]): Promise<void> {
  const now = await readFiles(files.owner, files.batch, deps.store)
  const { parts, made } = now.asked[asked.request - 1] as AskedFiles
  const { part: _, ...whole } = message
  if (!made.has(message.file) && places.every(({ file, part }) => parts.has(partName(file, part))))
    await deps.fileQueue.send([whole])
}

async function makeWhole(run: Run, places: readonly Place[]): Promise<void> {
  const { asked, files, message, deps } = run
  const of = await secretFor(run)
  const parts: Uint8Array[] = []
  for (const place of places) {
    const sealed = asked.parts.get(partName(place.file, place.part))
    if (sealed === undefined) return // a message for the whole comes when every part is made
    const bytes = await readPart(of, nameOf(asked, place), sealed, deps)
    if (bytes === undefined) throw new RegistryError('dependency-unavailable', 'A part of this file is gone.')
    parts.push(bytes)
  }
  const { bytes, leftOut } = await deps.maker.whole(asked.kind, parts)
  const made = await deps.uploads.put((digest) => artefacts.result(files.owner, files.batch, digest), bytes)
  const { request } = asked
  await record(run, { type: 'file-made', request, file: message.file, made, bytes: bytes.length, leftOut })
}

/** Another worker may record another part at the same moment, or the same one. */
const record = ({ files, deps }: Run, event: FilesEvent): Promise<void> =>
  untilWon(async () => {
    const now = await readFiles(files.owner, files.batch, deps.store)
    const asked = now.asked[event.request - 1] as AskedFiles
    const isKnown =
      event.type === 'part-made'
        ? asked.parts.has(partName(event.file, event.part))
        : event.type === 'file-made' && asked.made.has(event.file)
    if (!isKnown) await changeFiles(now, event, { actor: 'system:batch' }, deps)
  }, deps.patience)

import { artefacts, type CheckedStore, type NamedArtefact } from '../artefacts.ts'
import type { IssueInput } from '../certificates/issue-input.ts'
import { type IssuerSecret, openUpload, sealUpload } from '../certificates/secrecy.ts'

/** The sealed parts of batches. They name people, so their bucket is emptied (`UPLOAD_DAYS`). */
export interface UploadDeps {
  uploads: CheckedStore
  random: (bytes: number) => Uint8Array
}

/** Which part it is. A part cannot be passed off as another one, or as one of another batch. */
type Part = 'file' | 'answers' | `rows ${number}` | `files ${string}`
const about = (owner: string, batch: string, part: Part) => `${owner} ${batch} ${part}`

interface Of {
  owner: string
  batch: string
  secret: IssuerSecret
}

/** Seals a part and stores it under the digest of its sealed bytes. Until a commit names it, nothing reads it. */
export const putPart = (
  { owner, batch, secret }: Of,
  part: Part,
  bytes: Uint8Array,
  { uploads, random }: UploadDeps,
): Promise<NamedArtefact> =>
  uploads.put(
    (digest) => artefacts.upload(owner, batch, digest),
    sealUpload(secret, about(owner, batch, part), bytes, random),
  )

/** Undefined if it is gone, or cannot be opened. */
export async function readPart(
  { owner, batch, secret }: Of,
  part: Part,
  named: NamedArtefact,
  { uploads }: Pick<UploadDeps, 'uploads'>,
): Promise<Uint8Array | undefined> {
  const sealed = await uploads.read(named)
  return sealed && openUpload(secret, about(owner, batch, part), sealed)
}

/** A row as it will be issued. */
export interface BatchRow {
  /** The line in the file, which is also its name in the batch. */
  line: number
  input: IssueInput
  /** The edition that counted for it when it was closed. Rows of earlier releases have none. */
  edition?: string
}

export const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
export const valueOfPart = <T>(bytes: Uint8Array): T => JSON.parse(new TextDecoder().decode(bytes)) as T

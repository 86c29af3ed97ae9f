import { type CheckedReader, type CommitReader, type NoteOpener, RegistryError } from '@sijil/registry'
import { entityAt, logoAt, logoFile, type Moments, signatoryAt, trustOf } from '@sijil/registry/trust'

/** What stands on the paper of a body besides the certificate, as it was on a day. */
export interface Letterhead {
  bodyName: string
  logo?: { png: Uint8Array }
  signatory?: { name: string; title: string }
}

export interface LetterheadDeps {
  reader: CommitReader
  /** Reads the file of a logo. */
  files: CheckedReader
  /** Opens the name of a signatory. */
  opener: NoteOpener
}

/**
 * The letterhead of a body at a moment, by what was recorded by another. For a certificate, both are its day of issue: then nothing that is
 * recorded later changes its paper. `undefined` for an id that was not registered then. Throws `dependency-unavailable` while the name or
 * the logo cannot be read, because a paper without them would look like one of another day.
 */
export async function letterheadAt(
  body: string,
  moments: Moments,
  { reader, files, opener }: LetterheadDeps,
): Promise<Letterhead | undefined> {
  const entity = entityAt(body, await trustOf(reader)(body), moments.recorded)
  if (entity === undefined) return undefined
  const [logo, signatory] = await Promise.all([logoAt(body, moments, reader), signatoryAt(body, moments, reader)])
  const png = logo && (await files.read(logoFile(logo)))
  if (logo !== undefined && png === undefined)
    throw new RegistryError('dependency-unavailable', 'the logo of the body cannot be read at the moment')
  return {
    bodyName: entity.identity.name,
    ...(png && { logo: { png } }),
    ...(signatory && { signatory: { name: await opener.open(body, signatory.sealed), title: signatory.title } }),
  }
}

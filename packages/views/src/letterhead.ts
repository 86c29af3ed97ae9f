import type { CheckedReader, CommitReader, NoteOpener } from '@sijil/registry'
import { entityAt, logoAt, logoFile, type Moments, signatoryAt, trustOf } from '@sijil/registry/trust'

/** What stands on the paper of a body besides the certificate, as it was on a day. */
export interface Letterhead {
  bodyName: string
  logo?: { png: Uint8Array }
  signatory?: { name: string; title: string }
}

/**
 * The letterhead of a body at a moment, by what was recorded by another. For a certificate, both are its day of issue: then nothing that is
 * recorded later changes its paper. A logo whose file cannot be read is left out. `undefined` for an id that was not registered then.
 */
export async function letterheadAt(
  body: string,
  moments: Moments,
  { reader, files, opener }: { reader: CommitReader; files: CheckedReader; opener: NoteOpener },
): Promise<Letterhead | undefined> {
  const entity = entityAt(body, await trustOf(reader)(body), moments.recorded)
  if (entity === undefined) return undefined
  const [logo, signatory] = await Promise.all([logoAt(body, moments, reader), signatoryAt(body, moments, reader)])
  const png = logo && (await files.read(logoFile(logo)))
  return {
    bodyName: entity.identity.name,
    ...(png && { logo: { png } }),
    ...(signatory && { signatory: { name: await opener.open(body, signatory.sealed), title: signatory.title } }),
  }
}

/** Why no paper can be made of a certificate, or nothing can be read from a file. */
export type PaperFaultCode =
  /** A text has a character that no embedded font has. */
  | 'character-not-printable'
  /** The file is neither PDF nor JPEG nor PNG. */
  | 'kind-not-accepted'
  /** The file is damaged, protected by a password, or beyond a limit: bytes, pages, pixels, time or memory. */
  | 'not-readable'

/** It repeats nothing of the certificate or of the file. */
export class PaperFault extends Error {
  override readonly name = 'PaperFault'
  readonly code: PaperFaultCode
  constructor(code: PaperFaultCode) {
    super(code)
    this.code = code
  }
}

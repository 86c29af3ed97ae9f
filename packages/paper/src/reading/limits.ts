/** Limits of one file, for a file that was made to be expensive. A paper of ours needs a tenth of each. */
export const limits = {
  /** Bytes of the memory of the reader. */
  memory: 192 * 1024 * 1024,
  /** Megabytes of JavaScript objects beside it. */
  heap: 64,
  /** The codes are on the first page. A further page may hold what somebody scanned before it. */
  pages: 3,
  attachments: 8,
  /** Bytes of an attachment: those of a certificate. */
  attachment: 65_536,
  /** Pixels of a photograph. */
  pixels: 24_000_000,
  processorMs: 2_000,
  /** A busy machine needs longer for the same work. */
  wallMs: 15_000,
} as const

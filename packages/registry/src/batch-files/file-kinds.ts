/**
 * What a body can have made of an issued batch: its links as CSV, its papers as PDF, or the codes of its links as pictures for a paper of its
 * own.
 */
export const fileKinds = ['links', 'papers', 'codes'] as const
export type FileKind = (typeof fileKinds)[number]

/** Certificates in one file, and in one of the parts that a file is made of. A worker makes a part in some seconds. */
const sizes = {
  links: { file: 100_000, part: 500 },
  papers: { file: 1_000, part: 100 },
  codes: { file: 1_000, part: 100 },
} as const satisfies Record<FileKind, { file: number; part: number }>

export interface Place {
  file: number
  part: number
  /** Places among the issued rows of the batch, without the last. */
  from: number
  to: number
}

/** The parts of everything that was asked for, in order. */
export function placesOf(kind: FileKind, certificates: number): Place[] {
  const { file: most, part: some } = sizes[kind]
  const places: Place[] = []
  for (let from = 0; from < certificates; ) {
    const file = Math.floor(from / most)
    const to = Math.min(from + some, (file + 1) * most, certificates)
    places.push({ file, part: Math.floor((from - file * most) / some), from, to })
    from = to
  }
  return places
}

/**
 * Characters that begin a formula, also in East Asian full width. Some spreadsheets ignore spaces and invisible characters before them, and
 * control characters wherever a cell begins.
 */
const BEGINS_FORMULA = /^(?:\p{Cc}|[\p{Z}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20])/u

/** Marks a cell as text if a spreadsheet could take it for a formula (I49). */
const safe = (cell: string): string => (BEGINS_FORMULA.test(cell) ? `'${cell}` : cell)

/** RFC 4180: every cell in quotes, lines end in CRLF. Used for the registry's exports and the lists of the command line. */
export const csvOf = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, ...rows]
    .map((row) =>
      row
        .map((cell) => `"${safe(cell).replaceAll('"', '""')}"`)
        .join(',')
        .concat('\r\n'),
    )
    .join('')

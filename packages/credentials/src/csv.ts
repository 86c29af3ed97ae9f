/** What begins a formula, also in the wide letters of East Asia. Some spreadsheets overlook control characters before it. */
const BEGINS_FORMULA = /^[\p{Cc}=+\-@\uff1d\uff0b\uff0d\uff20]/u

/** What a spreadsheet would take for a formula is text (I49). */
const safe = (cell: string): string => (BEGINS_FORMULA.test(cell) ? `'${cell}` : cell)

/** RFC 4180: every cell in quotes, lines end in CRLF. The registry's exports and the lists of the command line are written by it. */
export const csvOf = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, ...rows]
    .map((row) =>
      row
        .map((cell) => `"${safe(cell).replaceAll('"', '""')}"`)
        .join(',')
        .concat('\r\n'),
    )
    .join('')

/** What a spreadsheet would take for a formula is text (E001); some take the wide forms of East Asia for the same. */
const safe = (cell: string): string => (/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell) ? `'${cell}` : cell)

/** RFC 4180: every cell in quotes, lines end in CRLF. */
export const csvOf = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, ...rows]
    .map((row) =>
      row
        .map((cell) => `"${safe(cell).replaceAll('"', '""')}"`)
        .join(',')
        .concat('\r\n'),
    )
    .join('')

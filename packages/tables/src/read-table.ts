import { readCsv } from './read-csv.ts'
import { isNdjson, readNdjson } from './read-ndjson.ts'
import { readXlsx } from './read-xlsx.ts'
import type { Table, TableLimits } from './table.ts'
import { TableFault } from './table-fault.ts'

/** The first bytes of a ZIP file, and of the older container that also holds workbooks with a password. */
const ZIP = [0x50, 0x4b, 0x03, 0x04]
const OLE = [0xd0, 0xcf, 0x11, 0xe0]

/**
 * Reads a spreadsheet that an office made, or rows of JSON that a program wrote. Its bytes decide the format, never its name or its content type. Opens nothing else: links
 * inside the file stay links. Throws `TableFault` if the whole file cannot be read. Cells and rows have their own faults.
 */
export function readTable(bytes: Uint8Array, limits: TableLimits): Table {
  const begins = (signature: readonly number[]) => signature.every((byte, at) => bytes[at] === byte)
  if (begins(OLE)) throw new TableFault('old-format')
  const read = begins(ZIP) ? readXlsx : isNdjson(bytes) ? readNdjson : readCsv
  const table = read(bytes, limits)
  if (table.rows.length < 2) throw new TableFault('no-rows')
  return table
}

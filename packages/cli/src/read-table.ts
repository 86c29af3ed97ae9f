import { readFile } from 'node:fs/promises'
import { usageFailure } from './failure.ts'

/** A row that is not blank. */
export interface Cells {
  /** The line number in a spreadsheet: a row whose cells have several lines counts once. */
  line: number
  cells: readonly string[]
}

const LIMITS = { rows: 100_001, bytes: 16 * 1024 * 1024, cells: 1_000_000 }

/** The rows of a spreadsheet, by the reader of the registry. The first one has the column names. No fault repeats a cell. */
export async function readCells(path: string): Promise<Cells[]> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw usageFailure(`${path} cannot be read (${error.code ?? 'unknown'})`)
  })
  const { readTable, TableFault } = await import('@sijil/tables')
  try {
    return readTable(bytes, LIMITS).rows.map(({ line, cells }) => ({
      line,
      cells: Array.from(cells, (cell) => {
        if (cell?.kind === 'faulty') throw usageFailure(`${path}, line ${line}: a cell has no value (${cell.fault})`)
        return cell?.text ?? ''
      }),
    }))
  } catch (fault) {
    if (!(fault instanceof TableFault)) throw fault
    throw usageFailure(
      `${path} cannot be read${fault.line === undefined ? '' : ` at line ${fault.line}`}: ${fault.message}`,
    )
  }
}

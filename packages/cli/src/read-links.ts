import { csvOf } from '@sijil/credentials/csv'
import { usageFailure } from './failure.ts'
import { isLink, type Judged, type Named } from './judge-each.ts'
import { readCells } from './read-table.ts'

/**
 * The links of a spreadsheet with a column `link`, such as the file of links of a batch. A row is called by its column `certificate`, or by
 * its line. A row without a link is an error, so that no certificate is left out in silence.
 */
export async function readLinks(path: string): Promise<Named[]> {
  const [head, ...rows] = await readCells(path)
  const columnOf = (name: string) => head?.cells.findIndex((cell) => cell.trim().toLowerCase() === name) ?? -1
  const [link, certificate] = [columnOf('link'), columnOf('certificate')]
  if (link < 0) throw usageFailure(`${path} has no column with the name link`)
  return rows.map(({ line, cells }) => {
    const what = cells[link]?.trim() ?? ''
    if (!isLink(what)) throw usageFailure(`${path}, line ${line}: there is no link`)
    return { what, name: cells[certificate]?.trim() || `line ${line}` }
  })
}

export const reportCsv = (judged: readonly Judged[], verifiedAt: Date): string =>
  csvOf(
    ['certificate', 'verdict', 'why', 'verifiedAt'],
    judged.map(({ name, outcome, why }) => [name, outcome, why, verifiedAt.toISOString()]),
  )

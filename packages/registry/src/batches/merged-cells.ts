import type { Cell, Merged, Table } from '@sijil/tables'

/** A row has no further columns. */
const LAST_COLUMN = 255

/**
 * Finds the first cell of the merged cells to which a place belongs, in a file of any length. Merged cells do not overlap, so of each column
 * only the last ones above a line can reach it.
 */
export function mergedCells({ rows, merged }: Table): (line: number, column: number) => Cell | undefined {
  const byColumn = new Map<number, Merged[]>()
  for (const range of merged.toSorted((one, other) => one.lines[0] - other.lines[0]))
    for (let column = range.columns[0]; column <= Math.min(range.columns[1], LAST_COLUMN); column++) {
      const ranges = byColumn.get(column)
      if (ranges === undefined) byColumn.set(column, [range])
      else ranges.push(range)
    }
  const rowOf = merged.length === 0 ? undefined : new Map(rows.map((row) => [row.line, row]))
  return (line, column) => {
    const range = lastAbove(byColumn.get(column) ?? [], line)
    return range && line <= range.lines[1] ? rowOf?.get(range.lines[0])?.cells[range.columns[0]] : undefined
  }
}

/** The last range that begins above the line. */
function lastAbove(ranges: readonly Merged[], line: number): Merged | undefined {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ranges[middle] as Merged).lines[0] < line) low = middle + 1
    else high = middle
  }
  return ranges[low - 1]
}

import { between } from './results.ts'

/** One kind of request. Times are milliseconds from request to answer, the client's part included. */
export interface LoadRow {
  what: string
  answers: number
  perSecond: number
  median: number
  ninetyFifth: number
  slowest: number
}

/** The content of `bench/load.json`. */
export interface Load {
  date: string
  node: string
  /** Requests at the same time. */
  inFlight: number
  /** The most memory that the registry took. Absent where the system does not say. */
  megabytes?: number
  rows: readonly LoadRow[]
}

const shown = (value: number) => (value >= 10 ? value.toFixed(0) : value.toFixed(1))

/** The table in docs/performance.md. */
export function tableOfLoad({ date, node, inFlight, megabytes, rows }: Load): string {
  const memory = megabytes === undefined ? '' : `, at most ${megabytes} MB of memory for the registry`
  return [
    `Run of ${date.slice(0, 10)}, Node ${node}, ${inFlight} requests at the same time${memory}.`,
    '',
    '| what | answers | a second | median | 95 of 100 within | slowest |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(
      ({ what, answers, perSecond, median, ninetyFifth, slowest }) =>
        `| ${what} | ${answers} | ${shown(perSecond)} | ${shown(median)} ms | ${shown(ninetyFifth)} ms | ${shown(slowest)} ms |`,
    ),
  ].join('\n')
}

/** Returns the page with the table of this run between its marks. */
export const pageWithLoad = (page: string, load: Load): string =>
  between(page, ['<!-- bench/load.json -->', '<!-- end of load -->'], tableOfLoad(load))

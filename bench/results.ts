import type { BatchMeasured } from './batch.ts'
import type { Spread } from './rounds.ts'

/** Pairs of subjects that are compared. A ratio of 2 means that the first is twice as fast. */
export const comparisons = {
  verifyToRaw: ['verify', 'raw Ed25519 verify'],
  verifyToDigitalBazaar: ['verify', '@digitalbazaar/vc verify'],
  verifyToVerifierCore: ['verify', 'verifier-core verify'],
  verifyToJose: ['verify', 'jose vc+jwt verify'],
  sealToRaw: ['seal', 'raw Ed25519 sign'],
  sealToDigitalBazaar: ['seal', '@digitalbazaar/vc issue'],
  sealToJose: ['seal', 'jose vc+jwt sign'],
  httpVerifyToDigitalBazaar: ['HTTP verify', '@digitalbazaar/vc HTTP verify'],
  batchToSingle: ['row of a batch', 'issue function beside it'],
  pageInThaiToEnglish: ['verdict page in Thai', 'verdict page'],
  searchToSqlite: ['catalogue search', 'SQLite FTS5 search'],
  searchToScan: ['catalogue search', 'scan of all records'],
  listPageToSmall: ['list page of a body', 'list page of a small body'],
  listPageToPlainTable: ['list page of a body', 'list page from a plain table'],
} as const
export type RatioName = keyof typeof comparisons

/** The content of `bench/results.json`. */
export interface Results {
  date: string
  node: string
  rounds: number
  /** Whether the run used only one core. */
  pinned: boolean
  /** Medians of the rounds. */
  ratios: Record<RatioName, number>
  ratioSpreads: Record<RatioName, Spread>
  /** Processor time above that of an empty process, at its best: the verify path of the package, and the whole function. */
  coldImportMs: number
  coldFunctionMs: number
  coldSpreads: Record<'empty' | 'verify path' | 'verify function', { clock: Spread; processor: Spread; atBest: number }>
  /** The larger number of a document and a link. */
  readUnitsPerVerify: number
  readUnitsPerVerifyDocument: number
  readUnitsPerIssue: number
  writeUnitsPerIssue: number
  /** Calls of the store. For verifying, the larger number of a document and a link. */
  readsPerVerify: number
  writesPerVerify: number
  readsPerIssue: number
  writesPerIssue: number
  trust: TrustRates
  statusDecodeUs: number
  statusTestNs: number
  worstInput: string
  worstInputMs: number
  /** The longest file, of which so many rows were issued. */
  batch: BatchMeasured
  /** Processor time of a call, for orientation. It depends on the machine and the day. */
  microseconds: Record<string, Spread>
}

/** Questions per second of processor time, from the medians of the rounds. */
export interface TrustRates {
  questionsPerSecond: number
  questionsPerSecondUncached: number
  trqpOverHttpPerSecond: number
  /** By the number of issuers in the registry, uncached. */
  growth: Record<(typeof GROWTH)[number], number>
}
export const GROWTH = [10, 1_000, 100_000] as const

export interface Goal {
  means: string
  value: (results: Results) => number
  unit: '' | 'ms' | 'ns' | 'units' | '/s' | 'MiB'
  /** Absent: the value is only shown. */
  least?: number
  most?: number
}

const ratio =
  (name: RatioName) =>
  ({ ratios }: Results) =>
    ratios[name]

/** Pages of each paper that is measured: the certificate, and its eight units. */
export const PAGES = 2

/** How many calls of a subject fit into a second of processor time. */
const rate =
  (subject: string) =>
  ({ microseconds }: Results) =>
    1_000_000 / (microseconds[subject]?.median ?? Number.NaN)

/** Milliseconds of processor time of one call. */
const time =
  (subject: string) =>
  ({ microseconds }: Results) =>
    (microseconds[subject]?.median ?? Number.NaN) / 1_000

// biome-ignore format: it reads as a table
/** The required results on one pinned core, with a certificate of eight units. */
export const goals: readonly Goal[] = [
  { means: 'verify (text in, before status and trust) to a bare Ed25519 verify',           value: ratio('verifyToRaw'),               unit: '',      least: 0.4 },
  { means: 'verify to `@digitalbazaar/vc`',                                                value: ratio('verifyToDigitalBazaar'),     unit: '',      least: 30 },
  { means: 'verify to `@digitalcredentials/verifier-core`, network answered from memory',  value: ratio('verifyToVerifierCore'),      unit: '' },
  { means: 'verify to `jose` with the same document as `vc+jwt`',                          value: ratio('verifyToJose'),              unit: '',      least: 0.75 },
  { means: 'seal (build, canonical form, sign, encode) to a bare Ed25519 sign',            value: ratio('sealToRaw'),                 unit: '',      least: 0.2 },
  { means: 'seal to issuing with `@digitalbazaar/vc`',                                     value: ratio('sealToDigitalBazaar'),       unit: '' },
  { means: 'seal to signing the same document as `vc+jwt` with `jose`',                    value: ratio('sealToJose'),                unit: '' },
  { means: 'HTTP verify, every check, to a server that asks `@digitalbazaar/vc` only',     value: ratio('httpVerifyToDigitalBazaar'), unit: '',      least: 8 },
  { means: 'certificates issued by one process, both verifiers before release',            value: rate('issue function'),             unit: '/s',    least: 80 },
  { means: 'rows of a batch issued by one process, both verifiers before release',          value: ({ batch }) => batch.perSecond,     unit: '/s',    least: 80 },
  { means: 'a row of a batch to a certificate that is asked for alone, in one process, both verifiers before release', value: ratio('batchToSingle'), unit: '', least: 1 },
  { means: 'the most memory of that process, with a file of 100,000 rows',                  value: ({ batch }) => batch.peakMiB,       unit: 'MiB',   most: 512 },
  { means: 'a verdict page, HTML, in English',                                             value: rate('verdict page'),               unit: '/s',    least: 600 },
  { means: 'a status list that did not change, decided and read from its file',            value: rate('status list'),                unit: '/s',    least: 5_000 },
  { means: 'the same page in Thai to that in English',                                     value: ratio('pageInThaiToEnglish'),       unit: '',      least: 0.77 },
  { means: 'a search of 20,000 qualifications to the full-text index of SQLite (FTS5, trigrams)', value: ratio('searchToSqlite'),      unit: '',      least: 1 },
  { means: 'the same to looking through every record',                                     value: ratio('searchToScan'),              unit: '',      least: 8 },
  { means: 'the list page of a body with 100,000 certificates, four questions in turns',     value: time('list page of a body'),       unit: 'ms',    most: 10 },
  { means: 'the same to that of a body with 1,000',                                        value: ratio('listPageToSmall'),           unit: '',      least: 0.5 },
  { means: 'the same to that page from one query of a plain table in SQLite',              value: ratio('listPageToPlainTable'),      unit: '' },
  { means: 'what a grant covers among 20,000 qualifications, counted under a chain of three', value: rate('coverage of a grant'), unit: '/s' },
  { means: 'the largest comparison, 100 units by 100: judged, counted, and every unit suggested', value: time('comparison'), unit: 'ms', most: 50 },
  { means: 'a verify beside ten class decisions that cover its certificate, every check', value: time('verify beside decisions'), unit: 'ms' },
  { means: 'pages of paper in five scripts, as PDF/A-3',                                      value: (results) => PAGES * rate('paper')(results), unit: '/s', least: 20 },
  { means: 'cold import of the verify path over an empty process',                         value: (results) => results.coldImportMs,  unit: 'ms',    most: 15 },
  { means: 'cold import of the whole verify function over an empty process',               value: (results) => results.coldFunctionMs, unit: 'ms',   most: 60 },
  { means: 'that empty process itself, for how fast this machine was',                     value: ({ coldSpreads }) => coldSpreads.empty.atBest,             unit: 'ms' },
  { means: 'read units a verify by document, trust warm',                                  value: (results) => results.readUnitsPerVerifyDocument, unit: 'units', most: 2 },
  { means: 'read units a verify by link, or its page: box, first place and record',        value: (results) => results.readUnitsPerVerify, unit: 'units', most: 3 },
  { means: 'write units an issued certificate, indexes included',                          value: (results) => results.writeUnitsPerIssue, unit: 'units', most: 12 },
  { means: 'read units an issued certificate',                                             value: (results) => results.readUnitsPerIssue, unit: 'units' },
  { means: 'trust questions over a chain of three, 50 commits each, folds remembered',     value: ({ trust }) => trust.questionsPerSecond, unit: '/s', least: 50_000 },
  { means: 'the same, every stream read and folded anew',                                  value: ({ trust }) => trust.questionsPerSecondUncached, unit: '/s', least: 2_000 },
  { means: 'the same among 10 issuers, each asked about in turn',                          value: ({ trust }) => trust.growth[10],    unit: '/s' },
  { means: 'the same among 1,000 issuers',                                                 value: ({ trust }) => trust.growth[1_000], unit: '/s' },
  { means: 'the same among 100,000 issuers',                                               value: ({ trust }) => trust.growth[100_000], unit: '/s' },
  { means: 'TRQP over HTTP (`POST /authorization`), client and server together',           value: ({ trust }) => trust.trqpOverHttpPerSecond, unit: '/s' },
  { means: 'one entry of a decoded status list',                                           value: (results) => results.statusTestNs,  unit: 'ns',    most: 100 },
  { means: 'the costliest body of 64 KiB on the fast path',                                value: (results) => results.worstInputMs,  unit: 'ms',    most: 5 },
]

const rounded = (value: number) => (value >= 10 ? value.toFixed(0) : value.toFixed(value >= 1 ? 1 : 2))
const withUnit = (value: number, unit: Goal['unit']) => `${rounded(value)}${unit && ` ${unit}`}`

export const isMet = ({ value, least, most }: Goal, results: Results): boolean =>
  value(results) >= (least ?? Number.NEGATIVE_INFINITY) && value(results) <= (most ?? Number.POSITIVE_INFINITY)

/** The table in docs/performance.md. */
export function tableOf(results: Results): string {
  const rows = goals.map((goal) => {
    const { means, value, unit, least, most } = goal
    const wanted = least !== undefined ? `at least ${least}` : most !== undefined ? `at most ${most}` : ''
    const judged = wanted === '' ? '' : isMet(goal, results) ? 'reached' : '**missed**'
    return `| ${means} | ${withUnit(value(results), unit)} | ${wanted} | ${judged} |`
  })
  return [
    `Run of ${results.date.slice(0, 10)}, Node ${results.node}, ${results.rounds} rounds${results.pinned ? ', one core' : ''}.`,
    '',
    '| what | measured | goal | |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}

/** Returns the page with the table of these results between its marks. */
export const pageWith = (page: string, results: Results): string =>
  between(page, ['<!-- bench/results.json -->', '<!-- end -->'], tableOf(results))

/** Returns the page with this text between two marks. */
export function between(page: string, marks: readonly [string, string], text: string): string {
  const [from, to] = marks.map((mark) => page.indexOf(mark)) as [number, number]
  if (from === -1 || to < from) throw new Error('the page has no marks for the table')
  return `${page.slice(0, from)}${marks[0]}\n${text}\n${page.slice(to)}`
}

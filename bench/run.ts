import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { DEFAULT_ROWS, measureBatch } from './batch.ts'
import { measureCapacity } from './capacity.ts'
import { measureCold } from './cold-import.ts'
import { pageWithCost } from './cost.ts'
import { measureHeavy, measureStatusList } from './limits.ts'
import { comparisons, pageWith, type RatioName, type Results, tableOf } from './results.ts'
import { measure, ratioOf, type Spread, spreadOf, type Times } from './rounds.ts'
import { openBatchSubjects } from './subjects/batch.ts'
import { openCatalogueSubjects } from './subjects/catalogue.ts'
import { openCertificateSubjects } from './subjects/certificates.ts'
import { openComparisonSubjects } from './subjects/comparisons.ts'
import { openCoverageSubjects } from './subjects/coverage.ts'
import { openFunctionSubjects } from './subjects/functions.ts'
import { openListSubjects } from './subjects/lists.ts'
import { openPackage } from './subjects/package.ts'
import { openPageSubjects } from './subjects/pages.ts'
import { openPaperSubjects } from './subjects/paper.ts'
import { measureTrust } from './trust.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const PINNED = 'SIJIL_BENCH_PINNED'
const ROUNDS = 15
/** A lowest value needs more rounds than a median. */
const STARTS = 40
const PACE = { rounds: ROUNDS, turns: 10, milliseconds: 200 }
/** Slow calls leave much garbage, and the next subject pays for collecting it. With fewer turns this happens less often. */
const SLOW = { ...PACE, turns: 2 }

/** Restarts this program on the last core, if the platform supports it. */
function pin(): never | undefined {
  if (process.env[PINNED] !== undefined) return undefined
  const core = String(availableParallelism() - 1)
  const again = ['-c', core, process.execPath, ...process.execArgv, ...process.argv.slice(1)]
  const { status, error } = spawnSync('taskset', again, { stdio: 'inherit', env: { ...process.env, [PINNED]: core } })
  if (error === undefined) process.exit(status ?? 1)
  console.error('taskset was not found, so the run is not limited to one core.')
  return undefined
}

async function run(): Promise<Results> {
  const shared = { date: new Date().toISOString(), node: process.versions.node, rounds: ROUNDS }
  // Measured first, while the caches of the core contain nothing of ours.
  const cold = measureCold(STARTS)
  // Each kind has its own turns, so that a fast subject rarely has to collect the garbage of a slow one.
  const inPackage = await openPackage()
  const verify = await measure(inPackage.verifiers, PACE)
  const issue = await measure(inPackage.issuers, PACE)
  inPackage.close()
  const functions = await openFunctionSubjects()
  const asked = await measure(functions.verifiers, SLOW)
  const issued = await measure(functions.issuers, SLOW)
  await functions.close()
  const season = await measure(await openBatchSubjects(), SLOW)
  const pages = await measure(await openPageSubjects(), PACE)
  const listed = await measure(await openListSubjects(), PACE)
  const searched = await measure(openCatalogueSubjects(), SLOW)
  const desk = await measure(await openCertificateSubjects(), SLOW)
  const covered = await measure(await openCoverageSubjects(), SLOW)
  const compared = await measure(openComparisonSubjects(), SLOW)
  const paper = await measure(openPaperSubjects(), SLOW)
  const trust = await measureTrust(PACE)

  const times: Times = new Map([
    ...verify,
    ...issue,
    ...asked,
    ...issued,
    ...season,
    ...pages,
    ...listed,
    ...searched,
    ...desk,
    ...covered,
    ...compared,
    ...paper,
    ...trust.times,
  ])
  const names = Object.keys(comparisons) as RatioName[]
  const spreads = Object.fromEntries(
    names.map((name) => {
      const [subject, other] = comparisons[name]
      return [name, ratioOf(times, subject, other)]
    }),
  )
  const capacity = await measureCapacity()
  const heavy = measureHeavy(20)
  const list = measureStatusList(100_000)
  const batch = await measureBatch(rowsAsked())
  return {
    ...shared,
    pinned: process.env[PINNED] !== undefined,
    ratios: mapped(spreads as Record<RatioName, Spread>, ({ median }) => median),
    ratioSpreads: spreads as Record<RatioName, Spread>,
    coldImportMs: cold['verify path'].atBest,
    coldFunctionMs: cold['verify function'].atBest,
    coldSpreads: cold,
    readUnitsPerVerify: Math.max(capacity.readUnitsPerVerify.document, capacity.readUnitsPerVerify.link),
    readUnitsPerVerifyDocument: capacity.readUnitsPerVerify.document,
    readUnitsPerIssue: capacity.readUnitsPerIssue,
    writeUnitsPerIssue: capacity.writeUnitsPerIssue,
    readsPerVerify: Math.max(capacity.readsPerVerify.document, capacity.readsPerVerify.link),
    writesPerVerify: capacity.writesPerVerify,
    readsPerIssue: capacity.readsPerIssue,
    writesPerIssue: capacity.writesPerIssue,
    trust: trust.rates,
    statusDecodeUs: list.decodeMicroseconds,
    statusTestNs: list.testNanoseconds,
    worstInput: heavy.slowest,
    worstInputMs: heavy.milliseconds,
    batch,
    microseconds: Object.fromEntries([...times].map(([name, all]) => [name, spreadOf(all)])),
  }
}

/** `npm run bench -- --batch 100000` issues every row of the file. */
function rowsAsked(): number {
  const at = process.argv.indexOf('--batch')
  return at === -1 ? DEFAULT_ROWS : Number(process.argv[at + 1])
}

const mapped = <K extends string, A, B>(record: Record<K, A>, change: (value: A) => B) =>
  Object.fromEntries(Object.entries<A>(record).map(([key, value]) => [key, change(value)])) as Record<K, B>

/** Three digits are enough for a measurement. */
const short = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(3)) : value)

function print(results: Results): void {
  console.log(`\n${tableOf(results)}\n`)
  console.log('A ratio of 2 means twice as fast: medians of the rounds, each subject in turns with the others.\n')
  const line = (name: string, columns: readonly string[]) =>
    console.log(name.padEnd(40) + columns.map((column) => column.padStart(9)).join(''))
  line('microseconds a call, for orientation', ['min', 'median', 'max'])
  for (const [name, spread] of Object.entries(results.microseconds)) {
    const columns = [spread.min, spread.median, spread.max].map((value) => value.toFixed(0))
    line(name, columns)
  }
}

pin()
const results: Results = JSON.parse(JSON.stringify(await run(), short))
print(results)
writeFileSync(here('results.json'), `${JSON.stringify(results, null, 2)}\n`)
const page = here('../docs/performance.md')
if (existsSync(page)) writeFileSync(page, pageWith(readFileSync(page, 'utf8'), results))
const cost = here('../docs/cost.md')
writeFileSync(cost, pageWithCost(readFileSync(cost, 'utf8'), results))

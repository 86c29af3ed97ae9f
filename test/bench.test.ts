import { readFileSync } from 'node:fs'
import { streams } from '@sijil/registry'
import { accreditationStatus, trustOf } from '@sijil/registry/trust'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { measureCapacity } from '../bench/capacity.ts'
import { makeKeys } from '../bench/certificates.ts'
import { pageWithCost } from '../bench/cost.ts'
import { heavyTexts, judge } from '../bench/limits.ts'
import { pageWithLoad } from '../bench/load-table.ts'
import { comparisons, goals, isMet, pageWith, type Results } from '../bench/results.ts'
import { measure, ratioOf, type Subject, spreadOf } from '../bench/rounds.ts'
import { openBatchSubjects } from '../bench/subjects/batch.ts'
import { openCatalogueSubjects } from '../bench/subjects/catalogue.ts'
import { openCertificateSubjects } from '../bench/subjects/certificates.ts'
import { openComparisonSubjects } from '../bench/subjects/comparisons.ts'
import { openCoverageSubjects } from '../bench/subjects/coverage.ts'
import { openFunctionSubjects } from '../bench/subjects/functions.ts'
import { openPackage, sealedAgrees } from '../bench/subjects/package.ts'
import { openPageSubjects } from '../bench/subjects/pages.ts'
import { openPaperSubjects } from '../bench/subjects/paper.ts'
import { grownName, openGrowth, openTrustSubjects } from '../bench/subjects/trust.ts'
import { CHAIN, COMMITS, questions, recordChain } from '../bench/trust-chains.ts'
import { MemoryStore } from './support/memory-store.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const results: Results = JSON.parse(read('../bench/results.json'))

describe('the compared subjects work correctly', () => {
  let inPackage: Awaited<ReturnType<typeof openPackage>>
  let functions: Awaited<ReturnType<typeof openFunctionSubjects>>
  let pages: Subject[]
  let season: Subject[]
  let coverage: Subject[]
  let lists: Subject[]
  beforeAll(async () => {
    inPackage = await openPackage()
    functions = await openFunctionSubjects()
    pages = await openPageSubjects()
    season = await openBatchSubjects(50)
    coverage = await openCoverageSubjects(200)
    lists = await openCertificateSubjects(200, 100)
  })
  afterAll(async () => {
    inPackage.close()
    await functions.close()
  })
  const all = () => [
    ...inPackage.verifiers,
    ...inPackage.issuers,
    ...functions.verifiers,
    ...functions.issuers,
    ...season,
    ...pages,
    ...openCatalogueSubjects(1_000),
    ...coverage,
    ...lists,
    ...openComparisonSubjects(),
    ...openPaperSubjects(),
  ]

  test('each subject accepts each document, and each verifier refuses an altered one', async () => {
    for (const subject of all()) expect(await subject.run(31), subject.name).toBe(true)
    for (const verifier of [...inPackage.verifiers, ...functions.verifiers]) {
      expect(await verifier.refuses(), verifier.name).toBe(true)
    }
  })

  test('our sealed document equals that of @digitalbazaar/vc, and both verifiers accept either', async () => {
    expect(await sealedAgrees()).toBe(true)
  })

  test('every comparison names two subjects', () => {
    const names = new Set(all().map(({ name }) => name))
    for (const pair of Object.values(comparisons)) for (const name of pair) expect(names).toContain(name)
  })
})

test.each(goals.filter(({ unit, least, most }) => (unit === '' || unit === 'units') && (least ?? most) !== undefined))(
  'the last measurement reaches its goal: $means',
  (goal) => {
    expect(isMet(goal, results)).toBe(true)
  },
)

describe('the measured questions about trust', () => {
  test('rest on a chain of three entities, with 50 commits each', async () => {
    const store = new MemoryStore()
    await recordChain(store)
    for (const id of CHAIN) expect((await store.read(streams.trust(id))).length, id).toBe(COMMITS)
    expect([CHAIN.length, COMMITS]).toEqual([3, 50])
  })

  test('have different answers on different days, and each subject gives the same answer every time', async () => {
    const store = new MemoryStore()
    await recordChain(store)
    const ask = { trust: trustOf(store), policy: { demonstration: true } }
    const answers = await Promise.all(questions().map((question) => accreditationStatus(question, ask)))
    expect(new Set(answers.map(({ standing }) => standing))).toEqual(new Set(['authorised', 'suspended']))

    const { subjects, close } = await openTrustSubjects()
    for (const subject of subjects) {
      for (let at = 0; at < questions().length; at++) expect(await subject.run(at), subject.name).toBe(true)
    }
    await close()
  })

  test.each([10, 1_000])('read only the three streams of their chain, among %i issuers', async (issuers) => {
    const { subjects, reads } = await openGrowth([issuers])
    const [subject] = subjects
    expect(subject?.name).toBe(grownName(issuers))
    for (let at = 0; at < 20; at++) {
      expect(await subject?.run(at)).toBe(true)
      expect(reads()).toBe(3 * (at + 1))
    }
  })
})

describe('the method of measurement', () => {
  const counting = (name: string, answer = true): Subject & { calls: number[] } => {
    const calls: number[] = []
    return { name, calls, run: (at) => calls.push(at) > 0 && answer }
  }

  test('lets subjects take turns, each with the next text', async () => {
    const order: string[] = []
    const subject = (name: string): Subject => ({ name, run: () => order.push(name) > 0 })
    await measure([subject('a'), subject('b')], { rounds: 2, turns: 2, milliseconds: 0.001 })
    expect(order.filter((name, at) => name !== order[at - 1])).toEqual([...'abababababab'])
    const counted = counting('a')
    const times = await measure([counted], { rounds: 1, turns: 1, milliseconds: 1 })
    // A busy machine may leave time for one call of a round only.
    for (const [at, call] of counted.calls.entries())
      expect([0, (counted.calls[at - 1] ?? -1) + 1], `call ${at}`).toContain(call)
    expect(counted.calls.filter((call) => call === 0)).toHaveLength(2)
    expect(times.get('a')).toHaveLength(1)
  })

  test('stops the run at the first wrong answer', async () => {
    await expect(measure([counting('a', false)], { rounds: 1, turns: 1, milliseconds: 1 })).rejects.toThrow(
      'a gave a wrong answer',
    )
  })

  test('gives the median of the ratios of the rounds as the ratio', () => {
    const times = new Map([
      ['ours', [1, 2, 4]],
      ['theirs', [10, 10, 10]],
    ])
    expect(ratioOf(times, 'ours', 'theirs')).toEqual({ min: 2.5, median: 5, max: 10 })
    expect(spreadOf([4, 1, 2, 3])).toEqual({ min: 1, median: 2.5, max: 4 })
    expect(() => ratioOf(times, 'ours', 'nobody')).toThrow('nobody was not measured')
  })
})

test('a verification needs at most 2 read units if trust is in memory, one by a link 3 of them, and none writes anything; an issuance needs at most 12 write units', async () => {
  const { readUnitsPerVerify, writeUnitsPerIssue, ...calls } = await measureCapacity()
  expect(readUnitsPerVerify.document).toBe(1)
  expect(readUnitsPerVerify.link).toBe(3)
  expect(writeUnitsPerIssue).toBeGreaterThan(4)
  expect(writeUnitsPerIssue).toBeLessThanOrEqual(12)
  expect([calls.readsPerVerify, calls.writesPerVerify]).toEqual([{ document: 1, link: 3 }, 0])
  // Status entry, reservation, number, the look of the number, box, release.
  expect(calls.writesPerIssue).toBe(6)
  expect(calls.readsPerIssue).toBeGreaterThan(calls.writesPerIssue)
  expect(calls.readsPerIssue).toBeLessThanOrEqual(30)
})

test('each body that is made to be expensive has 32 to 64 KiB, and gets the right verdict', () => {
  const keys = makeKeys()
  for (const [name, text] of Object.entries(heavyTexts(keys))) {
    const bytes = Buffer.byteLength(text)
    expect(bytes, name).toBeLessThanOrEqual(65_536)
    expect(bytes, name).toBeGreaterThan(32_768)
    expect(judge(text, keys), name).toBe(/^(as many units|texts of nothing)/.test(name) ? true : undefined)
  }
})

describe('docs/performance.md', () => {
  test('shows the last run, with the numbers of bench/results.json', () => {
    const page = read('../docs/performance.md')
    expect(page).toBe(pageWith(page, results))
  })

  test('and docs/cost.md show what follows from these units for a year', () => {
    const page = read('../docs/cost.md')
    expect(page).toBe(pageWithCost(page, results))
    expect(page).toMatch(/\| \*\*together\*\* \| [\d,]+ \| [\d,]+ \| [\d,]+ \|/)
  })

  test('shows the last run under load, with the numbers of bench/load.json', () => {
    const page = read('../docs/performance.md')
    expect(page).toBe(pageWithLoad(page, JSON.parse(read('../bench/load.json'))))
  })

  test('shows by a profile where the time goes, as long as a verify is below 0.6 of a bare signature, or a seal below 0.3', () => {
    const page = read('../docs/performance.md')
    expect(page).toContain('We want a seal at 0.3 of a bare signature and a verify at 0.6')
    const profile = page.split('### A profile of both')[1]?.split('\n## ')[0] ?? ''
    const shares = [...profile.matchAll(/^\| .+ \| (\d+) % \| (?:(\d+) % )?\|$/gm)]
    for (const subject of [1, 2])
      expect(shares.reduce((sum, share) => sum + Number(share[subject] ?? 0), 0)).toBeCloseTo(100, -1)
  })

  test('says for each goal whether the last run reached it', () => {
    const page = read('../docs/performance.md')
    const missed = goals.filter((goal) => !isMet(goal, results))
    expect(page.split('**missed**')).toHaveLength(missed.length + 1)
    expect(goals.filter(({ least, most }) => least !== undefined || most !== undefined).length).toBeGreaterThan(8)
  })
})

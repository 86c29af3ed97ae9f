import { between, type Results } from './results.ts'

/**
 * What a deployment costs in a year, in US dollars, and where it comes from (docs/cost.md). Units come from the measured results, prices
 * and habits from the tables below. It is arithmetic for a budget, not a bill.
 */

// biome-ignore format: it reads as a table
/** List prices of ap-southeast-1 as remembered in December 2026, without free amounts and discounts. Check them before a budget. */
const prices = {
  writeUnits:      0.71 / 1e6,
  readUnits:       0.1425 / 1e6,
  storedGB:        (0.285 + 0.228) * 12, // a month of the table, and of its backup to any second
  trailEvents:     0.1 / 1e5,
  signatures:      0.15 / 1e4,
  secretUses:      0.03 / 1e4,
  keys:            12,
  functionGBs:     0.0000133334,
  requests:        (0.2 + 1.25) / 1e6, // the function, and the API in front of it
  edgeRequests:    0.012 / 1e4 + 0.6 / 1e6, // CloudFront and its firewall
  edgeGB:          0.12,
  logGB:           0.7 + 0.03 * 12,
  alarms:          0.1 * 12,
  firewallRules:   12,
} as const
type Price = keyof typeof prices

/** How a registry is used. An operator who knows better changes these numbers. */
const habits = {
  /** Verifications of a certificate in the year in which it was issued. Two of three open its page. */
  verifications: 3,
  /** Pages, styles and icons that a person loads for one verification. */
  edgeRequestsEach: 5,
  edgeKilobytesEach: 65,
  /** Bytes of one certificate in tables, with its box, its index and its places in the logs. */
  storedKilobytes: 14,
  /** Bytes of log lines of one request. */
  logKilobytes: 1.5,
  /** Write units of a certificate in the logs, and read units of sweeper, writer of the logs and audit. */
  loggedWrites: 4,
  loggedReads: 30,
  /** Seconds of a function with 1.7 GB for one issue and one verification, waiting for keys and tables included. */
  issueSeconds: 0.35,
  verifySeconds: 0.06,
}

const sizes = [
  { certificates: 10_000, bodies: 5 },
  { certificates: 1_000_000, bodies: 60 },
  { certificates: 100_000_000, bodies: 600 },
] as const
type Size = (typeof sizes)[number]

const GB = 1e6 // kilobytes

/** The numbers of each priced unit in a year, by what causes them. */
function partsOf({ certificates, bodies }: Size, results: Results): Record<string, Partial<Record<Price, number>>> {
  const verifications = certificates * habits.verifications
  const requests = certificates + verifications
  const kilobytes = certificates * habits.storedKilobytes
  return {
    'issuing: writes, reads, one signature': {
      writeUnits: certificates * (results.writeUnitsPerIssue + habits.loggedWrites),
      readUnits: certificates * (results.readUnitsPerIssue + habits.loggedReads),
      signatures: certificates,
      secretUses: certificates,
      functionGBs: certificates * habits.issueSeconds * 1.73,
      requests: certificates,
    },
    'verifying: reads, pages, the edge': {
      readUnits: verifications * results.readUnitsPerVerify,
      functionGBs: verifications * habits.verifySeconds * 1.73,
      requests: verifications,
      edgeRequests: verifications * habits.edgeRequestsEach,
      edgeGB: (verifications * habits.edgeKilobytesEach) / GB,
    },
    'keeping what is recorded, with backups': { storedGB: kilobytes / GB },
    'the trail: each write to a table': {
      trailEvents: certificates * (results.writeUnitsPerIssue + habits.loggedWrites),
    },
    'log lines, kept for a year': { logGB: (requests * habits.logKilobytes) / GB },
    'keys of bodies and of the registry': { keys: 2 * bodies + 4 },
    // Three rounds in a minute take about 40 s of a function with 1 GB, most of it waiting for the next round.
    'the writer of the logs, sweeper and audit': {
      functionGBs: 365 * 24 * (60 * 40 + 12 * 5 + 60),
      signatures: 2 * 3 * 60 * 24 * 365 * 0.1,
    },
    'alarms and the firewall': { alarms: 70, firewallRules: 25 },
  }
}

const priced = (units: Partial<Record<Price, number>>): number =>
  Object.entries(units).reduce((sum, [unit, count]) => sum + prices[unit as Price] * count, 0)

const dollars = (value: number): string =>
  value < 1 ? '< 1' : Math.round(Number(value.toPrecision(2))).toLocaleString('en')

/** The table in docs/cost.md. */
function tableOfCost(results: Results): string {
  const columns = sizes.map((size) => partsOf(size, results))
  const names = Object.keys(columns[0] ?? {})
  const row = (name: string, values: readonly number[]) => `| ${name} | ${values.map(dollars).join(' | ')} |`
  const totals = columns.map((parts) => Object.values(parts).reduce((sum, units) => sum + priced(units), 0))
  return [
    `| US dollars a year | ${sizes.map(({ certificates }) => `${certificates.toLocaleString('en')} certificates`).join(' | ')} |`,
    `| --- | ${sizes.map(() => '--- |').join(' ')}`,
    ...names.map((name) =>
      row(
        name,
        columns.map((parts) => priced(parts[name] ?? {})),
      ),
    ),
    row('**together**', totals),
    `| a certificate | ${totals.map((total, at) => `${(total / (sizes[at]?.certificates ?? 1)).toPrecision(2)} |`).join(' ')}`,
  ].join('\n')
}

/** Returns the page with the table between its marks. */
export const pageWithCost = (page: string, results: Results): string =>
  between(page, ['<!-- bench/cost.ts -->', '<!-- end of cost -->'], tableOfCost(results))

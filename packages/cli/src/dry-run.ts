import { ask, type RetryPolicy } from './client.ts'
import { CommandFailure } from './failure.ts'
import { parseIssuer } from './identifiers.ts'
import { isObject, textAt } from './json.ts'
import type { Row } from './read-rows.ts'

interface DryRunDeps {
  registry: string
  retry: RetryPolicy
  /** `YYYY-MM-DD`, in UTC. */
  today: string
}

/** What would become of a row. `problem`: why it would be rejected. */
export interface Foreseen {
  line: number
  certificateNumber: string
  problem?: string
}

/** What the registry says of a qualification: the codes of its units, and whether the issuer may issue it now. */
interface Known {
  units: readonly string[]
  problem?: string
}

/**
 * Checks each row against what the registry says to everybody, and sends no row. It cannot see whether a number is in use, and whether
 * a centre may assess: only issuing finds that.
 */
export async function foreseeRows(rows: readonly Row[], issuer: string, deps: DryRunDeps): Promise<Foreseen[]> {
  const known = new Map<string, Known>()
  for (const id of new Set(rows.map(qualificationOf))) known.set(id, await qualificationAt(id, issuer, deps))
  return rows.map((row) => {
    const problem = problemOf(row, known.get(qualificationOf(row)), deps.today)
    return { line: row.line, certificateNumber: row.certificateNumber, ...(problem !== undefined && { problem }) }
  })
}

const qualificationOf = ({ input }: Row): string => String(input.qualification)

async function qualificationAt(id: string, issuer: string, { registry, retry }: DryRunDeps): Promise<Known> {
  const read = (path: string) => ask({ method: 'GET', url: `${registry}${path}` }, retry)
  const path = encodeURIComponent(id)
  const record = await read(`/qualifications/${path}`).catch((error: unknown) => {
    if (error instanceof CommandFailure && error.kind === 'refused') return undefined
    throw error
  })
  if (!isObject(record)) return { units: [], problem: 'the registry has no such qualification' }
  const units = Array.isArray(record.units)
    ? record.units.flatMap((unit) => (isObject(unit) ? (textAt(unit, 'code') ?? []) : []))
    : []
  const answer = await read(`/issuers/${parseIssuer(issuer)}/accreditations?qualification=${path}`)
  const standing = isObject(answer) ? textAt(answer, 'standing') : undefined
  if (standing === 'authorised') return { units }
  return { units, problem: `the issuer may not issue this qualification today (${standing ?? 'unknown'})` }
}

function problemOf({ input }: Row, known: Known | undefined, today: string): string | undefined {
  if (known?.problem !== undefined) return known.problem
  for (const name of ['assessedOn', 'awardedOn'] as const)
    if (typeof input[name] === 'string' && input[name] > today) return `${name} must not lie ahead`
  const asked = Array.isArray(input.units) ? input.units : []
  return asked.every((code) => known?.units.includes(code))
    ? undefined
    : 'unit names a unit that this qualification does not have'
}

/** The answer of a dry run. The counts add up to `submitted`. */
export function answerOf(foreseen: readonly Foreseen[]) {
  const wouldReject = foreseen.filter(({ problem }) => problem !== undefined).length
  const value = {
    submitted: foreseen.length,
    wouldIssue: foreseen.length - wouldReject,
    wouldReject,
    results: foreseen,
  }
  const lines = [
    `${value.submitted} rows: ${value.wouldIssue} would be issued, ${wouldReject} would be rejected. Nothing was issued.`,
    ...foreseen.flatMap(({ line, problem }) => (problem === undefined ? [] : [`  line ${line}: ${problem}`])),
    'Only issuing finds whether a number is in use, and whether a centre may assess.',
  ]
  return { value, lines }
}

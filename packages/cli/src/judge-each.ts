import { CommandFailure, exitCodes, type Problem } from './failure.ts'
import { type Output, plain } from './output.ts'
import { parseJudgement, verdictCodes } from './verdict.ts'

/** A file or a link, and how the output calls it. */
export interface Named {
  what: string
  name: string
}

/** One certificate of a report. It has no link and nothing about a person. */
export interface Judged {
  name: string
  outcome: keyof typeof verdictCodes | 'not verified'
  why: string
}

/** The result for one of several certificates. `problem`: it could not be verified. */
type Result = { what: string } & ({ verification: unknown } | { problem: Problem })

/** A notice about the progress after this many certificates. */
const NOTICE_EVERY = 10

/**
 * Verifies each certificate on its own: one that cannot be read or is refused does not stop the others. Returns the worst exit code:
 * invalid, or else the reason why one could not be verified, or else indeterminate, or else valid. With `report`, it gets all of them, and
 * only those that are not valid are printed.
 */
export async function judgeEach(
  all: readonly Named[],
  judge: (what: string) => Promise<unknown>,
  output: Output,
  report?: (judged: readonly Judged[]) => Promise<void>,
): Promise<number> {
  const results: Result[] = []
  const judged: Judged[] = []
  const codes = new Set<number>()
  let silence: CommandFailure | undefined
  for (const [place, { what, name }] of all.entries()) {
    try {
      // The last request got no answer after all attempts. The others would wait as long for the same result.
      if (silence !== undefined) throw silence
      const verification = await judge(what)
      const judgement = parseJudgement(verification)
      results.push({ what: name, verification })
      judged.push({ name, outcome: judgement.verdict, why: judgement.lines[0] ?? '' })
      codes.add(verdictCodes[judgement.verdict])
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error
      if (error.kind === 'unavailable') silence = error
      results.push({ what: name, problem: error.problem })
      judged.push({ name, outcome: 'not verified', why: `NOT VERIFIED: ${plain(error.problem.title)}` })
      codes.add(exitCodes[error.kind])
    }
    if ((place + 1) % NOTICE_EVERY === 0 && place + 1 < all.length) output.notice(`${place + 1} of ${all.length}`)
  }
  await report?.(judged)
  const shown = report === undefined ? judged : judged.filter(({ outcome }) => outcome !== 'valid')
  const lines = shown.map(({ name, why }) => `${plain(name)}: ${why}`)
  output.answer(results, report === undefined ? lines : [...lines, summaryOf(judged)])
  return worstFirst.find((code) => codes.has(code)) ?? exitCodes.unexpected
}

const worstFirst = [
  verdictCodes.invalid,
  exitCodes.unexpected,
  exitCodes.unavailable,
  exitCodes.refused,
  exitCodes.usage,
  verdictCodes.indeterminate,
  verdictCodes.valid,
]

function summaryOf(judged: readonly Judged[]): string {
  const count = (outcome: Judged['outcome']) => judged.filter((each) => each.outcome === outcome).length
  const [valid, invalid, open, not] = (['valid', 'invalid', 'indeterminate', 'not verified'] as const).map(count)
  return `${judged.length} certificates: ${valid} valid, ${invalid} invalid, ${open} indeterminate, ${not} not verified`
}

/** A link opens a certificate, so the output contains its place in the list and not the link. */
export const named = (what: string, place: number): Named => ({
  what,
  name: isLink(what) ? `link, at place ${place + 1}` : what,
})

export const isLink = (what: string): boolean => /^https?:/i.test(what) || isCode(what)

/** 26 letters and digits, with or without spaces and hyphens. For a file with such a name, write `./` before it. */
export const isCode = (what: string): boolean => /^(?:[\s-]*[0-9a-z]){26}\s*$/i.test(what)

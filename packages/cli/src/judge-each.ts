import { CommandFailure, exitCodes, type Problem } from './failure.ts'
import { type Output, plain } from './output.ts'
import { parseJudgement, verdictCodes } from './verdict.ts'

/** The result for one of several certificates. `problem`: it could not be verified. */
type Result = { what: string } & ({ verification: unknown } | { problem: Problem })

/** A notice about the progress after this many certificates. */
const NOTICE_EVERY = 10

/**
 * Verifies each certificate on its own: one that cannot be read or is refused does not stop the others. Returns the worst exit code:
 * invalid, or else the reason why one could not be verified, or else indeterminate, or else valid.
 */
export async function judgeEach(
  whats: readonly string[],
  judge: (what: string) => Promise<unknown>,
  output: Output,
): Promise<number> {
  const results: Result[] = []
  const lines: string[] = []
  const codes = new Set<number>()
  let silence: CommandFailure | undefined
  for (const [place, what] of whats.entries()) {
    const name = nameOf(what, place)
    try {
      // The last request got no answer after all attempts. The others would wait as long for the same result.
      if (silence !== undefined) throw silence
      const verification = await judge(what)
      const judgement = parseJudgement(verification)
      results.push({ what: name, verification })
      lines.push(`${plain(name)}: ${judgement.lines[0]}`)
      codes.add(verdictCodes[judgement.verdict])
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error
      if (error.kind === 'unavailable') silence = error
      results.push({ what: name, problem: error.problem })
      lines.push(`${plain(name)}: NOT VERIFIED: ${plain(error.problem.title)}`)
      codes.add(exitCodes[error.kind])
    }
    if ((place + 1) % NOTICE_EVERY === 0 && place + 1 < whats.length) output.notice(`${place + 1} of ${whats.length}`)
  }
  output.answer(results, lines)
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

/** A link opens a certificate, so the output contains its place in the list and not the link. */
const nameOf = (what: string, place: number) => (isLink(what) ? `link, at place ${place + 1}` : what)

export const isLink = (what: string): boolean => /^https?:/i.test(what) || isCode(what)

/** 26 letters and digits, with or without spaces and hyphens. For a file with such a name, write `./` before it. */
export const isCode = (what: string): boolean => /^(?:[\s-]*[0-9a-z]){26}\s*$/i.test(what)

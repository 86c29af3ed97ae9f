import { CommandFailure, exitCodes, type Problem } from './failure.ts'
import { type Output, plain } from './output.ts'
import { parseJudgement, verdictCodes } from './verdict.ts'

/** What became of one of several; a problem: nobody could say. */
type Result = { what: string } & ({ verification: unknown } | { problem: Problem })

/** As often as a person wants to know how far it is. */
const EVERY = 10

/**
 * Each stands for itself: one that cannot be read or is refused keeps no other from being verified. The exit code is the worst: invalid
 * where one is; else why one could not be asked; else indeterminate where one is.
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
      // Nobody answered, however often the last one was asked: the others would wait as long to hear the same.
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
    if ((place + 1) % EVERY === 0 && place + 1 < whats.length) output.notice(`${place + 1} of ${whats.length}`)
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

/** A link opens a certificate: what is written down of a long list has none in it. */
const nameOf = (what: string, place: number) => (isLink(what) ? `link, at place ${place + 1}` : what)

export const isLink = (what: string): boolean => /^https?:/i.test(what) || isCode(what)

/** As it is printed, or typed in other ways: 26 letters and digits. A file of such a name is asked for with `./` before it. */
export const isCode = (what: string): boolean => /^(?:[\s-]*[0-9a-z]){26}\s*$/i.test(what)

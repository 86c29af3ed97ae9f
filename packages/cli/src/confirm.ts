import { createInterface } from 'node:readline'
import { usageFailure } from './failure.ts'
import type { Surroundings } from './surroundings.ts'

/** Returns once the user typed yes at a terminal. Scripts give --yes instead. `undone` says what did not happen without it. */
export async function confirm(
  question: string,
  undone: string,
  { stdin, output }: Pick<Surroundings, 'stdin' | 'output'>,
): Promise<void> {
  const isTerminal = 'isTTY' in stdin && stdin.isTTY === true
  if (!isTerminal || output.json) throw usageFailure(undone, 'Read what it says, and repeat the command with --yes.')
  output.notice(`${question} Type yes and Enter.`)
  for await (const line of createInterface({ input: stdin })) {
    if (line.trim().toLowerCase() === 'yes') return
    break
  }
  throw usageFailure(undone, 'The answer was not yes.')
}

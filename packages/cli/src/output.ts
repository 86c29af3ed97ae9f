import type { Writable } from 'node:stream'
import type { Problem } from './failure.ts'

/** Where a command speaks. With `json`, stdout holds one JSON value and stderr one problem, and nothing else. */
export interface Output {
  json: boolean
  terminal: boolean
  /** Called once, when all is known: so whatever stands on stdout is whole. */
  answer(value: unknown, lines: readonly string[]): void
  /** Something on the way that a person wants to know; scripts do not. */
  notice(text: string): void
  problem(problem: Problem): void
}

type Stream = Writable & { isTTY?: boolean }

export function createOutput(json: boolean, { stdout, stderr }: { stdout: Stream; stderr: Stream }): Output {
  return {
    json,
    terminal: stdout.isTTY === true,
    answer: (value, lines) => void stdout.write(json ? jsonText(value) : linesText(lines)),
    notice: (text) => void (json || stderr.write(linesText([plain(text)]))),
    problem: (problem) => void stderr.write(json ? jsonText(problem) : linesText(problemLines(problem))),
  }
}

const linesText = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')

function problemLines({ title, detail, errors = [] }: Problem): string[] {
  return [
    `sijil: ${plain(title)}`,
    ...(detail === undefined ? [] : [plain(detail)]),
    ...errors.map((fault) => `  ${plain(fault.pointer) || '(the whole)'}: ${plain(fault.detail)}`),
  ]
}

/** Controls, and marks that turn the direction of what follows: text from elsewhere must not move or imitate ours (I42, I43). */
const MOVES_TEXT = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** For a terminal: one line, whatever came in. */
export const plain = (text: string): string => text.replace(MOVES_TEXT, '\ufffd')

/** JSON.stringify leaves U+009B and its like, which some terminals obey. */
function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
  return `${text.replace(MOVES_TEXT, (mark) => (mark === '\n' ? mark : escaped(mark)))}\n`
}

const escaped = (mark: string) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`

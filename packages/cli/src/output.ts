import type { Writable } from 'node:stream'
import type { Problem } from './failure.ts'

/** The output of a command. With `json`, stdout gets only one JSON value, and stderr only one problem. */
export interface Output {
  json: boolean
  terminal: boolean
  /** Called once, with the complete answer, so that stdout is never cut off. */
  answer(value: unknown, lines: readonly string[]): void
  /** Progress for people, on stderr. Not printed with `json`. */
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
    ...errors.map((fault) => `  ${plain(fault.pointer) || '(the whole input)'}: ${plain(fault.detail)}`),
  ]
}

/** Control characters and marks of direction. Text from others must not move or imitate our output (I42, I43). */
const MOVES_TEXT = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** Makes any text safe to print in a terminal, as one line. */
export const plain = (text: string): string => text.replace(MOVES_TEXT, '\ufffd')

/** `JSON.stringify` does not escape U+009B and similar characters, which control some terminals. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
  return `${text.replace(MOVES_TEXT, (mark) => (mark === '\n' ? mark : escaped(mark)))}\n`
}

const escaped = (mark: string) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`

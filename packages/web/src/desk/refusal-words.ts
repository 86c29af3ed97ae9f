import type { RefusalReason } from '@sijil/registry/decisions'
import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import type { Column } from './fields.ts'

export interface Fault {
  pointer: string
  /** In English, for programs. No page reads it. */
  detail: string
  reason?: RefusalReason
}

/** The words for a reason of the registry. A refusal without a reason stays in English, below the words "what exactly". */
export const refusalWords = (reason: RefusalReason, language: Language): Html =>
  html`${say(language, `desk.refusal.${reason}`)}`

/** A line of a text that was pasted, and a cell of it. Lines are counted from 0. */
const LINE =
  /^\/(?:edition\/units|localTitles|awards|standards|assurance|comparison\/rows|set\/units|evidence|documents|track\/(?:demand|occupations|areas))\/(\d+)(?:\/(code|title|language|text|levels|years|source|place|unit|result|by|note|accepts|kind|readOn|access|artefact|sha256|address|isco|roles|area|occupations|qualifications)(?:\/\d+(?:\/[a-z]+)?)?)?$/

/** The words for what is wrong with a field. For pasted rows they begin with the line. */
export function faultWords({ reason, pointer = '' }: Partial<Fault>, language: Language): Html {
  const what = reason === undefined ? say(language, 'desk.refusal.form') : refusalWords(reason, language)
  const [, at, column] = LINE.exec(pointer) ?? []
  if (at === undefined) return what
  const line = Number(at) + 1
  if (column === undefined) return say(language, 'desk.fault.line', { line, what })
  const cell = say(language, `desk.fault.${column as Column}`)
  return reason === 'missing'
    ? say(language, 'desk.fault.missing', { line, cell })
    : say(language, 'desk.fault.cell', { line, cell, what })
}

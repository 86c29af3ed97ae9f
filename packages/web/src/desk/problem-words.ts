import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { type DeskKey, phrase, say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'

/** A refusal by the registry or the edge, as a page of the desk receives it. */
export interface DeskProblem {
  code: string
  /** The exact problem, in English. It never repeats what the officer sent. */
  detail?: string
  faults?: readonly { pointer: string; detail: string }[]
}

// biome-ignore format: it reads as a table
/** The words that a person reads for each code. A code without a row reads as "other". */
const given: Readonly<Record<string, ProblemWord>> = {
  'validation-failed':      'validation-failed',
  'malformed-request':      'validation-failed',
  'not-found':              'not-found',
  'sign-in-required':       'sign-in-required',
  'sign-in-failed':         'sign-in-failed',
  'foreign-form':           'foreign-form',
  'four-eyes-required':     'four-eyes-required',
  'fresh-sign-in-required': 'fresh-sign-in-required',
  'conflict':               'conflict',
  'write-conflict':         'conflict',
  'dependency-unavailable': 'down',
  'internal':               'down',
}
type Titled = Extract<DeskKey, `desk.problem.${string}.title`>
type ProblemWord = Titled extends `desk.problem.${infer Word}.title` ? Word : never

/** A grant wider than its grantor's own scope needs words of its own. An empty field is a different mistake. */
export function problemWord({ code, faults = [] }: DeskProblem): ProblemWord {
  const isWider = faults.some(({ pointer, detail }) => pointer === '/grantors' || detail.startsWith('wider than'))
  return isWider ? 'scope' : (Object.hasOwn(given, code) && given[code]) || 'other'
}

export const problemTitle = (problem: DeskProblem, language: Language): string =>
  phrase(language, `desk.problem.${problemWord(problem)}.title`)

function details({ detail, faults = [] }: DeskProblem, language: Language): Html {
  if (!detail && faults.length === 0) return html``
  return html`<details class="more"><summary>${say(language, 'desk.problem.details')}${icon('chev')}</summary>${detail ? html`<p>${foreign(detail, 'en')}</p>` : ''}${faults.length === 0 ? '' : html`<ul class="bul">${faults.map((fault) => html`<li><code>${fault.pointer}</code> ${foreign(fault.detail, 'en')}</li>`)}</ul>`}</details>`
}

/** A field of a form: its pointer in a problem, its id, and its label. */
export interface FormField {
  pointer: string
  id: string
  label: Extract<
    DeskKey,
    `desk.form.${'basis' | 'why' | 'from'}` | `desk.accredit.${'grantee' | 'qualifications' | 'until'}`
  >
}

export const isWrong = ({ pointer }: Pick<FormField, 'pointer'>, problem: DeskProblem | undefined): boolean =>
  problem?.faults?.some((fault) => fault.pointer === pointer) === true

/** The attribute that marks a field as wrong, if the problem is about it. */
export const marked = (pointer: string, problem: DeskProblem | undefined): Html =>
  isWrong({ pointer }, problem) ? html` aria-invalid="true"` : html``

/** The notice on top of a form that came back: what is wrong, what to do, and, if that is true, that nothing was changed. */
export function problemCall(
  problem: DeskProblem | undefined,
  language: Language,
  { isUnchanged = true, fields = [] }: { isUnchanged?: boolean; fields?: readonly FormField[] } = {},
): Html {
  if (problem === undefined) return html``
  const word = problemWord(problem)
  const wrong = fields.filter((field) => isWrong(field, problem))
  const links =
    wrong.length === 0
      ? ''
      : html`<ul class="bul">${wrong.map(({ id, label }) => html`<li><a href="#${id}">${say(language, label)}</a></li>`)}</ul>`
  return html`<div class="call no mb2" role="alert">${icon('warn')}<div><h2>${say(language, `desk.problem.${word}.title`)}</h2><p>${say(language, `desk.problem.${word}`)}${isUnchanged ? html` <b>${say(language, 'desk.problem.nothing')}</b>` : ''}</p>${links}${details(problem, language)}</div></div>`
}

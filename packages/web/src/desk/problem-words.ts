import type { RefusalReason } from '@sijil/registry/decisions'
import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { type DeskKey, phrase, say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import { type Fault, faultWords, refusalWords } from './refusal-words.ts'

/** A refusal by the registry or the edge, as a page of the desk receives it. */
export interface DeskProblem {
  code: string
  /** The exact problem, in English. It never repeats what the officer sent. */
  detail?: string
  reason?: RefusalReason
  faults?: readonly Fault[]
  /** Seconds after which the officer may go on, if they reached a limit. */
  wait?: number
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
  'member-limit-reached':   'limit',
  'stronger-sign-in-required': 'stronger-sign-in-required',
  'conflict':               'conflict',
  'write-conflict':         'conflict',
  'dependency-unavailable': 'down',
  'store-access-denied':    'down',
  'internal':               'down',
}
type Titled = Extract<DeskKey, `desk.problem.${string}.title`>
type ProblemWord = Titled extends `desk.problem.${infer Word}.title` ? Word : never

const more: readonly RefusalReason[] = ['wider-than-held', 'lasts-longer', 'accredits-nobody']

/** A grant wider than its grantor's own scope needs words of its own. An empty field is a different mistake. */
export function problemWord({ code, faults = [] }: DeskProblem): ProblemWord {
  const isWider = faults.some(({ reason }) => reason !== undefined && more.includes(reason))
  return isWider ? 'scope' : (Object.hasOwn(given, code) && given[code]) || 'other'
}

/** When the officer may go on, in a sentence of its own. */
export const waitWords = ({ wait }: DeskProblem, language: Language): Html =>
  wait === undefined ? html`` : html` ${say(language, 'desk.problem.wait', { minutes: Math.ceil(wait / 60) })}`

export const problemTitle = (problem: DeskProblem, language: Language): string =>
  phrase(language, `desk.problem.${problemWord(problem)}.title`)

/** The exact words of the registry, for what this page cannot say in the reader's language. */
function details({ detail, faults = [] }: DeskProblem, language: Language): Html {
  if (!detail && faults.length === 0) return html``
  return html`<details class="more"><summary>${say(language, 'desk.problem.details')}${icon('chev')}</summary>${detail ? html`<p>${foreign(detail, 'en')}</p>` : ''}${faults.length === 0 ? '' : html`<ul class="bul">${faults.map((fault) => html`<li><code>${fault.pointer}</code> ${foreign(fault.detail, 'en')}</li>`)}</ul>`}</details>`
}

/** A field of a form, which a problem may be about. */
export interface FormField {
  isWrong: (pointer: string) => boolean
  id: string
  label: Html
}

/** The attribute that marks a field as wrong, if the problem is about it. */
export const marked = (pointer: string, problem: DeskProblem | undefined): Html =>
  problem?.faults?.some((fault) => fault.pointer === pointer) === true ? html` aria-invalid="true"` : html``

/** One line for each mistake: the field as a link, and what is wrong with it. A fault of no field stands without a link. */
function mistakes({ faults = [] }: DeskProblem, fields: readonly FormField[], language: Language): Html {
  if (faults.length === 0) return html``
  const line = (fault: Fault) => {
    const field = fields.find(({ isWrong }) => isWrong(fault.pointer))
    const words = faultWords(fault, language)
    return field === undefined
      ? html`<li>${words}</li>`
      : html`<li><a href="#${field.id}">${field.label}</a>: ${words}</li>`
  }
  return html`<ul class="bul">${faults.map(line)}</ul>`
}

/** The notice on top of a form that came back: what is wrong, what to do, and, if that is true, that nothing was changed. */
export function problemCall(
  problem: DeskProblem | undefined,
  language: Language,
  { isUnchanged = true, fields = [] }: { isUnchanged?: boolean; fields?: readonly FormField[] } = {},
): Html {
  if (problem === undefined) return html``
  const reason = problem.reason && refusalWords(problem.reason, language)
  // On a form, something that is named in it was not found. The address of the page is right.
  const isNamed = reason !== undefined && problem.code === 'not-found'
  const word = isNamed ? 'other' : problemWord(problem)
  return html`<div class="call no mb2" role="alert">${icon('warn')}<div><h2>${say(language, `desk.problem.${word}.title`)}</h2>${reason === undefined ? '' : html`<p data-reason><b>${reason}</b></p>`}<p>${isNamed ? '' : say(language, `desk.problem.${word}`)}${waitWords(problem, language)}${isUnchanged ? html` <b>${say(language, 'desk.problem.nothing')}</b>` : ''}</p>${mistakes(problem, fields, language)}${details(problem, language)}</div></div>`
}

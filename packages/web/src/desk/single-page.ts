import { html } from 'hono/html'
import { day, moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { phrase, say } from '../messages/desk.ts'
import { fieldInput } from './field-inputs.ts'
import { crumb, type DeskContext, deskForm, deskPage } from './frame.ts'
import { problemCall } from './problem-words.ts'
import { decidedRows, lookForm } from './single-form-pages.ts'
import { pressButton, rowsOf, singlesPath, singleTag } from './single-parts.ts'
import type { SingleValues } from './single-values.ts'

const endReasons = ['appeal-upheld', 'certificate-changed', 'conditions-not-met', 'made-in-error'] as const
const appealStates = ['open', 'stands', 'fell'] as const

/** One decision: what waits, its terms after an opening, and the letter after an approval. */
export function singlePage(values: SingleValues, context: DeskContext): string {
  const { language } = context
  const { authority, decision, problem, document } = values
  const main = html`${crumb(singlesPath(authority.id), say(language, 'desk.singles'), context)}
${problemCall(problem, language)}<div class="head"><h1>${say(language, 'desk.single')}</h1><p class="lead">${singleTag(decision, context)}</p></div>
<div class="sheet">${document === undefined ? '' : letter({ ...values, document }, context)}${stateSection(values, context)}${termsSection(values, context)}${waitingSection(values, context)}${laterSection(values, context)}</div>`
  return deskPage({ title: phrase(language, 'desk.single'), main, hasProblem: problem !== undefined }, context)
}

const formHere = ({ authority, decision }: SingleValues, fields: Html, context: DeskContext): Html =>
  deskForm(singlesPath(authority.id, decision.id), fields, context)

function stateSection({ decision }: SingleValues, context: DeskContext): Html {
  const { language } = context
  const { id, proposedBy, proposedAt, decided, issuedAt, ended, replaced, appealed } = decision
  const rows: (readonly [Html | string, Html | string] | false)[] = [
    [say(language, 'desk.single.letter.number'), html`<code>${id}</code>`],
    [
      say(language, 'desk.single.certificate'),
      say(language, 'desk.proposed', { officer: html`<code>${proposedBy}</code>`, date: moment(proposedAt, language) }),
    ],
    decided !== undefined && [
      say(language, 'desk.single.decidedBy'),
      say(language, `desk.decidedBy.${decided.decidedBy}`),
    ],
    issuedAt !== undefined && [say(language, 'desk.single.issuedAt'), moment(issuedAt, language)],
    appealed !== undefined && [
      say(language, 'desk.single.appealedAt'),
      html`${say(language, `desk.appealState.${appealed.state}`)} (${day(appealed.at, language)})`,
    ],
    ended !== undefined && [
      say(language, 'desk.single.endedAt'),
      html`${moment(ended.from, language)}: ${say(language, `desk.single.reason.${ended.reason}`)}`,
    ],
    replaced !== undefined && [say(language, 'desk.single.replacedAt'), moment(replaced.at, language)],
  ]
  return html`<section>${rowsOf(rows.filter((row) => row !== false))}</section>`
}

/** The terms are about a person, so each reading is recorded. */
function termsSection(values: SingleValues, context: DeskContext): Html {
  const { language } = context
  const { opened } = values
  if (opened === undefined)
    return html`<section>${formHere(values, html`<p>${pressButton('open', say(language, 'desk.single.open'), { isSecond: true })}</p><p class="small dim">${say(language, 'desk.single.open.hint')}</p>`, context)}</section>`
  const { terms, isShown, title } = opened
  return html`<section data-terms><h2>${say(language, 'desk.single.what')}</h2>${rowsOf([
    [say(language, 'desk.single.qualification'), foreign(title, 'en')],
    ...decidedRows(terms, isShown, context),
  ])}</section>`
}

/** A second officer approves only what they have read. */
function waitingSection(values: SingleValues, context: DeskContext): Html {
  const { language } = context
  const { decision, deciders, mayApprove, isOwn, opened, problem } = values
  const { open, hash, state } = decision
  const isFirst = open?.change === undefined
  if (open === undefined && state !== 'decided') return html``
  const { change } = open ?? {}
  const asked =
    change === undefined
      ? ''
      : html`<p>${say(language, `desk.single.asks.${change.kind}`)}: ${change.kind === 'end' ? say(language, `desk.single.reason.${change.reason}`) : say(language, `desk.appealState.${change.state}`)}</p>`
  const may = mayApprove && !isOwn && (!isFirst || opened !== undefined)
  const fields = html`<input type="hidden" name="hash" value="${open?.hash ?? hash}">${isFirst ? html`<p>${say(language, 'desk.single.approve.hint')}</p>${fieldInput({ name: 'link', isOptional: false }, { typed: {}, problem }, context)}` : ''}<p>${pressButton('approve', say(language, isFirst ? 'desk.single.approve' : 'desk.single.approve.change'))}</p>`
  const reject =
    open === undefined
      ? ''
      : formHere(
          values,
          html`<p>${pressButton('reject', say(language, 'desk.single.reject'), { isSecond: true })}</p>`,
          context,
        )
  return html`<section><h2>${say(language, deciders === 'one' ? 'desk.single.asks.one' : 'desk.single.asks')}</h2>${asked}<p class="small dim">${say(language, 'desk.single.hash')}: <code>${open?.hash ?? hash}</code></p>${may ? formHere(values, fields, context) : ''}${reject}</section>`
}

/** What can follow a decision that counts. */
function laterSection(values: SingleValues, context: DeskContext): Html {
  const { language } = context
  const { decision, mayPropose } = values
  const { issuedAt, ended, replaced, open, id } = decision
  if (!mayPropose || issuedAt === undefined || open !== undefined) return html``
  const radio = (name: string, options: readonly (readonly [string, Html | string])[]) =>
    options.map(
      ([value, words]) =>
        html`<label class="opt"><input type="radio" name="${name}" value="${value}" required><span>${words}</span></label>`,
    )
  const appeal = formHere(
    values,
    html`<fieldset><legend><h2>${say(language, 'desk.single.appeal')}</h2></legend>${radio(
      'state',
      appealStates.map((state) => [state, say(language, `desk.appealState.${state}`)]),
    )}</fieldset><p>${pressButton('appeal', say(language, 'desk.single.appeal'), { isSecond: true })}</p>`,
    context,
  )
  if (ended !== undefined || replaced !== undefined) return html`<section>${appeal}</section>`
  const end = formHere(
    values,
    html`<fieldset><legend><h2>${say(language, 'desk.single.reason')}</h2></legend>${radio(
      'reason',
      endReasons.map((reason) => [reason, say(language, `desk.single.reason.${reason}`)]),
    )}</fieldset><p>${pressButton('end', say(language, 'desk.single.end'), { isSecond: true })}</p>`,
    context,
  )
  return html`<section><h2>${say(language, 'desk.single.complete')}</h2><p>${say(language, 'desk.single.complete.text')}</p>${lookForm({ authority: values.authority }, context, id)}</section><section>${appeal}</section><section>${end}</section>`
}

/** The letter leaves the authority, and a supervisor does not. */
function withoutSupervisor(terms: NonNullable<SingleValues['opened']>['terms']): typeof terms {
  if (terms.registration === undefined) return terms
  const { supervisor: _, ...registration } = terms.registration
  return { ...terms, registration }
}

/** What the holder gets in any case: the decision in words, its reasons, how to appeal, and the signed document. */
function letter(
  { authority, opened, decision, document }: SingleValues & { document: object },
  context: DeskContext,
): Html {
  const { language } = context
  const rows =
    opened === undefined
      ? []
      : decidedRows(withoutSupervisor(opened.terms), opened.isShown, context).filter(([, value]) => value !== undefined)
  return html`<section data-letter><h2>${say(language, 'desk.single.letter')}</h2><p>${say(language, 'desk.single.letter.text', { authority: foreign(authority.name, 'en'), title: foreign(opened?.title ?? '', 'en') })}</p>${rowsOf(
    [
      ...rows,
      [
        say(language, 'desk.single.letter.date'),
        decision.issuedAt === undefined ? '' : day(decision.issuedAt, language),
      ],
      [say(language, 'desk.single.letter.number'), html`<code>${decision.id}</code>`],
    ],
  )}<p><b>${say(language, opened?.terms.registration === undefined ? 'desk.single.letter.permit' : 'desk.single.letter.registered')}</b></p><p>${say(language, 'desk.single.letter.file')}</p><textarea readonly rows="8" class="mono small" lang="en" aria-label="${phrase(language, 'desk.single.letter.file')}" spellcheck="false">${JSON.stringify(document)}</textarea></section>`
}

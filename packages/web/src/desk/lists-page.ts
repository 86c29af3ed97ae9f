import { html } from 'hono/html'
import { moment } from '../dates.ts'
import type { Html } from '../html.ts'
import { icon, tag } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { crumb, type DeskContext, deskForm, deskPage, deskPath } from './frame.ts'
import { type DeskProblem, problemCall } from './problem-words.ts'
import type { Named } from './values.ts'

export interface ListsValues {
  authority: Named
  lists: readonly {
    /** Address of the other registry. */
    registry: string
    isSuspended: boolean
    /** The last complete copy. Absent: none was handed in. */
    copy?: { madeAt: string; validUntil: string; entries: number; isOver: boolean }
  }[]
  mayPropose: boolean
  /** Set after a bundle was copied. */
  isDone?: boolean
  problem?: DeskProblem
}

/** The field with the file. */
const BUNDLE = 'bundle'

const hint = 'bundle-hint'

function row({ registry, isSuspended, copy }: ListsValues['lists'][number], { language }: DeskContext): Html {
  const state = isSuspended
    ? tag('am', 'pause', say(language, 'desk.lists.suspended'))
    : copy === undefined
      ? tag('gy', 'q', say(language, 'desk.lists.none'))
      : copy.isOver
        ? tag('am', 'clock', say(language, 'desk.lists.over'))
        : tag('ok', 'check', say(language, 'desk.lists.current'))
  const words =
    copy === undefined
      ? ''
      : html`<p class="dim small">${say(language, 'desk.lists.copy', { made: moment(copy.madeAt, language), until: moment(copy.validUntil, language), count: copy.entries })}</p>`
  return html`<li><div class="rl"><div><code>${registry}</code>${words}</div><div class="tags">${state}</div></div></li>`
}

/** The accepted lists of other registries, and the form to hand in a newer bundle of one of them. */
export function listsPage(values: ListsValues, context: DeskContext): string {
  const { language } = context
  const { authority, lists, mayPropose, isDone, problem } = values
  const path = deskPath(authority.id, 'lists')
  const done = isDone
    ? html`<div class="call ok mb2" role="status">${icon('check')}<p>${say(language, 'desk.lists.done')}</p></div>`
    : ''
  const isWrong = problem === undefined ? html`` : html` aria-invalid="true"`
  const form = deskForm(
    path,
    html`<div><label for="${BUNDLE}">${say(language, 'desk.field.bundle')}</label><p class="hint" id="${hint}">${say(language, 'desk.field.bundle.hint')}</p><input id="${BUNDLE}" name="${BUNDLE}" type="file" accept=".json,application/json" required aria-describedby="${hint}"${isWrong}></div><p><button type="submit" class="btn">${say(language, 'desk.lists.go')}</button></p>`,
    context,
    { hasFile: true },
  )
  const listed =
    lists.length === 0
      ? html`<p>${say(language, 'desk.lists.empty')}</p>`
      : html`<ul class="rows">${lists.map((list) => row(list, context))}</ul>`
  const fields = [
    { isWrong: (pointer: string) => pointer === `/${BUNDLE}`, id: BUNDLE, label: say(language, 'desk.field.bundle') },
  ]
  const main = html`${crumb(deskPath(authority.id, 'actions'), say(language, 'desk.actions'), context)}
${problemCall(problem, language, { fields })}${done}<div class="head"><h1>${say(language, 'desk.lists')}</h1><p class="lead">${say(language, 'desk.lists.lead')}</p></div>
<div class="sheet"><section><h2>${say(language, 'desk.lists.accepted')}</h2>${listed}</section>
${lists.length === 0 || !mayPropose ? '' : html`<section><h2>${say(language, 'desk.lists.newer')}</h2>${form}</section>`}</div>`
  return deskPage({ title: phrase(language, 'desk.lists'), main, hasProblem: problem !== undefined }, context)
}

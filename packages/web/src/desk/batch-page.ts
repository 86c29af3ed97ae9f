import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { table } from '../table.ts'
import { filesSection } from './batch-files.ts'
import { batchTitle, countWords, listTables } from './batch-list.ts'
import { openSections } from './batch-open.ts'
import { batchPath, csvLinks, press } from './batch-press.ts'
import type { BatchValues } from './batch-values.ts'
import { batchTag } from './batches-page.ts'
import { crumb, type DeskContext, deskPage, pathHere } from './frame.ts'
import { problemCall } from './problem-words.ts'

const button = (words: Html, isMain = false) =>
  html`<p><button type="submit" class="${isMain ? 'btn' : 'btn alt'}">${words}</button></p>`

/** A press that cannot be taken back, or stops others, says first what follows. */
function sure(what: 'cancel' | 'pause' | 'resume' | 'reopen', values: BatchValues, context: DeskContext): Html {
  const { language } = context
  return html`<details class="more"><summary>${say(language, `desk.batch.${what}`)}${icon('chev')}</summary><p>${say(language, `desk.batch.${what}.follows`)}</p>${press(what, values, button(say(language, `desk.batch.${what}`)), context)}</details>`
}

function closedSection(values: BatchValues, context: DeskContext): Html {
  const { language } = context
  const { closed, isOwn, mayApprove, maySend } = values
  if (values.state !== 'closed' || closed === undefined) return html``
  const { act } = values
  const { hash, leftOut, second, by, rows, groups, sample = [], list } = closed
  const isList = act !== 'issue'
  const what = isList
    ? say(language, `desk.list.closed.rows.${act}`, { rows, leftOut })
    : say(language, 'desk.batch.closed.rows', { rows, leftOut })
  const listed = isList
    ? list === undefined
      ? html`<p>${say(language, 'desk.batch.gone')}</p>`
      : listTables(list, values, context)
    : groups === undefined
      ? html`<p>${say(language, 'desk.batch.gone')}</p>`
      : table(
          say(language, 'desk.batch.closed.rows', { rows, leftOut }),
          [
            say(language, 'desk.batch.qualification'),
            say(language, 'desk.batch.edition'),
            say(language, 'desk.batch.certificates'),
            say(language, 'desk.batch.days'),
          ],
          groups.map(({ qualification, edition, rows: count, from, to }) => [
            html`<code>${qualification}</code>`,
            edition === undefined ? say(language, 'desk.batch.edition.ofDay') : foreign(edition, 'en'),
            String(count),
            from === to ? day(from, language) : html`${day(from, language)} – ${day(to, language)}`,
          ]),
        )
  const hasCentre = sample.some(({ centre }) => centre !== undefined)
  const picked =
    sample.length === 0
      ? ''
      : html`<h3 class="mt2">${say(language, 'desk.batch.sample')}</h3><p class="hint">${say(language, 'desk.batch.sample.hint')}</p>${table(
          say(language, 'desk.batch.sample'),
          [
            say(language, 'desk.batch.line'),
            say(language, 'desk.field.certificateNumber'),
            say(language, 'desk.preview.units'),
            ...(hasCentre ? [say(language, 'desk.field.centre.id')] : []),
          ],
          sample.map(({ line, number, units, centre }) => [
            String(line),
            html`<code>${number}</code>`,
            units === undefined ? say(language, 'desk.batch.sample.whole') : String(units),
            ...(hasCentre ? [html`<code>${centre ?? ''}</code>`] : []),
          ]),
        )}`
  const named = html`<input type="hidden" name="hash" value="${hash}">`
  const decide = second
    ? isOwn
      ? html`<p>${say(language, 'desk.batch.own')}</p>`
      : mayApprove
        ? html`<p>${say(language, isList ? 'desk.list.approve.text' : 'desk.batch.approve.text')}</p>${press('approve', values, html`${named}${button(say(language, isList ? `desk.list.approve.${act}` : 'desk.batch.approve', { rows }), true)}`, context)}`
        : html`<p>${say(language, 'desk.batch.second')}</p>`
    : maySend || mayApprove
      ? press('start', values, html`${named}${button(say(language, 'desk.batch.start', { rows }), true)}`, context)
      : ''
  return html`<section><h2>${say(language, isList ? 'desk.list.closed' : 'desk.batch.closed')}</h2><p>${what}</p>${listed}${picked}<p class="dim small">${say(language, 'desk.batch.closed.by', { officer: html`<code>${by}</code>` })}<br>${say(language, 'desk.batch.hash')} <code data-hash>${hash}</code></p>${decide}${maySend || mayApprove ? sure('reopen', values, context) : ''}</section>`
}

function runningSection(values: BatchValues, context: DeskContext): Html {
  const { language } = context
  const { state, counts, pace, paused, approvedBy, maySend, mayApprove } = values
  if (approvedBy === undefined) return html``
  const acts = maySend || mayApprove
  const speed =
    pace === undefined
      ? ''
      : html`<p data-pace>${say(language, 'desk.batch.pace', { rate: Math.round(pace.perMinute), minutes: Math.ceil(pace.secondsLeft / 60) })}</p>`
  const why =
    state === 'paused' && paused !== undefined
      ? html`<div class="call am">${icon('pause')}<p>${say(language, `desk.batch.paused.${paused}`)}</p></div>`
      : ''
  const again =
    state === 'running' || (state === 'cancelled' && counts.pending > 0)
      ? html`<p>${say(language, 'desk.batch.goesOn')} <a class="tlink" href="${local(batchPath(values, context), context)}">${say(language, 'desk.batch.look')}</a></p>`
      : ''
  const change =
    acts && (state === 'running' || state === 'paused')
      ? sure(state === 'running' ? 'pause' : 'resume', values, context)
      : ''
  return html`<section><h2>${say(language, 'desk.batch.progress')}</h2>${why}<progress max="${counts.submitted}" value="${counts.submitted - counts.pending}" aria-label="${phrase(language, 'desk.batch.progress')}"></progress>${speed}${again}<p class="dim small">${say(language, 'desk.batch.approvedBy', { officer: html`<code>${approvedBy}</code>` })}</p>${change}</section>${rejectedSection(values, context)}`
}

const resultParts = ({ resultParts: parts }: BatchValues): number[] =>
  parts > 1 ? Array.from({ length: parts }, (_, at) => at + 1) : []

function rejectedSection(values: BatchValues, context: DeskContext): Html {
  const { language } = context
  const rows = values.rejected.map(({ line, code = 'invalid', certificate }): [string, Html, Html] => [
    String(line),
    html`${say(language, `desk.batch.refused.${code}`)}`,
    certificate === undefined
      ? html``
      : html`<a href="${local(pathHere(context, values.body.id, 'certificates', certificate), context)}"><code>${certificate}</code></a>`,
  ])
  const listed =
    rows.length === 0
      ? html`<p>${say(language, 'desk.batch.refused.none')}</p>`
      : table(
          say(language, 'desk.batch.refused'),
          [say(language, 'desk.batch.line'), say(language, 'desk.batch.why'), say(language, 'desk.batch.certificate')],
          rows,
        )
  return html`<section><h2>${say(language, 'desk.batch.refused')}</h2>${listed}<h3>${say(language, 'desk.batch.results')}</h3><p class="hint">${say(language, 'desk.batch.results.hint')}</p>${csvLinks(html`CSV `, values, resultParts(values), context)}</section>`
}

/** One batch, in its state of now. Loading it again changes nothing. */
export function batchPage(values: BatchValues, context: DeskContext): string {
  const { language } = context
  const { body, state, submittedBy, open, maySend, mayApprove, problem, isDone } = values
  const title = batchTitle(values, context)
  const done = isDone
    ? html`<div class="call ok mb2" role="status">${icon('check')}<p>${say(language, 'desk.batch.done')}</p></div>`
    : ''
  const opened =
    open === 'gone'
      ? html`<section><p>${say(language, 'desk.batch.gone')}</p></section>`
      : open === undefined
        ? ''
        : openSections(values, open, context)
  const waits =
    state === 'open' && !maySend ? html`<section><p>${say(language, 'desk.batch.notYet')}</p></section>` : ''
  const ends = state !== 'cancelled' && state !== 'finished' && (maySend || mayApprove)
  const main = html`${crumb(pathHere(context, body.id, 'batches'), say(language, 'desk.batches'), context)}
${problemCall(problem, language)}${done}<div class="head"><h1>${title}</h1><p>${batchTag(state, context)}</p><p class="lead">${countWords(values, context)}</p><p class="dim small">${say(language, 'desk.batch.sentBy', { officer: html`<code>${submittedBy}</code>` })}</p></div>
<div class="sheet">${opened}${waits}${closedSection(values, context)}${filesSection(values, context)}${runningSection(values, context)}${ends ? html`<section>${sure('cancel', values, context)}</section>` : ''}</div>`
  return deskPage({ title: `${title}: ${body.name}`, main, hasProblem: problem !== undefined }, context)
}

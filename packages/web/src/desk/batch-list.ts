import { html } from 'hono/html'
import { moment } from '../dates.ts'
import type { Html } from '../html.ts'
import { icon } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { table } from '../table.ts'
import { csvLinks } from './batch-press.ts'
import type { BatchValues, ListedBatch, ShownList } from './batch-values.ts'
import { classWords } from './certificate-status.ts'
import { type DeskContext, pathHere } from './frame.ts'

/** What a batch is called: by what it does, and by its day. */
export const batchTitle = (
  { act, submittedAt }: Pick<ListedBatch, 'act' | 'submittedAt'>,
  { language }: DeskContext,
): string =>
  phrase(language, act === 'issue' ? 'desk.batch.of' : `desk.list.of.${act}`, { date: moment(submittedAt, language) })

/** At every moment the first number is the sum of the other three. */
export function countWords({ act, counts }: Pick<ListedBatch, 'act' | 'counts'>, { language }: DeskContext): Html {
  const { submitted, issued, changed = 0, rejected, pending } = counts
  const words =
    act === 'issue'
      ? say(language, 'desk.batch.counts', { submitted, issued, rejected, pending })
      : say(language, 'desk.list.counts', { submitted, changed, rejected, pending })
  return html`<span data-counts>${words}</span>`
}

/** The certificates that a list changes: how many from which state for which reason, and then each by its id. */
export function listTables({ groups, rows, isCut, parts }: ShownList, values: BatchValues, context: DeskContext): Html {
  const { language } = context
  if (rows.length === 0) return html``
  const counted = table(
    say(language, 'desk.list.groups'),
    [say(language, 'desk.list.state'), say(language, 'desk.batch.why'), say(language, 'desk.batch.certificates')],
    groups.map(({ state, isHeld, reason, rows: count }) => [
      html`${say(language, `desk.certificate.state.${state}`)}${isHeld ? html` (${say(language, 'desk.list.held')})` : ''}`,
      reason === undefined ? say(language, 'desk.list.noReason') : classWords(reason, context),
      String(count),
    ]),
  )
  const each = table(
    say(language, 'desk.list.rows'),
    [say(language, 'desk.batch.line'), say(language, 'desk.batch.certificate')],
    rows.map(({ line, certificate }): [string, Html] => [
      String(line),
      html`<a href="${local(pathHere(context, values.body.id, 'certificates', certificate), context)}"><code>${certificate}</code></a>`,
    ]),
  )
  const cut = isCut ? html`<p>${say(language, 'desk.list.cut', { count: rows.length })}</p>` : ''
  return html`${counted}<details class="more"><summary>${say(language, 'desk.list.rows')}${icon('chev')}</summary>${cut}${each}</details>${csvLinks(html`${say(language, 'desk.list.csv')} `, values, parts > 1 ? Array.from({ length: parts }, (_, at) => at + 1) : [], context)}`
}

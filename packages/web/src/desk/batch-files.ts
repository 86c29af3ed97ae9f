import { html } from 'hono/html'
import { moment } from '../dates.ts'
import type { Html } from '../html.ts'
import { icon } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { press } from './batch-press.ts'
import type { BatchFiles, BatchValues } from './batch-values.ts'
import type { DeskContext } from './frame.ts'

const kinds = ['links', 'papers', 'codes'] as const

/** Links, papers and codes of an issued batch. An address is shown only in the answer to the form that asked for it. */
export function filesSection(values: BatchValues, context: DeskContext): Html {
  const { language } = context
  const { files, address, maySend } = values
  if (files === undefined) return html``
  const shown =
    address === undefined
      ? ''
      : html`<div class="call ok">${icon('lock')}<div><p>${say(language, 'desk.batch.file.address')}</p><p><a class="btn" rel="noreferrer" href="${address}" data-address>${icon('down')}${say(language, 'desk.batch.file.load')}</a></p></div></div>`
  const wishes = kinds.filter((kind) => !files.some((one) => one.kind === kind && !one.isGone))
  const ask =
    maySend && wishes.length > 0
      ? press(
          'files',
          values,
          html`<div><label for="kind">${say(language, 'desk.batch.file.kind')}</label><select id="kind" name="kind">${wishes.map((kind) => html`<option value="${kind}">${say(language, `desk.batch.file.${kind}`)}</option>`)}</select></div><p class="hint">${say(language, 'desk.batch.file.follows')}</p><p><button type="submit" class="btn alt">${say(language, 'desk.batch.file.ask')}</button></p>`,
          context,
        )
      : ''
  const list = files.length === 0 ? '' : html`<ul class="rows">${files.map((one) => asked(one, values, context))}</ul>`
  return html`<section><h2>${say(language, 'desk.batch.file.title')}</h2>${shown}${list}${ask}</section>`
}

function asked(one: BatchFiles, values: BatchValues, context: DeskContext): Html {
  const { language } = context
  const { request, kind, certificates, askedBy, askedAt, approvedBy, isOwn, isGone, count, made } = one
  const named = html`<input type="hidden" name="request" value="${request}">`
  const by = html`<p class="dim small">${say(language, 'desk.batch.file.askedBy', { officer: html`<code>${askedBy}</code>`, date: moment(askedAt, language) })}</p>`
  const head = html`<h3>${say(language, `desk.batch.file.${kind}`)}</h3>`
  if (isGone) return html`<li>${head}${by}<p>${say(language, 'desk.batch.file.gone')}</p></li>`
  if (approvedBy === undefined) {
    const decide = isOwn
      ? html`<p>${say(language, 'desk.batch.file.own')}</p>`
      : values.mayApprove
        ? press(
            'approve-files',
            values,
            html`${named}<p>${say(language, 'desk.batch.file.approve.text', { certificates })}</p><p><button type="submit" class="btn">${say(language, 'desk.batch.file.approve')}</button></p>`,
            context,
          )
        : html`<p>${say(language, 'desk.batch.file.second')}</p>`
    return html`<li>${head}${by}${decide}</li>`
  }
  const rows = made.map(({ file, megabytes, leftOut }) => {
    const size = say(language, 'desk.batch.file.size', { file, megabytes, leftOut })
    const load = values.maySend
      ? press(
          'file',
          values,
          html`${named}<input type="hidden" name="file" value="${file}"><p><button type="submit" class="btn alt" aria-label="${phrase(language, 'desk.batch.file.get.of', { file, kind: phrase(language, `desk.batch.file.${kind}`) })}">${icon('lock')}${say(language, 'desk.batch.file.get')}</button></p>`,
          context,
        )
      : ''
    return html`<li>${size}${load}</li>`
  })
  const waits =
    made.length < count ? html`<p>${say(language, 'desk.batch.file.waits', { made: made.length, count })}</p>` : ''
  return html`<li>${head}${by}<p class="dim small">${say(language, 'desk.batch.file.approvedBy', { officer: html`<code>${approvedBy}</code>` })}</p>${waits}<ul class="bul">${rows}</ul></li>`
}

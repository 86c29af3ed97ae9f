import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { icon } from '../icons.ts'
import { local } from '../page.ts'
import type { BatchValues } from './batch-values.ts'
import { type DeskContext, deskForm, pathHere } from './frame.ts'

export const batchPath = ({ body, id }: Pick<BatchValues, 'body' | 'id'>, context: DeskContext): string =>
  pathHere(context, body.id, 'batches', id)

/** What a form of the page asks for. Each has its own form, so that each press is about one thing. */
export type BatchPress =
  | 'columns'
  | 'accept'
  | 'cells'
  | 'names'
  | 'close'
  | 'reopen'
  | 'start'
  | 'approve'
  | 'pause'
  | 'resume'
  | 'cancel'
  | 'files'
  | 'approve-files'
  | 'file'

/** The field with the press. */
export const PRESS = 'do'

/** The part of a long file that the page shows, so that an answer shows it again. */
export const shownPart = ({ open }: BatchValues): number | undefined =>
  open !== undefined && open !== 'gone' && open.parts > 1 ? open.part : undefined

export function press(what: BatchPress, values: BatchValues, fields: Html, context: DeskContext): Html {
  const part = shownPart(values)
  const shown = part === undefined ? '' : html`<input type="hidden" name="part" value="${part}">`
  const named = html`<input type="hidden" name="${PRESS}" value="${what}">${shown}${fields}`
  return deskForm(batchPath(values, context), named, context, { isNative: true })
}

/** Links to the CSV file of rows: one, or one for each of these parts. */
export function csvLinks(words: Html, values: BatchValues, parts: readonly number[], context: DeskContext): Html {
  const link = (part?: number) => {
    const path = `${batchPath(values, context)}/rows.csv${part === undefined ? '' : `?part=${part}`}`
    return html`<a class="btn alt" href="${local(path, context)}" download>${icon('down')}${words}${part ?? ''}</a>`
  }
  return html`<p class="go mt2">${parts.length === 0 ? link() : parts.map(link)}</p>`
}

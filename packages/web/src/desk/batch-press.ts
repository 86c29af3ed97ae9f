import { html } from 'hono/html'
import type { Html } from '../html.ts'
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

export const press = (what: BatchPress, values: BatchValues, fields: Html, context: DeskContext): Html =>
  deskForm(batchPath(values, context), html`<input type="hidden" name="${PRESS}" value="${what}">${fields}`, context, {
    isNative: true,
  })

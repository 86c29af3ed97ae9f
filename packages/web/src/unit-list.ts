import { html } from 'hono/html'
import { foreign, type Html } from './html.ts'

/** Units of a qualification. The records hold them in English. */
export const unitList = (units: readonly { code: string; title: string }[]): Html =>
  html`<ul class="units">${units.map((unit) => html`<li><code>${unit.code}</code><span>${foreign(unit.title, 'en')}</span></li>`)}</ul>`

import { html } from 'hono/html'
import { foreign, type Html } from './html.ts'

/** Units of a qualification. The records hold them in English. `linkOf`: the address of the page of a code. */
export const unitList = (units: readonly { code: string; title: string }[], linkOf?: (code: string) => string): Html =>
  html`<ul class="units">${units.map((unit) => html`<li><code>${linkOf === undefined ? unit.code : html`<a href="${linkOf(unit.code)}">${unit.code}</a>`}</code><span>${foreign(unit.title, 'en')}</span></li>`)}</ul>`

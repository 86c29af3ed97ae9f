import { html } from 'hono/html'
import type { Html } from './html.ts'

export type Cell = Html | string

/** A table that stacks on a phone. It has explicit roles, because `display: block` would remove them for older screen readers. */
export function table(
  caption: Html | string,
  heads: readonly Cell[],
  rows: readonly (readonly [Cell, ...Cell[]])[],
): Html {
  const body = rows.map(([first, ...rest]) => {
    const cells = rest.map((cell, index) => html`<td role="cell" data-l="${heads[index + 1] ?? ''}">${cell}</td>`)
    return html`<tr role="row"><th scope="row" role="rowheader">${first}</th>${cells}</tr>`
  })
  return html`<div class="tw" tabindex="0" role="region" aria-label="${caption}"><table class="stk" role="table"><caption class="vh">${caption}</caption><thead role="rowgroup"><tr role="row">${heads.map((head) => html`<th scope="col" role="columnheader">${head}</th>`)}</tr></thead><tbody role="rowgroup">${body}</tbody></table></div>`
}

import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { icon } from '../icons.ts'

/** One thing that can be done about a certificate. It says what follows from it before anybody opens it. */
export const actionPanel = (
  { title, follows, isOpen = false }: { title: Html; follows: Html; isOpen?: boolean },
  form: Html,
): Html =>
  html`<details${isOpen ? html` open` : ''}><summary><span><b>${title}</b><span class="why">${follows}</span></span><span class="chev">${icon('chev')}</span></summary><div class="ev">${form}</div></details>`

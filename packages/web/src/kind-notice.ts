import type { Kind } from '@sijil/qualifications'
import { html } from 'hono/html'
import type { Html } from './html.ts'
import { icon } from './icons.ts'
import { type Language, say } from './messages/say.ts'

// biome-ignore format: it reads as a table
/** What must be said of a kind wherever it is shown, whatever has become of the certificate: it says nothing of its holder. */
const notices: Partial<Record<Kind, 'mra' | 'licence' | 'goodStanding' | 'draft'>> = {
  'mra-title':             'mra',
  'mra-host-registration': 'licence',
  'licence':               'licence',
  'temporary-licence':     'licence',
  'good-standing':         'goodStanding',
  'standard-in-draft':     'draft',
}

export function kindNotice(kind: Kind | undefined, language: Language): Html {
  const notice = kind && notices[kind]
  if (notice === undefined) return html``
  const more = notice === 'mra' || notice === 'licence' ? html` ${say(language, `${notice}.text`)}` : ''
  return html`<div class="call am mb2">${icon('warn')}<p><b>${say(language, `${notice}.title`)}</b>${more}</p></div>`
}

const meanings = { mra: 'title', licence: 'licence', goodStanding: 'goodStanding', draft: 'draft' } as const

/** What says no more than that is not called a proven skill; a title or a licence is easily taken for a permit besides. */
export function meaningOfKind(kind: Kind | undefined): (typeof meanings)[keyof typeof meanings] | undefined {
  const notice = kind && notices[kind]
  return notice && meanings[notice]
}

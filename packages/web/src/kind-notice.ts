import type { Kind } from '@sijil/qualifications'
import { html } from 'hono/html'
import type { Html } from './html.ts'
import { icon } from './icons.ts'
import { type Language, say } from './messages/say.ts'

// biome-ignore format: it reads as a table
/** Notices that stand wherever a certificate of this kind is shown, in any state, because they concern the kind and not the holder. */
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

/** The meaning of kinds that prove less than a skill. Readers also easily take a title or a licence for a permit. */
export function meaningOfKind(kind: Kind | undefined): (typeof meanings)[keyof typeof meanings] | undefined {
  const notice = kind && notices[kind]
  return notice && meanings[notice]
}

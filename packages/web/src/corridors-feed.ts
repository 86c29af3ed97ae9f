import { CORRIDOR_LICENCE } from '@sijil/qualifications'
import { html } from 'hono/html'
import { withoutControls } from './changes-feed.ts'
import type { ListedTrack, TrackEntry } from './corridor-values.ts'
import { pathOfTrack, plainTitle } from './corridor-words.ts'
import { render } from './html.ts'
import { phrase } from './messages/say.ts'
import type { PageContext } from './page.ts'

const LANGUAGE = 'en'

/** What states declared as an Atom feed (RFC 4287), in English, because its address names no language. An id is the entry of the log. Its licence is named as in RFC 4946. */
export function corridorsFeed(
  changes: readonly (TrackEntry & { listed: ListedTrack })[],
  { baseUrl }: Pick<PageContext, 'baseUrl'>,
): string {
  const entries = changes.map(({ type, step, declaredBy, basis, recordedAt, entry, listed }) => {
    const words = phrase(LANGUAGE, `corridor.history.${type}`, { name: declaredBy.name, step })
    const title = [plainTitle(listed, LANGUAGE), words, ...(basis === undefined ? [] : [basis])].join(' ')
    return html`<entry><id>${baseUrl}/log/catalogue/record/${entry}</id><link href="${baseUrl}${pathOfTrack(listed)}"/><updated>${recordedAt}</updated><title>${withoutControls(title)}</title><category term="${type}"/></entry>`
  })
  return render(html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${LANGUAGE}"><id>${baseUrl}/corridors</id><title>${phrase(LANGUAGE, 'corridors.title')}</title><link rel="self" type="application/atom+xml" href="${baseUrl}/corridors.atom"/><link rel="alternate" type="text/html" href="${baseUrl}/corridors"/><link rel="license" href="${CORRIDOR_LICENCE}"/><updated>${changes[0]?.recordedAt ?? '1970-01-01T00:00:00Z'}</updated><author><name>Sijil</name></author>${entries}</feed>
`)
}

import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { say } from '../messages/say.ts'
import { local } from '../page.ts'
import { addressOf, type Reading, titleFor } from './reading.ts'

/** For a part, the units come before the title: a reader in a hurry must not take it for the whole. */
function part(reading: Reading, whole: Html): Html {
  const { certificate, page, values } = reading
  const { language } = page
  const count = certificate?.units.length ?? 0
  const of =
    values.wholeUnits === undefined || count === 0
      ? say(language, 'part.some')
      : say(language, 'part.of', { count, total: values.wholeUnits.length })
  return html`<p class="who"><b>${of}</b></p><p class="small">${say(language, 'part.units', { qualification: whole })}</p>`
}

/** The qualification, below the word of the verdict. */
export function qualificationLine(reading: Reading): Html {
  const { certificate, state, page } = reading
  if (certificate === undefined) {
    const unknown = state === 'unknownIssuer' ? 'result.unknownIssuer' : 'result.noFacts'
    return html`<p class="who">${say(page.language, unknown)}</p>`
  }
  const { partOf } = certificate.qualification
  if (partOf !== undefined) return part(reading, foreign(partOf.title, 'en'))
  return html`<p class="who"><b>${titleFor(certificate.qualification, page)}</b></p>`
}

/**
 * The name, or the button that asks for it: a plain POST to the same address that keeps the chosen host. It needs no script, and a
 * program that only follows links never sends it. A print without the name says so in its place. Otherwise anybody could present it as
 * their own.
 */
export function nameOrButton(reading: Reading): Html {
  const { certificate, person, page, mayShowPerson, values } = reading
  const { language } = page
  if (certificate === undefined) return html``
  if (person !== undefined) {
    const native = person.nativeName === undefined ? '' : html`<p class="nm">${foreign(person.nativeName)}</p>`
    const passport =
      person.passportName === undefined
        ? ''
        : html`<p class="small">${say(language, 'person.passport')} <span class="mono">${foreign(person.passportName)}</span></p>`
    return html`<div class="v-name"><p class="small">${say(language, 'person.issuedTo')}</p><p class="nm">${foreign(person.name)}</p>${native}${passport}</div>`
  }
  const button = html`<form class="v-name noprint" method="post" action="${local(addressOf(values), page)}"><button type="submit" class="btn">${icon('id')}${say(language, 'person.show')}</button><p class="small">${say(language, 'person.ask')}</p></form>`
  return html`${mayShowPerson ? button : ''}<p class="v-name inprint"><b>${say(language, 'result.withoutName.paper')}</b></p>`
}

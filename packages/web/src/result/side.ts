import { html } from 'hono/html'
import { moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { meaningOfKind } from '../kind-notice.ts'
import { listOf, type MessageKey, say } from '../messages/say.ts'
import { hostOf, local, type PageContext } from '../page.ts'
import { ownCertificate } from './own-certificate.ts'
import type { Reading } from './reading.ts'
import { countsToday, reasonOfRevocation, type State } from './state.ts'
import { whomToAsk } from './whom-to-ask.ts'

const card = (title: Html, content: Html, className = 'flow-s'): Html =>
  html`<div class="sheet"><section class="${className}"><h2>${title}</h2>${content}</section></div>`

function samePerson(reading: Reading): Html {
  const { page, mayShowPerson } = reading
  const { language } = page
  return card(
    say(language, 'person.title'),
    html`<div class="call">${icon('id')}<p>${say(language, 'person.compare')}</p></div>
${mayShowPerson ? html`<p class="small dim noprint">${say(language, 'person.why')}</p>` : ''}
<p class="addr">${icon('lock')}<span><b>${hostOf(page)}</b></span></p><p class="small dim noprint">${say(language, 'person.address')}</p>`,
  )
}

/** After fraud or misconduct the page does not say that the worker is not at fault. */
const isFault = ({ state, values }: Reading): boolean =>
  state === 'revoked' &&
  ['obtained-by-fraud', 'misconduct'].includes(reasonOfRevocation(values.verification.history) ?? '')

function whatIsDone(reading: Reading): MessageKey {
  if (isFault(reading)) return 'revoked.do.fault'
  if (reading.state === 'expired' && meaningOfKind(reading.values.kind) !== undefined) return 'expired.do.kind'
  return `${reading.state}.do` as MessageKey
}

const whatToDo = (reading: Reading): Html =>
  card(
    say(reading.page.language, 'do.title'),
    html`<ol class="num">${listOf(reading.page.language, whatIsDone(reading)).map((item) => html`<li>${item}</li>`)}</ol>${asksLater(reading.state) ? '' : whomToAsk(reading)}`,
  )

/** The code goes along in the body of a form, so that it is in no further address. A file has no code, so its page only leads to the form. */
const reportFake = (token: string | undefined, page: PageContext): Html =>
  token === undefined
    ? html`<p><a class="tlink" href="${local('/report-fake', page)}">${icon('warn')}${say(page.language, 'foot.fake')}</a></p>`
    : html`<form method="post" action="${local('/report-fake', page)}"><button type="submit" name="code" value="${token}" class="btn alt full">${icon('warn')}${say(page.language, 'foot.fake')}</button></form>`

/** No paper is made of a certificate that does not count. */
const paper = ({ values: { token }, page, state }: Reading): Html =>
  token === undefined || !countsToday(state)
    ? html``
    : html`<form method="post" action="${local(`/v/${token}/paper`, page)}" data-native><button type="submit" class="btn alt full">${icon('print')}${say(page.language, 'keep.pdf')}</button></form>`

function keepARecord(reading: Reading): Html {
  const { values, page, person, mayShowPerson } = reading
  const { language } = page
  const download =
    person !== undefined && values.token !== undefined
      ? html`<form method="post" action="${local(`/v/${values.token}`, page)}" data-native><button type="submit" name="format" value="json" class="btn alt full">${icon('down')}${say(language, 'keep.download')}</button></form>${paper(reading)}`
      : ''
  return html`<div class="sheet noprint"><section class="flow-s"><h2>${say(language, 'keep.title')}</h2><button type="button" class="btn full" data-print hidden>${icon('print')}${say(language, 'keep.print')}</button>${download}<p><a class="tlink" href="${local('/', page)}">${icon('left')}${say(language, 'result.again')}</a></p>${reportFake(values.token, page)}<p class="small dim">${say(language, 'keep.text')}${mayShowPerson ? html` ${say(language, 'keep.first')}` : ''}</p></section></div>`
}

const cannotTell = ({ page }: Reading): Html =>
  card(
    say(page.language, 'cannot.title'),
    html`<ul class="bul small">${listOf(page.language, 'cannot.list').map((item) => html`<li>${item}</li>`)}</ul>`,
  )

/** In these states the reader has nothing to ask at once. Whom to ask stands where a review or a renewal is explained. */
const asksLater = (state: State): boolean =>
  ['notice', 'revoked', 'superseded', 'suspended', 'expired', 'notYet'].includes(state)

const issuerLink = ({ values, page }: Reading): Html =>
  html`<p><a class="tlink" href="${local(values.issuerPage ?? '/issuers', page)}">${say(page.language, values.issuerPage === undefined ? 'report.issuers' : 'chain.see')}</a></p>`

const withLink = (name: 'review' | 'renew' | 'report') => (reading: Reading) =>
  card(
    say(reading.page.language, `${name}.title`),
    html`<p>${say(reading.page.language, `${name}.text`)}</p>${asksLater(reading.state) ? whomToAsk(reading) : ''}${issuerLink(reading)}`,
  )
const reviewByIssuer = withLink('review')
/** The authority or body that changed the status can explain it. The issuer cannot undo what an authority did. */
const review = (reading: Reading): Html => {
  const { changer, page, state } = reading
  if (changer === undefined) return reviewByIssuer(reading)
  const text = state === 'suspended' ? 'review.suspender' : 'review.revoker'
  return card(
    say(page.language, 'review.title'),
    html`<p>${say(page.language, text, { authority: changer.name })}</p>${whomToAsk(reading)}<p><a class="tlink" href="${local(`/issuers/${changer.id}`, page)}">${say(page.language, 'review.see')}</a></p>`,
  )
}
/** The issuer cannot confirm its own accreditation. The authority that decides about it can. */
const reviewByAuthority = ({ page }: Reading): Html =>
  card(
    say(page.language, 'review.title'),
    html`<p>${say(page.language, 'review.authority')}</p><p><a class="tlink" href="${local('/authorities', page)}">${say(page.language, 'authorities.title')}</a></p>`,
  )
const renew = withLink('renew')
const report = withLink('report')

/** Links to the registry that keeps the record. The address comes from the decision that accepted the list, never from the document. */
function askThere({ values, page }: Reading): Html {
  const { list } = values.verification
  if (list === undefined) return html``
  const address = URL.parse(list.registry)
  return card(
    say(page.language, 'elsewhere.list'),
    html`<p>${say(page.language, 'elsewhere.text', { date: moment(list.madeAt, page.language) })}</p><p>${
      address !== null && /^https?:$/.test(address.protocol)
        ? html`<a class="tlink" href="${address.origin}" rel="noopener noreferrer">${address.host}</a>`
        : foreign(list.registry)
    }</p>`,
  )
}

type Card = (reading: Reading) => Html

// biome-ignore format: it reads as a table
/** The cards beside the evidence. On a phone, `first` follows the verdict and `later` follows the content. */
const cards: Record<State, { first: readonly Card[]; later: readonly Card[] }> = {
  valid:              { first: [samePerson],           later: [keepARecord, cannotTell] },
  notice:             { first: [samePerson, whatToDo], later: [keepARecord, cannotTell] },
  revoked:            { first: [whatToDo],             later: [keepARecord, review] },
  superseded:         { first: [whatToDo],             later: [keepARecord, review] },
  keyNotTrusted:      { first: [whatToDo],             later: [keepARecord, review] },
  suspended:          { first: [whatToDo],             later: [keepARecord, review] },
  wrongName:          { first: [whatToDo],             later: [keepARecord, review] },
  expired:            { first: [whatToDo],             later: [keepARecord, renew] },
  endedUnknown:       { first: [whatToDo],             later: [keepARecord] },
  changed:            { first: [whatToDo],             later: [keepARecord, report] },
  wrongKey:           { first: [whatToDo],             later: [keepARecord, report] },
  notRecorded:        { first: [whatToDo],             later: [keepARecord, report] },
  notACertificate:    { first: [whatToDo],             later: [keepARecord] },
  burned:             { first: [whatToDo],             later: [keepARecord, review] },
  notYet:             { first: [whatToDo],             later: [keepARecord] },
  notAuthorised:      { first: [whatToDo],             later: [keepARecord, reviewByAuthority] },
  wrongCentre:        { first: [whatToDo],             later: [keepARecord, review] },
  wrongQualification: { first: [whatToDo],             later: [keepARecord, review] },
  statusWrong:        { first: [whatToDo],             later: [keepARecord, review] },
  unknownIssuer:      { first: [whatToDo],             later: [keepARecord] },
  refusedIssuer:      { first: [whatToDo],             later: [keepARecord] },
  notFinished:        { first: [whatToDo],             later: [keepARecord] },
  elsewhere:          { first: [askThere, whatToDo],   later: [keepARecord] },
  unreachable:        { first: [whatToDo],             later: [keepARecord] },
  keyInDoubt:         { first: [whatToDo],             later: [keepARecord, review] },
  unsure:             { first: [whatToDo],             later: [keepARecord] },
}

export const firstCards = (reading: Reading): Html =>
  html`<div class="side${countsToday(reading.state) ? ' noprint' : ''}">${cards[reading.state].first.map((each) => each(reading))}</div>`
export const laterCards = (reading: Reading): Html =>
  html`<div class="side b">${cards[reading.state].later.map((each) => each(reading))}${ownCertificate(reading)}</div>`

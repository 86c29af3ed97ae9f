import type { CertificateSummary } from '@sijil/registry/issuance'
import type { Role } from '@sijil/registry/trust'
import { html } from 'hono/html'
import { moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { type IconName, icon, tag } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { languageField, local } from '../page.ts'
import { crumb, type DeskContext, deskForm, deskPage, pathHere } from './frame.ts'
import type { Named } from './values.ts'

/** A certificate in a list of its body. It names no person. */
export interface ListedCertificate {
  /** UUID. */
  id: string
  /** Absent for an authority, which may not read it, and once the certificate is erased. */
  number?: string
  /** The title of its qualification today. */
  title: string
  state: CertificateSummary['state']
  issuedAt?: string
  /** The moment of the present state, if it is not in force. */
  since?: string
  erasedAt?: string
}

export interface CertificatesValues {
  body: Named
  roles: readonly Role[]
  /** Newest first. */
  certificates: readonly ListedCertificate[]
  /** Those that the filter offers. */
  qualifications: readonly { id: string; title: string }[]
  filter: { state?: string; qualification?: string; month?: string }
  /** The number that was looked for. */
  number?: string
  /** The page token of the next page. */
  next?: string
}

// biome-ignore format: it reads as a table
const states: Record<CertificateSummary['state'], { tone: 'ok' | 'no' | 'am' | 'gy'; icon: IconName }> = {
  'in-force': { tone: 'ok', icon: 'check' },
  suspended:  { tone: 'am', icon: 'pause' },
  revoked:    { tone: 'no', icon: 'x' },
  reserved:   { tone: 'gy', icon: 'clock' },
  burned:     { tone: 'gy', icon: 'minus' },
}

/** The state of a certificate, in a word, a colour and a sign, and that it is erased. */
export const certificateTags = (
  { state, erasedAt }: Pick<ListedCertificate, 'state' | 'erasedAt'>,
  context: DeskContext,
): Html =>
  html`${certificateTag(state, context)}${erasedAt === undefined ? '' : html` ${tag('gy', 'minus', say(context.language, 'desk.certificate.state.erased'))}`}`

const certificateTag = (state: CertificateSummary['state'], { language }: DeskContext): Html =>
  tag(states[state].tone, states[state].icon, say(language, `desk.certificate.state.${state}`))

function row(body: Named, certificate: ListedCertificate, context: DeskContext): Html {
  const { language } = context
  const { id, number, title, issuedAt } = certificate
  return html`<li><div class="rl"><div><a href="${local(pathHere(context, body.id, 'certificates', id), context)}"><code>${number ?? id}</code></a><p class="small">${foreign(title, 'en')}</p>${issuedAt === undefined ? '' : html`<p class="dim small">${say(language, 'desk.certificate.issued', { date: moment(issuedAt, language) })}</p>`}</div><div>${certificateTags(certificate, context)}</div></div></li>`
}

/** Narrows the list. It names nobody, so it is a GET, and its address can be kept. */
function filterForm({ body, qualifications, filter }: CertificatesValues, context: DeskContext): Html {
  const { language } = context
  const any = html`<option value="">${say(language, 'desk.certificates.any')}</option>`
  const option = (value: string, asked: string | undefined, words: Html | string, lang = '') =>
    html`<option value="${value}"${lang === '' ? '' : html` lang="${lang}"`}${value === asked ? html` selected` : ''}>${words}</option>`
  const states = (['in-force', 'suspended', 'revoked'] as const).map((state) =>
    option(state, filter.state, say(language, `desk.certificate.state.${state}`)),
  )
  const named = qualifications.map(({ id, title }) => option(id, filter.qualification, `${title} (${id})`, 'en'))
  const isInUse = Object.keys(filter).length > 0
  return html`<details class="more mb2"${isInUse ? html` open` : ''}><summary>${say(language, 'desk.certificates.filter')}${icon('chev')}</summary><form class="flow" method="get" action="${pathHere(context, body.id, 'certificates')}">${languageField(context)}<div><label for="state">${say(language, 'desk.certificates.state')}</label><select id="state" name="state">${any}${states}</select></div><div><label for="by-qualification">${say(language, 'desk.certificate.qualification')}</label><select id="by-qualification" name="qualification">${any}${named}</select></div><div><label for="month">${say(language, 'desk.certificates.month')}</label><p class="hint" id="month-hint">${say(language, 'desk.certificates.month.hint')}</p><input id="month" name="month" type="month" pattern="[0-9]{4}-[0-9]{2}" maxlength="7" value="${filter.month ?? ''}" aria-describedby="month-hint"></div><p><button type="submit" class="btn alt">${say(language, 'desk.certificates.narrow')}</button></p></form></details>`
}

/** The certificates of a body, newest first, with a search by number and a filter. */
export function certificatesPage(values: CertificatesValues, context: DeskContext): string {
  const { language } = context
  const { body, certificates, number, next, filter } = values
  const isNarrowed = Object.keys(filter).length > 0
  const path = pathHere(context, body.id, 'certificates')
  const rows = certificates.map((each) => row(body, each, context))
  // A POST, because the address of a page is kept in places where no number should be.
  const search = html`<div class="sheet pad mb2" role="search" aria-label="${say(language, 'desk.certificates.find')}">${deskForm(
    path,
    html`<div><label for="number">${say(language, 'desk.certificates.numberOrId')}</label><input id="number" name="number" type="text" maxlength="100" required value="${number ?? ''}" autocomplete="off" spellcheck="false"></div><p><button type="submit" class="btn">${icon('search')}${say(language, 'desk.certificates.find')}</button></p>`,
    context,
  )}</div>`
  const none = say(
    language,
    number !== undefined
      ? 'desk.certificates.notFound'
      : isNarrowed
        ? next === undefined
          ? 'desk.certificates.noneSuch'
          : 'desk.certificates.noneHere'
        : 'desk.certificates.none',
  )
  const all =
    number === undefined && !isNarrowed
      ? ''
      : html`<p class="mt2"><a href="${local(path, context)}">${say(language, 'desk.certificates.all')}</a></p>`
  const further =
    next === undefined
      ? ''
      : html`<p class="mt2"><a href="${local(`${path}?${new URLSearchParams({ ...filter, page: next })}`, context)}" rel="next">${say(language, 'desk.certificates.older')}</a></p>`
  const main = html`${crumb(pathHere(context, body.id), foreign(body.name, 'en'), context)}
<div class="head"><h1>${say(language, 'desk.certificates')}</h1><p class="lead">${say(language, 'desk.certificates.lead')}</p></div>
${search}${filterForm(values, context)}
<div class="sheet"><section><h2 class="vh">${say(language, 'desk.certificates')}</h2>${rows.length === 0 ? html`<p>${none}</p>` : html`<ul class="rows">${rows}</ul>`}</section></div>${all}${further}<p class="mt2"><a href="${local(pathHere(context, body.id, 'due'), context)}">${say(language, 'desk.due')}</a></p>`
  return deskPage({ title: `${phrase(language, 'desk.certificates')}: ${body.name}`, main }, context)
}

export interface OverseenValues {
  owner: Named
  /** The bodies whose certificates the authority may be able to change. */
  bodies: readonly Named[]
  /** What was typed, if nothing was found. */
  typed?: { issuer: string; certificate: string }
}

/** Where an officer of an authority names one certificate of a body. */
export function overseenCertificatesPage({ owner, bodies, typed }: OverseenValues, context: DeskContext): string {
  const { language } = context
  const none =
    typed === undefined
      ? ''
      : html`<div class="call no mb2" role="alert">${icon('x')}<p>${say(language, 'desk.certificates.notYours')}</p></div>`
  const form = html`<form class="flow" method="get" action="${pathHere(context, owner.id, 'certificates')}">${languageField(context)}<div><label for="issuer">${say(language, 'desk.certificates.body')}</label><select id="issuer" name="issuer" required><option value="">${say(language, 'desk.accredit.grantee.choose')}</option>${bodies.map(({ id, name }) => html`<option value="${id}" lang="en"${id === typed?.issuer ? html` selected` : ''}>${name} (${id})</option>`)}</select></div><div><label for="certificate">${say(language, 'desk.certificates.id')}</label><p class="hint" id="certificate-hint">${say(language, 'desk.certificates.id.hint')}</p><input id="certificate" name="certificate" type="text" maxlength="45" required value="${typed?.certificate ?? ''}" aria-describedby="certificate-hint" autocomplete="off" spellcheck="false"></div><p><button type="submit" class="btn">${say(language, 'desk.certificates.show')}</button></p></form>`
  const main = html`${crumb(pathHere(context, owner.id), foreign(owner.name, 'en'), context)}
<div class="head"><h1>${say(language, 'desk.overseen')}</h1><p class="lead">${say(language, 'desk.overseen.lead')}</p></div>${none}
<div class="sheet"><section>${form}</section></div>`
  return deskPage({ title: phrase(language, 'desk.overseen'), main }, context)
}

import type { Certificate } from '@sijil/credentials'
import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import { unitList } from '../unit-list.ts'
import type { DeskContext } from './frame.ts'

/** A certificate as it will look: who, what, by whom, and every text that is signed about it. */
export function certificatePreview(certificate: Certificate, { language }: DeskContext): Html {
  const { holder, qualification, issuer, levels, units, validUntil, centre, signatory } = certificate
  const { title, localTitle, partOf, edition, limits } = qualification
  const fact = (name: Html, value: Html | string | undefined) =>
    value === undefined ? '' : html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  const written = (text: string | undefined) => (text === undefined ? undefined : foreign(text, 'en'))
  const dated = (text: string | undefined) => (text === undefined ? undefined : day(text, language))
  const stated =
    levels.length === 0
      ? say(language, 'desk.preview.level.none')
      : html`${levels.map(({ name }, at) => html`${at === 0 ? '' : ' · '}${foreign(name, 'en')}`)}`
  const label = (name: LabelName) => html`${say(language, `desk.field.${name}`)}`
  return html`<section data-preview><p class="dim">${foreign(issuer.name, 'en')}</p><p class="small dim">${say(language, 'desk.preview.says')}</p><p class="big"><b>${foreign(holder.name)}</b>${holder.nativeName === undefined ? '' : html`<br>${foreign(holder.nativeName)}`}</p><p class="small dim">${say(language, 'desk.preview.competent')}</p><h2>${foreign(title, qualification.language)}</h2>${localTitle === undefined ? '' : html`<p>${foreign(localTitle.text, localTitle.language)}</p>`}${partOf === undefined ? '' : html`<p class="small">${say(language, 'desk.preview.part', { title: foreign(partOf.title, 'en') })}</p>`}</section>
<section><dl class="sum">${fact(label('certificateNumber'), html`<code>${certificate.certificateNumber}</code>`)}${fact(say(language, 'desk.certificate.qualification'), edition === undefined ? undefined : say(language, 'desk.issue.edition', { edition: foreign(edition, 'en') }))}${fact(say(language, 'desk.preview.level'), stated)}${fact(label('awardedOn'), dated(certificate.awardedOn))}${fact(label('assessedOn'), dated(certificate.assessedOn))}${fact(say(language, 'desk.preview.validUntil'), dated(validUntil) ?? say(language, 'desk.preview.noEnd'))}${fact(label('holder.birthDate'), dated(holder.birthDate))}${fact(label('registerNumber'), written(holder.registerNumber))}${fact(label('route'), written(certificate.route))}${fact(label('method'), written(certificate.method))}${fact(label('centre.id'), written(centre?.name))}${fact(label('assessor'), written(certificate.assessor))}${fact(label('limits'), written(limits))}${fact(label('signatory.name'), signatory && html`${foreign(signatory.name)}<br><span class="dim small">${foreign(signatory.position)}</span>`)}${fact(say(language, 'desk.preview.units'), units.length === 0 ? undefined : unitList(units))}</dl></section>`
}

type LabelName =
  | 'certificateNumber'
  | 'awardedOn'
  | 'assessedOn'
  | 'holder.birthDate'
  | 'registerNumber'
  | 'route'
  | 'method'
  | 'centre.id'
  | 'assessor'
  | 'limits'
  | 'signatory.name'

import { html } from 'hono/html'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { listOf, type MessageKey, phrase, say } from './messages/say.ts'
import { type Language, languages } from './messages/speak.ts'
import { operatorText } from './operator-text.ts'
import { local, type PageContext, page } from './page.ts'

/** The pages to which an operator may add words. */
type OperatorPage = 'about' | 'privacy' | 'accessibility'

/** Who runs this registry, as they state it themselves. */
export interface Operator {
  name: string
  address?: string | undefined
  /** An email address. */
  contact: string
  /** By page and language: paragraphs with an empty line between them. */
  pages?: Partial<Record<OperatorPage, Partial<Record<Language, string>>>> | undefined
}

/** Undefined: the operator has not stated who they are. */
type Stated = Operator | undefined

const mail = ({ contact }: Operator): Html => html`<a href="mailto:${contact}">${contact}</a>`

const section = (title: Html, content: Html): Html =>
  html`<section class="flow-s"><h2>${title}</h2>${content}</section>`

const list = (language: Language, key: Extract<MessageKey, `${string}.list`>): Html =>
  html`<ul class="bul">${listOf(language, key).map((item) => html`<li>${item}</li>`)}</ul>`

/** Who is responsible, or plainly that nobody has said so. */
function whoRunsIt(operator: Stated, { language }: PageContext): Html {
  const fact = (name: Html, value: Html) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  const content =
    operator === undefined
      ? html`<div class="call am">${icon('warn')}<div><p><b>${say(language, 'operator.unstated')}</b></p><p>${say(language, 'operator.unstated.do')}</p></div></div>`
      : html`<dl class="sum">${fact(say(language, 'operator.name'), foreign(operator.name))}${operator.address === undefined ? '' : fact(say(language, 'operator.address'), foreign(operator.address))}${fact(say(language, 'operator.contact'), mail(operator))}</dl>`
  return section(
    say(language, 'operator.title'),
    html`${content}<p class="hint mt2">${say(language, 'operator.role')}</p>`,
  )
}

/** The words of the operator, marked as theirs. In another language if there are none in the language of the page. */
function operatorsWords(operator: Stated, name: OperatorPage, { language }: PageContext): Html {
  const texts = operator?.pages?.[name]
  const order = [language, ...(Object.keys(languages) as Language[])]
  const written = order.find((each) => texts?.[each] !== undefined)
  if (written === undefined) return html``
  return html`<section class="flow-s"><h2>${say(language, 'operator.words')}</h2>${operatorText(texts?.[written] ?? '', written)}</section>`
}

/** How to reach the operator, or plainly that nobody has said so. */
export const contactOf = (operator: Stated, { language }: PageContext): Html =>
  operator === undefined
    ? html`<p><b>${say(language, 'operator.noContact')}</b></p>`
    : html`<p>${say(language, 'operator.contact')}: ${mail(operator)}</p>`

type Titled = 'about' | 'privacy' | 'a11y' | 'trouble'

function framed(name: Titled, path: string, sections: Html, context: PageContext): string {
  const { language } = context
  const main = html`<div class="head"><h1>${say(language, `${name}.title`)}</h1><p class="lead">${say(language, `${name}.lead`)}</p></div>
<div class="sheet">${sections}</div>`
  return page({ title: phrase(language, `${name}.title`), main }, { ...context, path })
}

export function aboutPage(operator: Stated, context: PageContext): string {
  const { language } = context
  const sections = html`${section(say(language, 'about.does'), list(language, 'about.does.list'))}
${section(say(language, 'about.not'), list(language, 'about.not.list'))}
${whoRunsIt(operator, context)}${operatorsWords(operator, 'about', context)}
<section><p class="hint">${say(language, 'about.free')}</p></section>`
  return framed('about', '/about', sections, context)
}

/** What the software keeps is true of every deployment. What else an operator does with it, they add in their own words. */
export function privacyPage(operator: Stated, context: PageContext): string {
  const { language } = context
  const issuers = html`<a href="${local('/issuers', context)}">${say(language, 'privacy.issuers')}</a>`
  const sections = html`${section(say(language, 'privacy.kept'), list(language, 'privacy.kept.list'))}
${section(say(language, 'privacy.not'), list(language, 'privacy.not.list'))}
${section(say(language, 'privacy.cookies'), list(language, 'privacy.cookies.list'))}
${section(say(language, 'privacy.yours'), html`<p>${say(language, 'privacy.yours.text', { issuers })}</p>`)}
${operatorsWords(operator, 'privacy', context)}${whoRunsIt(operator, context)}`
  return framed('privacy', '/privacy', sections, context)
}

/**
 * An accessibility statement with the parts of the W3C template.
 * @see https://www.w3.org/WAI/planning/statements/
 */
export function accessibilityPage(operator: Stated, context: PageContext): string {
  const { language } = context
  const sections = html`${section(say(language, 'a11y.state'), html`<p>${say(language, 'a11y.state.text')}</p>`)}
${section(say(language, 'a11y.tested'), list(language, 'a11y.tested.list'))}
${section(say(language, 'a11y.open'), list(language, 'a11y.open.list'))}
${operatorsWords(operator, 'accessibility', context)}
${section(say(language, 'a11y.ask'), html`<p>${say(language, 'a11y.ask.text')}</p>${contactOf(operator, context)}`)}`
  return framed('a11y', '/accessibility', sections, context)
}

/** Leads to the people who can act: the body, the form for fakes, the operator, or the contact for weaknesses. */
export function reportProblemPage(operator: Stated, context: PageContext): string {
  const { language } = context
  const issuers = html`<a href="${local('/issuers', context)}">${say(language, 'privacy.issuers')}</a>`
  const form = html`<a href="${local('/report-fake', context)}">${say(language, 'foot.fake')}</a>`
  const file = html`<a href="/.well-known/security.txt">security.txt</a>`
  const sections = html`${section(say(language, 'trouble.certificate'), html`<p>${say(language, 'trouble.certificate.text', { issuers })}</p>`)}
${section(say(language, 'trouble.fake'), html`<p>${say(language, 'trouble.fake.text', { form })}</p>`)}
${section(say(language, 'trouble.page'), html`<p>${say(language, 'trouble.page.text')}</p>${contactOf(operator, context)}<p class="hint">${say(language, 'trouble.page.desk')}</p>`)}
${section(say(language, 'trouble.weakness'), html`<p>${say(language, 'trouble.weakness.text', { file })}</p>`)}`
  return framed('trouble', '/report-problem', sections, context)
}

import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { type IconName, icon } from '../icons.ts'
import { type Language, say } from '../messages/say.ts'
import type { PageContext } from '../page.ts'
import type { IssuerValues } from './values.ts'

const questions = ['real', 'may', 'scope', 'standing'] as const satisfies readonly (keyof IssuerValues['answers'])[]

// biome-ignore format: it reads as a table
const answerIcons = {
  yes:         { icon: 'check', className: 'c-ok' },
  no:          { icon: 'x',     className: 'c-no' },
  'in-part':   { icon: 'minus', className: 'c-am' },
  'not-known': { icon: 'q',     className: 'c-am' },
} as const satisfies Record<string, { icon: IconName; className: string }>

const textOrNone = (text: string | undefined, language: Language) => (text === undefined ? '–' : day(text, language))

/** The question depends on the kind: a body issues, a centre assesses, and an authority accredits. */
const mayOf = ({ kind }: IssuerValues['issuer']) =>
  (({ authority: 'issuer.mayAccredit', body: 'issuer.may', centre: 'issuer.mayAssess' }) as const)[kind]

/** One sentence for each answer that says why. */
function sentences(values: IssuerValues, language: Language): Record<keyof IssuerValues['answers'], Html> {
  const { answers, unreal, basis, issuer, recordBegins, replaced, explained } = values
  const before = recordBegins && say(language, 'issuer.before', { date: day(recordBegins, language) })
  const listed = before || say(language, 'issuer.real.yes', { basis: foreign(basis, 'en') })
  const real = unreal === undefined ? listed : say(language, `issuer.real.${unreal}`)
  const open = before || (replaced?.qualification && say(language, 'issuer.replaced.qualification'))
  if (open) return { real, may: open, scope: open, standing: open }
  const qualification = foreign(explained?.qualification.title ?? '', 'en')
  const name = foreign(issuer.acronym ?? issuer.name, 'en')
  return {
    real,
    may:
      answers.may === 'in-part'
        ? say(language, 'issuer.may.partly', { qualification })
        : say(language, `${mayOf(issuer)}.${answers.may === 'yes' ? 'yes' : 'no'}`, { name }),
    scope: say(language, `issuer.scope.${answers.scope === 'not-known' ? 'no' : answers.scope}`),
    standing: whyStatus(values, language),
  }
}

/** Explains the status of the chosen qualification first, then that of the rest of the scope. */
function whyStatus({ answers, standing, since, explained }: IssuerValues, language: Language): Html {
  const qualification = foreign(explained?.qualification.title ?? '', 'en')
  const date = textOrNone(since, language)
  const ofAsked = explained?.answer.standing
  if (answers.standing === 'yes') return say(language, 'issuer.standing.yes')
  if (answers.standing === 'not-known')
    return explained === undefined
      ? say(language, 'issuer.standing.not-known')
      : say(language, 'issuer.standing.not-known.asked', { qualification })
  if (answers.standing === 'in-part') {
    if (ofAsked === 'authorised') return say(language, 'issuer.standing.partly.authorised', { qualification })
    if ((ofAsked === 'suspended' || ofAsked === 'withdrawn') && since !== undefined)
      return say(language, `issuer.standing.partly.${ofAsked}`, { qualification, date })
    return say(language, 'issuer.standing.partly')
  }
  const isAsked = ofAsked === undefined || ofAsked === standing
  if ((standing === 'suspended' || standing === 'withdrawn') && since !== undefined && isAsked)
    return say(language, `issuer.standing.${standing}`, { date })
  return say(language, 'issuer.standing.no')
}

export function fourAnswers(values: IssuerValues, { language }: PageContext): Html {
  const { answers, asOf } = values
  const why = sentences(values, language)
  // Only a body is asked what it may issue. A centre issues nothing, and an authority accredits others.
  const qualification = values.explained?.qualification.title
  const isIssuing = values.issuer.kind === 'body' && qualification !== undefined
  const asked = questions.filter((question) => question !== 'scope' || isIssuing)
  const asks = (question: (typeof questions)[number]) =>
    question === 'scope'
      ? say(language, 'issuer.scope', { qualification: foreign(qualification ?? '', 'en') })
      : say(language, question === 'may' ? mayOf(values.issuer) : `issuer.${question}`)
  const each = asked.map((question) => {
    const answer = answers[question]
    const { icon: name, className } = answerIcons[answer]
    return html`<div><dt>${asks(question)}</dt><dd class="a ${className}">${icon(name)}${say(language, `issuer.${answer}`)}</dd><dd>${why[question]}</dd></div>`
  })
  return html`<section aria-labelledby="four"><h2 class="mb1" id="four">${say(language, asked.length === questions.length ? 'issuer.four' : 'issuer.answers', { date: day(asOf, language) })}</h2><dl class="four">${each}</dl><p class="small dim mt1 mb2">${say(language, 'issuer.four.note')}</p></section>`
}

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

/** A body issues, a centre assesses, an authority lets others do either. */
const mayOf = ({ kind }: IssuerValues['issuer']) =>
  (({ authority: 'issuer.mayAccredit', body: 'issuer.may', centre: 'issuer.mayAssess' }) as const)[kind]

/** Why the answer is what it is. */
function sentences({ answers, standing, since, basis, issuer }: IssuerValues, language: Language) {
  const date = textOrNone(since, language)
  const ofStanding = () => {
    if (standing === 'suspended' || standing === 'withdrawn')
      return say(language, `issuer.standing.${standing}`, { date })
    return say(language, answers.standing === 'yes' ? 'issuer.standing.yes' : 'issuer.standing.not-known')
  }
  return {
    real:
      answers.real === 'yes'
        ? say(language, 'issuer.real.yes', { basis: foreign(basis, 'en') })
        : say(language, `issuer.real.${answers.real}`),
    may: say(language, `${mayOf(issuer)}.${answers.may}`, { name: foreign(issuer.acronym ?? issuer.name, 'en') }),
    scope: say(language, `issuer.scope.${answers.scope}`),
    standing: ofStanding(),
  }
}

export function fourAnswers(values: IssuerValues, { language }: PageContext): Html {
  const { answers, asOf } = values
  const why = sentences(values, language)
  // What a scope names is asked of those who have one.
  const asked = questions.filter((question) => question !== 'scope' || values.issuer.kind !== 'authority')
  const each = asked.map((question) => {
    const answer = answers[question]
    const { icon: name, className } = answerIcons[answer]
    return html`<div><dt>${say(language, question === 'may' ? mayOf(values.issuer) : `issuer.${question}`)}</dt><dd class="a ${className}">${icon(name)}${say(language, `issuer.${answer}`)}</dd><dd>${why[question]}</dd></div>`
  })
  return html`<section aria-labelledby="four"><h2 class="mb1" id="four">${say(language, asked.length === questions.length ? 'issuer.four' : 'issuer.answers', { date: day(asOf, language) })}</h2><dl class="four">${each}</dl><p class="small dim mt1 mb2">${say(language, 'issuer.four.note')}</p></section>`
}

import { moment } from '../dates.ts'
import { foreign, type Html, namesOf } from '../html.ts'
import { phrase, say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import { nameInState, stateName } from '../state-names.ts'
import type { Named, ShownChange, ShownTerms } from './values.ts'

/** One sentence: what the proposal does, to which entity, and for which qualifications. */
export function changeWords(change: ShownChange, language: Language): Html {
  const { terms = change.grant?.terms } = change
  const what = verbWords(change, language)
  return terms === undefined
    ? what
    : say(language, 'desk.verb.of', { what, qualifications: qualificationWords(terms, language) })
}

/** The name with its state, because an entity of another state may have the same name. */
export const nameWords = ({ name, state }: Named, language: Language): Html =>
  nameInState(foreign(name, 'en'), state, language)

function verbWords({ verb, about, right = 'issue', effectiveAt }: ShownChange, language: Language): Html {
  const name = nameWords(about, language)
  if (verb === 'accredit') return say(language, `desk.verb.accredit.${right}`, { name })
  if (verb === 'withdraw' && effectiveAt !== undefined)
    return say(language, 'desk.verb.withdraw.from', { name, date: moment(effectiveAt, language) })
  return say(language, `desk.verb.${verb}`, { name })
}

/** Headings must stay short on a phone. A longer list shows its first qualification and a count. */
const MOST_NAMED = 2
export function qualificationWords({ qualifications }: ShownTerms, language: Language): Html {
  if (qualifications === undefined) return say(language, 'desk.fact.places.any')
  if ('framework' in qualifications)
    return say(language, 'desk.accredit.framework', { framework: foreign(qualifications.framework, 'en') })
  if (qualifications.length === 0) return say(language, 'desk.fact.qualifications.none')
  if (qualifications.length <= MOST_NAMED) return namesOf(qualifications)
  const titles = namesOf(qualifications.slice(0, 1))
  return say(language, 'desk.accreditation.more', { titles, count: qualifications.length - 1 })
}

export function changeTitle({ verb, about, right = 'issue' }: ShownChange, language: Language): string {
  const name = about.state === undefined ? about.name : `${about.name} (${stateName(about.state, language)})`
  return verb === 'accredit'
    ? phrase(language, `desk.verb.accredit.${right}`, { name })
    : phrase(language, `desk.verb.${verb}`, { name })
}

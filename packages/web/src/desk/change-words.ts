import { moment } from '../dates.ts'
import { foreign, type Html, namesOf } from '../html.ts'
import { phrase, say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import { nameInState, stateName } from '../state-names.ts'
import type { Named, ShownChange, ShownStatement, ShownTerms } from './values.ts'

/** One sentence: what the proposal does, to which entity, and for which qualifications. */
export function changeWords(change: ShownChange, language: Language): Html {
  const { terms = change.grant?.terms } = change
  const what = verbWords(change, language)
  return terms === undefined
    ? what
    : say(language, 'desk.verb.of', { what, qualifications: qualificationWords(terms, language) })
}

/** The name with its state, because an entity of another state may have the same name. */
export const nameWords = (named: Named, language: Language): Html =>
  nameInState(foreign(named.name, 'en'), named, language)

type StatementVerb = 'state-qualification' | 'state-edition' | 'retire-qualification'
const isStatement = (verb: ShownChange['verb']): verb is StatementVerb =>
  verb === 'state-qualification' || verb === 'state-edition' || verb === 'retire-qualification'

/** The sentence for a statement about a qualification, and what it names. */
function statementVerb(verb: StatementVerb, { title = '', edition, before }: Partial<ShownStatement> = {}) {
  const named = { title, edition: edition?.id ?? '' }
  if (verb === 'retire-qualification') return { key: 'desk.verb.retire-qualification', ...named } as const
  if (verb === 'state-edition') {
    const corrects = before?.edition !== undefined && before.edition.id === edition?.id
    return { key: corrects ? 'desk.verb.correct-edition' : 'desk.verb.state-edition', ...named } as const
  }
  const isNew = before === undefined
  return { key: isNew ? 'desk.verb.state-qualification' : 'desk.verb.restate-qualification', ...named } as const
}

/** A person who is a member already gets other roles. */
const isChangeOfRoles = ({ verb, member }: ShownChange): boolean =>
  verb === 'add-member' && member?.before !== undefined && member.before.length > 0

function verbWords(change: ShownChange, language: Language): Html {
  const { verb, about, right = 'issue', effectiveAt, catalogue } = change
  const name = nameWords(about, language)
  if (isStatement(verb)) {
    const { key, title, edition } = statementVerb(verb, catalogue)
    return say(language, key, { name, title: foreign(title, 'en'), edition: foreign(edition) })
  }
  if (verb === 'accredit') return say(language, `desk.verb.accredit.${right}`, { name })
  if (isChangeOfRoles(change)) return say(language, 'desk.verb.change-roles', { name })
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

export function changeTitle(change: ShownChange, language: Language): string {
  const { verb, about, right = 'issue', catalogue } = change
  const { state, ...of } = about
  const name = state === undefined ? about.name : `${about.name} (${stateName({ ...of, state }, language)})`
  if (isStatement(verb)) {
    const { key, ...named } = statementVerb(verb, catalogue)
    return phrase(language, key, { name, ...named })
  }
  if (isChangeOfRoles(change)) return phrase(language, 'desk.verb.change-roles', { name })
  return verb === 'accredit'
    ? phrase(language, `desk.verb.accredit.${right}`, { name })
    : phrase(language, `desk.verb.${verb}`, { name })
}

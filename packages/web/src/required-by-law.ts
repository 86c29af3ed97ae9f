import type { Qualification, RequiredByLaw } from '@sijil/qualifications'
import { html } from 'hono/html'
import { sourceLink } from './citations.ts'
import { foreign, type Html } from './html.ts'
import { say } from './messages/say.ts'
import type { Language } from './messages/speak.ts'
import { stateWords } from './state-names.ts'

export type DemandedByLaw = Pick<Qualification, 'state' | 'stateName' | 'statedBy'> & { requiredByLaw: RequiredByLaw }

/**
 * That a law demands the certificate for the work, in the words of its owner. It is said of one state only, and it is no permit: a reader
 * easily takes it for both.
 */
export function lawWords({ statedBy, requiredByLaw, ...of }: DemandedByLaw, language: Language): Html {
  const { law, source } = requiredByLaw
  const state = stateWords({ ...of, state: of.state ?? 'ASEAN' }, language)
  const owner =
    statedBy === undefined ? '' : html` ${say(language, 'law.owner', { owner: foreign(statedBy.name, 'en') })}`
  return html`<b>${say(language, 'law.title', { state })}</b> <br>${foreign(law, 'en')}. ${sourceLink(source)}<br><span class="small dim">${owner} ${say(language, 'law.text')}</span>`
}

import { states } from '@sijil/qualifications'
import type { Language } from './messages/say.ts'

/** A state in the language of the page; in English as the registry writes it. What is no state (`ASEAN`) keeps its name. */
export function stateName(iso2: string, language: Language): string {
  const written = states.find((state) => state.iso2 === iso2)?.name
  if (written === undefined || language === 'en') return written ?? iso2
  return new Intl.DisplayNames([language], { type: 'region' }).of(iso2) ?? written
}

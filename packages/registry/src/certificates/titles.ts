import type { Certificate, Unit } from '@sijil/credentials'
import type { Qualification } from '@sijil/qualifications'
import type { Plan } from './plan.ts'

export const ENGLISH = 'en'
export const isPart = ({ units }: Qualification, chosen: readonly Unit[]) => chosen.length < units.length
/** The languages of the title. The title of a part is made here, in English. */
export const languagesOf = (qualification: Qualification, chosen: readonly Unit[]): readonly string[] =>
  qualification.localTitle && !isPart(qualification, chosen) ? [ENGLISH, qualification.localTitle.language] : [ENGLISH]

/** The title in the requested language, and in the other language that it has. */
export function titlesOf({
  input,
  qualification: { title, localTitle, units: all },
  units,
  part,
}: Plan): Pick<Certificate['qualification'], 'title' | 'language' | 'localTitle'> {
  if (part) return { title: `${title} (part: ${units.length} of ${all.length} units)`, language: ENGLISH }
  if (localTitle === undefined) return { title, language: ENGLISH }
  return input.language === localTitle.language
    ? { title: localTitle.text, language: localTitle.language, localTitle: { text: title, language: ENGLISH } }
    : { title, language: ENGLISH, localTitle }
}

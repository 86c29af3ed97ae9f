import type { Qualification } from '@sijil/qualifications'
import type { StatedQualification } from '@sijil/registry/catalogue'
import type { TypedFields } from '@sijil/web'
import { pastedText } from './pasted-rows.ts'

type Body = Record<string, unknown>
type Statement = StatedQualification['statement']['value']
type Edition = StatedQualification['editions'][number]['value']

/** Two empty fields of the term mean that certificates have no end. An edition without units has an empty list of them. */
export function withEdition({ edition, ...rest }: Body): Body {
  return { ...rest, edition: { units: [], validity: 'none', ...(edition as Body | undefined) } }
}

/** The form asks for the part of the id after the owner. The API calls it `id`. */
export const withId = ({ localId, ...rest }: Body): Body => ({ ...rest, ...(localId !== undefined && { id: localId }) })

const filled = (typed: Readonly<Record<string, string | number | undefined>>): TypedFields =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  )

const assigned = (name: 'occupation' | 'escoOccupation' | 'fieldOfEducation', stated: Statement['occupation']) => ({
  [`${name}.code`]: stated?.code,
  [`${name}.title`]: stated?.title,
  [`${name}.url`]: stated?.url,
  [`${name}.assignedBy`]: stated?.assignedBy,
})

/** The statement of today as an officer would type it. A statement takes the place of the whole earlier one. */
export function typedStatement({ statement: { value } }: StatedQualification): TypedFields {
  const { title, localTitles = [], description, kind, field, source, code, codeScheme } = value
  return filled({
    title,
    localTitles: pastedText(localTitles.map(({ language, text }) => [language, text])),
    description,
    kind,
    field,
    source,
    'requiredByLaw.law': value.requiredByLaw?.law,
    'requiredByLaw.source': value.requiredByLaw?.source,
    code,
    codeScheme,
    ...assigned('occupation', value.occupation),
    'escoOccupation.version': value.escoOccupation?.version,
    ...assigned('escoOccupation', value.escoOccupation),
    ...assigned('fieldOfEducation', value.fieldOfEducation),
  })
}

/**
 * A record of the baseline as its owner would type it, to state it for the first time. The baseline gives its editions no names that
 * certificates could use, and its sources are not pages of the owner, so these fields stay empty.
 */
export function typedBaseline(record: Qualification, owner: string): TypedFields {
  const { title, localTitle, description, kind, field, code, codeScheme, units, validity, framework, level } = record
  const chosen = (stated: Qualification['occupation']) => stated && { ...stated, assignedBy: owner }
  return filled({
    title,
    localTitles: localTitle && pastedText([[localTitle.language, localTitle.text]]),
    description,
    kind,
    field,
    code,
    codeScheme,
    ...assigned('occupation', chosen(record.occupation)),
    ...assigned('fieldOfEducation', chosen(record.fieldOfEducation)),
    ...inCommon({
      units,
      validity,
      ...(framework !== undefined && level !== undefined && { level: { framework, national: level } }),
    }),
  })
}

/**
 * An edition as an officer would type it: the named one, to correct it, or else the beginning of a new one, which has what the last one
 * has and follows it.
 */
export function typedEdition({ editions }: StatedQualification, named?: string): TypedFields {
  const all = editions.map(({ value }) => value)
  const corrected = all.find(({ id }) => id === named)
  if (corrected !== undefined) {
    const { id, from, until, supersedes, source } = corrected
    return filled({
      ...inCommon(corrected),
      'edition.id': id,
      'edition.from': from,
      'edition.until': until,
      'edition.supersedes': supersedes,
      'edition.source': source,
    })
  }
  const last = all.toSorted((one, other) => (one.from < other.from ? -1 : 1)).at(-1)
  return last === undefined ? {} : filled({ ...inCommon(last), 'edition.supersedes': last.id })
}

function inCommon({
  units,
  validity,
  level,
  assessment,
  limits,
}: Pick<Edition, 'units' | 'validity' | 'level' | 'assessment' | 'limits'>) {
  const term = validity === 'none' || validity === undefined ? undefined : validity
  return {
    'edition.units': pastedText(units.map(({ code, title }) => [code, title])),
    'edition.validity.years': term?.years,
    'edition.validity.months': term?.months,
    'edition.level.framework': level?.framework,
    'edition.level.national': level?.national,
    'edition.assessment': assessment,
    'edition.limits': limits,
  }
}

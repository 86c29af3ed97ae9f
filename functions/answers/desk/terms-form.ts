import { RegistryError } from '@sijil/registry'
import type { GrantTerms } from '@sijil/registry/trust'
import { unitValue } from '@sijil/views/desk'
import { type FieldName, severalName, type TypedFields } from '@sijil/web'
import { pastedText } from './pasted-rows.ts'

type Body = Record<string, unknown>

const several = (field: FieldName, values: readonly string[] = []) =>
  Object.fromEntries(values.map((value) => [severalName(field, value), 'yes']))
const dayOf = (moment: string | undefined) => moment?.slice(0, 10)

/** The terms of an accreditation as an officer would type them, so that a form of changes begins with what counts now. */
export function typedTerms({ scope, until, pilot, mayChangeStatus, assurance }: GrantTerms): TypedFields {
  const { qualifications, levels, fields, occupations, sites, units = [] } = scope
  const named = units.flatMap(({ qualification, codes }) => codes.map((code) => unitValue(qualification, code)))
  const chosen =
    qualifications === undefined
      ? {}
      : 'framework' in qualifications
        ? { 'scope.framework': qualifications.framework }
        : several('scope.qualifications', qualifications)
  const typed: Partial<Record<FieldName, string | undefined>> = {
    'scope.levels.from': levels && String(levels.from),
    'scope.levels.to': levels && String(levels.to),
    'scope.fields': fields?.join('\n'),
    'scope.occupations': occupations?.join('\n'),
    until: dayOf(until),
    pilot: pilot ? 'yes' : undefined,
    mayChangeStatus: mayChangeStatus ? 'yes' : undefined,
    'assurance.reviewer': assurance?.reviewer,
    'assurance.reviewedOn': assurance?.reviewedOn,
    'assurance.findings': assurance?.findings,
    'assurance.gaps': assurance?.gaps.join('\n'),
    'assurance.checklist':
      assurance?.checklist &&
      pastedText(
        assurance.checklist.map(({ principle, met, theme = '', note = '', evidence = '' }) => [
          ...[principle, met, theme, note, evidence],
        ]),
      ),
    'assurance.nextReviewOn': assurance?.nextReviewOn,
  }
  const filled = Object.entries(typed).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return {
    ...chosen,
    ...several('scope.units', named),
    ...several('scope.sites', sites),
    ...Object.fromEntries(filled),
  }
}

/** The chosen units by their qualifications. The id of a qualification has no slash, and a code may have one. */
function unitsChosen(values: readonly string[]): Body[] {
  const found = values.map((value) => {
    const at = value.indexOf('/')
    return { qualification: value.slice(0, Math.max(at, 0)), code: value.slice(at + 1) }
  })
  return [...Map.groupBy(found, ({ qualification }) => qualification)].map(([qualification, own]) => ({
    qualification,
    codes: own.map(({ code }) => code),
  }))
}

/** A framework is named in place of a list, and a search of the form is no term. A review without gaps has an empty list of them. */
const toTerms = ({ scope, assurance, ...rest }: Body): { scope: Body; rest: Body } => {
  const { search: _, framework, qualifications, units, ...limits } = (scope ?? {}) as Body
  const chosen = framework === undefined ? qualifications : { framework }
  return {
    scope: {
      ...limits,
      ...(chosen !== undefined && { qualifications: chosen }),
      ...(units !== undefined && { units: unitsChosen(units as readonly string[]) }),
    },
    rest: { ...rest, ...(assurance !== undefined && { assurance: { gaps: [], ...(assurance as Body) } }) },
  }
}

/**
 * An authority of one state accredits in that state only. Without a qualification the accreditation would allow nothing, and nobody fills
 * in the form for that.
 */
export function accreditation(body: Body, { state }: { state: string }): Body {
  const { scope, rest } = toTerms(body)
  requireQualification(scope)
  return { ...rest, scope: { ...scope, ...(state === 'ASEAN' ? {} : { places: [state] }) } }
}

/**
 * A root lets an authority of its state decide about certificates of other states, within their qualifications, fields or occupations. It
 * counts in the own state only. Without any limit the form is refused: the API grants such a right.
 */
export function rightToRecognise(body: Body, { state }: { state: string }): Body {
  const { scope, rest } = toTerms(body)
  if (!['qualifications', 'fields', 'occupations'].some((limit) => scope[limit] !== undefined))
    requireQualification(scope)
  return { ...rest, right: 'recognise', scope: { ...scope, places: [state] } }
}

/**
 * The changed terms. Terms that the form cannot show stay as they are: places, a missing limit of qualifications, and the hour of the last
 * day.
 */
export function amendment(body: Body, { terms }: { terms?: GrantTerms | undefined }): Body {
  const { scope, rest } = toTerms(body)
  if (terms === undefined) throw new TypeError('an amendment needs the present terms')
  if (terms.scope.qualifications !== undefined) requireQualification(scope)
  const { places } = terms.scope
  const keepsEnd = terms.until !== undefined && dayOf(terms.until) === dayOf(rest.until as string | undefined)
  return {
    ...rest,
    ...(keepsEnd && { until: terms.until }),
    scope: { ...scope, ...(places !== undefined && { places }) },
  }
}

function requireQualification({ qualifications }: Body): void {
  if (qualifications === undefined)
    throw new RegistryError('validation-failed', 'No qualification was chosen.', {
      faults: [{ pointer: '/scope/qualifications', detail: 'choose at least one', reason: 'missing' }],
    })
}

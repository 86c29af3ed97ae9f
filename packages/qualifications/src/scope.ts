import type { Qualification } from './qualification.ts'

/** The limits of a grant. An absent member is no limit. An empty array grants nothing. */
export interface Scope {
  /** Ids of qualifications, or all qualifications of a framework. */
  qualifications?: readonly string[] | { framework: string }
  /** National levels, both ends included. */
  levels?: { from: number; to: number }
  /** Prefixes of ISCED-F 2013 codes: broad, narrow or detailed fields. */
  fields?: readonly string[]
  /** Prefixes of ISCO-08 codes: major to unit groups. */
  occupations?: readonly string[]
  /** ISO 3166-1 alpha-2. */
  places?: readonly string[]
  /** Ids of registered assessment centres. */
  sites?: readonly string[]
  /** Units by their codes. A code is unique within its qualification only. Qualifications that are not named here are not covered. */
  units?: readonly UnitsOf[]
}

/** Units of one qualification. */
export interface UnitsOf {
  qualification: string
  codes: readonly string[]
}

export type ScopeDimension = 'qualification' | 'level' | 'field' | 'occupation' | 'place' | 'site' | 'unit'

/**
 * For questions without a certificate: is any site covered? Never for a certificate, which names its site or none. A caller that
 * gets a yes must say for which sites it holds.
 */
export const ANY_SITE: unique symbol = Symbol('any site')

/** The assessment centre that a certificate names. `undefined` if it names none. */
export type Site = string | undefined | typeof ANY_SITE

/** For counts: is any unit covered? Never for a certificate. */
export const ANY_UNIT: unique symbol = Symbol('any unit')

export interface ScopeQuestion {
  qualification: Qualification
  /** A level that the certificate claims. The scope must then cover both this level and the level of the qualification. */
  level?: number
  place?: string
  /** Required, so that an omitted site never means any site. */
  site: Site
  /** Codes of the units that the certificate names. Absent or empty: all units of the qualification. */
  units?: readonly string[] | typeof ANY_UNIT
}

export const isIscoPrefix = (text: string): boolean => /^[0-9]{1,4}$/.test(text)
export const isIscedFPrefix = (text: string): boolean => /^[0-9]{2,4}$/.test(text)

/** Fails closed: if the scope limits a dimension that the question does not state, the answer is "not covered". */
export function scopeCovers(
  scope: Scope,
  question: ScopeQuestion,
): { covered: true } | { covered: false; why: ScopeDimension } {
  const why = dimensions.find((dimension) => !tests[dimension].covers(scope, question))
  return why === undefined ? { covered: true } : { covered: false, why }
}

/**
 * Whether a holder of `outer` may grant `inner`. Each dimension is compared separately, so a grant may be refused although it would
 * cover nothing more.
 */
export function scopeWithin(
  inner: Scope,
  outer: Scope,
  /** The framework in which the baseline has a qualification of `inner`. Asked only if `outer` names a framework, and `inner` does not. */
  frameworkOf: (qualification: string) => string | undefined,
): { within: true } | { within: false; differences: ScopeDimension[] } {
  const differences = dimensions.filter((dimension) => !tests[dimension].within(inner, outer, frameworkOf))
  return differences.length === 0 ? { within: true } : { within: false, differences }
}

const dimensions: readonly ScopeDimension[] = ['qualification', 'level', 'field', 'occupation', 'place', 'site', 'unit']

interface DimensionTest {
  covers(scope: Scope, question: ScopeQuestion): boolean
  within(inner: Scope, outer: Scope, frameworkOf: (qualification: string) => string | undefined): boolean
}

const tests: Readonly<Record<ScopeDimension, DimensionTest>> = {
  qualification: {
    covers: ({ qualifications: granted }, { qualification }) =>
      granted === undefined ||
      ('framework' in granted ? qualification.framework === granted.framework : granted.includes(qualification.id)),
    within: ({ qualifications: inner }, { qualifications: outer }, frameworkOf) => {
      if (outer === undefined) return true
      if (inner === undefined) return false
      // A list never contains a framework, because qualifications may be added to the framework.
      if ('framework' in inner) return 'framework' in outer && inner.framework === outer.framework
      return 'framework' in outer
        ? inner.every((id) => frameworkOf(id) === outer.framework)
        : inner.every((id) => outer.includes(id))
    },
  },
  level: {
    covers: ({ levels }, { qualification, level }) => {
      if (levels === undefined) return true
      const claimed = [qualification.level, level].filter((each) => each !== undefined)
      return claimed.length > 0 && claimed.every((each) => levels.from <= each && each <= levels.to)
    },
    within: ({ levels: inner }, { levels: outer }) => {
      if (outer === undefined) return true
      if (inner === undefined) return false
      const isEmpty = !(inner.from <= inner.to)
      return isEmpty || (outer.from <= inner.from && inner.to <= outer.to)
    },
  },
  field: {
    covers: ({ fields }, { qualification }) =>
      startsWithAny(qualification.fieldOfEducation?.code, fields, isIscedFPrefix),
    within: (inner, outer) => prefixesWithin(inner.fields, outer.fields, isIscedFPrefix),
  },
  occupation: {
    covers: ({ occupations }, { qualification }) =>
      startsWithAny(qualification.occupation?.code, occupations, isIscoPrefix),
    within: (inner, outer) => prefixesWithin(inner.occupations, outer.occupations, isIscoPrefix),
  },
  place: {
    covers: ({ places }, { place }) => places === undefined || (place !== undefined && places.includes(place)),
    within: ({ places: inner }, { places: outer }) =>
      outer === undefined || (inner?.every((place) => outer.includes(place)) ?? false),
  },
  site: {
    covers: ({ sites }, { site }) => {
      if (sites === undefined) return true
      if (site === ANY_SITE) return sites.length > 0
      return site !== undefined && sites.includes(site)
    },
    within: ({ sites: inner }, { sites: outer }) =>
      outer === undefined || (inner?.every((site) => outer.includes(site)) ?? false),
  },
  unit: {
    // A unit that the qualification no longer has is not covered either.
    covers: ({ units: granted }, { qualification, units: asked = [] }) => {
      if (granted === undefined) return true
      const own = qualification.units.map(({ code }) => code)
      const covered = new Set(unitsIn(granted, qualification.id))
      if (asked === ANY_UNIT) return own.some((code) => covered.has(code))
      const named = asked.length === 0 ? own : asked
      return named.length > 0 && named.every((code) => covered.has(code) && own.includes(code))
    },
    within: ({ units: inner }, { units: outer }) => {
      if (outer === undefined) return true
      return (
        inner?.every(({ qualification, codes }) => {
          const allowed = new Set(unitsIn(outer, qualification))
          return codes.every((code) => allowed.has(code))
        }) ?? false
      )
    },
  },
}

/** The codes that a scope names for a qualification. */
export const unitsIn = (units: readonly UnitsOf[], id: string): readonly string[] =>
  units.flatMap(({ qualification, codes }) => (qualification === id ? codes : []))

type IsPrefix = (text: string) => boolean

/** A text that is not a prefix of the scheme grants nothing. Otherwise an empty string would grant everything. */
function startsWithAny(code: string | undefined, prefixes: readonly string[] | undefined, isPrefix: IsPrefix): boolean {
  if (prefixes === undefined) return true
  return code !== undefined && prefixes.some((prefix) => isPrefix(prefix) && code.startsWith(prefix))
}

function prefixesWithin(
  inner: readonly string[] | undefined,
  outer: readonly string[] | undefined,
  isPrefix: IsPrefix,
): boolean {
  if (outer === undefined) return true
  if (inner === undefined) return false
  return inner.filter(isPrefix).every((prefix) => startsWithAny(prefix, outer, isPrefix))
}

/**
 * Whether the value has the form of a scope. Nobody here checked the form of what another registry recorded. A value with an unknown
 * member is refused, because that member could be a limit that this version would ignore.
 */
export function isScope(value: unknown): value is Scope {
  if (!isObject(value)) return false
  return Object.entries(value).every(
    ([name, member]) => member === undefined || (Object.hasOwn(forms, name) && forms[name as keyof Scope](member)),
  )
}

/** This package knows no other, so it has its own. */
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((text) => typeof text === 'string')
const forms: Readonly<Record<keyof Scope, (value: unknown) => boolean>> = {
  qualifications: (value) => isTexts(value) || (isObject(value) && typeof value.framework === 'string'),
  levels: (value) => isObject(value) && [value.from, value.to].every(Number.isInteger),
  fields: isTexts,
  occupations: isTexts,
  places: isTexts,
  sites: isTexts,
  units: (value) =>
    Array.isArray(value) &&
    value.every(
      (each) =>
        isObject(each) &&
        typeof each.qualification === 'string' &&
        isTexts(each.codes) &&
        Object.keys(each).length === 2,
    ),
}

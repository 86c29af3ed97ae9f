import {
  assessmentMethodValues,
  assessmentRouteValues,
  comparisonResults,
  complianceDegrees,
  professions,
} from '@sijil/qualifications'
import type { DeskKey } from '../messages/desk.ts'

/** How a field is typed. The server turns each kind into one form of value (functions/answers/desk/action-form.ts). */
type FieldKind =
  | 'line'
  | 'area'
  /** One item a line. */
  | 'lines'
  /** Rows of cells, pasted from a spreadsheet. */
  | 'rows'
  | 'number'
  | 'day'
  /** A day until whose end something lasts. */
  | 'lastDay'
  | 'moment'
  /** Its value is `yes`, or its only option. */
  | 'flag'
  /** One of a list that opens. */
  | 'choice'
  /** One of a few. */
  | 'radio'
  /** Any of some. */
  | 'several'

/** Words of a value that is the same for every authority. */
type OptionWords =
  | Extract<
      DeskKey,
      `desk.${'corridor.progress' | 'arrangement' | 'degree' | 'right' | 'joint.result' | 'result' | 'activity' | 'appealState' | 'memberRole' | 'purpose' | 'kind' | 'framework.status' | 'class' | 'act' | 'decidedBy' | 'route' | 'method'}.${string}`
    >
  | 'desk.framework.unknown'

/** A cell of a pasted row. */
export type Column =
  | 'code'
  | 'title'
  | 'language'
  | 'text'
  | 'levels'
  | 'years'
  | 'source'
  | 'place'
  | 'principle'
  | 'met'
  | 'theme'
  | 'note'
  | 'evidence'
  | 'kind'
  | 'readOn'
  | 'unit'
  | 'result'
  | 'by'
  | 'accepts'
  | 'access'
  | 'artefact'
  | 'sha256'
  | 'address'
  | 'isco'
  | 'roles'
  | 'area'
  | 'occupations'
  | 'qualifications'

interface FieldForm {
  kind: FieldKind
  /** Most characters. */
  max?: number
  /** Few forms need it, so it stands with others like it in a part that opens. */
  isFurther?: true
  /** Another field can take its place, so the label does not call it optional. */
  hasAlternative?: true
  /** It is typed in English, in every language of the page. */
  isEnglish?: true
  /** Names of the cells of each row, with `?` at its end for one that may stay empty. */
  columns?: readonly (Column | `${Column}?`)[]
  /** A fault of the API at this pointer is about the field, although its name differs. */
  at?: string
  /** Values that are the same for every authority. Their words are messages. */
  options?: readonly FieldOption[]
}

const option = <Prefix extends string, Value extends string>(prefix: Prefix, ...values: Value[]) =>
  values.map((value) => ({ value, words: `${prefix}.${value}` as `${Prefix}.${Value}` }))
const choice = { kind: 'choice' } as const
const results = option('desk.joint.result', ...comparisonResults)

// biome-ignore format: it reads as a table
/**
 * Every field of the forms of the desk. A name is the path of a member in the body that the API takes, so a refusal of the API points at
 * its field. Label and hint are the messages `desk.field.{name}` and `desk.field.{name}.hint`.
 */
const deskFields = {
  'grantee':                       choice,
  'issuer':                        choice,
  'owner':                         choice,
  'accreditation':                 choice,
  'kid':                           { kind: 'radio' },
  'right':                         { kind: 'radio' },
  'scope.search':                  { kind: 'line', max: 100 },
  'scope.qualifications':          { kind: 'several', hasAlternative: true },
  'scope.framework':               { kind: 'flag' },
  'scope.levels.from':             { kind: 'number', max: 2, isFurther: true },
  'scope.levels.to':               { kind: 'number', max: 2, isFurther: true },
  'scope.fields':                  { kind: 'lines', max: 600, isFurther: true },
  'scope.occupations':             { kind: 'lines', max: 600, isFurther: true },
  'scope.units':                   { kind: 'several' },
  'scope.sites':                   { kind: 'several' },
  'effectiveFrom':                 { kind: 'day' },
  'until':                         { kind: 'lastDay' },
  'pilot':                         { kind: 'flag' },
  'mayChangeStatus':               { kind: 'flag' },
  'jointly':                       choice,
  'onBehalfOf':                    choice,
  'assurance.reviewer':            { kind: 'line', max: 200, isFurther: true },
  'assurance.reviewedOn':          { kind: 'day', isFurther: true },
  'assurance.findings':            { kind: 'area', max: 2_000, isFurther: true },
  'assurance.gaps':                { kind: 'lines', max: 25_000, isFurther: true },
  'assurance.checklist':           { kind: 'rows', max: 40_000, columns: ['principle', 'met', 'theme?', 'note?', 'evidence?'], isFurther: true, isEnglish: true },
  'assurance.nextReviewOn':        { kind: 'day', isFurther: true },
  'basis':                         { kind: 'line', max: 200 },
  'reason':                        { kind: 'area', max: 290 },
  'subject':                       { kind: 'line', max: 200 },
  'member':                        { kind: 'radio' },
  'roles':                         { kind: 'several', options: option('desk.memberRole', 'issue', 'status', 'read', 'propose', 'approve') },
  'secondPerson':                  { kind: 'several', options: option('desk.act', 'issue', 'correct', 'renew', 'revoke', 'suspend') },
  'decidedBy':                     { kind: 'choice', options: option('desk.decidedBy', 'one', 'two') },
  'batchFrom':                     { kind: 'number', max: 6 },
  'retentionYears':                { kind: 'number', max: 3 },
  'numberPattern':                 { kind: 'line', max: 60 },
  'id':                            { kind: 'line', max: 64 },
  'entity':                        choice,
  'successor':                     choice,
  'contact':                       { kind: 'line', max: 200 },
  'succeeds':                      choice,
  'identity.name':                 { kind: 'line', max: 200 },
  'identity.localName.text':       { kind: 'line', max: 200 },
  'identity.localName.language':   { kind: 'line', max: 20 },
  'identity.acronym':              { kind: 'line', max: 40 },
  'identity.state':                choice,
  'identity.website':              { kind: 'line', max: 300 },
  'identity.mandate':              { kind: 'area', max: 500 },
  'identity.legalReference':       { kind: 'line', max: 300 },
  'identity.contact':              { kind: 'line', max: 200 },
  'identity.demonstration':        { kind: 'flag' },
  'control.domain':                { kind: 'line', max: 253, isFurther: true },
  'control.sha256':                { kind: 'line', max: 43, isFurther: true },
  'control.readOn':                { kind: 'day', isFurther: true },
  'elsewhere.did':                 { kind: 'line', max: 300 },
  'elsewhere.kid':                 { kind: 'line', max: 64 },
  'elsewhere.publicKeyMultibase':  { kind: 'line', max: 120 },
  'elsewhere.possession':          { kind: 'line', max: 86 },
  'lent.keyRef':                   { kind: 'line', max: 256 },
  'lent.publicKeyMultibase':       { kind: 'line', max: 120 },
  'lent.possession':               { kind: 'line', max: 86 },
  'certificate':                   { kind: 'line', max: 45 },
  'revocation':                    { kind: 'radio', options: option('desk.class', 'issued-in-error', 'obtained-by-fraud', 'requirements-no-longer-met', 'misconduct', 'holder-request', 'key-compromise'), at: '/reason' },
  'purpose':                       { kind: 'radio', options: option('desk.purpose', 'certificates', 'lists') },
  'algorithm':                     { kind: 'radio' },
  'compromisedFrom':               { kind: 'moment' },
  'x5c':                           { kind: 'lines', max: 60_000 },
  'registry':                      { kind: 'line', max: 300 },
  'acceptedList':                  { kind: 'radio' },
  'keys':                          { kind: 'lines', max: 3_100 },
  'states':                        { kind: 'several' },
  'limit':                         { kind: 'number', max: 7 },
  'qualification':                 { kind: 'radio' },
  'assignedQualification':         { kind: 'radio', at: '/id' },
  'assignedFramework':             { kind: 'radio', at: '/id' },
  'record':                        choice,
  'localId':                       { kind: 'line', max: 40, at: '/id' },
  'title':                         { kind: 'line', max: 200, isEnglish: true },
  'localTitles':                   { kind: 'rows', max: 2_000, columns: ['language', 'text'] },
  'description':                   { kind: 'area', max: 300, isEnglish: true },
  'kind':                          { kind: 'choice', options: option('desk.kind', 'skills-certificate', 'standard-in-draft', 'mra-title', 'mra-host-registration', 'licence', 'temporary-licence', 'good-standing') },
  'field':                         { kind: 'line', max: 200, isEnglish: true },
  'source':                        { kind: 'line', max: 500 },
  'requiredByLaw.law':             { kind: 'line', max: 300, isEnglish: true, isFurther: true },
  'requiredByLaw.source':          { kind: 'line', max: 500, isFurther: true },
  'code':                          { kind: 'line', max: 64, isFurther: true },
  'codeScheme':                    { kind: 'line', max: 200, isFurther: true },
  'occupation.code':               { kind: 'line', max: 4, isFurther: true },
  'occupation.title':              { kind: 'line', max: 200, isFurther: true },
  'occupation.url':                { kind: 'line', max: 300, isFurther: true },
  'occupation.assignedBy':         { kind: 'line', max: 200, isFurther: true },
  'escoOccupation.version':        { kind: 'line', max: 11, isFurther: true },
  'escoOccupation.code':           { kind: 'line', max: 30, isFurther: true },
  'escoOccupation.title':          { kind: 'line', max: 200, isFurther: true },
  'escoOccupation.url':            { kind: 'line', max: 300, isFurther: true },
  'escoOccupation.assignedBy':     { kind: 'line', max: 200, isFurther: true },
  'fieldOfEducation.code':         { kind: 'line', max: 4, isFurther: true },
  'fieldOfEducation.title':        { kind: 'line', max: 200, isFurther: true },
  'fieldOfEducation.url':          { kind: 'line', max: 300, isFurther: true },
  'fieldOfEducation.assignedBy':   { kind: 'line', max: 200, isFurther: true },
  'edition.id':                    { kind: 'line', max: 20 },
  'edition.from':                  { kind: 'day' },
  'edition.until':                 { kind: 'day' },
  'edition.supersedes':            choice,
  'edition.units':                 { kind: 'rows', max: 25_000, columns: ['code', 'title'], isEnglish: true },
  'edition.validity.years':        { kind: 'number', max: 2, at: '/edition/validity' },
  'edition.validity.months':       { kind: 'number', max: 3 },
  'edition.level.framework':       choice,
  'edition.level.national':        { kind: 'number', max: 2 },
  'edition.assessment':            { kind: 'area', max: 500, isEnglish: true, isFurther: true },
  'edition.limits':                { kind: 'area', max: 500, isEnglish: true, isFurther: true },
  'edition.source':                { kind: 'line', max: 500 },
  'describedBody':                 { kind: 'radio', at: '/record' },
  'describedState':                { kind: 'radio', at: '/state' },
  'mandate.text':                  { kind: 'area', max: 500, isEnglish: true },
  'mandate.law':                   { kind: 'line', max: 300, isEnglish: true },
  'mandate.dated':                 { kind: 'line', max: 10 },
  'mandate.source':                { kind: 'line', max: 500 },
  'practice.assessment':           { kind: 'area', max: 500, isEnglish: true },
  'practice.assessors':            { kind: 'area', max: 500, isEnglish: true },
  'practice.certificate':          { kind: 'area', max: 500, isEnglish: true },
  'practice.appeal':               { kind: 'area', max: 500, isEnglish: true },
  'practice.source':               { kind: 'line', max: 500 },
  'awards':                        { kind: 'rows', max: 10_000, columns: ['title', 'levels?', 'years?'], isEnglish: true },
  'register':                      { kind: 'line', max: 500 },
  'note':                          { kind: 'area', max: 500, isEnglish: true },
  'certificateLanguages.codes':    { kind: 'lines', max: 60 },
  'certificateLanguages.source':   { kind: 'line', max: 500 },
  'standards':                     { kind: 'rows', max: 40_000, columns: ['text', 'source', 'place?'], isEnglish: true },
  'assurance':                     { kind: 'rows', max: 40_000, columns: ['text', 'source'], isEnglish: true },
  'framework':                     choice,
  'name':                          { kind: 'line', max: 200 },
  'acronym':                       { kind: 'line', max: 20 },
  'localName.text':                { kind: 'line', max: 200 },
  'localName.language':            { kind: 'line', max: 20 },
  'levels':                        { kind: 'number', max: 2 },
  'levelTitles':                   { kind: 'lines', max: 1_100 },
  'descriptors':                   { kind: 'lines', max: 10_100 },
  'frameworkEdition':              { kind: 'line', max: 100, at: '/edition' },
  'law':                           { kind: 'line', max: 300 },
  'status':                        { kind: 'radio', options: option('desk.framework.status', 'endorsed', 'proposed', 'superseded') },
  'endorsedOn':                    { kind: 'day' },
  'meeting':                       { kind: 'line', max: 200 },
  'edition':                       { kind: 'line', max: 100 },
  'report':                        { kind: 'area', max: 300 },
  'version':                       { kind: 'line', max: 20 },
  'rows.0.aqrf':                   choice,
  'rows.1.aqrf':                   choice,
  'rows.2.aqrf':                   choice,
  'rows.3.aqrf':                   choice,
  'rows.4.aqrf':                   choice,
  'rows.5.aqrf':                   choice,
  'rows.6.aqrf':                   choice,
  'rows.7.aqrf':                   choice,
  'rows.8.aqrf':                   choice,
  'rows.9.aqrf':                   choice,
  'placeable':                     choice,
  'level':                         choice,
  'placement':                     choice,
  'standard':                      { kind: 'line', max: 300, at: '/qualification' },
  'ofEdition':                     { kind: 'line', max: 200, at: '/edition' },
  'issuers':                       { kind: 'lines', max: 10_000 },
  'award.from':                    { kind: 'day' },
  'award.until':                   { kind: 'day' },
  'issuedUntil':                   { kind: 'day' },
  'result':                        { kind: 'radio', options: option('desk.result', 'full', 'part', 'temporary', 'measures', 'refused') },
  'link':                          { kind: 'line', max: 500 },
  'decidedUnits':                  { kind: 'several', at: '/units' },
  'showRefusal':                   { kind: 'flag' },
  'registration.activity':         { kind: 'choice', options: option('desk.activity', 'limited-practice', 'training', 'expert-visit', 'humanitarian-mission', 'education') },
  'registration.scope':            { kind: 'line', max: 300 },
  'registration.place':            { kind: 'line', max: 200 },
  'registration.supervisor':       { kind: 'line', max: 200 },
  'registration.from':             { kind: 'day' },
  'registration.isRenewable':      { kind: 'flag' },
  'recognisedUnits':               { kind: 'lines', max: 5_000, at: '/units' },
  'measures':                      { kind: 'lines', max: 6_000 },
  'conditions':                    { kind: 'area', max: 500 },
  'endsOn':                        { kind: 'day', at: '/until' },
  'entitles':                      { kind: 'rows', max: 10_000, columns: ['kind', 'text', 'source', 'readOn'] },
  'appeal':                        { kind: 'area', max: 500 },
  'jointlyWith':                   { kind: 'lines', max: 650, at: '/jointly' },
  'joinableDecision':              { kind: 'radio', at: '/hash' },
  'decided':                       choice,
  'appealState':                   { kind: 'radio', options: option('desk.appealState', 'open', 'stands', 'fell'), at: '/state' },
  'appealNote':                    { kind: 'area', max: 500, at: '/note' },
  'comparisonId':                  { kind: 'line', max: 40, at: '/id' },
  'setId':                         { kind: 'line', max: 40, at: '/id' },
  'setVersion':                    { kind: 'number', max: 3, at: '/version' },
  'set.name':                      { kind: 'line', max: 200, isEnglish: true },
  'set.units':                     { kind: 'rows', max: 60_000, columns: ['code', 'title', 'accepts?'], isEnglish: true },
  'revised':                       choice,
  'joinable':                      { kind: 'radio', at: '/hash' },
  'joined':                        { kind: 'radio', at: '/hash' },
  'comparison.search':             { kind: 'line', max: 100 },
  'comparison.from':               choice,
  'comparison.to':                 choice,
  'parties':                       { kind: 'lines', max: 3_000 },
  'comparison.rows':               { kind: 'rows', max: 60_000, columns: ['unit', 'result', 'by?', 'note?'] },
  'comparison.aspects.assessment.result':    { kind: 'choice', options: results, isFurther: true },
  'comparison.aspects.assessment.note':      { kind: 'area', max: 500, isFurther: true },
  'comparison.aspects.certification.result': { kind: 'choice', options: results, isFurther: true },
  'comparison.aspects.certification.note':   { kind: 'area', max: 500, isFurther: true },
  'comparison.aspects.grades.result':        { kind: 'choice', options: results, isFurther: true },
  'comparison.aspects.grades.note':          { kind: 'area', max: 500, isFurther: true },
  'comparison.aspects.validity.result':      { kind: 'choice', options: results, isFurther: true },
  'comparison.aspects.validity.note':        { kind: 'area', max: 500, isFurther: true },
  'revisedCorridor':               choice,
  'corridorId':                    { kind: 'line', max: 40, at: '/id' },
  'corridor.title':                { kind: 'line', max: 200, isEnglish: true },
  'corridor.parties':              { kind: 'lines', max: 650, at: '/parties' },
  'track.id':                      { kind: 'line', max: 40 },
  'track.skillsArea':              { kind: 'line', max: 200, isEnglish: true },
  'track.origin':                  choice,
  'track.host':                    choice,
  'track.demand':                  { kind: 'rows', max: 20_000, columns: ['title', 'sha256', 'address'], isEnglish: true },
  'track.occupations':             { kind: 'rows', max: 60_000, columns: ['isco', 'language?', 'text?', 'roles?'] },
  'track.areas':                   { kind: 'rows', max: 30_000, columns: ['area', 'occupations', 'qualifications?'], isEnglish: true },
  'ofComparison':                  { kind: 'choice', at: '/comparison' },
  'levelId':                       { kind: 'line', max: 40, at: '/id' },
  'levelVersion':                  { kind: 'number', max: 3, at: '/version' },
  'otherParty':                    { kind: 'line', max: 64, at: '/party' },
  'aqrf':                          { kind: 'number', max: 1 },
  'hostLevel':                     { kind: 'number', max: 2 },
  'trackStep':                     { kind: 'choice', at: '/step' },
  'declared':                      { kind: 'choice', at: '/hash' },
  'progress':                      { kind: 'radio', options: option('desk.corridor.progress', 'under-way', 'done') },
  'workOn':                        { kind: 'day', at: '/on' },
  'part':                          { kind: 'area', max: 500 },
  'evidence':                      { kind: 'rows', max: 20_000, columns: ['access', 'artefact', 'title', 'sha256', 'address?'] },
  'arrangement':                   { kind: 'choice', options: option('desk.arrangement', ...professions) },
  'actionLine':                    { kind: 'line', max: 20, at: '/line' },
  'lineTitle':                     { kind: 'area', max: 300, at: '/title' },
  'degree':                        { kind: 'radio', options: option('desk.degree', ...complianceDegrees) },
  'degreeOn':                      { kind: 'day', at: '/on' },
  'documents':                     { kind: 'rows', max: 20_000, at: '/evidence', columns: ['title', 'sha256', 'address'] },
  'ownTrack':                      { kind: 'choice', at: '/track' },
  'manifest':                      { kind: 'line', max: 64 },
  'receivedOn':                    { kind: 'day' },
  'openGap':                       { kind: 'choice', at: '/gap' },
  'gapAction':                     { kind: 'area', max: 500, at: '/action' },
  'office':                        { kind: 'line', max: 200 },
  'due':                           { kind: 'day' },
  'holder.name':                   { kind: 'line', max: 200 },
  'holder.nativeName':             { kind: 'line', max: 200 },
  'holder.birthDate':              { kind: 'day' },
  'certificateNumber':             { kind: 'line', max: 64 },
  'registerNumber':                { kind: 'line', max: 64, isFurther: true },
  'assessedOn':                    { kind: 'day' },
  'awardedOn':                     { kind: 'day', hasAlternative: true },
  'route':                         { kind: 'choice', options: option('desk.route', ...assessmentRouteValues) },
  'otherRoute':                    { kind: 'line', max: 200, isFurther: true },
  'method':                        { kind: 'choice', options: option('desk.method', ...assessmentMethodValues) },
  'otherMethod':                   { kind: 'line', max: 400, isFurther: true },
  'centre.id':                     choice,
  'assessor':                      { kind: 'line', max: 64, isFurther: true },
  'units':                         { kind: 'several' },
  'recipient':                     choice,
  'limits':                        { kind: 'area', max: 1_000, isFurther: true },
  'signatory.name':                { kind: 'line', max: 200, isFurther: true },
  'signatory.position':            { kind: 'line', max: 200, isFurther: true },
  'validUntil':                    { kind: 'day', isFurther: true },
  'language':                      { kind: 'choice', isFurther: true },
} as const satisfies Readonly<Record<string, FieldForm>>

export type FieldName = keyof typeof deskFields

/** The row of one national level in a table of levels. A framework has at most ten. */
export type RowField = Extract<FieldName, `rows.${string}`>

export const rowFields = Object.keys(deskFields).filter((name): name is RowField => name.startsWith('rows.'))

/** The national level of a row, or undefined for any other field. */
export function levelOfRow(name: FieldName): number | undefined {
  const at = (rowFields as readonly FieldName[]).indexOf(name)
  return at === -1 ? undefined : at + 1
}

export const formOfField = (name: FieldName): FieldForm => deskFields[name]

/** A value to choose. It is shown by words of ours, by a registered name, or by a code. */
export interface FieldOption {
  value: string
  words?: OptionWords
  name?: string
  code?: string
  /** ISO 3166-1 alpha-2, shown as the name of the state. */
  state?: string
}

/** A field as one form shows it. */
export interface ShownField {
  name: FieldName
  isOptional: boolean
  options?: readonly FieldOption[]
  /** The name that the thing of this field has in the record, such as that of a level. */
  title?: string
  /** Its values are found by a search of the form. `isCut`: more were found than it shows. */
  search?: { isCut: boolean }
  /** Its values depend on what is chosen in another field. A button of the form shows them. */
  follows?: true
  /** The value that it gets if it stays empty. */
  next?: string
}

/** What the officer typed, by the names in the form. A field of several values has one name for each: `{field}:{value}`. */
export type TypedFields = Readonly<Record<string, string>>

export const severalName = (field: FieldName, value: string): string => `${field}:${value}`

/** True if a fault of the API is about this field, or about a part of it. */
export function isAbout(field: FieldName, pointer: string): boolean {
  const own = `/${field.replaceAll('.', '/')}`
  return pointer === formOfField(field).at || pointer === own || pointer.startsWith(`${own}/`)
}

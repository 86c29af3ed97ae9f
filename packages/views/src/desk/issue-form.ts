import type { Qualification } from '@sijil/qualifications'
import { readOnce } from '@sijil/registry'
import {
  catalogueOf,
  editionsAt,
  notAwarded,
  type QualificationHistory,
  qualificationAt,
} from '@sijil/registry/catalogue'
import {
  accreditationStatus,
  listRegistered,
  noSuchIssuer,
  placeOf,
  reachedBy,
  siteOf,
  type TrustQuestion,
  trustOf,
} from '@sijil/registry/trust'
import type { FieldOption, IssuableValues, IssueFormValues, ShownField, TypedFields } from '@sijil/web'
import { type CatalogueDeps, type DeskDeps, findEntity, namedEntity, type Office } from './office.ts'

/** Most assessment centres that a form lists. Another one can be named through the API. */
const MOST_CENTRES = 200

/** Throws `not-found` for a member without the role to issue. */
export function requireIssuing(office: Office): Office {
  if (!office.roles.includes('issue')) throw noSuchIssuer()
  return office
}

/** The qualifications that the body may issue at this moment, by title. */
export async function issuableView({ authority: body }: Office, deps: CatalogueDeps): Promise<IssuableValues> {
  const moment = deps.now.toISOString()
  const question = { right: 'issue', effective: moment, recorded: moment } as const
  const trust = trustOf(readOnce(deps.store))
  const judge = async (qualification: QualificationHistory) => {
    const record = qualificationAt(qualification, question)
    if (record === undefined || notAwarded(qualification, { ...question, edition: record.edition }) !== undefined)
      return []
    const asked: TrustQuestion = {
      issuer: body.id,
      place: placeOf(body),
      site: siteOf(body),
      qualification,
      ...question,
    }
    const { standing } = await accreditationStatus(asked, { trust, policy: deps.policy })
    return standing === 'authorised' ? [{ id: record.id, title: record.title }] : []
  }
  const among = reachedBy(body, { ...question, among: await deps.qualifications() })
  const found = (await Promise.all(among.map(judge))).flat()
  return { body: namedEntity(body), qualifications: found.toSorted((one, other) => (one.title < other.title ? -1 : 1)) }
}

/** Fields that every certificate can have, in the order of the form. */
const before = [
  'holder.name',
  'holder.nativeName',
  'holder.birthDate',
  'certificateNumber',
  'awardedOn',
  'assessedOn',
] as const
const after = [
  'registerNumber',
  'otherRoute',
  'otherMethod',
  'assessor',
  'limits',
  'signatory.name',
  'signatory.position',
  'validUntil',
] as const

/**
 * The form for one edition: its units and languages, the closed lists, and its rule of validity. Undefined if the catalogue has no such
 * record. `begins`: what a new form has filled in.
 */
export async function issueFormView(
  { authority: body }: Office,
  { qualification: id, edition }: { qualification: string; edition?: string | undefined },
  deps: DeskDeps,
): Promise<(Pick<IssueFormValues, 'body' | 'qualification' | 'fields'> & { begins: TypedFields }) | undefined> {
  const moment = deps.now.toISOString()
  const question = { effective: moment, recorded: moment }
  const history = await catalogueOf(readOnce(deps.store))(id)
  const record = qualificationAt(history, { ...question, ...(edition !== undefined && { edition }) })
  if (record === undefined) return undefined
  const others = editionsAt(history, question)
    .map((each) => each.id)
    .filter((each) => each !== record.edition && notAwarded(history, { ...question, edition: each }) === undefined)
  const { units } = record
  return {
    body: namedEntity(body),
    qualification: { id, title: record.title, edition: record.edition, validity: monthsOf(record.validity), others },
    fields: await fieldsOf(record, body, deps),
    begins: Object.fromEntries(units.map(({ code }) => [`units:${code}`, 'yes'])),
  }
}

const monthsOf = (validity: Qualification['validity']): 'none' | { months: number } =>
  validity === 'none' ? 'none' : { months: (validity.years ?? 0) * 12 + (validity.months ?? 0) }

/** What each certificate of a kind must state. */
const demanded = (kind: Qualification['kind']): readonly string[] =>
  kind === 'temporary-licence' || kind === 'good-standing' ? ['validUntil'] : []

async function fieldsOf(
  { kind, units, localTitle }: Qualification,
  body: Office['authority'],
  deps: DeskDeps,
): Promise<ShownField[]> {
  const centres = await centresIn(body.identity.state, deps)
  const optional = (name: ShownField['name'], options?: readonly FieldOption[]): ShownField => ({
    name,
    isOptional: true,
    ...(options && { options }),
  })
  const required = new Set<string>(['holder.name', 'certificateNumber'])
  return [
    ...before.map((name) => ({ name, isOptional: !required.has(name) })),
    ...(units.length === 0
      ? []
      : [
          {
            name: 'units' as const,
            isOptional: false,
            options: units.map(({ code, title }) => ({ value: code, name: title, code })),
          },
        ]),
    optional('route'),
    optional('method'),
    ...(centres.length === 0 ? [] : [optional('centre.id', centres)]),
    ...after.map((name) => ({ name, isOptional: !demanded(kind).includes(name) })),
    ...(localTitle === undefined
      ? []
      : [optional('language', [{ value: localTitle.language, code: localTitle.language }])]),
    ...(kind === 'good-standing'
      ? [{ name: 'recipient' as const, isOptional: false, options: await recipients(body, deps) }]
      : []),
  ]
}

/** Assessment centres of the state of the body. Whether one may assess for this is judged when the form is checked. */
async function centresIn(state: string, deps: DeskDeps): Promise<FieldOption[]> {
  const { found } = await listRegistered(
    deps.store,
    { limit: MOST_CENTRES, most: MOST_CENTRES },
    ({ type, identity }) => type === 'centre-registered' && identity.state === state,
    (id) => findEntity(id, deps),
  )
  return found.map(({ id, identity }) => ({ value: id, name: identity.name, code: id }))
}

/** Most authorities that a form lists. */
const MOST_AUTHORITIES = 200

/** Authorities to which a certificate of good standing can go. */
async function recipients({ id: own }: Office['authority'], deps: DeskDeps): Promise<FieldOption[]> {
  const { found } = await listRegistered(
    deps.store,
    { limit: MOST_AUTHORITIES, most: MOST_AUTHORITIES },
    ({ type }) => type === 'authority-registered',
    (id) => findEntity(id, deps),
  )
  return found.flatMap(({ id, identity }) => (id === own ? [] : [{ value: id, name: identity.name, code: id }]))
}

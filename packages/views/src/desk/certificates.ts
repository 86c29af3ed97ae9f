import type { NoteOpener, SecretReader } from '@sijil/registry'
import { endOfDay } from '@sijil/registry'
import { catalogueOf, qualificationAt } from '@sijil/registry/catalogue'
import { overseenCertificate } from '@sijil/registry/decisions'
import {
  type CertificateFilter,
  type CertificateSummary,
  filterCertificates,
  findByNumber,
  showCertificate,
} from '@sijil/registry/issuance'
import { policyOn, reachedBy } from '@sijil/registry/trust'
import type { CertificatesValues, CertificateValues, ListedCertificate, Named } from '@sijil/web'
import { listGrantees } from './grantees.ts'
import { type CatalogueDeps, type DeskDeps, namedEntity, namedOf, type Office } from './office.ts'

type CertificateDeps = DeskDeps & { secrets: SecretReader }

const uuidIn = (id: string) => id.slice('urn:uuid:'.length)

/** The titles of qualifications today, each read once. */
export function titlesToday({ store, now }: DeskDeps): (id: string) => Promise<string> {
  const catalogue = catalogueOf(store)
  const today = { effective: now.toISOString(), recorded: now.toISOString() }
  const read = new Map<string, Promise<string>>()
  return (id) => {
    const title = read.get(id) ?? catalogue(id).then((history) => qualificationAt(history, today)?.title ?? id)
    read.set(id, title)
    return title
  }
}

/** The certificates of a body that pass a filter, newest first, or those with a number. No list has a person. */
export async function certificatesView(
  { authority: body, roles }: Office,
  {
    subject,
    number,
    filter = {},
    ...place
  }: { subject: string; number?: string | undefined; filter?: CertificateFilter; limit: number; after?: string },
  deps: CertificateDeps & Pick<CatalogueDeps, 'qualifications'>,
): Promise<{ values: CertificatesValues; next?: string }> {
  const reader = { reader: deps.store, secrets: deps.secrets }
  const asked = { issuer: body.id, subject }
  const { certificates, next } =
    number === undefined
      ? await filterCertificates({ ...asked, filter, ...place }, reader)
      : { certificates: await findByNumber({ ...asked, number }, reader), next: undefined }
  const titleOf = titlesToday(deps)
  const listed = await Promise.all(certificates.map((each) => listedCertificate(each, titleOf)))
  const moment = deps.now.toISOString()
  const question = { right: 'issue', effective: moment, recorded: moment } as const
  const reached = reachedBy(body, { ...question, among: await deps.qualifications() })
  const named = reached.map((each) => ({ id: each.id, title: qualificationAt(each, question)?.title ?? each.id }))
  const values = {
    body: namedEntity(body),
    roles,
    certificates: listed,
    qualifications: named.toSorted((one, other) => (one.title < other.title ? -1 : 1)),
    filter,
    ...(number !== undefined && { number }),
  }
  return { values, ...(next && { next }) }
}

async function listedCertificate(
  { id, qualification, certificateNumber, state, issuedAt, since, erasedAt }: CertificateSummary,
  titleOf: (id: string) => Promise<string>,
): Promise<ListedCertificate> {
  return {
    id: uuidIn(id),
    ...(certificateNumber !== undefined && { number: certificateNumber }),
    title: await titleOf(qualification),
    state,
    ...(issuedAt && { issuedAt }),
    ...(since && { since }),
    ...(erasedAt && { erasedAt }),
  }
}

/** The authorities that acted on a certificate, by their names. An entry of the body itself names none. */
async function decidersIn(history: readonly { by?: string }[], deps: DeskDeps) {
  const ids = new Set(history.flatMap(({ by }) => by ?? []))
  const named = new Map(await Promise.all([...ids].map(async (id) => [id, await namedOf(id, deps)] as const)))
  return (id: string | undefined): { by?: Named } => {
    const by = id === undefined ? undefined : named.get(id)
    return by === undefined ? {} : { by }
  }
}

/** One certificate of a body with its whole history, for members who may read it. */
export async function certificateView(
  { authority: body, roles }: Office,
  { subject, id }: { subject: string; id: string },
  deps: CertificateDeps & { notes: NoteOpener },
): Promise<CertificateValues> {
  const { store: reader, secrets, notes } = deps
  const show = (uuid: string) => showCertificate({ issuer: body.id, uuid, subject }, { reader, secrets, notes })
  /** A renewal has a number of its own, by which a clerk knows it. */
  const award = async (id: string) => {
    const { certificateNumber: number } = await show(uuidIn(id))
    return { id: uuidIn(id), ...(number !== undefined && { number }) }
  }
  const found = await show(id)
  const { history, holds = [], replaces, successor, renews, renewed, edition } = found
  const deciders = await decidersIn([...history, ...holds], deps)
  const moments = { effective: deps.now.toISOString(), recorded: endOfDay('9999-12-31') }
  const { secondPerson } = await policyOn(body.id, moments, reader)
  return {
    owner: namedEntity(body),
    secondPerson,
    body: namedEntity(body),
    certificate: await listedCertificate(found, titlesToday(deps)),
    edition,
    ...(replaces && { replaces: uuidIn(replaces) }),
    ...(successor && { successor: uuidIn(successor) }),
    ...(renews && { renews: await award(renews) }),
    ...(renewed && { renewed: await award(renewed) }),
    holds: holds.map(({ by, ...hold }) => ({ ...hold, ...deciders(by) })),
    history: history.map(({ by, ...entry }) => ({ ...entry, ...deciders(by) })),
    mayChange: roles.includes('status'),
    mayIssue: roles.includes('issue'),
    mayOpen: roles.includes('read'),
  }
}

/** One certificate of a body, for officers of an authority that may change its state. Its number and its notes stay sealed. */
export async function overseenCertificateView(
  { authority, roles }: Office,
  { subject, issuer, id }: { subject: string; issuer: string; id: string },
  deps: DeskDeps,
): Promise<CertificateValues> {
  const record = await overseenCertificate({ authority: authority.id, issuer, uuid: id, subject }, deps)
  const deciders = await decidersIn([...record.history, ...record.holds], deps)
  return {
    owner: namedEntity(authority),
    body: await namedOf(issuer, deps),
    certificate: {
      id,
      title: await titlesToday(deps)(record.reservation.qualification),
      state: record.state,
      issuedAt: record.issuedAt,
      ...('since' in record && { since: record.since }),
      ...(record.erased && { erasedAt: record.erased.at }),
    },
    edition: record.reservation.edition,
    holds: record.holds.map(({ by, ...hold }) => ({ ...hold, ...deciders(by) })),
    history: record.history.map(({ state, at, reason, by }, place) => ({
      at,
      event: place === 0 ? 'issued' : eventOf[state],
      ...(reason && { reason }),
      ...deciders(by),
    })),
    mayChange: roles.includes('propose'),
  }
}

const eventOf = {
  'in-force': 'reinstated',
  suspended: 'suspended',
  revoked: 'revoked',
  superseded: 'revoked',
  burned: 'burned',
} as const

/** The bodies whose certificates an authority may be able to change. */
export async function overseenBodiesView({ authority }: Office, deps: DeskDeps) {
  const { grantees } = await listGrantees(authority, { limit: 500 }, deps)
  return { owner: namedEntity(authority), bodies: grantees.filter(({ kind }) => kind === 'body').map(namedEntity) }
}

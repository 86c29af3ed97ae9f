import {
  findRecord,
  listReports,
  outcomesOf,
  type Report,
  type ReportedRecord,
  readReport,
  requireReport,
} from '@sijil/registry/reports'
import type { DeskReport, ReportsValues, ReportValues } from '@sijil/web'
import { type DeskDeps, namedEntity, namedOf, type Office } from './office.ts'

/** Most open reports of one kind about one body on a page of all, so that a flood does not hide the others. */
const MOST_OF_BODY = 5

interface Asked {
  limit: number
  after?: string
  /** Only reports about this body. */
  body?: string
}

/** The reports in the list of an authority, newest first. With `body`, every report about that body which the authority got. */
export async function reportsView(
  { authority }: Office,
  { body, ...place }: Asked,
  deps: DeskDeps,
): Promise<{ values: ReportsValues; next?: string }> {
  const reader = deps.store
  const owner = authority.id
  // The list of a body has the reports of all its authorities, so those of others are left out below.
  const { reports: listed, next } = await listReports({ owner: body ?? owner, ...place }, { reader })
  const read = await Promise.all(listed.map((one) => readReport(one.body, one.id, reader)))
  const found = read.flatMap((report) =>
    report !== undefined && (report.body === owner || report.sentTo.includes(owner)) ? [report] : [],
  )
  const open = new Map<string, number>()
  const hidden = new Map<string, number>()
  const shown = found.filter((report) => {
    if (body !== undefined || report.closed !== undefined) return true
    const kind = `${report.kind === 'record' ? 'records' : 'certificates'} ${report.body}`
    const count = (open.get(kind) ?? 0) + 1
    open.set(kind, count)
    if (count > MOST_OF_BODY) hidden.set(report.body, (hidden.get(report.body) ?? 0) + 1)
    return count <= MOST_OF_BODY
  })
  const names = await namesIn(shown, deps)
  const values = {
    authority: namedEntity(authority),
    ...(body !== undefined && { body: await namedOf(body, deps) }),
    reports: await Promise.all(shown.map((report) => deskReport(report, names, deps))),
    flooded: [...hidden].map(([id, more]) => ({ body: names.get(id) ?? { id, name: id }, more })),
  }
  return { values, ...(next && { next }) }
}

/** One report. Throws `not-found` for one that is not in the list of this authority. */
export async function reportView(
  { authority, roles }: Office,
  body: string,
  id: string,
  deps: DeskDeps,
): Promise<ReportValues> {
  const report = await requireReport({ owner: authority.id, body, id }, { reader: deps.store })
  const names = await namesIn([report], deps)
  return {
    authority: namedEntity(authority),
    report: await deskReport(report, names, deps),
    outcomes: outcomesOf(report),
    mayClose: roles.includes('propose') && report.sentTo.includes(authority.id),
  }
}

async function namesIn(reports: readonly Report[], deps: DeskDeps) {
  const ids = [
    ...new Set(reports.flatMap(({ body, sentTo, closed }) => [body, ...sentTo, ...(closed ? [closed.by] : [])])),
  ]
  const named = await Promise.all(ids.map((id) => namedOf(id, deps)))
  return new Map(named.map((one) => [one.id, one]))
}

async function deskReport(
  report: Report,
  names: ReadonlyMap<string, DeskReport['body']>,
  deps: DeskDeps,
): Promise<DeskReport> {
  const { commits: _, body, sentTo, tellings, closed, ...rest } = report
  const nameOf = (id: string) => names.get(id) ?? { id, name: id }
  const thing = rest.kind === 'record' ? { ...rest, record: await shownRecord(rest.record, deps) } : rest
  return {
    ...thing,
    body: nameOf(body),
    sentTo: sentTo.map(nameOf),
    tellings: tellings.map(({ message, ...telling }) => ({ ...telling, hasMessage: message !== undefined })),
    ...(closed && { closed: { ...closed, by: nameOf(closed.by) } }),
  }
}

/** The record with its title of today, and whether it was changed after the report. */
async function shownRecord({ of, id, version }: ReportedRecord['record'], deps: DeskDeps) {
  const today = await findRecord({ of, id }, deps)
  return { of, id, title: today?.title ?? id, isChanged: today?.version !== version }
}

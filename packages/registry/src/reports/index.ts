export { closeReport, openReportMessage, type ReporterMessage } from './decide-report.ts'
export type { HandedIn } from './examine.ts'
export { listReports } from './list-reports.ts'
export {
  isReportId,
  type Report,
  type ReportedVerdict,
  type ReportOutcome,
  type ReportReason,
  readReport,
  reportOutcomes,
  reportReasons,
  requireReport,
} from './report.ts'
export { type FakeReport, MOST_TELLINGS, type ReportDeps, reportFake } from './report-fake.ts'

export { closeReport, openReportMessage, outcomesOf } from './decide-report.ts'
export type { HandedIn } from './examine.ts'
export { listReports } from './list-reports.ts'
export { MOST_TELLINGS, type ReporterMessage } from './record-report.ts'
export {
  isReportId,
  type MistakeOutcome,
  type MistakeReason,
  mistakeOutcomes,
  mistakeReasons,
  type RecordName,
  type Report,
  type ReportedCertificate,
  type ReportedRecord,
  type ReportedVerdict,
  type ReportOutcome,
  type ReportReason,
  readReport,
  reportOutcomes,
  reportReasons,
  requireReport,
} from './report.ts'
export { type FakeReport, type ReportDeps, reportFake } from './report-fake.ts'
export {
  findRecord,
  type MistakeReport,
  type ReportableRecord,
  reportMistake,
  requireRecord,
} from './report-mistake.ts'

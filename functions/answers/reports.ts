import type { Answers } from '@sijil/http'
import type { RouteRowOf } from '../routes.ts'
import { type ReportParts, reportFakeAnswers } from './pages/report-fake.ts'
import { type MistakeParts, reportMistakeAnswers } from './pages/report-mistake.ts'

/** What anybody can report, without an account. */
export const reportsAnswers = (parts: ReportParts & MistakeParts): Answers<RouteRowOf<'reports'>[]> => ({
  ...reportFakeAnswers(parts),
  ...reportMistakeAnswers(parts),
})

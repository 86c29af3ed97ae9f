import type { Answers } from '@sijil/http'
import type { RouteRowOf } from '../routes.ts'
import { bodyCertificateAnswers } from './office/body-certificates.ts'
import { dueAnswers } from './office/due.ts'
import { issuingAnswers } from './office/issuing.ts'
import { newLinkForms } from './office/new-link.ts'
import { overseenCertificateAnswers } from './office/overseen-certificates.ts'
import type { OfficeParts } from './office/parts.ts'
import { trailAnswers } from './office/trail.ts'
import { waitingActionAnswers } from './office/waiting-actions.ts'

/** The pages of the desk that change certificates (docs/desk.md), over the same verbs as the API of `status`. */
export const officeAnswers = (parts: OfficeParts): Answers<RouteRowOf<'office'>[]> => ({
  ...bodyCertificateAnswers(parts),
  ...issuingAnswers(parts),
  ...newLinkForms(parts),
  ...dueAnswers(parts),
  ...overseenCertificateAnswers(parts),
  ...waitingActionAnswers(parts),
  ...trailAnswers(parts),
})

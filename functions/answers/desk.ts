import type { Answers } from '@sijil/http'
import type { NoteOpener } from '@sijil/registry'
import type { TextMarks } from '@sijil/registry/decisions'
import type { RouteRowOf } from '../routes.ts'
import { accreditationAnswers } from './desk/accreditations.ts'
import { actionAnswers } from './desk/actions.ts'
import { bodyAnswers } from './desk/body.ts'
import { domainAnswers } from './desk/domain.ts'
import { granteesAnswers } from './desk/grantees.ts'
import { listAnswers } from './desk/lists.ts'
import { ownRecordAnswers } from './desk/own-records.ts'
import type { DeskParts } from './desk/parts.ts'
import { proposalsAnswers } from './desk/proposals.ts'
import { reportsAnswers } from './desk/reports.ts'
import { type SigningIn, signInAnswers } from './desk/sign-in.ts'
import { webhookAnswers } from './desk/webhooks.ts'
import { domainTexts } from './domain-texts.ts'
import { officerVerbs } from './officer-verbs.ts'

/** The workspace of officers of authorities and of certification bodies (docs/desk.md): pages over the same verbs as the API of decisions. */
export const deskAnswers = ({
  sessions,
  signIn,
  reportTexts,
  marks,
  opener,
  ...parts
}: DeskParts & SigningIn & { reportTexts: NoteOpener; marks: TextMarks; opener: NoteOpener }): Answers<
  RouteRowOf<'desk'>[]
> => {
  const verbs = officerVerbs(parts)
  return {
    ...signInAnswers({ ...parts, sessions, signIn }),
    ...proposalsAnswers(parts, verbs),
    ...bodyAnswers(parts),
    ...ownRecordAnswers({ ...parts, opener }, verbs),
    ...webhookAnswers(parts, verbs),
    ...granteesAnswers(parts),
    ...reportsAnswers({ ...parts, reportTexts }),
    ...accreditationAnswers(parts, verbs, sessions),
    ...listAnswers(parts, verbs),
    ...actionAnswers(parts, verbs, sessions),
    ...domainAnswers(parts, domainTexts({ ...parts, marks }), sessions),
  }
}

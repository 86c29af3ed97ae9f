import type { Answers } from '@sijil/http'
import type { NoteOpener } from '@sijil/registry'
import type { RouteRowOf } from '../routes.ts'
import { accreditationAnswers } from './desk/accreditations.ts'
import { actionAnswers } from './desk/actions.ts'
import { granteesAnswers } from './desk/grantees.ts'
import { listAnswers } from './desk/lists.ts'
import type { DeskParts } from './desk/parts.ts'
import { proposalsAnswers } from './desk/proposals.ts'
import { reportsAnswers } from './desk/reports.ts'
import { type SigningIn, signInAnswers } from './desk/sign-in.ts'
import { officerVerbs } from './officer-verbs.ts'

/** The workspace of an authority's officers (docs/desk.md): pages over the same verbs as the API of decisions. */
export const deskAnswers = ({
  sessions,
  signIn,
  reportTexts,
  ...parts
}: DeskParts & SigningIn & { reportTexts: NoteOpener }): Answers<RouteRowOf<'desk'>[]> => {
  const verbs = officerVerbs(parts)
  return {
    ...signInAnswers({ ...parts, sessions, signIn }),
    ...proposalsAnswers(parts, verbs),
    ...granteesAnswers(parts),
    ...reportsAnswers({ ...parts, reportTexts }),
    ...accreditationAnswers(parts, verbs, sessions),
    ...listAnswers(parts, verbs),
    ...actionAnswers(parts, verbs, sessions),
  }
}

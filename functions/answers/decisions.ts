import { acceptedListAnswers } from './accepted-lists.ts'
import { accreditationDecisions } from './decisions/accreditations.ts'
import { certificateDecisions } from './decisions/certificates.ts'
import { comparisonDecisions } from './decisions/comparisons.ts'
import { corridorDecisions } from './decisions/corridors.ts'
import { descriptionDecisions } from './decisions/descriptions.ts'
import { frameworkDecisions } from './decisions/frameworks.ts'
import { keyDecisions } from './decisions/keys.ts'
import { ownDecisions } from './decisions/own-records.ts'
import { proposalDecisions } from './decisions/proposals.ts'
import { type Decisions, decidersOf } from './decisions/proposing.ts'
import { qualificationDecisions } from './decisions/qualifications.ts'
import { recognitionDecisions } from './decisions/recognitions.ts'
import { registrationDecisions } from './decisions/registrations.ts'
import type { DecisionParts } from './officer-verbs.ts'

/**
 * One officer proposes, and another approves, each change that adds trust or that cannot be undone. One officer can suspend alone, at once.
 */
export const decisionsAnswers = (parts: DecisionParts): Decisions => {
  const deciders = decidersOf(parts)
  return {
    ...accreditationDecisions(deciders),
    ...proposalDecisions(deciders),
    ...certificateDecisions(deciders),
    ...registrationDecisions(deciders),
    ...keyDecisions(deciders),
    ...qualificationDecisions(deciders),
    ...frameworkDecisions(deciders),
    ...descriptionDecisions(deciders),
    ...recognitionDecisions(deciders),
    ...comparisonDecisions(deciders),
    ...corridorDecisions(deciders),
    ...acceptedListAnswers(deciders),
    ...ownDecisions(deciders),
  }
}

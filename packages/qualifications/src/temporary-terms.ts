/** For what a host lets a professional of another state practise for a time: the five areas of the ASEAN arrangement on medical practitioners. */
export const temporaryPurposes = ['limited-practice', 'training', 'expert-visit', 'humanitarian', 'education'] as const
export type TemporaryPurpose = (typeof temporaryPurposes)[number]

/** What a temporary licence limits. The limits of scope have each of them after its label, in this order. */
export interface TemporaryTerms {
  purpose: TemporaryPurpose
  scope: string
  place: string
  /** `none` where nobody supervises. */
  supervisor: string
}

/** What a form begins with. Signed texts have no line breaks. */
export const temporaryTemplate = 'Purpose: ; Scope: ; Place: ; Supervisor: '

const LABELLED = /^Purpose: (\S.*?); Scope: (\S.*?); Place: (\S.*?); Supervisor: (\S.*)$/

/** Undefined: the text has another form, or an unknown purpose. */
export function temporaryTerms(limits: string): TemporaryTerms | undefined {
  const [, named, scope = '', place = '', supervisor = ''] = LABELLED.exec(limits) ?? []
  const purpose = temporaryPurposes.find((one) => one === named)
  return purpose && { purpose, scope, place, supervisor }
}

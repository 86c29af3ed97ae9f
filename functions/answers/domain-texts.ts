import { compareDomainText, requestDomainText, type TextMarks } from '@sijil/registry/decisions'

export type DomainTexts = ReturnType<typeof domainTexts>

type Question = Parameters<typeof requestDomainText>[0]

/** The texts by which bodies show that they control their websites: to make one, and to compare the one that was read there. */
export const domainTexts = ({ clock, ...parts }: { baseUrl: string; marks: TextMarks; clock: () => Date }) => ({
  request: (question: Question) => requestDomainText(question, { ...parts, now: clock() }),
  compare: (question: Question, found: string) => compareDomainText({ ...question, found }, { ...parts, now: clock() }),
})

export interface Message {
  subject: string
  body: string
}

const MAX_SUBJECT_LENGTH = 72
/** `Co-authored-by: …` names people and gives no reason. */
const trailers = /^[A-Za-z-]+-by: .*$/gm

/** The faults of a commit message, each as an instruction to its author. The imperative itself is for reviewers to judge. */
export function faultsOf({ subject, body }: Message): string[] {
  const length = [...subject].length
  return [
    !/^\p{Lu}/u.test(subject) && 'Begin the subject with a capital letter.',
    subject.endsWith('.') && 'Remove the full stop at the end of the subject.',
    length > MAX_SUBJECT_LENGTH && `Shorten the subject from ${length} to at most ${MAX_SUBJECT_LENGTH} characters.`,
    body.replace(trailers, '').trim() === '' && 'Say in the body why the change is made.',
  ].filter((fault) => fault !== false)
}

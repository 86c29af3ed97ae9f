import { CommandFailure } from './failure.ts'
import { isObject, textAt } from './json.ts'

/** The answer after issuing, with the certificate as the text of a file. */
export function parseIssued(answer: unknown): {
  id: string
  link: string
  document: object
  credential: string
} {
  const issued = isObject(answer) ? answer : {}
  const credential = issued.verifiableCredential
  const link = textAt(issued, 'link')
  const id = textAt(issued, 'id') ?? (isObject(credential) ? textAt(credential, 'id') : undefined)
  if (link === undefined || id === undefined || !isObject(credential))
    throw new CommandFailure('unexpected', {
      title: 'The registry did not answer with a certificate',
      detail: 'Send the same command again. You get the same certificate.',
    })
  return { id, link, document: credential, credential: `${JSON.stringify(credential, null, 2)}\n` }
}

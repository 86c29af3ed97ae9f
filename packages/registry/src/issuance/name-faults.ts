import { type NameFault, nameFault, personNameFault } from '@sijil/credentials'
import type { Fault } from '../errors.ts'
import type { IssueInput } from './issue-input.ts'

/** What is wrong with names, numbers and the like, in words. */
export function nameFaults(input: IssueInput): Fault[] {
  return namedTexts(input).flatMap(([pointer, text]) => {
    const wrong = called.has(pointer) ? personNameFault(text) : nameFault(text)
    if (wrong !== undefined) return [{ pointer, detail: words[wrong] }]
    // It would be the same number as any other of hyphens alone.
    const isNone = pointer === '/certificateNumber' && !/[\p{L}\p{N}]/u.test(text)
    return isNone ? [{ pointer, detail: 'has neither a letter nor a digit' }] : []
  })
}

const words: Readonly<Record<NameFault, string>> = {
  empty: 'must not be empty',
  'too-long': 'is too long',
  'not-nfc': 'is not in Unicode NFC',
  malformed: 'is not well-formed Unicode',
  'control-character': 'has a control character, or a mark that turns the direction of text',
  'invisible-character': 'has an invisible character',
  'stacked-marks': 'has a pile of marks, or begins with one',
  'no-letter': 'has no letter',
}

const called: ReadonlySet<string> = new Set(['/holder/name', '/holder/nativeName', '/signatory/name'])

/** What is as short as a name. How long `method` and `limits` may be, the edge says; what they may hold, `prepareCredential`. */
function namedTexts({ holder, signatory, ...rest }: IssueInput): [string, string][] {
  const named: [string, string | undefined][] = [
    ['/holder/name', holder.name],
    ['/holder/nativeName', holder.nativeName],
    ['/signatory/name', signatory?.name],
    ['/signatory/position', signatory?.position],
    ...(['certificateNumber', 'registerNumber', 'route', 'assessor'] as const).map(
      (member): [string, string | undefined] => [`/${member}`, rest[member]],
    ),
  ]
  return named.filter((entry): entry is [string, string] => entry[1] !== undefined)
}

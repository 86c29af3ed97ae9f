import { type NameFault, nameFault, personNameFault } from '@sijil/credentials'
import type { Fault } from '../errors.ts'
import { type IssueInput, longest } from './issue-input.ts'

/** What is wrong with names, numbers and the like, in words. */
export function nameFaults(input: IssueInput): Fault[] {
  const long = lengthFaults(input)
  const isLong = new Set(long.map(({ pointer }) => pointer))
  return [
    ...long,
    ...namedTexts(input).flatMap(([pointer, text]) => {
      if (isLong.has(pointer)) return []
      const wrong = called.has(pointer) ? personNameFault(text) : nameFault(text)
      if (wrong !== undefined) return [{ pointer, detail: words[wrong] }]
      // It would be the same number as any other of hyphens alone.
      const isNone = pointer === '/certificateNumber' && !/[\p{L}\p{N}]/u.test(text)
      if (isNone) return [{ pointer, detail: 'has neither a letter nor a digit' }]
      return text === text.trim() ? [] : [{ pointer, detail: 'begins or ends with a blank' }]
    }),
  ]
}

/** By whichever route it comes: what one takes, the other must be able to carry on. */
function lengthFaults({ holder, signatory, ...rest }: IssueInput): Fault[] {
  const { name, position, ...others } = longest
  const texts: [string, string | undefined, number][] = [
    ['/holder/name', holder.name, name],
    ['/holder/nativeName', holder.nativeName, name],
    ['/signatory/name', signatory?.name, name],
    ['/signatory/position', signatory?.position, position],
    ...(Object.keys(others) as (keyof typeof others)[]).map((member): [string, string | undefined, number] => [
      `/${member}`,
      rest[member],
      others[member],
    ]),
  ]
  return texts.flatMap(([pointer, text = '', most]) =>
    [...text].length > most ? [{ pointer, detail: `must have at most ${most} characters` }] : [],
  )
}

const words: Readonly<Record<NameFault, string>> = {
  empty: 'must not be empty',
  'too-long': 'is too long',
  'not-nfc': 'is not in Unicode NFC',
  malformed: 'is not well-formed Unicode',
  'control-character': 'has a control character, or a mark that turns the direction of text',
  'invisible-character': 'has an invisible character',
  'lost-character': 'has a sign (U+FFFC or U+FFFD) in the place of a character that was lost on the way',
  'stacked-marks': 'has a pile of marks, or begins with one',
  'no-letter': 'has no letter',
}

const called: ReadonlySet<string> = new Set(['/holder/name', '/holder/nativeName', '/signatory/name'])

/** What is as short as a name. What `method` and `limits` may hold, `prepareCredential` says. */
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

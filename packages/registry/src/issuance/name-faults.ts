import { type NameFault, nameFault, personNameFault } from '@sijil/credentials'
import { type IssueInput, maxLength } from '../certificates/issue-input.ts'
import type { Fault } from '../errors.ts'

/** Faults of names, numbers and other short texts. */
export function nameFaults(input: IssueInput): Fault[] {
  const texts = textsOf(input)
  const isLong = ({ text, most }: Text) => [...text].length > most
  return [
    ...texts.filter(isLong).map(({ pointer, most }) => ({ pointer, detail: `must have at most ${most} characters` })),
    ...texts.filter((text) => !isLong(text)).flatMap(faultOf),
  ]
}

function faultOf({ pointer, text }: Text): Fault[] {
  // `prepareCredential` checks these two texts.
  if (pointer === '/otherMethod' || pointer === '/limits') return []
  const wrong = called.has(pointer) ? personNameFault(text) : nameFault(text)
  if (wrong !== undefined) return [{ pointer, detail: words[wrong] }]
  // All numbers without letters and digits would count as the same number.
  const isNone = pointer === '/certificateNumber' && !/[\p{L}\p{N}]/u.test(text)
  if (isNone) return [{ pointer, detail: 'has neither a letter nor a digit' }]
  return text === text.trim() ? [] : [{ pointer, detail: 'begins or ends with a blank' }]
}

interface Text {
  pointer: string
  text: string
  most: number
}

/** The texts with their limits. The limits are equal for both ways of issuing, so that either can continue an attempt of the other. */
function textsOf({ holder, signatory, ...rest }: IssueInput): Text[] {
  const { name, position, ...others } = maxLength
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
  return texts.flatMap(([pointer, text, most]) => (text === undefined ? [] : [{ pointer, text, most }]))
}

const words: Readonly<Record<NameFault, string>> = {
  empty: 'must not be empty',
  'too-long': 'is too long',
  'not-nfc': 'is not in Unicode NFC',
  malformed: 'is not well-formed Unicode',
  'control-character': 'has a control character, or a mark that turns the direction of text',
  'invisible-character': 'has an invisible character',
  'lost-character': 'has a sign (U+FFFC or U+FFFD) in the place of a lost character',
  'stacked-marks': 'has too many marks on one letter, or begins with a mark',
  'no-letter': 'has no letter',
}

const called: ReadonlySet<string> = new Set(['/holder/name', '/holder/nativeName', '/signatory/name'])

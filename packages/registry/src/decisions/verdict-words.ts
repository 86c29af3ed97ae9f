import { saysEquivalent } from '@sijil/qualifications'
import type { Fault } from '../errors.ts'

/** Words and marks by which a text could pass for a verdict of the registry (Q015, P013). */
const VERDICT = /[✓✔☑✅]|\b(?:in)?valid\b|\bverified\b|\bgenuine\b/iu

/** Letters in another width, and signs that are not seen, do not hide a word. */
const readsLikeVerdict = (text: string): boolean => VERDICT.test(text.normalize('NFKC').replace(/\p{Cf}/gu, ''))

/** The fault of a public text that could pass for a verdict. None for one that could not, or is absent. */
export const verdictFaults = (pointer: string, text: string | undefined): Fault[] =>
  text !== undefined && readsLikeVerdict(text)
    ? [
        {
          pointer,
          detail: 'must not read like a verdict of this registry: leave out valid, verified, genuine and ticks',
          reason: 'reads-like-a-verdict',
        },
      ]
    : []

/** The same for a text of a decision about certificates of another state. It says what they count for, and never that they are equivalent. */
export const decisionTextFaults = (pointer: string, text: string | undefined): Fault[] => [
  ...verdictFaults(pointer, text),
  ...(text !== undefined && saysEquivalent(text)
    ? [
        {
          pointer,
          detail: 'must not say that anything is equivalent, in any language: say what it counts for',
          reason: 'says-equivalent' as const,
        },
      ]
    : []),
]

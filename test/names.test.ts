import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Words that were retired as names, and the term of docs/glossary.md that stands in their place. Prose may use them. */
const retired: Readonly<Record<string, string>> = {
  elsewhere: 'remote registry, external signer',
  foreign: 'accepted registry, external document, sandbox document',
  standing: 'accreditation status',
  standings: 'accreditation summary',
  speaking: 'active grants',
  course: 'timeline',
  founding: 'bootstrap',
  heir: 'successor',
  heirs: 'successors',
  burn: 'abandon',
  burned: 'abandoned',
  mend: 'remedy',
  astray: 'skew',
  longest: 'maximum length',
  told: 'a noun',
  said: 'a noun',
  whose: 'a noun',
  needs: 'deps',
  deciding: 'decide deps, officer verbs',
}

/** Identifiers with such a word that stay: words of stored events, of answers and of addresses. */
const kept: readonly string[] = [
  // A member of events, proposals and requests.
  'elsewhere',
  // Of answers about trust, and of pages made from them.
  'standing',
  // A kind of certificate.
  'goodStanding',
  // A state in stored events and answers, and when it began.
  'burned',
  'burnedAt',
  // Marks text in another language than the page's, so that a screen reader says it right.
  'foreign',
  'foreignOr',
]

const root = join(import.meta.dirname, '..')
const files = globSync('{packages/*/src,functions,infra,bench,test}/**/*.ts', { cwd: root }).filter(
  (file) => !file.includes('node_modules') && !file.endsWith('.generated.ts') && file !== 'test/names.test.ts',
)

/** The code without its comments and texts; what stands within `${}` of a template goes with it. */
const codeOf = (file: string): string =>
  readFileSync(join(root, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`/g, ' ')
    .replace(/\/(?![/*])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[gimsuvy]*/g, ' ')
    .replace(/\/\/.*$/gm, ' ')

/** `isLeftOver` has the words is, left and over. */
const wordsOf = (identifier: string): string[] =>
  identifier
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[ _$]+/)

const retiredIn = (code: string): string[] =>
  [...new Set(code.match(/[A-Za-z_$][\w$]*/g))].filter(
    (name) => !kept.includes(name) && wordsOf(name).some((word) => Object.hasOwn(retired, word)),
  )

test('no identifier has a retired word in it', () => {
  expect(files.length).toBeGreaterThan(500)
  expect(files.flatMap((file) => retiredIn(codeOf(file)).map((name) => `${file}: ${name}`))).toEqual([])
})

test('a retired word is found as a whole word of a name, in camel case and in capitals', () => {
  expect(retiredIn('const isHeirOf = 1, LONGEST_NAME = 2, courses = 3, discourse = 4')).toEqual([
    'isHeirOf',
    'LONGEST_NAME',
  ])
})

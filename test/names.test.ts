import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Words that are retired as names, each with the term of docs/glossary.md that replaces it. Prose may use them. */
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

/** Identifiers that keep such a word, because stored events, answers or addresses contain it. */
const kept: readonly string[] = [
  // A member of events, proposals and requests.
  'elsewhere',
  // A member of answers about trust, and of the pages made from them.
  'standing',
  // A kind of certificate.
  'goodStanding',
  // A state in stored events and answers, and its beginning.
  'burned',
  'burnedAt',
  // Marks text in another language than that of the page, so that a screen reader pronounces it correctly.
  'foreign',
  'foreignOr',
]

const root = join(import.meta.dirname, '..')
const files = globSync('{packages/*/src,functions,infra,bench,test}/**/*.ts', { cwd: root }).filter(
  (file) => !file.includes('node_modules') && !file.endsWith('.generated.ts') && file !== 'test/names.test.ts',
)

/** The code without comments and texts. An expression in a template is removed with its template. */
const codeOf = (file: string): string =>
  readFileSync(join(root, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`/g, ' ')
    .replace(/\/(?![/*])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[gimsuvy]*/g, ' ')
    .replace(/\/\/.*$/gm, ' ')

/** The words of a name: `isLeftOver` has "is", "left" and "over". */
const wordsOf = (identifier: string): string[] =>
  identifier
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[ _$]+/)

const retiredIn = (code: string): string[] =>
  [...new Set(code.match(/[A-Za-z_$][\w$]*/g))].filter(
    (name) => !kept.includes(name) && wordsOf(name).some((word) => Object.hasOwn(retired, word)),
  )

test('no identifier contains a retired word', () => {
  expect(files.length).toBeGreaterThan(500)
  expect(files.flatMap((file) => retiredIn(codeOf(file)).map((name) => `${file}: ${name}`))).toEqual([])
})

test('a retired word is found as a whole word of a name, in camel case and in upper case', () => {
  expect(retiredIn('const isHeirOf = 1, LONGEST_NAME = 2, courses = 3, discourse = 4')).toEqual([
    'isHeirOf',
    'LONGEST_NAME',
  ])
})

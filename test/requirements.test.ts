import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { routes } from '../functions/routes.ts'

/** docs/requirements.md says of each requirement what serves it and which test shows it. */

const root = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found)

/** The numbers of the requirements of the mission, and of those from other sources. */
const requirements: Record<'R' | 'D', Partial<Record<string, string>>> = {
  R: {
    must: `001 002 003 004 005 006 007 008 010 011 013 015 017 018 019 020 021 022 023 024 028 032 037 042 045 047 050 054
      056 057 059 060 061 063 065 066 067 069 070 072 073 075 078 080 082 084 089 092 093 094 100 104 107 108 109 112 115
      122 126 128 133 134 135`,
    should: `009 012 014 016 025 027 029 031 035 036 039 041 044 049 051 052 055 058 062 068 071 074 076 077 081 083 085 086
      088 090 091 102 105 106 113 117 118 120 121 123 124 127 130 136`,
    could: '116',
  },
  D: { must: '01 02 03 04 05 06 07 08 09 10 11 12 13 14 18 19 20', should: '15 16', could: '17' },
}
const expected = Object.entries(requirements).flatMap(([letter, numbers]) =>
  Object.entries(numbers).flatMap(([priority, list = '']) =>
    list.split(/\s+/).map((number) => `${letter}-${number} ${priority}`),
  ),
)

const text = read('docs/requirements.md')
const rows = [...text.matchAll(/^\| ([RD]-\d+) \| (\w+) \| (.+) \| (.+) \| (shown|partly|not yet)(.*) \|$/gm)].map(
  ([, id = '', priority = '', , served = '', state = '', rest = '']) => ({
    id,
    priority,
    served: all(served, /`([^`]+)`/g),
    state,
    tests: all(rest, /`([^`]+)`/g),
    missing: rest.split(state === 'not yet' ? ': ' : '. Missing: ')[1] ?? '',
  }),
)

/** The test files that name an id outside of comments, which is in a title, by the id. */
const named = new Map<string, string[]>()
for (const file of globSync('{packages,functions,infra,test}/**/*.test.ts', {
  cwd: root,
  exclude: (name) => name.endsWith('node_modules') || name.endsWith('requirements.test.ts'),
}))
  for (const line of read(file).split('\n'))
    if (!/^\s*(?:\/\/|\/?\*)/.test(line))
      for (const id of all(line, /['`( ,]([RD]-\d{2,3})\b(?=.*['`])/g)) named.set(id, [...(named.get(id) ?? []), file])

/** Routes by path, with their method if it is not GET, and commands. */
const known = [
  ...routes.flatMap(({ method, path }) => (method === 'GET' ? [path] : [`${method} ${path}`])),
  ...globSync('packages/cli/src/commands/*.ts', { cwd: root }).flatMap((file) =>
    all(read(file), /(?:\.command\(|addVerb\(program, )'([\w-]+)'/g).flatMap((verb) => [
      `sijil ${verb}`,
      `sijil catalogue ${verb}`,
    ]),
  ),
]

test('each requirement that must or should be met has one row, and there is no other', () => {
  expect(rows.map(({ id, priority }) => `${id} ${priority}`).toSorted()).toEqual(expected.toSorted())
})

test('the numbers at the top are those of the rows', () => {
  const count = (state: string) => rows.filter((row) => row.state === state).length
  expect(text.replaceAll('\n', ' ')).toContain(
    `${rows.length} rows: ${count('shown')} shown, ${count('partly')} partly, ${count('not yet')} not yet.`,
  )
})

test.each(rows)('$id is $state: its tests, routes and commands exist, and it says what is missing', (row) => {
  const { served, state, tests, missing } = row
  for (const file of tests)
    expect([file, file.endsWith('.test.ts') && existsSync(join(root, file))]).toEqual([file, true])
  for (const name of served) expect(known, name).toContain(name)
  expect(tests.length > 0).toBe(state !== 'not yet')
  expect(missing !== '').toBe(state !== 'shown')
})

test('titles are found, also those behind a table', () => {
  expect(named.get('R-089')).toContain('test/journeys/one-verifier.test.ts')
  expect(named.get('R-112')).toContain('test/journeys/cli.test.ts')
  expect(named.size).toBeGreaterThan(40)
})

test.each(rows.filter(({ id }) => named.has(id)))('$id is named by a test, and its row names such a test', (row) => {
  expect(row.state).not.toBe('not yet')
  expect(row.tests.some((file) => named.get(row.id)?.includes(file))).toBe(true)
})

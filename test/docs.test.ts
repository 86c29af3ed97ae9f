import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pinnedContexts } from '@sijil/credentials/general'
import { checkNames, reasons } from '@sijil/registry/verification'
import { describe, expect, test } from 'vitest'
import { grants } from '../functions/routes.ts'
import { scheduledGrants } from '../infra/aws/grants.ts'
import whole from '../vitest.config.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pages = [
  ...['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...globSync('docs/**/*.md', { cwd: root }),
]
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found)

/** The anchors that GitHub makes of the headings of a page. */
function anchorsOf(path: string): string[] {
  return all(read(path).replace(/^```.*?^```$/gms, ''), /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

describe.each(pages)('%s', (page) => {
  const text = read(page)

  test('links lead to files and headings that exist', () => {
    for (const link of all(text, /\]\(([^)]+)\)/g)) {
      if (/^https?:/.test(link)) continue
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? page : join(dirname(page), file)
      expect(existsSync(join(root, target)), link).toBe(true)
      if (anchor !== undefined) expect(anchorsOf(target), link).toContain(anchor)
    }
  })

  test('files and folders that it names exist', () => {
    const named = all(text, /`([^`\s]+)`/g).filter((name) =>
      /^(?:(?:packages|functions|infra|test|docs|bench)\/[\w./-]+|[A-Z]+\.md|cdk\.json|package\.json)$/.test(name),
    )
    for (const name of named) expect(existsSync(join(root, name)), name).toBe(true)
  })

  test('npm scripts that it names exist', () => {
    for (const name of all(text, /\bnpm run ([\w:-]+)/g)) expect(Object.keys(scripts)).toContain(name)
    for (const name of all(text, /\bnpm (start|test)\b/g)) expect(Object.keys(scripts)).toContain(name)
  })

  test('commands of sijil that it names exist, with their options', () => {
    for (const command of all(text.replaceAll('\\\n', ' '), /\bnpx sijil ([^\n)`]+)/g)) {
      const [verb = '', ...words] = command.split(' ')
      const options = words.filter((word) => word.startsWith('--')).map((word) => word.replace(/[^a-z-].*$/, ''))
      expect(verbs, command).toContain(verb)
      for (const option of options) expect(sources, command).toContain(`'${option}`)
    }
  })

  test('invariants that it names are in the threat model', () => {
    for (const id of all(text, /\b(I\d+a?)\b/g)) expect(invariants, id).toContain(id)
  })
})

const sources = globSync('packages/cli/src/**/*.ts', { cwd: root })
  .filter((file) => !file.endsWith('.test.ts'))
  .map(read)
  .join('\n')
const verbs = all(sources, /(?:\.command\(|addVerb\(program, )'([\w-]+)'/g)
const invariants = all(read('docs/threat-model.md'), /(?:^|\s)(I\d+a?) [A-Z`]/gm)

test('README begins with the two commands', () => {
  const commands = all(read('README.md').split('```')[1] ?? '', /^npm ci && npm (\w+)/gm)
  expect(commands).toEqual(['start', 'test'])
})

describe('CONTRIBUTING.md describes the commands', () => {
  const text = read('CONTRIBUTING.md')
  const config = read('vitest.config.ts')

  test('npm run check runs the static check, npm test, and check:whole', () => {
    expect(scripts.check).toBe('npm run check:static && npm test && npm run check:whole')
    expect(scripts.test).toBe('vitest run')
    expect(scripts['check:whole']).toBe('vitest run --mode whole')
    expect(text).toContain('`test/support/whole.ts`')
  })

  test('the static check includes the types of the scripts that pages load', () => {
    expect(scripts['check:static']?.split(' && ')).toContain('tsc -p packages/web/src/assets')
    expect(text).toContain('`packages/web/src/assets`')
  })

  test('check:whole runs every file that takes a sample in npm test', () => {
    const projects = whole({ mode: 'whole', command: 'serve' }).test?.projects as { test: { include: string[] } }[]
    const run = new Set(projects.flatMap(({ test: { include } }) => include))
    const sampling = globSync('{packages/*/src,functions,infra,test}/**/*.test.ts', { cwd: root }).filter((file) =>
      /\bfrom '[^']*support\/whole\.ts'/.test(read(file)),
    )
    expect(sampling.length).toBeGreaterThan(5)
    expect(sampling.filter((file) => !run.has(file))).toEqual([])
  })

  test('the tests of npm test name every invariant that is built', () => {
    const leftOut = all(config.split('onlyWhole = [')[1]?.split(']')[0] ?? '', /'([^']+)'/g)
    expect(leftOut.length).toBeGreaterThan(0)
    const tests = globSync(['{packages,functions,infra,test}/**/*.test.ts', 'test/attacks/**/*.{ts,json}'], {
      cwd: root,
    })
      .filter((file) => !file.includes('node_modules') && !leftOut.includes(file))
      .map(read)
      .join('\n')
    const named = new Set(all(tests, /\b(I\d+a?)\b/g))
    const built = all(read('docs/threat-model.md'), /(?:^|\s)(I\d+a?) [A-Z`][^°]*?(?=\sI\d|$)/gm)
    expect(built.length).toBeGreaterThan(40)
    expect(built.filter((id) => !named.has(id))).toEqual([])
  })
})

describe('docs/verifying.md', () => {
  const text = read('docs/verifying.md')
  const section = (heading: string) => text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''

  test('lists every check in its order', () => {
    expect(all(section('The checks'), /^\d+\. `([\w-]+)`/gm)).toEqual(checkNames)
  })

  test('has a line for every reason, and for no other', () => {
    expect(all(section('Reasons'), /^\| `([\w-]+)` \|/gm)).toEqual(reasons)
  })

  const rows = [...section('Limits').matchAll(/^\| [^|]+ \| ([\d,]+)(?: (s|min))? \| `([^`]+)` `(\w+)` \|$/gm)]

  test.each(rows.map(([, amount = '', unit, file = '', name = '']) => ({ amount, unit, file, name })))(
    'states the value of $name in $file',
    ({ amount, unit, file, name }) => {
      const stated = Number(amount.replaceAll(',', '')) * (unit === 's' ? 1_000 : unit === 'min' ? 60_000 : 1)
      const [written = ''] = all(
        read(file),
        new RegExp(`^ *(?:(?:export )?const )?${name}(?: =|:) ([\\d_* ]+),?$`, 'm'.concat('g')),
      )
      const actual = written.split('*').reduce((product, factor) => product * Number(factor.replaceAll('_', '')), 1)
      expect(stated).toBe(actual)
    },
  )

  test('has every limit of the general mode', () => {
    const file = 'packages/credentials/src/general/limits.ts'
    const table = read(file).split('export const limits = {')[1]?.split('} as const')[0] ?? ''
    const named = rows.flatMap(([, , , at, name]) => (at === file ? [name] : []))
    expect(named).toEqual(all(table, /^ {2}(\w+): /gm))
    expect(named.length).toBeGreaterThan(10)
  })
})

test('docs/issuing.md has the steps of issue.ts', () => {
  const steps = all(read('packages/registry/src/issuance/issue.ts'), /\/\/ (\d)$/gm)
  const section = read('docs/issuing.md').split('\n## The steps\n')[1]?.split('\n## ')[0] ?? ''
  expect(all(section, /^(\d)\. /gm)).toEqual(steps)
  expect(steps).toEqual(['1', '2', '3', '4', '5', '6'])
})

test('a decision that another one supersedes says so', () => {
  const decisions = globSync('docs/decisions/*.md', { cwd: root })
  const superseding = decisions.flatMap((page) =>
    all(read(page), /^Supersedes \[\d+\]\((.+?)\)/gm).map((earlier) => [page, earlier] as const),
  )
  expect(superseding).toContainEqual([expect.stringContaining('087-'), expect.stringContaining('003-')])
  for (const [page, earlier] of superseding)
    expect(read(`docs/decisions/${earlier}`), earlier).toMatch(
      new RegExp(`^Superseded by \\[\\d+\\]\\(${basename(page)}\\)`, 'm'),
    )
})

test('each decision has its own number and the four parts, in fewer than 450 words', () => {
  const files = globSync('docs/decisions/*.md', { cwd: root }).sort()
  const numbers = files.map((file) => /\/(\d{3})-[a-z0-9-]+\.md$/.exec(file)?.[1])
  expect(new Set(numbers).size).toBe(files.length)
  files.forEach((file, place) => {
    const text = read(file)
    expect(text, file).toMatch(new RegExp(`^# ${numbers[place]}\\. `))
    for (const part of ['Context', 'Decision', 'Why', 'Consequences']) expect(text, file).toMatch(`**${part}`)
    expect(text.split(/\s+/).length, file).toBeLessThan(450)
  })
})

describe('docs/context-files.md', () => {
  const rows = [...read('docs/context-files.md').matchAll(/^\| `(https:[^`]+)` \| `([^`]+)`[^|]* \| ([^|]+) \|$/gm)]

  test('every bundled context file has a row, and there is no other row', () => {
    expect(rows.map(([, url]) => url).toSorted()).toEqual([...pinnedContexts.keys()].toSorted())
  })

  test.each(rows.map(([, url = '', source = '', licence = '']): [string, string, string] => [url, source, licence]))(
    '%s comes from %s, which states that licence',
    (_, source, licence) => {
      if (source.startsWith('packages/')) return expect(existsSync(join(root, source))).toBe(true)
      const { dependencies } = JSON.parse(read('packages/credentials/package.json'))
      expect(Object.keys(dependencies)).toContain(source)
      const [file = ''] = globSync(`node_modules/${source}/LICENSE*`, { cwd: root })
      expect(read(file)).toContain(licence)
    },
  )
})

test('docs/threat-model.md says, for each function that can do more than read, what an attacker who takes it gains', () => {
  const table = read('docs/threat-model.md').split('\n## If this is taken\n')[1]?.split('\n## ')[0] ?? ''
  const mayMore = Object.entries({ ...grants, ...scheduledGrants }).flatMap(
    ([name, words]: [string, readonly string[]]) => (words.some((word) => !word.startsWith('read-')) ? [name] : []),
  )
  expect(mayMore).toContain('sequence')
  for (const name of mayMore) expect(table, name).toContain(`\n| \`${name}\``)
})

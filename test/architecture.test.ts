import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { functionNames, grants, type Route, routes } from '../functions/routes.ts'
import whole from '../vitest.config.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = globSync('{packages/*,functions,infra}/**/*.ts', { cwd: root }).filter(
  (file) => !file.includes('node_modules') && !file.endsWith('.d.ts'),
)
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')
const codeOf = (file: string) => textOf(file).replace(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, '')
/** Tests, and modules that only tests import. */
const isForTests = (file: string) => /\.test\.ts$|\/(?:test|sample)-[^/]+\.ts$|\/testing\//.test(file)
const contexts = ['@digitalbazaar/*', '@digitalcredentials/*', 'did-context']

// biome-ignore format: it reads as a table
/**
 * The imports that each file or folder may have. A line adds to the lines of the folders around it. Any other import is refused. `type`
 * before a name allows only types, and `import()` only a dynamic import. Files of another package are named from the root.
 */
const picture: [where: string, may: string[]][] = [
  ['packages/credentials/src/crypto.ts',          ['node:buffer', 'node:crypto', 'node:zlib']],
  ['packages/credentials/src/multibase.ts',       ['@scure/base']],
  ['packages/credentials/src/general/',           ['node:crypto', 'jsonld', 'rdf-canonize', ...contexts]],
  // The independent implementation, which only issuing loads (docs/decisions/056-an-independent-verifier-releases.md).
  ['packages/credentials/src/independent/',       ['@digitalbazaar/*']],
  // Run by hand, to make lines.generated.ts from the pinned contexts.
  ['packages/credentials/src/compile-profile.ts', ['node:module', 'jsonld', 'rdf-canonize']],
  ['packages/credentials/src/generate-lines.ts',  ['node:fs', 'node:url']],
  ['packages/tlog/',                              []],
  ['packages/tlog/src/crypto.ts',                 ['node:crypto']],
  ['packages/qualifications/',                    []],
  // The only package that reads files of spreadsheet programs. It opens nothing that a file names.
  ['packages/tables/',                            ['csv-parse/sync', 'fflate', 'myanmar-tools', 'saxes']],
  ['packages/registry/',                          ['@sijil/credentials', '@sijil/qualifications', '@sijil/tlog', 'type @sijil/credentials/general', 'type @sijil/credentials/independent']],
  ['packages/registry/src/batches/',               ['@sijil/tables']],
  ['packages/registry/src/certificates/secrecy.ts',            ['node:crypto', 'node:zlib']],
  ['packages/registry/src/issuance/sandbox.ts',            ['node:crypto']],
  ['packages/registry/src/four-eyes.ts',           ['node:crypto']],
  ['packages/registry/src/artefacts.ts',           ['node:crypto']],
  ['packages/registry/src/catalogue/packed.ts',     ['node:zlib']],
  ['packages/registry/src/reports/examine.ts',     ['node:crypto']],
  ['packages/registry/src/decisions/png/',         ['node:zlib']],
  // Run by hand, to make confusables.generated.ts from the pinned file of Unicode.
  ['packages/registry/src/likeness/generate-confusables.ts', ['node:fs', 'node:url']],
  // Run by hand: it makes en.data.json out of the English texts.
  ['packages/web/src/messages/generate-en.ts', ['node:fs', 'node:url']],
  // The typesetter and the reader of PDF files. Nothing loads them before they are needed.
  ['packages/paper/',                             ['qr']],
  ['packages/paper/src/typeset.ts',               ['@myriaddreamin/typst-ts-node-compiler']],
  ['packages/paper/src/archive.ts',               ['fflate']],
  ['packages/paper/src/codes.ts',                 ['node:zlib']],
  ['packages/paper/src/fonts.ts',                 ['node:fs', 'node:module']],
  ['packages/paper/src/reading/pdfium.ts',        ['node:fs', '@hyzyla/pdfium']],
  ['packages/paper/src/reading/find-codes.ts',    ['qr/decode.js']],
  ['packages/paper/src/reading/read-paper.ts',    ['node:fs', 'node:module', 'node:worker_threads']],
  ['packages/paper/src/reading/worker.ts',        ['node:worker_threads']],
  // Views prepare the values that `packages/web` renders. They import its types, and no template.
  ['packages/views/',                             ['@sijil/credentials', '@sijil/qualifications', '@sijil/registry', '@sijil/registry/*', 'type @sijil/paper', 'type @sijil/web', '@sijil/web/grounds']],
  ['packages/views/src/desk/shown-change.ts',     ['node:crypto']],
  // Protocols answer the questions of other specifications. They know no HTTP.
  ['packages/protocols/',                         ['@sijil/credentials', '@sijil/qualifications', '@sijil/registry', '@sijil/registry/*']],
  ['packages/protocols/src/federation/jwt.ts',    ['node:crypto']],
  ['packages/aws/',                               ['@sijil/credentials', '@sijil/registry', '@sijil/registry/trust', '@aws-sdk/*', 'node:crypto']],
  ['packages/http/',                              ['@sijil/credentials', '@sijil/registry', '@middy/core', 'jose', 'zod', 'zod/*', 'zod-openapi', 'type aws-lambda']],
  ['packages/http/src/pagination.ts',             ['node:crypto']],
  ['packages/http/src/compress.ts',               ['node:zlib']],
  ['packages/http/src/sessions/',                 ['node:crypto']],
  ['packages/http/src/sessions/kept-forms.ts',    ['node:zlib']],
  ['packages/http/src/session-forms.ts',          ['node:crypto']],
  ['packages/http/src/orders.ts',                 ['node:crypto']],
  // Only the function that delivers imports the sender. The desk and the API of decisions look up names, and connect to none.
  ['packages/http/src/webhooks/',                 ['node:crypto', 'node:dns', 'node:http', 'node:https', 'node:net']],
  // Only the desk imports it. No other code calls the identity provider.
  ['packages/http/src/sign-in/',                  ['node:crypto', 'oauth4webapi']],
  ['packages/web/',                               ['type @sijil/credentials', 'type @sijil/registry/*', '@sijil/qualifications', 'hono/html', 'qr']],
  ['packages/web/src/desk/certificate-status.ts', ['@sijil/credentials/status-reasons']],
  ['packages/web/src/desk/certificate-keeping.ts', ['@sijil/credentials/status-reasons']],
  ['packages/web/src/assets.ts',                  ['node:*']],
  ['packages/cli/',                               ['import() @sijil/credentials', 'commander', 'qr', 'node:*']],
  // Small modules, so that a command does not load the rest of the package.
  ['packages/cli/src/commands/status.ts',         ['@sijil/credentials/status-reasons']],
  ['packages/cli/src/commands/domain.ts',         ['@sijil/credentials/domain-text']],
  ['packages/cli/src/commands/change-all.ts',     ['@sijil/credentials/status-reasons']],
  ['packages/cli/src/run-batch.ts',               ['@sijil/credentials/csv']],
  ['packages/cli/src/commands/portfolio.ts',      ['@sijil/credentials/portfolio']],
  ['packages/cli/src/identifiers.ts',             ['@sijil/credentials/uuid']],
  ['packages/cli/src/json.ts',                    ['@sijil/credentials/canonical-json', '@sijil/credentials/json-object']],
  ['packages/cli/src/issue-input.ts',             ['@sijil/qualifications/assessment']],
  ['packages/cli/src/read-links.ts',              ['@sijil/credentials/csv']],
  ['packages/cli/src/read-table.ts',              ['import() @sijil/tables']],
  ['packages/cli/src/log/',                       ['@sijil/tlog']],
  // Without a network, the function of the registry verifies (docs/decisions/035-one-function-verifies.md).
  ['packages/cli/src/offline/',                   ['@sijil/registry', '@sijil/registry/accepted-registries', '@sijil/registry/certificates', 'type @sijil/registry/*', '@sijil/tlog', 'import() @sijil/credentials/general']],
  ['functions/',                                  ['@sijil/http', '@sijil/registry', '@sijil/registry/*', '@sijil/web']],
  ['functions/clock.ts',                          ['type @sijil/aws']],
  ['functions/published-files.ts',                ['@sijil/aws/s3']],
  // A function that rarely needs a file or a queue starts without their clients.
  ['functions/late-files.ts',                     ['import() @sijil/aws/s3', 'node:crypto']],
  ['functions/queues.ts',                         ['import() @sijil/aws/sqs']],
  ['functions/wiring.ts',                         ['@sijil/aws', 'import() @sijil/credentials/general', 'node:crypto', 'node:timers/promises']],
  ['functions/paper.ts',                          ['import() @sijil/registry/batch-files', 'import() @sijil/paper/files', 'import() @sijil/paper/reading', 'import() @sijil/paper/typeset']],
  ['functions/deliver.ts',                        ['@sijil/http/webhooks']],
  ['functions/receivers.ts',                      ['import() @sijil/http/webhooks/check']],
  ['functions/operator.ts',                       ['node:fs']],
  ['functions/issue.ts',                          ['node:crypto', 'import() @sijil/credentials/independent']],
  ['functions/recognise.ts',                      ['node:crypto', '@sijil/http/sessions', 'import() @sijil/credentials/independent']],
  ['functions/sequence.ts',                       ['node:timers/promises']],
  ['functions/decisions.ts',                      ['node:crypto']],
  ['functions/desk.ts',                           ['node:crypto', '@sijil/http/sessions', '@sijil/http/sign-in']],
  ['functions/office.ts',                         ['node:crypto', '@sijil/http/sessions']],
  ['functions/batches.ts',                        ['node:crypto', '@sijil/http/sessions']],
  ['functions/answers/batch-pages/',              ['@sijil/views/desk', '@sijil/credentials/csv']],
  ['functions/answers/single-pages.ts',           ['@sijil/views/desk']],
  ['functions/answers/office/',                   ['type @sijil/http/sessions', '@sijil/views/desk']],
  ['functions/answers/desk/',                     ['@sijil/http/sessions', 'type @sijil/http/sign-in', '@sijil/views/desk']],
  ['functions/answers/pages/catalogue.ts',        ['@sijil/credentials/csv']],
  ['functions/answers/pages/template.ts',         ['@sijil/credentials/csv', 'import() @sijil/tables']],
  ['functions/answers/paper-files.ts',            ['@sijil/credentials/csv', 'type @sijil/paper/files']],
  ['functions/answers/office/trail.ts',           ['@sijil/credentials/csv']],
  ['functions/answers/pages/centres.ts',          ['@sijil/credentials/csv']],
  ['functions/answers/pages/comparisons.ts',      ['@sijil/credentials/csv']],
  ['functions/answers/pages/corridors.ts',        ['@sijil/credentials/csv']],
  ['functions/answers/pages/compliance.ts',        ['@sijil/credentials/csv']],
  ['functions/answers/description.ts',            ['@sijil/http/openapi']],
  ['functions/answers/',                          ['@sijil/credentials', '@sijil/http/pieces', '@sijil/paper', '@sijil/protocols/*', '@sijil/qualifications', '@sijil/views', 'zod', 'zod/*']],
  ['infra/aws/',                                  ['@sijil/aws', '@sijil/functions/routes.ts', 'type @sijil/functions/environment.ts', 'aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'cdk-nag', 'esbuild', 'node:*']],
  // The files that a paper needs at run time.
  ['infra/aws/bundle.ts',                         ['@sijil/paper/fonts']],
  ['infra/aws/app.ts',                            ['cdk.json']],
  // The bodies of its answers say what our own pages and problems say.
  ['infra/aws/too-many-requests.ts',              ['@sijil/http', '@sijil/web/small-too-many-page']],
  // Only names of metrics.
  ['infra/aws/alarms-stack.ts',                   ['@sijil/http/metrics']],
  // Only the lifetimes of files.
  ['infra/aws/data-stack.ts',                     ['@sijil/registry']],
  // The rules by which a function reads its quota and the file of the operator, and which sign-ins suffice to approve.
  ['infra/aws/deployment.ts',                     ['@sijil/http', '@sijil/registry', '@sijil/registry/issuance', '@sijil/functions/answers/operator-file.ts']],
  ['infra/aws/stand-ins/credentials-of-role.ts',  ['@aws-sdk/credential-provider-env']],
  // A program of the operator. It does with their rights what `decisions` does with its own.
  ['infra/aws/bootstrap-registry.ts',                          ['@sijil/functions/clock.ts', '@sijil/functions/wiring.ts', '@sijil/functions/answers/bootstrap-input.ts', '@sijil/registry', '@sijil/registry/*']],
  ['infra/aws/load-baseline.ts',                               ['@sijil/functions/clock.ts', '@sijil/functions/wiring.ts', '@sijil/registry', '@sijil/registry/decisions']],
  ['infra/aws/baseline-file.ts',                               ['@sijil/functions/answers/baseline-input.ts', 'type @sijil/qualifications']],
  // The operator compares the record with the trail of the account. It only reads.
  ['infra/aws/compare-signatures.ts',                          ['@sijil/registry', '@sijil/registry/issuance']],
  ['infra/aws/match-signatures.ts',                            ['type @sijil/registry/*']],
  ['infra/aws/run-compare-signatures.ts',                      ['@sijil/functions/wiring.ts']],
  ['infra/local/',                                ['functions/clock.ts', 'functions/routes.ts', 'type functions/environment.ts', 'import() functions/*', '@sijil/aws', '@sijil/registry', '@sijil/registry/*', 'type aws-lambda', '@aws-sdk/*', 'dynalite', 'dynalite/*', 'oidc-provider', 'qr', 'node:*']],
  // The rule by which a function chooses between page and JSON.
  ['infra/local/gateway-problems.ts',             ['@sijil/http/negotiate']],
  ['infra/local/own-bodies.ts',                   ['@sijil/qualifications', '@sijil/qualifications/shipped-baseline']],
  ['infra/local/start.ts',                        ['@sijil/cli/when-orphaned']],
  // Makes examples that the API refuses to make.
  ['infra/local/demonstration/',                  ['@sijil/credentials', '@sijil/credentials/independent', '@sijil/qualifications', '@sijil/qualifications/shipped-baseline']],
]
const forTests = [
  'vitest',
  '@noble/curves/*',
  'canonicalize',
  'fast-check',
  'standardwebhooks',
  'jose',
  'jsonld',
  'qr/decode.js',
  '@hyzyla/pdfium',
  'syllable',
  'node:*',
  '@sijil/*',
  'test/support/*',
]

const IMPORT =
  /^(?:import|export)\s+(?:(type\s)?([^'";]*?)\sfrom\s+)?'([^']+)'|(typeof\s+)?\bimport\(\s*'([^']+)'\s*\)/gm

function importsOf(file: string): string[] {
  return [...textOf(file).matchAll(IMPORT)].flatMap(([, type, names = '', at, typeOf, later]) => {
    const onlyTypes = type ?? typeOf ?? /^\{(?:\s*type\s[^,}]+,?)+\s*\}$/.test(names)
    const specifier = at ?? later ?? ''
    const target = specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier
    if (specifier.startsWith('.') && packageOf(target) === packageOf(file)) return []
    return [`${onlyTypes ? 'type ' : later ? 'import() ' : ''}${target}`]
  })
}
const packageOf = (file: string) => /^packages\/[^/]+|^[^/]+/.exec(file)?.[0]

const allows = (may: string, what: string) =>
  [what, what.replace(/^(?:type|import\(\)) /, '')].some((name) =>
    may.endsWith('*') ? name.startsWith(may.slice(0, -1)) : name === may,
  )

test('imports point down, and each package knows only what it may', () => {
  expect(sources.length).toBeGreaterThan(200)
  const wrong = sources.flatMap((file) => {
    const may = picture.flatMap(([where, names]) => (file.startsWith(where) ? names : []))
    if (isForTests(file)) may.push(...forTests)
    return importsOf(file)
      .filter((what) => !may.some((name) => allows(name, what)))
      .map((what) => `${file} imports ${what}`)
  })
  expect(wrong).toEqual([])
})

/** The rooms of the registry, lowest first. Files outside the rooms are below all of them. */
const rooms = [
  'likeness',
  'joint',
  'corridors',
  'catalogue',
  'trust',
  'certificates',
  'recognition',
  'webhooks',
  'log',
  'verification',
  'status',
  'erasure',
  'issuance',
  'batches',
  'batch-files',
  'accepted-registries',
  'decisions',
  'reports',
  'trail',
]

test('imports also point down between the rooms of the registry', () => {
  const home = 'packages/registry/src/'
  const floorOf = (file: string) => rooms.indexOf(file.slice(home.length).split('/').slice(0, -1).join('/'))
  const inRooms = sources.filter((file) => file.startsWith(home) && file !== `${home}index.ts` && !isForTests(file))
  expect(new Set(inRooms.map(floorOf)).size).toBe(rooms.length + 1)
  const upward = inRooms.flatMap((file) =>
    [...textOf(file).matchAll(/from '(\.[^']+)'/g)]
      .map(([, specifier = '']) => normalize(join(dirname(file), specifier)))
      .filter((target) => floorOf(target) > floorOf(file))
      .map((target) => `${file} imports ${target}`),
  )
  expect(upward).toEqual([])
})

/** Rooms with recorded facts, which views and protocols interpret. A verdict (`verification`) needs no interpretation. */
const facts =
  /^@sijil\/(?:qualifications|registry\/(?:trust|decisions|certificates|accepted-registries|issuance|status|erasure))$/

test('answers of pages and of protocols only parse and render: views and protocols interpret the records', () => {
  const answers = sources.filter(
    (file) => /^functions\/answers\/(?:pages\/|desk\/|federation|trqp)/.test(file) && !isForTests(file),
  )
  expect(answers.length).toBeGreaterThan(20)
  const wrong = answers.flatMap((file) =>
    importsOf(file)
      .filter((what) => facts.test(what))
      .map((what) => `${file} imports ${what}`),
  )
  expect(wrong).toEqual([])
})

test('only the local server replaces the clock of its process', () => {
  const callers = sources.filter((file) => file !== 'functions/clock.ts' && codeOf(file).includes('runBy'))
  expect(callers).toEqual(['infra/local/registry.ts'])
})

test('code outside tests imports no module that only tests use', () => {
  const wrong = sources
    .filter((file) => !isForTests(file))
    .flatMap((file) => [...textOf(file).matchAll(/from '(\.[^']+)'/g)].map(([, at = '']) => join(dirname(file), at)))
    .filter(isForTests)
  expect(wrong).toEqual([])
})

test('the index of a package lists the names that it exports', () => {
  for (const file of sources.filter((name) => name.endsWith('index.ts')))
    expect(textOf(file), file).not.toMatch(/^export \*/m)
})

/** Expressions that would make a package behave differently on different machines. `cli` may use them: it runs on one machine. */
const surroundings =
  /\bprocess\.(?!stdout)|NODE_ENV|localhost|127\.0\.0\.1|new Date\(\)|Date\.now\(|Math\.random|\bis[lL]ocal\b/

test('there is no "if local": packages read neither environment, clock nor chance', () => {
  const wrong = sources
    .filter((file) => file.startsWith('packages/') && !file.startsWith('packages/cli/') && !isForTests(file))
    .filter((file) => surroundings.test(codeOf(file)) && !file.endsWith('/generate-lines.ts'))
  expect(wrong).toEqual([])
})

/** All strings in a value. With `keys`, only those below one of these keys. */
function stringsIn(value: unknown, keys?: readonly string[]): string[] {
  if (typeof value === 'string') return keys === undefined ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => stringsIn(inner, keys?.includes(key) ? undefined : keys))
}
const json = (file: string): Record<string, unknown> => JSON.parse(textOf(file))
const below = (folder: string, paths: readonly string[]) => paths.map((path) => join(folder, path))
const pathsIn = (commands: readonly string[]) =>
  commands
    .join(' ')
    .split(' ')
    .filter((word) => word.includes('/'))

const { workspaces, scripts } = json('package.json')
const { workspaces: patternsOfKnip, $schema } = json('knip.json')
const runs = ['test', 'whole'].map((mode) => whole({ mode, command: 'serve' }).test)
/** The files and folders that each configuration file names, as paths from the root. */
const named: Record<string, string[]> = {
  ...Object.fromEntries(
    globSync(['tsconfig.json', 'packages/web/src/**/tsconfig.json'], { cwd: root }).map((file) => [
      file,
      below(dirname(file), stringsIn(json(file), ['extends', 'include', 'exclude'])),
    ]),
  ),
  'biome.json': stringsIn(json('biome.json'), ['$schema', 'includes']).map((path) => path.replace(/^!/, '')),
  'knip.json': [
    ...stringsIn($schema),
    ...Object.entries(patternsOfKnip ?? {}).flatMap(([folder, own]) => [
      folder,
      ...below(folder, stringsIn(own, ['entry', 'project'])),
    ]),
  ],
  'package.json': [...stringsIn(workspaces), ...pathsIn(stringsIn(scripts))],
  'cdk.json': pathsIn(stringsIn(json('cdk.json').app)),
  'vitest.config.ts': pathsIn(stringsIn(runs, ['include', 'exclude', 'globalSetup', 'setupFiles', 'reporters'])),
}

test.each(Object.entries(named))('%s only names paths that exist', (_, paths) => {
  expect(paths).not.toEqual([])
  const isThere = (path: string) =>
    existsSync(join(root, path)) || globSync(path, { cwd: root, exclude: ['**/node_modules/**'] }).length > 0
  expect(paths.filter((path) => !isThere(path))).toEqual([])
})

test('only routes of the desk accept a session, and no route of the desk accepts a token', () => {
  for (const { scope, path, function: name, caching } of routes as readonly Route[]) {
    if (scope === 'session')
      expect([name, caching, path]).toEqual([
        expect.stringMatching(/^(?:desk|office|batches|recognise)$/),
        'never',
        expect.stringMatching(/^\/desk/),
      ])
    if (name === 'office') expect([path, scope]).toEqual([path, 'session'])
    // Programs send batches and decisions as well. Each of these routes at the desk takes a session, and no other does.
    if (name === 'batches' || name === 'recognise')
      expect([path, scope === 'session']).toEqual([path, path.startsWith('/desk/')])
    // What a person checked at the desk. The functions that sign and that make papers answer it, and open no session.
    if (scope === 'order')
      expect(`${name} ${path}`).toMatch(
        /^(?:issue \/desk\/issuers\/.*\/(?:sign|new-link\/make)|paper \/desk\/issuers\/.*\/print\/paper)$/,
      )
    if (name === 'issue') expect([path, scope]).toEqual([path, expect.stringMatching(/^(?:order|credentials:issue)$/)])
    if (name === 'desk') expect([path, ['session', 'public']]).toEqual([path, expect.arrayContaining([scope])])
  }
})

test('I37: each route has one scope, and each function has routes, grants and a file', () => {
  const table: readonly Route[] = routes
  expect(new Set(table.map(({ method, path }) => `${method} ${path}`)).size).toBe(table.length)
  for (const { scope, path } of table)
    expect(scope, path).toMatch(
      /^(?:public|session|order|(?:credentials|registry):[a-z]+|credentials:issue\|credentials:status|registry:propose\|registry:approve(?:\|credentials:status)?)$/,
    )
  for (const name of functionNames) {
    expect(
      table.some((row) => row.function === name),
      name,
    ).toBe(true)
    expect(grants[name].length, name).toBeGreaterThan(0)
    expect(existsSync(join(root, 'functions', `${name}.ts`)), name).toBe(true)
  }
})

import type { Command } from 'commander'
import { type Asker, askAs } from '../ask-as.ts'
import { CommandFailure, usageFailure } from '../failure.ts'
import { parseRecordId } from '../identifiers.ts'
import { isObject, textAt } from '../json.ts'
import { plain } from '../output.ts'
import { readObject } from '../read-input.ts'
import { readUnits, withLines } from '../read-units.ts'
import type { Surroundings } from '../surroundings.ts'

type Row = Record<string, unknown>

interface Proposing extends Asker {
  edition?: string
  retire?: string
  units?: string
  basis?: string
  reason?: string
  effectiveFrom?: string
}

interface OfAuthority extends Omit<Asker, 'issuer'> {
  authority: string
  framework?: string
}

/** A statement about a qualification, of its owner, and statements about levels, of an authority. Each is a proposal. */
export function addProposing(catalogue: Command, surroundings: Surroundings): void {
  const before = catalogue.commands.length
  addOfOwner(catalogue, surroundings)
  addOfAuthority(catalogue, surroundings)
  for (const command of catalogue.commands.slice(before))
    command
      .option('--client <id>', 'the officer who proposes (default: the owner itself)')
      .option('--token <token>', 'an access token; SIJIL_TOKEN keeps it out of the process list')
}

function addOfOwner(catalogue: Command, surroundings: Surroundings): void {
  catalogue
    .command('propose')
    .description('Propose a statement about a qualification; a second officer approves it')
    .argument('[file]', 'JSON of a qualification, or with --edition of an edition; - for stdin')
    .requiredOption('--issuer <id>', 'the body or authority that owns the qualification')
    .option('--edition <qualification>', 'the file states an edition of this qualification')
    .option(
      '--units <file>',
      'CSV with the columns code and title: the units of the edition, instead of those of the file',
    )
    .option('--retire <qualification>', 'instead of a file: this qualification is no longer awarded')
    .option('--basis <text>', 'with --retire: the law or decision that it is based on; public')
    .option('--reason <text>', 'with --retire: the reason; public')
    .option('--effective-from <day>', 'with --retire: the first day on which it counts (default: at once)')
    .addHelpText(
      'after',
      `
The file has the members of POST /issuers/{issuer}/qualifications, or with --edition of its /editions: see /openapi.json.

Examples:
  $ sijil catalogue propose cookery.json --issuer my-board --units units.csv
  $ sijil catalogue propose edition-2027.json --issuer my-board --edition my-board.cookery-2
  $ sijil catalogue propose --issuer my-board --retire my-board.cookery-1 --basis "Resolution 9 (2026)"`,
    )
    .action(async (file: string | undefined, options: Proposing) => {
      const { retire, units: path } = options
      if ((file === undefined) === (retire === undefined)) throw usageFailure('Give a file, or --retire')
      if (retire !== undefined) return await propose(options, retirement(options), surroundings)
      requireNone(options, ['basis', 'reason', 'effectiveFrom'], 'needs --retire')
      const input = await readObject(file ?? '', surroundings.stdin)
      const rows = path === undefined ? undefined : await readUnits(path)
      const body = rows === undefined ? input : { ...input, edition: { ...editionOf(input), units: rows.units } }
      const request = { path: options.edition === undefined ? '/qualifications' : editionsOf(options.edition), body }
      await propose(options, request, surroundings).catch((error: unknown) => {
        throw rows === undefined || path === undefined ? error : withLines(error, path, rows)
      })
    })
}

const editionsOf = (id: string): string => `/qualifications/${parseRecordId(id)}/editions`

function retirement(options: Proposing): { path: string; body: Row } {
  const { retire = '', basis, reason, effectiveFrom } = options
  requireNone(options, ['edition', 'units'], 'needs a file')
  if (basis === undefined)
    throw usageFailure('--retire needs --basis', 'The law or decision that it is based on; it is public.')
  return { path: `/qualifications/${parseRecordId(retire)}/retire`, body: { basis, reason, effectiveFrom } }
}

function requireNone(options: Proposing, names: readonly (keyof Proposing)[], rule: string): void {
  const given = names.find((name) => options[name] !== undefined)
  if (given !== undefined)
    throw usageFailure(`--${given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${rule}`)
}

function editionOf({ edition }: Row): Row {
  if (isObject(edition)) return edition
  throw usageFailure('The file has no edition that could have units', 'Its member "edition" holds it.')
}

/** The commands of an authority, and where each sends its file. */
const ofAuthority = {
  framework: { says: 'its framework of levels', path: () => '/frameworks', names: false },
  referencing: { says: 'a referencing report', path: (id: string) => `/frameworks/${id}/referencings`, names: true },
  levels: {
    says: 'the AQRF level of each of its levels',
    path: (id: string) => `/frameworks/${id}/levels/confirm`,
    names: true,
  },
  place: { says: 'the level of an edition of a qualification', path: () => '/placements', names: false },
  unplace: { says: 'that a placement ends', path: () => '/placements/end', names: false },
  state: {
    says: 'what its state says about certificates, standards and quality assurance',
    path: () => '/state-descriptions',
    names: false,
  },
  assign: { says: 'the owner of a record that comes with the software', path: () => '/assignments', names: false },
} as const

function addOfAuthority(catalogue: Command, surroundings: Surroundings): void {
  for (const [name, { says, path, names }] of Object.entries(ofAuthority)) {
    const command = catalogue
      .command(name)
      .description(`For an authority: propose ${says}`)
      .argument('<file>', 'JSON as the API takes it (/openapi.json); - for stdin')
      .requiredOption('--authority <id>', 'the authority that states it')
      .addHelpText(
        'after',
        `
Example:
  $ sijil catalogue ${name} file.json --authority my-authority${names ? ' --framework my-authority.nqf' : ''}`,
      )
    if (names) command.requiredOption('--framework <id>', 'the framework that it is about')
    command.action(async (file: string, { authority, framework, ...asker }: OfAuthority) => {
      const body = await readObject(file, surroundings.stdin)
      const request = {
        root: 'authorities',
        path: path(framework === undefined ? '' : parseRecordId(framework)),
        body,
      } as const
      await propose({ ...asker, issuer: authority }, request, surroundings)
    })
  }
}

async function propose(
  asker: Asker,
  request: { root?: 'issuers' | 'authorities'; path: string; body: Row },
  { settings: read, output, retry }: Surroundings,
): Promise<void> {
  const answer = await askAs(
    asker,
    { method: 'POST', scope: 'registry:propose', ...request },
    { settings: read(), retry },
  )
  const [id, hash] = isObject(answer) ? [textAt(answer, 'id'), textAt(answer, 'hash')] : []
  if (!isObject(answer) || id === undefined || hash === undefined)
    throw new CommandFailure('unexpected', { title: 'The answer of the registry is not a proposal' })
  output.answer(answer, [
    `proposed: ${plain(id)}`,
    `hash: ${plain(hash)}`,
    `Nothing has changed yet. Another officer approves it before ${plain(textAt(answer, 'endsAt') ?? 'it ends')}:`,
    ...approveLine(id, hash, asker.issuer),
  ])
}

/** Somebody may paste it into a shell, so it is made of ids alone. A hash may begin with "-". */
const approveLine = (id: string, hash: string, issuer: string): string[] =>
  /^[\w-]+$/.test(id) && /^[\w-]+$/.test(hash)
    ? [`  $ sijil catalogue approve ${id} --issuer ${issuer} --hash=${hash} --client WHO-APPROVES`]
    : []

import type { Command } from 'commander'
import {
  differenceLines,
  differencesOfEdition,
  differencesOfQualification,
  editionIn,
  qualificationInput,
  statedIn,
} from '../catalogue-statements.ts'
import { CommandFailure, usageFailure } from '../failure.ts'
import { parseIssuer } from '../identifiers.ts'
import { isObject, textAt } from '../json.ts'
import { jsonText, plain } from '../output.ts'
import { readObject } from '../read-input.ts'
import { recordLines } from '../record-lines.ts'
import { findStated, getPublic, getRecord, notACatalogue } from '../stated-record.ts'
import type { Surroundings } from '../surroundings.ts'
import { addDecisionVerbs } from './catalogue-decide.ts'
import { addProposing } from './catalogue-propose.ts'

type Row = Record<string, unknown>

export function addCatalogue(program: Command, surroundings: Surroundings): void {
  const catalogue = program
    .command('catalogue')
    .description('Qualifications and frameworks: read them, and propose or approve what their owners state')
    .addHelpText(
      'after',
      `
Examples:
  $ sijil catalogue export my-board.cookery-2 > cookery.json
  $ sijil catalogue diff cookery.json --issuer my-board
  $ sijil catalogue propose cookery.json --issuer my-board
  $ sijil catalogue approve ID --issuer my-board --client another-officer`,
    )
  addReading(catalogue, surroundings)
  addProposing(catalogue, surroundings)
  addDecisionVerbs(catalogue, surroundings)
  for (const command of catalogue.commands) command.option('--json', 'answer in JSON')
}

function addReading(catalogue: Command, surroundings: Surroundings): void {
  const { output } = surroundings

  catalogue
    .command('list')
    .description('List the qualifications of the registry, or those that match')
    .option('--search <words>', 'words of titles, codes, units and descriptions, in any language and order')
    .option('--state <code>', 'a state, ISO 3166-1 alpha-2, or ASEAN')
    .option('--level <level>', 'a framework, like PQF, or a framework and a level, like PQF.2')
    .option('--body <id>', 'its owner, or a body that may issue it')
    .option('--page <token>', 'the next page: the "next" of the previous page')
    .action(
      async ({
        search,
        ...others
      }: {
        search?: string
        state?: string
        level?: string
        body?: string
        page?: string
      }) => {
        const query = new URLSearchParams({ ...(search !== undefined && { q: search }), ...others })
        const answer = await getPublic(`/qualifications${query.size > 0 ? `?${query}` : ''}`, surroundings)
        const rows = answer.qualifications
        if (!Array.isArray(rows) || !rows.every(isObject)) throw notACatalogue()
        output.answer(answer, rows.length > 0 ? rows.map(listLine) : ['none'])
        const next = textAt(answer, 'next')
        // It becomes part of a line that somebody may paste into a shell.
        if (next !== undefined && /^[\w.-]+$/.test(next))
          output.notice(`There are more: the same command with --page ${next}`)
      },
    )

  catalogue
    .command('show')
    .description('Show a qualification as it is today, with its editions and statements')
    .argument('<qualification>', 'id of the qualification')
    .action(async (id: string) => {
      const record = await getRecord(id, surroundings)
      const { stated: _, ...members } = record
      output.answer(record, recordLines(members))
    })

  catalogue
    .command('export')
    .description('Write what its owner states today as the JSON that `propose` takes')
    .argument('<qualification>', 'id of the qualification')
    .option('--edition <id>', 'only this edition, for `propose --edition`')
    .action(async (id: string, { edition: wanted }: { edition?: string }) => {
      const record = await getRecord(id, surroundings)
      const stated = statedIn(record)
      if (stated === undefined)
        throw new CommandFailure('refused', {
          title: 'No owner has stated this qualification',
          detail: 'Its record comes with the software of the registry. Write a statement of your own.',
        })
      // A statement of the whole record gets an id that begins with its owner, so it would be another record.
      if (!id.includes('.') && wanted === undefined)
        throw usageFailure('The id of this record comes with the software', 'Export its editions, with --edition.')
      const edition = editionIn(stated, wanted ?? textAt(record, 'edition') ?? '')
      if (edition === undefined) throw usageFailure('This qualification has no edition with this id')
      const input = wanted === undefined ? qualificationInput(id, stated, edition) : { edition }
      output.answer(input, jsonText(input).trimEnd().split('\n'))
    })

  catalogue
    .command('diff')
    .description('Show what a file would change, field by field, if it was proposed and approved')
    .argument('<file>', 'the file for `propose`, or - for stdin')
    .option('--issuer <id>', 'the owner of the qualification')
    .option('--edition <qualification>', 'the file states an edition of this qualification')
    .action(async (file: string, { issuer, edition: of }: { issuer?: string; edition?: string }) => {
      if ((issuer === undefined) === (of === undefined)) throw usageFailure('Give --issuer, or --edition')
      const input = await readObject(file, surroundings.stdin)
      const id = of ?? `${parseIssuer(issuer ?? '')}.${textAt(input, 'id') ?? ''}`
      const stated = await findStated(id, surroundings)
      const found =
        of === undefined ? differencesOfQualification(input, stated) : differencesOfEdition(editionOf(input), stated)
      output.answer({ differences: found }, found.length > 0 ? differenceLines(found) : ['nothing differs'])
    })
}

/** Id, title, country, edition, and the level if there is one. */
function listLine(row: Row): string {
  const { framework, level } = row
  const members = ['id', 'title', 'state', 'edition'].map((name) => textAt(row, name) ?? '-')
  return plain([...members, ...(level === undefined ? [] : [`${framework}.${level}`])].join('  '))
}

function editionOf({ edition }: Row): Row {
  if (isObject(edition)) return edition
  throw usageFailure('The file has no edition', 'Its member "edition" holds it.')
}

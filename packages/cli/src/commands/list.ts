import type { Command } from 'commander'
import { type Asker, askAs } from '../ask-as.ts'
import { CommandFailure } from '../failure.ts'
import { isObject, textAt } from '../json.ts'
import { rowLine } from '../record-lines.ts'
import type { Surroundings } from '../surroundings.ts'

interface Options extends Asker {
  limit?: string
  page?: string
}

export function addList(program: Command, { settings: read, output, retry }: Surroundings): void {
  program
    .command('list')
    .description('List certificates of an issuer, newest first, without names')
    .requiredOption('--issuer <id>', 'the body that issued them')
    .option('--limit <number>', 'certificates per page, 1 to 100')
    .option('--page <token>', 'the next page: the "next" of the previous page')
    .option('--client <id>', 'client that sends the request (default: the issuer)')
    .option('--token <token>', 'an access token; SIJIL_TOKEN keeps it out of the process list')
    .addHelpText(
      'after',
      `
Example:
  $ sijil list --issuer demo-ph-tesda`,
    )
    .action(async (options: Options) => {
      const { issuer, limit, page } = options
      const query = new URLSearchParams({ ...(limit !== undefined && { limit }), ...(page !== undefined && { page }) })
      const answer = await askAs(
        options,
        { method: 'GET', path: `/credentials${query.size > 0 ? `?${query}` : ''}`, scope: 'credentials:read' },
        { settings: read(), retry },
      )
      const { rows, next } = parsePage(answer)
      output.answer(answer, rows.length > 0 ? rows.map(rowLine) : ['none'])
      if (next !== undefined)
        output.notice(
          `There are more: sijil list --issuer ${issuer}${limit === undefined ? '' : ` --limit ${limit}`} --page ${next}`,
        )
    })
}

function parsePage(answer: unknown): { rows: Record<string, unknown>[]; next: string | undefined } {
  const rows = isObject(answer) ? answer.certificates : undefined
  if (!isObject(answer) || !Array.isArray(rows) || !rows.every(isObject))
    throw new CommandFailure('unexpected', { title: 'The answer of the registry is not a list' })
  const next = textAt(answer, 'next')
  // It becomes part of a line that a user may paste into a shell.
  return { rows, next: next !== undefined && /^[\w.-]+$/.test(next) ? next : undefined }
}

import type { Command } from 'commander'
import { type Asker, askAs } from '../ask-as.ts'
import { CommandFailure } from '../failure.ts'
import { parseUuid } from '../identifiers.ts'
import { isObject } from '../json.ts'
import { recordLines } from '../record-lines.ts'
import type { Surroundings } from '../surroundings.ts'

export function addShow(program: Command, { settings: read, output, retry }: Surroundings): void {
  program
    .command('show')
    .description('Show the record of a certificate with its history, without the name')
    .argument('<uuid>', 'id of the certificate, with or without urn:uuid:')
    .requiredOption('--issuer <id>', 'the body that issued it')
    .option('--client <id>', 'client that sends the request (default: the issuer)')
    .option('--token <token>', 'an access token; SIJIL_TOKEN keeps it out of the process list')
    .addHelpText(
      'after',
      `
Example:
  $ sijil show 0b6cde2e-3f0a-4a5c-9a57-1c9d54d6a1f7 --issuer demo-ph-tesda`,
    )
    .action(async (id: string, options: Asker) => {
      const answer = await askAs(
        options,
        { method: 'GET', path: `/credentials/${parseUuid(id)}`, scope: 'credentials:read' },
        { settings: read(), retry },
      )
      if (!isObject(answer))
        throw new CommandFailure('unexpected', { title: 'The answer of the registry is not a record' })
      output.answer(answer, recordLines(answer))
    })
}

import type { Command } from 'commander'
import { readIdentity, requestToken } from '../identity.ts'
import type { Surroundings } from '../surroundings.ts'

interface Options {
  client: string
  scope: string
}

export function addToken(program: Command, { settings: read, output, retry }: Surroundings): void {
  program
    .command('token')
    .description('Print an access token from the local identity')
    .requiredOption('--client <id>', 'client of the local identity')
    .requiredOption('--scope <scopes>', 'scopes of the token, separated by spaces')
    .addHelpText(
      'after',
      `
Examples:
  $ sijil token --client demo-ph-tesda --scope "credentials:issue credentials:status"
  $ export SIJIL_TOKEN=$(sijil token --client demo-ph-tesda --scope credentials:read)`,
    )
    .action(async ({ client, scope }: Options) => {
      const settings = read()
      const identity = await readIdentity(settings.folder)
      const token = await requestToken({ client, scope }, { settings, identity, retry })
      output.answer(token, [token.access_token])
    })
}

import type { Command } from 'commander'
import { type Asker, tokenFor } from '../ask-as.ts'
import { ask } from '../client.ts'
import { usageFailure } from '../failure.ts'
import { parseIssuer } from '../identifiers.ts'
import { isObject, textAt } from '../json.ts'
import { plain } from '../output.ts'
import type { Surroundings } from '../surroundings.ts'

interface Options extends Pick<Asker, 'client' | 'token'> {
  authority: string
}

export function addRelay(program: Command, { settings: read, output, retry }: Surroundings): void {
  program
    .command('relay')
    .description('Send the bundle of another registry to a registry that accepts its list')
    .argument('<file>', 'bundle from `sijil bundle`')
    .requiredOption('--authority <id>', 'the authority that accepted the list')
    .option('--client <id>', 'client that sends the request (default: the authority)')
    .option('--token <token>', 'an access token; SIJIL_TOKEN keeps it out of the process list')
    .addHelpText(
      'after',
      `
Run both commands at least twice a day, for example from cron:
  $ SIJIL_URL=https://other.example sijil bundle --out other.json
  $ sijil relay other.json --authority demo-th-onec --client demo-th-onec-officer-1`,
    )
    .action(async (file: string, { authority, client, token }: Options) => {
      const settings = read()
      const { readPack } = await import('../offline/pack.ts')
      const pack = await readPack(file)
      if (pack === undefined) throw usageFailure(`${file} does not exist`, 'Fetch it first: sijil bundle --out FILE')
      const asker = { issuer: parseIssuer(authority), ...(client && { client }), ...(token && { token }) }
      const answer = await ask(
        {
          method: 'POST',
          url: `${settings.registry}/authorities/${asker.issuer}/lists/bundles`,
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${await tokenFor(asker, 'registry:propose', { settings, retry })}`,
          },
          body: JSON.stringify(pack.trust),
        },
        retry,
      )
      const list = isObject(answer) ? answer : {}
      output.answer(answer, [
        `${plain(textAt(list, 'registry') ?? '?')}: ${Number(list.added)} new of ${Number(list.size)} entries`,
        `valid until ${plain(textAt(list, 'validUntil') ?? '?')}`,
      ])
    })
}

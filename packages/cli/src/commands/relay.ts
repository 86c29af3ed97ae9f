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

export function addRelay(program: Command, { settings: read, output, asking }: Surroundings): void {
  program
    .command('relay')
    .description('Hand in what `sijil bundle` fetched of another registry, where its list is accepted')
    .argument('<file>', 'what `sijil bundle` wrote')
    .requiredOption('--authority <id>', 'which has accepted the list')
    .option('--client <id>', 'who asks (default: the authority)')
    .option('--token <token>', 'an access token; SIJIL_TOKEN keeps it out of the process list')
    .addHelpText(
      'after',
      `
Whatever runs things where you are does both at least twice a day:
  $ SIJIL_URL=https://other.example sijil bundle --out other.json
  $ sijil relay other.json --authority demo-th-onec --client demo-th-onec-officer-1`,
    )
    .action(async (file: string, { authority, client, token }: Options) => {
      const settings = read()
      const { readPack } = await import('../offline/pack.ts')
      const pack = await readPack(file)
      if (pack === undefined) throw usageFailure(`There is no ${file}`, 'Fetch it first: sijil bundle --out FILE')
      const asker = { issuer: parseIssuer(authority), ...(client && { client }), ...(token && { token }) }
      const answer = await ask(
        {
          method: 'POST',
          url: `${settings.registry}/authorities/${asker.issuer}/lists/bundles`,
          headers: {
            accept: 'application/json',
            'content-type': 'application/json',
            authorization: `Bearer ${await tokenFor(asker, 'registry:propose', { settings, asking })}`,
          },
          body: JSON.stringify(pack.trust),
        },
        asking,
      )
      const stated = isObject(answer) ? answer : {}
      output.answer(answer, [
        `${plain(textAt(stated, 'registry') ?? '?')}: ${Number(stated.added)} new of ${Number(stated.size)} entries`,
        `it counts until ${plain(textAt(stated, 'validUntil') ?? '?')}`,
      ])
    })
}

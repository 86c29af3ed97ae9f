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
      const send = async (body: unknown) =>
        ask(
          {
            method: 'POST',
            url: `${settings.registry}/authorities/${asker.issuer}/lists/bundles`,
            headers: {
              'content-type': 'application/json',
              // A long list takes longer than a token lasts.
              authorization: `Bearer ${await tokenFor(asker, 'registry:propose', { settings, retry })}`,
            },
            body: JSON.stringify(body),
          },
          retry,
        )
      const { isTooLong } = await import('../offline/slice-bundle.ts')
      const answer = isTooLong(pack.trust) ? await sendSlices(pack.trust, send) : await send(pack.trust)
      const list = isObject(answer) ? answer : {}
      output.answer(answer, [
        `${plain(textAt(list, 'registry') ?? '?')}: ${Number(list.added)} new of ${Number(list.size)} entries`,
        `valid until ${plain(textAt(list, 'validUntil') ?? '?')}`,
      ])
    })
}

/** Sends slice after slice. The registry says where to go on, so after an interruption the same command continues. */
async function sendSlices(trust: unknown, send: (body: unknown) => Promise<unknown>): Promise<unknown> {
  const { sliceAfter } = await import('../offline/slice-bundle.ts')
  let added = 0
  for (let from = 0, isFirst = true; ; isFirst = false) {
    const answer = await send({ slice: await sliceAfter(trust, from, isFirst) })
    const { copied, size, added: some } = isObject(answer) ? answer : {}
    added += Number(some)
    if (typeof copied !== 'number' || copied === size) return { ...(isObject(answer) ? answer : {}), added }
    if (!isFirst && copied <= from)
      throw usageFailure('The registry did not accept the next part of the list', 'Try again in a minute')
    from = copied
  }
}

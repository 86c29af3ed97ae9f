import type { Command } from 'commander'
import { plain } from '../output.ts'
import { several } from '../several.ts'
import type { Surroundings } from '../surroundings.ts'
import { reportLogFaults } from './report-log-faults.ts'

interface Options {
  out: string
  key: string[]
  issuer: string[]
  qualification: string[]
}

export function addBundle(program: Command, { settings: read, output, retry, now }: Surroundings): void {
  program
    .command('bundle')
    .description('Fetch a bundle for verifying without a network: who may issue what, the keys, and the status lists')
    .option('--out <file>', 'file of the bundle; an earlier one there is compared with the new one', 'sijil-trust.json')
    .option(
      '--key <key>',
      'key of the registry log, from its operator (default: the first key that was seen)',
      several,
      [],
    )
    .option('--issuer <id>', 'only the status lists of this body; may be repeated', several, [])
    .option('--qualification <id>', 'add what its owner stated about this qualification; may be repeated', several, [])
    .addHelpText(
      'after',
      `
A bundle is valid for a day. Fetch a new one while there is a network.

Examples:
  $ sijil bundle
  $ sijil bundle --issuer demo-th-onec --qualification demo-th-onec.cookery-2
  $ sijil verify certificate.json --bundle sijil-trust.json`,
    )
    .action(async ({ out, key, issuer, qualification }: Options) => {
      const { refreshPack } = await import('../offline/pack.ts')
      const order = {
        ...{ registry: read().registry, path: out, keys: key, now: now() },
        ...{ issuers: issuer, qualifications: qualification },
      }
      const { pack, bundle } = await reportLogFaults(() => refreshPack(order, retry))
      const lists = Object.keys(pack.statusLists).length
      const { registry, size, madeAt, validUntil } = bundle
      const statements = pack.records?.length ?? 0
      output.answer(
        { file: out, registry, size, madeAt, validUntil, keys: pack.keys, statusLists: lists, statements },
        [
          `${plain(out)}: ${bundle.histories.size} authorities, bodies and centres, ${lists} status lists, ${statements} statements about qualifications`,
          `made at ${plain(madeAt)} from ${size} entries of the log, valid until ${plain(validUntil)}`,
          ...pack.keys.map((name) => `signed by ${plain(name)}`),
        ],
      )
    })
}

import type { Command } from 'commander'
import { plain } from '../output.ts'
import { several } from '../several.ts'
import type { Surroundings } from '../surroundings.ts'
import { accusing } from './log-accusing.ts'

interface Options {
  out: string
  key: string[]
  issuer: string[]
}

export function addBundle(program: Command, { settings: read, output, asking }: Surroundings): void {
  program
    .command('bundle')
    .description('Fetch what verifying without a network needs: who may issue what, the keys, and the status lists')
    .option('--out <file>', 'where to keep it; an earlier one is held against the new one', 'sijil-trust.json')
    .option(
      '--key <key>',
      'key of the registry log, as its operator told you; else the first one seen is kept',
      several,
      [],
    )
    .option('--issuer <id>', 'only the status lists of this body; may be said again', several, [])
    .addHelpText(
      'after',
      `
It ends after a day: fetch it anew while there is a network.

Examples:
  $ sijil bundle
  $ sijil verify certificate.json --bundle sijil-trust.json`,
    )
    .action(async ({ out, key, issuer }: Options) => {
      const { refreshPack } = await import('../offline/pack.ts')
      const order = { registry: read().registry, path: out, keys: key, issuers: issuer, now: new Date() }
      const { pack, bundle } = await accusing(() => refreshPack(order, asking))
      const lists = Object.keys(pack.statusLists).length
      const { registry, size, madeAt, validUntil } = bundle
      output.answer({ file: out, registry, size, madeAt, validUntil, keys: pack.keys, statusLists: lists }, [
        `${plain(out)}: ${bundle.histories.size} authorities, bodies and centres, ${lists} status lists`,
        `made at ${plain(madeAt)} of ${size} entries of the log; it counts until ${plain(validUntil)}`,
        ...pack.keys.map((name) => `signed by ${plain(name)}`),
      ])
    })
}

import type { Command } from 'commander'
import { ask } from '../client.ts'
import { usageFailure } from '../failure.ts'
import { isCode, isLink, judgeEach } from '../judge-each.ts'
import { readInput } from '../read-input.ts'
import { several } from '../several.ts'
import type { Surroundings } from '../surroundings.ts'
import { parseJudgement, verdictCodes } from '../verdict.ts'

interface Options {
  bundle?: string
  root?: string[]
  refuse?: string[]
  demonstration: boolean
  person?: true
  proof?: string
  witness?: string[]
}

export function addVerify(program: Command, { settings: read, output, stdin, asking, leaveWith }: Surroundings): void {
  program
    .command('verify')
    .description('Verify certificates')
    .argument(
      '<file-or-link...>',
      'files (- for stdin, at most 64 KiB each), links from QR codes, or the 26 characters of one',
    )
    .option('--person', 'of links: with the person in --json (default: only what it means and if it holds)')
    .option('--bundle <file>', 'without a network, by what `sijil bundle` fetched')
    .option('--proof <file>', 'with --bundle: that the log holds it, as `sijil log proof` made it')
    .option('--witness <key>', 'with --proof: a witness whose word on the time counts; may be said again', several)
    .option('--root <id>', 'with --bundle: accept this root and no other; may be said again', several)
    .option(
      '--refuse <id>',
      'with --bundle: do not accept this one, whoever vouches for it; may be said again',
      several,
    )
    .option('--no-demonstration', 'with --bundle: accept no demonstration')
    .addHelpText(
      'after',
      `
Exit codes: 0 valid, 1 invalid, 2 indeterminate (something could not be checked: that is not a yes). Any other: nothing was verified
(64 where the bundle, the proof or the certificate's file cannot be used, also a bundle that was changed).
Of several: one line each, and the exit code of the worst; 0 only if every one is valid.

Examples:
  $ sijil verify certificate.json
  $ sijil verify - < certificate.json
  $ sijil verify certificates/*.json
  $ sijil verify certificate.json --bundle sijil-trust.json --proof certificate.tlog-proof
  $ sijil verify --json certificate.json | jq .verdict`,
    )
    .action(async (whats: string[], options: Options) => {
      if (options.person && !whats.some(isLink))
        throw usageFailure('--person is for links', 'A file has the person in it.')
      if (whats.filter((what) => what === '-').length > 1) throw usageFailure('stdin can be read once')
      const judge = options.bundle === undefined ? online(options) : await offline(options.bundle, options, whats)
      const [what, ...others] = whats
      if (what === undefined || others.length > 0) return leaveWith(await judgeEach(whats, judge, output))
      const answer = await judge(what)
      const { verdict, lines } = parseJudgement(answer)
      output.answer(answer, lines)
      leaveWith(verdictCodes[verdict])
    })

  function online({ root, refuse, proof, witness, person, demonstration }: Options) {
    if (root !== undefined || refuse !== undefined || proof !== undefined || witness !== undefined || !demonstration)
      throw usageFailure(
        '--root, --refuse, --proof, --witness and --no-demonstration need --bundle',
        'The registry that is asked has a policy and a log of its own.',
      )
    const { registry } = read()
    return async (what: string) => {
      const question = isLink(what)
        ? { link: requireLinkOf(registry, what), ...(person && { options: { show: ['person'] } }) }
        : { verifiableCredential: await readInput(what, stdin) }
      return ask(
        {
          method: 'POST',
          url: `${registry}/verify`,
          headers: { accept: 'application/json', 'content-type': 'application/json' },
          body: JSON.stringify(question),
        },
        asking,
      )
    }
  }

  async function offline(
    bundle: string,
    { root, refuse, demonstration, proof, witness = [] }: Options,
    { length }: readonly string[],
  ) {
    if (proof !== undefined && length > 1)
      throw usageFailure('A proof is of one certificate', 'Verify each with its own.')
    const [{ readPack }, { verifyingByPack }] = await Promise.all([
      import('../offline/pack.ts'),
      import('../offline/verify.ts'),
    ])
    const pack = await readPack(bundle)
    if (pack === undefined)
      throw usageFailure(`There is no ${bundle}`, 'Fetch it while there is a network: sijil bundle')
    const verify = await verifyingByPack(pack, {
      policy: { demonstration, ...(root && { roots: root }), ...(refuse && { refused: refuse }) },
      ...(proof !== undefined && { proof }),
      witnesses: witness,
      now: new Date(),
    })
    return async (what: string) => {
      if (isLink(what))
        throw usageFailure(
          'A link is opened by its registry alone',
          'Without a network, verify the file of the certificate.',
        )
      return verify(await readInput(what, stdin))
    }
  }
}

/** A link opens a certificate: it is shown to its own registry and to no other. A code names none, and is the one's that is asked. */
function requireLinkOf(registry: string, link: string): string {
  if (isCode(link)) return link
  const url = URL.parse(link)
  if (url === null) throw usageFailure('This is not a link')
  if (url.origin === registry) return link
  // Without its path, which is what opens it; and only a host that a shell takes as it stands.
  const again = /^https?:\/\/[\w.:[\]-]+$/.test(url.origin)
    ? ` If you trust that one: SIJIL_URL=${url.origin} sijil verify (the link)`
    : ''
  throw usageFailure(
    `This link is of another host (${url.host}) than the registry asked (${registry})`,
    `Only its own registry can open it.${again}`,
  )
}

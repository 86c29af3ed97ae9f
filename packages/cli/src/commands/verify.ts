import type { Command } from 'commander'
import { ask } from '../client.ts'
import { usageFailure } from '../failure.ts'
import { isCode, isLink, type Judged, judgeEach, named } from '../judge-each.ts'
import { readInput } from '../read-input.ts'
import { readLinks, reportCsv } from '../read-links.ts'
import { several } from '../several.ts'
import type { Surroundings } from '../surroundings.ts'
import { parseJudgement, verdictCodes } from '../verdict.ts'
import { requireFree, writePrivate } from '../write-private.ts'

interface Options {
  links?: string[]
  report?: string
  bundle?: string
  root?: string[]
  refuse?: string[]
  demonstration: boolean
  person?: true
  proof?: string
  witness?: string[]
}

export function addVerify(
  program: Command,
  { settings: read, output, stdin, retry, setExitCode, now }: Surroundings,
): void {
  program
    .command('verify')
    .description('Verify certificates')
    .argument(
      '[file-or-link...]',
      'files (- for stdin, at most 64 KiB each), links from QR codes, or the 26 characters of a link',
    )
    .option(
      '--links <file>',
      'a spreadsheet with a column link, such as the links of a batch; may be repeated',
      several,
    )
    .option(
      '--report <file>',
      'CSV with a row for each certificate: which, verdict, why, when. It has no link and no name',
    )
    .option('--person', 'for links: include the person in --json (default: only qualification and verdict)')
    .option('--bundle <file>', 'verify without a network, with a bundle from `sijil bundle`')
    .option('--proof <file>', 'with --bundle: a proof from `sijil log proof` that the certificate is in the log')
    .option('--witness <key>', 'with --proof: a witness whose times you trust; may be repeated', several)
    .option('--root <id>', 'with --bundle: accept only this root; may be repeated', several)
    .option('--refuse <id>', 'with --bundle: never accept this authority or body; may be repeated', several)
    .option('--no-demonstration', 'with --bundle: do not accept demonstration bodies')
    .addHelpText(
      'after',
      `
Exit codes: 0 valid, 1 invalid, 2 indeterminate (a check could not be performed, so this is not a yes). Any other: nothing was verified
(64 if the bundle, the proof or the file of the certificate cannot be used, or if the bundle was changed).
For several certificates there is one line each, and the worst exit code counts. It is 0 only if every certificate is valid.

Examples:
  $ sijil verify certificate.json
  $ sijil verify - < certificate.json
  $ sijil verify certificates/*.json
  $ sijil verify --links spring.csv --links autumn.csv --report year.csv
  $ sijil verify certificate.json --bundle sijil-trust.json --proof certificate.tlog-proof
  $ sijil verify --json certificate.json | jq .verdict`,
    )
    .action(async (given: string[], { links = [], report, ...options }: Options) => {
      const all = [...given.map(named), ...(await Promise.all(links.map(readLinks))).flat()]
      const whats = all.map(({ what }) => what)
      if (whats.length === 0) throw usageFailure('Give a file, a link or --links')
      if (report !== undefined) await requireFree(report, { force: true })
      if (options.person && !whats.some(isLink))
        throw usageFailure('--person is only for links', 'A file already contains the person.')
      if (whats.filter((what) => what === '-').length > 1) throw usageFailure('stdin can be read only once')
      const judge = options.bundle === undefined ? online(options) : await offline(options.bundle, options, whats)
      const [what, ...others] = whats
      if (what === undefined || others.length > 0 || links.length > 0 || report !== undefined)
        return setExitCode(
          await judgeEach(all, judge, output, report === undefined ? undefined : (judged) => write(report, judged)),
        )
      const answer = await judge(what)
      const { verdict, lines } = parseJudgement(answer)
      output.answer(answer, lines)
      setExitCode(verdictCodes[verdict])
    })

  const write = (report: string, judged: readonly Judged[]) =>
    writePrivate(report, reportCsv(judged, now()), { force: true })

  function online({ root, refuse, proof, witness, person, demonstration }: Options) {
    if (root !== undefined || refuse !== undefined || proof !== undefined || witness !== undefined || !demonstration)
      throw usageFailure(
        '--root, --refuse, --proof, --witness and --no-demonstration need --bundle',
        'Without --bundle the registry verifies, with its own policy and log.',
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
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(question),
        },
        retry,
      )
    }
  }

  async function offline(
    bundle: string,
    { root, refuse, demonstration, proof, witness = [] }: Options,
    { length }: readonly string[],
  ) {
    if (proof !== undefined && length > 1)
      throw usageFailure('A proof is for one certificate', 'Verify each certificate with its own proof.')
    const [{ readPack }, { verifyingByPack }] = await Promise.all([
      import('../offline/pack.ts'),
      import('../offline/verify.ts'),
    ])
    const pack = await readPack(bundle)
    if (pack === undefined)
      throw usageFailure(`${bundle} does not exist`, 'Fetch it while there is a network: sijil bundle')
    const verify = await verifyingByPack(pack, {
      policy: { demonstration, ...(root && { roots: root }), ...(refuse && { refused: refuse }) },
      ...(proof !== undefined && { proof }),
      witnesses: witness,
      now: now(),
    })
    return async (what: string) => {
      if (isLink(what))
        throw usageFailure(
          'Only its registry can open a link',
          'Without a network, verify the file of the certificate.',
        )
      return verify(await readInput(what, stdin))
    }
  }
}

/**
 * A link opens a certificate, so it is sent only to its own registry. A code names no registry, and is sent to the configured one.
 */
function requireLinkOf(registry: string, link: string): string {
  if (isCode(link)) return link
  const url = URL.parse(link)
  if (url === null) throw usageFailure('This is not a link')
  if (url.origin === registry) return link
  // The path opens the certificate, so it is left out. The host is shown only if a shell does not interpret it.
  const again = /^https?:\/\/[\w.:[\]-]+$/.test(url.origin)
    ? ` If you trust it: SIJIL_URL=${url.origin} sijil verify (the link)`
    : ''
  throw usageFailure(
    `This link belongs to ${url.host}, not to the registry (${registry})`,
    `Only its own registry can open it.${again}`,
  )
}

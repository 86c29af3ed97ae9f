import type { Command } from 'commander'
import { ask } from '../client.ts'
import { usageFailure } from '../failure.ts'
import { readInput } from '../read-input.ts'
import type { Surroundings } from '../surroundings.ts'
import { parseJudgement, verdictCodes } from '../verdict.ts'

export function addVerify(program: Command, { settings: read, output, stdin, asking, leaveWith }: Surroundings): void {
  program
    .command('verify')
    .description('Verify a certificate')
    .argument('<file-or-link>', 'a file (- for stdin, at most 64 KiB), or the link from its QR code')
    .addHelpText(
      'after',
      `
Exit codes: 0 valid, 1 invalid, 2 indeterminate (something could not be checked: that is not a yes).

Examples:
  $ sijil verify certificate.json
  $ sijil verify - < certificate.json
  $ sijil verify --json certificate.json | jq .verdict`,
    )
    .action(async (what: string) => {
      const { registry } = read()
      const question = /^https?:/i.test(what)
        ? { link: requireLinkOf(registry, what) }
        : { verifiableCredential: await readInput(what, stdin) }
      const answer = await ask(
        {
          method: 'POST',
          url: `${registry}/verify`,
          headers: { accept: 'application/json', 'content-type': 'application/json' },
          body: JSON.stringify(question),
        },
        asking,
      )
      const { verdict, lines } = parseJudgement(answer)
      output.answer(answer, lines)
      leaveWith(verdictCodes[verdict])
    })
}

/** A link opens a certificate: it is shown to its own registry and to no other. */
function requireLinkOf(registry: string, link: string): string {
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

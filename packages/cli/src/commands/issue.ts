import type { Command } from 'commander'
import type { Asker } from '../ask-as.ts'
import { usageFailure } from '../failure.ts'
import {
  addInputOptions,
  hasInputOptions,
  type InputOptions,
  idempotencyKey,
  inputFromOptions,
  parseKey,
} from '../issue-input.ts'
import { issueOnce, keepIssued } from '../issue-once.ts'
import { isObject } from '../json.ts'
import { plain } from '../output.ts'
import { qrLines } from '../qr-lines.ts'
import { readInput } from '../read-input.ts'
import type { Surroundings } from '../surroundings.ts'
import { requireFree } from '../write-private.ts'

interface Options extends Asker, InputOptions {
  key?: string
  out?: string
  force?: boolean
  qr?: boolean
}

const help = `
The file holds: { qualification, holder: { name, nativeName?, birthDate? }, certificateNumber, registerNumber?,
  assessedOn?, awardedOn?, route?, method?, assessor?, centre?: { id, name }, units?: [code], limits?,
  signatory?: { name, position }, validUntil?, language?, replaces? }

assessedOn or awardedOn is required. The same command gives the same certificate again while it is in force. To issue another
one, choose a --key.

Examples:
  $ sijil issue --issuer demo-ph-tesda --out certificate.json input.json
  $ sijil issue --issuer demo-ph-tesda - < input.json
  $ sijil issue --issuer demo-ph-tesda --qualification ph-masonry-nc2 \\
      --name "Juan Dela Cruz" --number 26-0001 --awarded-on 2026-03-02`

export function addIssue(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('issue')
    .description('Issue a certificate')
    .argument('[file]', 'JSON file to certify (- for stdin), instead of the options')
    .requiredOption('--issuer <id>', 'the body that certifies')
    .option('--out <file>', 'write the signed certificate to this file, which only your user can read')
    .option('--force', 'overwrite that file')
    .option('--key <key>', 'idempotency key (default: computed from issuer and input)')
    .option('--qr', 'show the QR code of the link (default: in a terminal)')
    .option('--no-qr', 'do not show the QR code')
    .option('--client <id>', 'client that sends the request (default: the issuer)')
    .option('--token <token>', 'an access token; SIJIL_TOKEN keeps it out of the process list')
  addInputOptions(command)
    .addHelpText('after', help)
    .action((file: string | undefined, options: Options) => issue(file, options, surroundings))
}

async function issue(
  file: string | undefined,
  options: Options,
  { settings: read, output, stdin, retry }: Surroundings,
) {
  const { issuer, client, token, out, force = false } = options
  const settings = read()
  if (out !== undefined) await requireFree(out, { force })
  const input = await inputFrom(file, options, stdin)
  const key = parseKey(options.key ?? idempotencyKey(issuer, input))
  const asker = { issuer, client, token }
  const { answer, id, link, credential, before } = await issueOnce(asker, { key, input }, { settings, retry })
  if (before) output.notice('This certificate was issued before by the same request, so nothing new was issued.')
  const showsQr = options.qr ?? output.terminal
  output.answer(before && isObject(answer) ? { ...answer, before } : answer, [
    `link  ${plain(link)}`,
    `id    ${plain(id)}`,
    ...(showsQr ? ['', ...qrLines(link)] : []),
  ])
  if (out !== undefined) await keepIssued(out, { id, credential }, { force })
}

async function inputFrom(
  file: string | undefined,
  options: InputOptions,
  stdin: Surroundings['stdin'],
): Promise<unknown> {
  if (file === undefined) return inputFromOptions(options)
  if (hasInputOptions(options)) throw usageFailure('Give a file or the options, not both')
  const input = await readInput(file, stdin)
  if (!isObject(input))
    throw usageFailure(`${file} must contain one JSON object`, '`sijil issue --help` lists its members.')
  return input
}

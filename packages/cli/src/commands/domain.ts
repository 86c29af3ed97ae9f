import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { CommandFailure, usageFailure } from '../failure.ts'
import { fetchBytes } from '../fetch-bytes.ts'
import { parseIssuer } from '../identifiers.ts'
import { plain } from '../output.ts'
import { parseSafeUrl } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { requireFree, writePrivate } from '../write-private.ts'

interface Options {
  body: string
  website: string
  new?: boolean
}

const PATH = '/.well-known/sijil-registry'
/** The text is shorter. Some servers add line feeds. */
const MAX_BYTES = 1_024

export function addDomain(program: Command, { settings: read, output, retry }: Surroundings): void {
  program
    .command('domain')
    .description('Show that a body controls its web domain, before its registration is proposed')
    .argument('<file>', 'file of the one-time text')
    .requiredOption('--body <id>', 'the id under which the body will be registered')
    .requiredOption('--website <address>', 'its website, as it will be registered')
    .option('--new', 'write a new text, instead of checking the website')
    .addHelpText(
      'after',
      `
First write the text, and ask the body to publish it. Then check the website:
  $ sijil domain board.txt --body my-board --website https://board.example --new
  $ sijil domain board.txt --body my-board --website https://board.example --json
The answer is the member "control" of the registration (POST /authorities/{authority}/bodies).`,
    )
    .action(async (file: string, { body, website, new: isNew = false }: Options) => {
      const { origin, host: domain } = parseSafeUrl('--website', website)
      const address = `${origin}${PATH}`
      const begin = ['sijil domain control v1', read().registry, parseIssuer(body), domain].join('\n')
      if (isNew) {
        await requireFree(file, { force: false })
        await writePrivate(file, `${begin}\n${randomBytes(16).toString('base64url')}\n`, { force: 'never' })
        output.answer({ file, address }, [`${plain(file)}: the body must publish it at ${plain(address)}`])
        return
      }
      const expected = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw usageFailure(`${file} cannot be read (${error.code ?? 'unknown'})`, 'Write the text first, with --new.')
      })
      if (!expected.startsWith(`${begin}\n`))
        throw usageFailure(`${file} is a text for another registry, body or website`, 'Write a new one with --new.')
      const found = await fetchBytes(address, { timeout: retry.timeout, maxBytes: MAX_BYTES }).catch(
        (error: unknown) => {
          if (!(error instanceof CommandFailure) || error.kind !== 'unavailable') throw error
          throw new CommandFailure('unavailable', { title: `${origin} does not answer`, detail: 'Try again later.' })
        },
      )
      if (found === undefined || Buffer.from(found).toString('utf8').trimEnd() !== expected.trimEnd())
        throw new CommandFailure('refused', {
          title: `The body has not shown that it controls ${domain}`,
          detail: `${found === undefined ? 'Nothing is' : 'Another text is'} published at ${address}. Ask the body to publish ${file}.`,
        })
      const sha256 = createHash('sha256').update(expected).digest('base64url')
      const readOn = new Date().toISOString().slice(0, 10)
      output.answer({ domain, sha256, readOn }, [
        `${plain(domain)}: controlled by the body`,
        `Add this to the registration, as "control":`,
        JSON.stringify({ domain, sha256, readOn }),
      ])
    })
}

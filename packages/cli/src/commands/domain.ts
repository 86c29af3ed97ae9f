import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  createDomainText,
  hashDomainText,
  MAX_DOMAIN_TEXT,
  placeOfDomainText,
  readDomainText,
} from '@sijil/credentials/domain-text'
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

export function addDomain(program: Command, { settings: read, output, retry, now }: Surroundings): void {
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
      const url = parseSafeUrl('--website', website)
      const { domain, address } = placeOfDomainText(url)
      const claim = { registry: read().registry, body: parseIssuer(body), domain }
      if (isNew) {
        await requireFree(file, { force: false })
        const text = createDomainText(claim, randomBytes(16).toString('base64url'))
        await writePrivate(file, text, { force: 'never' })
        output.answer({ file, address }, [`${plain(file)}: the body must publish it at ${plain(address)}`])
        return
      }
      const written = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw usageFailure(`${file} cannot be read (${error.code ?? 'unknown'})`, 'Write the text first, with --new.')
      })
      const expected = readDomainText(written, claim)
      if ('fault' in expected)
        throw usageFailure(`${file} is a text for another registry, body or website`, 'Write a new one with --new.')
      const found = await fetchBytes(address, { timeout: retry.timeout, maxBytes: MAX_DOMAIN_TEXT }).catch(
        (error: unknown) => {
          if (!(error instanceof CommandFailure) || error.kind !== 'unavailable') throw error
          throw new CommandFailure('unavailable', {
            title: `${url.origin} does not answer`,
            detail: 'Try again later.',
          })
        },
      )
      const published = found && readDomainText(Buffer.from(found).toString('utf8'), claim)
      if (published === undefined || 'fault' in published || published.mark !== expected.mark)
        throw new CommandFailure('refused', {
          title: `The body has not shown that it controls ${domain}`,
          detail: `${published === undefined ? 'Nothing is' : 'Another text is'} published at ${address}. Ask the body to publish ${file}.`,
        })
      const sha256 = hashDomainText(createDomainText(claim, expected.mark))
      const readOn = now().toISOString().slice(0, 10)
      output.answer({ domain, sha256, readOn }, [
        `${plain(domain)}: controlled by the body`,
        `Add this to the registration, as "control":`,
        JSON.stringify({ domain, sha256, readOn }),
      ])
    })
}

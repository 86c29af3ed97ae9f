import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  faultOf,
  MAX_TITLE,
  manifestOf,
  type Portfolio,
  type PortfolioFault,
  type PortfolioFile,
  readManifest,
} from '@sijil/credentials/portfolio'
import type { Command } from 'commander'
import { usageFailure } from '../failure.ts'
import { plain } from '../output.ts'
import type { Surroundings } from '../surroundings.ts'
import { requireFree, writePrivate } from '../write-private.ts'

const faults: Readonly<Record<PortfolioFault, string>> = {
  'not-a-manifest': 'the file is no manifest of a portfolio',
  'no-files': 'a portfolio has one file or more',
  'too-many-files': 'a portfolio has at most 500 files',
  'empty-file': 'a file is empty',
  'same-file': 'two of the files are the same',
}

/** It never asks the registry: nothing but a hash leaves this machine, and that only if a person passes it on. */
export function addPortfolio(program: Command, { settings: read, output, now, setExitCode }: Surroundings): void {
  const portfolio = program
    .command('portfolio')
    .description('List hashes of the files of a portfolio (step 7a of a corridor), or compare files with such a list')

  portfolio
    .command('make')
    .description('Write a manifest with the hash of each file; nothing is sent')
    .argument('<track>', 'the corridor and its track, as in the address: {corridor}/{track}')
    .argument('<file...>', 'the files; their names become titles, which a person may change in the manifest')
    .requiredOption('--out <file>', 'where to write the manifest')
    .option('--json', 'answer in JSON')
    .action(async (named: string, paths: string[], { out }: { out: string }) => {
      const [, corridor, track] = /^([\w.-]+)\/([\w-]+)$/.exec(named) ?? []
      if (corridor === undefined || track === undefined) throw usageFailure('<track> must be {corridor}/{track}')
      await requireFree(out, { force: false })
      const files: PortfolioFile[] = []
      for (const path of paths) files.push({ title: basename(path).slice(0, MAX_TITLE), ...(await hashed(path)) })
      const fault = faultOf(files)
      if (fault !== undefined) throw usageFailure(faults[fault])
      const made = { corridor, track, registry: read().registry, madeOn: now().toISOString().slice(0, 10) }
      const text = manifestOf({ ...made, random: randomBytes(16).toString('hex'), files })
      await writePrivate(out, text, { force: 'never' })
      const sha256 = createHash('sha256').update(text).digest('hex')
      output.answer({ manifest: out, sha256, files: files.length }, [`${sha256}  ${plain(out)}`])
    })

  portfolio
    .command('check')
    .description('Compare files with a manifest; the exit code is 1 if one is missing or is not listed')
    .argument('<manifest>', 'the manifest')
    .argument('[file...]', 'the files')
    .option('--json', 'answer in JSON')
    .action(async (manifest: string, paths: string[]) => {
      const bytes = await readFile(manifest).catch((error: unknown) => {
        throw unreadable(manifest, error)
      })
      const listed: Portfolio | PortfolioFault = readManifest(bytes.toString())
      if (typeof listed === 'string') throw usageFailure(faults[listed])
      const given = new Map<string, string>()
      for (const path of paths) given.set((await hashed(path)).sha256, path)
      const files = [
        ...listed.files.map(({ title, sha256 }) => ({ title, outcome: given.has(sha256) ? 'holds' : 'absent' })),
        ...[...given].flatMap(([sha256, path]) =>
          listed.files.some((one) => one.sha256 === sha256) ? [] : { title: path, outcome: 'differs' },
        ),
      ]
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      if (files.some(({ outcome }) => outcome !== 'holds')) setExitCode(1)
      output.answer({ manifest, sha256, files }, [
        `${sha256}  ${plain(manifest)}`,
        ...files.map(({ title, outcome }) => `${outcome.padEnd(7)}  ${plain(title)}`),
      ])
    })
}

const unreadable = (path: string, error: unknown) => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return usageFailure(`${path} cannot be read (${code})`)
}

/** A file may be larger than the memory of this machine. */
async function hashed(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(path)) {
      hash.update(chunk as Buffer)
      bytes += (chunk as Buffer).length
    }
  } catch (error) {
    throw unreadable(path, error)
  }
  return { bytes, sha256: hash.digest('hex') }
}

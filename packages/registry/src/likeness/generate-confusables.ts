import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Converts Unicode's confusables.txt for `skeleton.ts`: each look with the characters that have it, in hexadecimal, so that the characters
 * themselves cannot mislead an editor or a reviewer. `node generate-confusables.ts` writes `confusables.generated.ts`. A test compares it
 * with the source.
 */
export function generateConfusables(text: string): string {
  const sources = new Map<string, string[]>()
  for (const [, from = '', to = ''] of text.matchAll(/^([0-9A-F]+) ;\t([0-9A-F ]+) ;\tMA\t/gm))
    sources.set(to, [...(sources.get(to) ?? []), from])
  const [version = ''] = /(?<=^# Version: ).+$/m.exec(text) ?? []
  return [
    `// Made by generate-confusables.ts of data/confusables.txt, Unicode ${version}. A test holds it equal.`,
    '// © 2024 Unicode, Inc. Licence: data/LICENSE.txt.',
    'export const confusables = `',
    ...[...sources].map(([to, from]) => `${to}=${from.join(' ')}`),
    '`',
    '',
  ].join('\n')
}

export const vendored = () => readFileSync(new URL('./data/confusables.txt', import.meta.url), 'utf8')

const file = fileURLToPath(new URL('./confusables.generated.ts', import.meta.url))
if (import.meta.main) writeFileSync(file, generateConfusables(vendored()))

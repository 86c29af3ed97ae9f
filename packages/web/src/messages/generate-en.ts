import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { en } from './en.ts'
import { frameEn } from './frame.ts'

/**
 * Writes the texts of `en.ts` as JSON. A function reads that file, as it reads the Thai one, because a program that held the texts
 * would be parsed at every cold start. `node packages/web/src/messages/generate-en.ts` writes `en.data.json`. A test keeps both equal.
 */
export function generateEnglish(): string {
  const own = Object.entries(en).filter(([key]) => !Object.hasOwn(frameEn, key))
  return `${JSON.stringify(Object.fromEntries(own), null, 2)}\n`
}

const file = fileURLToPath(new URL('./en.data.json', import.meta.url))
if (import.meta.main) writeFileSync(file, generateEnglish())

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseBaseline } from '@sijil/functions/answers/baseline-input.ts'
import type { Baseline } from '@sijil/qualifications'

/** Reads the file of a baseline. Throws with each fault, so that nothing of a faulty file is loaded. */
export function readBaselineFile(file: string | URL): { baseline: Baseline; digest: string } {
  const text = readFileSync(file, 'utf8')
  return { baseline: parseBaseline(JSON.parse(text)), digest: createHash('sha256').update(text).digest('hex') }
}

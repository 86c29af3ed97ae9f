import { readFileSync } from 'node:fs'
import { commitStoreOf, readEnvironment } from '@sijil/functions/wiring.ts'
import { compareSignatures } from './compare-signatures.ts'

/** The operator runs it by hand. It only reads. */
process.exitCode = await compareSignatures(process.argv.slice(2), {
  readerOf(file) {
    const environment = readEnvironment(JSON.parse(readFileSync(file, 'utf8')))
    return { reader: commitStoreOf(environment), roles: environment.ROLES }
  },
  say: (line) => void process.stdout.write(`${line}\n`),
})

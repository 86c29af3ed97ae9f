import { cachedBaselineFrameworks, cachedCatalogue } from '@sijil/registry/catalogue'
import { cachedTrust, trustOf } from '@sijil/registry/trust'
import { storeOnly, verifyLink } from '@sijil/registry/verification'
import { certificateView } from '@sijil/views'
import { type Language, parseToken, type ResultValues, resultPage } from '@sijil/web'
import { MemoryStore } from '../../test/support/memory-store.ts'
import { TEXTS } from '../certificates.ts'
import { openFunctions } from '../registry.ts'
import type { Subject } from '../rounds.ts'
import { callingDirectly, issuing } from './functions.ts'

const BASE_URL = 'https://registry.example'

/** What the page of a verdict costs after everything was verified and read: rendering it, with the name hidden, in each language. */
export async function openPageSubjects(): Promise<Subject[]> {
  const values = await verdicts()
  const subject = (name: string, language: Language, heading: string): Subject => {
    const context = { language, path: '/v/token', baseUrl: BASE_URL, demonstration: true }
    return {
      name,
      run: (at) => resultPage(values[at % TEXTS] as ResultValues, context).includes(`<h1 id="v">${heading}`),
    }
  }
  return [subject('verdict page', 'en', 'Valid'), subject('verdict page in Thai', 'th', 'ใช้ได้')]
}

/** The values of the pages of 32 demonstration certificates with five units. */
async function verdicts(): Promise<ResultValues[]> {
  const store = new MemoryStore()
  const functions = await openFunctions(store, BASE_URL)
  const issue = issuing(functions)
  const send = callingDirectly(functions)
  const deps = {
    ...storeOnly,
    reader: store,
    boxes: store,
    trust: cachedTrust(trustOf(store), Date.now),
    catalogue: cachedCatalogue(store, Date.now),
    frameworks: cachedBaselineFrameworks(store, Date.now),
    policy: { demonstration: true },
    baseUrl: BASE_URL,
    corridors: async () => [],
    comparisons: async () => [],
    general: () => import('@sijil/credentials/general'),
  }
  const all: ResultValues[] = []
  for (let n = 0; n < TEXTS; n++) {
    const { link } = await issue(send)
    const token = parseToken(link.slice(-26))
    if (token === undefined) throw new Error('the certificate has no link')
    const asked = { ...deps, now: new Date() }
    const { verification } = await verifyLink(token, asked)
    all.push(await certificateView(verification, { person: 'hidden', token }, asked))
  }
  return all
}

import { checkedStore } from '@sijil/registry'
import { publishStatusList } from '@sijil/registry/status'
import { MemoryArtefacts } from '../../test/support/memory-artefacts.ts'
import { MemoryStore } from '../../test/support/memory-store.ts'
import { openFunctions } from '../registry.ts'
import type { Subject } from '../rounds.ts'
import { callingDirectly, issuing } from './functions.ts'

const BASE_URL = 'https://registry.example'
/** Bytes, as the deployed function keeps. */
const MEMORY = 16 * 1024 * 1024

/** A status list that is asked for again while nothing changed: it is decided anew, and its file answered. */
export async function openListSubjects(): Promise<Subject[]> {
  const store = new MemoryStore()
  const functions = await openFunctions(store, BASE_URL)
  const { verifiableCredential } = await issuing(functions)(callingDirectly(functions))
  const [entry] = JSON.parse(verifiableCredential).credentialStatus as [{ statusListCredential: string }]
  const id = entry.statusListCredential.slice(entry.statusListCredential.lastIndexOf('/') + 1)
  const report = () => {
    throw new Error('a file differs')
  }
  const artefacts = checkedStore(new MemoryArtefacts(), { report, memory: MEMORY })
  const deps = { store, artefacts, signer: functions.signer, baseUrl: BASE_URL }
  return [
    {
      name: 'status list',
      run: async () =>
        (await publishStatusList(id, { ...deps, now: new Date() })).text.includes('"BitstringStatusList"'),
    },
  ]
}

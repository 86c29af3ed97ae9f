import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startS3 } from '../../infra/local/s3.ts'
import { describeArtefacts } from './artefacts-contract.ts'
import { openLocalArtefacts } from './local-artefacts.ts'
import { MemoryArtefacts } from './memory-artefacts.ts'

describeArtefacts('memory', async () => ({ store: new MemoryArtefacts(), close: async () => {} }))

describeArtefacts('S3', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sijil-artefacts-'))
  const local = await startS3({ folder })
  const { client, store } = openLocalArtefacts(local.endpoint)
  return {
    store,
    async close() {
      client.destroy()
      await local.close()
      await rm(folder, { recursive: true })
    },
  }
})

import { startRegistry } from '../../infra/local/registry.ts'
import { storeInProcess } from './store-in-process.ts'

/** `node make-demonstration.ts FOLDER PORT`: starts a registry for the first time, and ends it. */
const [folder = '', port] = process.argv.slice(2)
const registry = await startRegistry({ port: Number(port), folder, writesLogs: false, storeClient: storeInProcess })
await registry.close()
process.exit()

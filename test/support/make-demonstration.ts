import { startRegistry } from '../../infra/local/registry.ts'

/** `node make-demonstration.ts FOLDER PORT`: a registry's first start, and its end. */
const [folder = '', port] = process.argv.slice(2)
const registry = await startRegistry({ port: Number(port), folder })
await registry.close()
process.exit()

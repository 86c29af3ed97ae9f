import { readFile } from 'node:fs/promises'
import { readJson } from '@sijil/credentials'
import { listOf, openBundle, verifyOffline } from '@sijil/registry/accepted-registries'

const [certificate = '', fetched = ''] = await Promise.all(process.argv.slice(2).map((path) => readFile(path, 'utf8')))
const { trust, keys, tree, statusLists, records } = JSON.parse(fetched)
const lists = new Map<string, unknown>(Object.entries(statusLists))

const bundle = openBundle(trust, { keys, seen: tree })
const list = listOf(bundle, {}, { statusList: async (url) => lists.get(url), records })
const general = () => import('@sijil/credentials/general')
const { verdict, checks } = await verifyOffline(readJson(certificate), { list, now: new Date(), general })

console.log(verdict)
for (const { name, outcome, reason } of checks) if (outcome !== 'passed') console.log(`${name}: ${outcome} (${reason})`)

import { startDynamoDb } from '../infra/local/dynamodb.ts'
import { countCapacity } from '../test/support/capacity.ts'
import { openLocalStores } from '../test/support/local-stores.ts'
import { openFunctions } from './registry.ts'
import { callingDirectly, issuing } from './subjects/functions.ts'

export interface Capacity {
  /** For `POST /verify` with a document, and with a link, while the answer about the issuer is still in memory (ten seconds). */
  readUnitsPerVerify: { document: number; link: number }
  readUnitsPerIssue: number
  /** Including indexes. The first certificate of a body is not counted, because it also opens the status lists. */
  writeUnitsPerIssue: number
  /** The same for calls of the store. */
  readsPerVerify: { document: number; link: number }
  /** For document and link together. It must be 0. */
  writesPerVerify: number
  readsPerIssue: number
  writesPerIssue: number
}

/** Measures the capacity that DynamoDB charges for each kind of request. It is the same on every machine. */
export async function measureCapacity(): Promise<Capacity> {
  const tables = { commits: 'commits', boxes: 'boxes' }
  const local = await startDynamoDb({ tables })
  const { client, commits, boxes } = openLocalStores({ endpoint: local.endpoint, tables })
  try {
    const store = { ...commits, ...boxes }
    const functions = await openFunctions(store, 'https://registry.example')
    const send = callingDirectly(functions)
    const issue = issuing(functions)
    const verify = async (body: object) => {
      const answer = await send({ path: '/verify', body: JSON.stringify(body) })
      if (JSON.parse(answer.body).verdict !== 'valid') throw new Error('the certificate is not valid')
    }
    const capacity = countCapacity(client)
    const spentBy = async <T>(work: () => Promise<T>) => {
      capacity.reset()
      const answer = await work()
      return { ...capacity.spent(), ...capacity.calls(), answer }
    }
    const first = await issue(send)
    await verify({ verifiableCredential: JSON.parse(first.verifiableCredential) })
    const issued = await spentBy(() => issue(send))
    const document = JSON.parse(issued.answer.verifiableCredential)
    const byDocument = await spentBy(() => verify({ verifiableCredential: document }))
    const byLink = await spentBy(() => verify({ link: issued.answer.link }))
    return {
      readUnitsPerVerify: { document: byDocument.rcu, link: byLink.rcu },
      readUnitsPerIssue: issued.rcu,
      writeUnitsPerIssue: issued.wcu,
      readsPerVerify: { document: byDocument.reads, link: byLink.reads },
      writesPerVerify: byDocument.writes + byLink.writes,
      readsPerIssue: issued.reads,
      writesPerIssue: issued.writes,
    }
  } finally {
    client.destroy()
    await local.close()
  }
}

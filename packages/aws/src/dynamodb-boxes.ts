import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { type Box, type BoxEraser, type BoxReader, type BoxStore, RegistryError } from '@sijil/registry'
import type { Table } from './dynamodb-commits.ts'
import { keys } from './keys.ts'
import { tableOutage } from './outage.ts'

/** A box as it is stored. */
type BoxItem = Omit<Box, 'find'> & { pk: string }

export function openBoxReader({ client, table }: Table): BoxReader {
  return {
    async find(find) {
      const command = new GetCommand({ TableName: table, Key: keys.box(find), ConsistentRead: true })
      const { Item: item } = await client.send(command).catch((error: unknown) => {
        throw tableOutage(error, 'the store of boxes')
      })
      if (item === undefined) return undefined
      const { salt, nonce, sealed, owner, uuid, generation } = item as BoxItem
      return { find, salt, nonce, sealed, owner, uuid, ...(generation && { generation }) }
    },
  }
}

export function openBoxStore({ client, table }: Table): BoxStore {
  const reader = openBoxReader({ client, table })
  return {
    ...reader,
    async put({ find, ...box }) {
      const item: BoxItem = { ...keys.box(find), ...box }
      try {
        await client.send(
          new PutCommand({ TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }),
        )
        return { find, ...box }
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw tableOutage(error, 'the store of boxes')
        const kept = await reader.find(find)
        if (kept === undefined) throw new RegistryError('conflict', 'this box was erased meanwhile')
        return kept
      }
    },
  }
}

export const openBoxEraser = ({ client, table }: Table): BoxEraser => ({
  async delete(find) {
    const command = new DeleteCommand({ TableName: table, Key: keys.box(find) })
    await client.send(command).catch((error: unknown) => {
      throw tableOutage(error, 'the store of boxes')
    })
  },
})

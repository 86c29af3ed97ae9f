import { parseQuery, route } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { type Change, changeKinds, findChange, listChanges } from '@sijil/registry/log'
import { differencesOf, entityAt, type TrustEvent, type TrustHistory, trustOf } from '@sijil/registry/trust'
import { logValues } from '@sijil/views'
import { changePage, changesFeed, changesPage, groundsInWords, groundsWhereSaid, type ListedChange } from '@sijil/web'
import * as z from 'zod/mini'
import { chosen, contextOf, either, type PageParts } from './parts.ts'

const LIMIT = 50
const query = z.looseObject({
  before: z.optional(z.string().check(z.regex(/^[0-9]{1,15}$/))),
  id: z.optional(z.string().check(z.maxLength(64))),
  kind: z.optional(z.enum(changeKinds)),
})

/** The log of the registry in plain words. */
export const changesAnswers = (parts: PageParts) => ({
  'GET /changes': route<Record<never, string>, undefined>({
    async answer(asked) {
      const { before: text, id, kind } = parseQuery(query, chosen(asked.query))
      const before = text === undefined ? undefined : Number(text)
      const search = { ...(id !== undefined && { id }), ...(kind !== undefined && { kind }) }
      const question = { ...search, ...(before !== undefined && { before }), limit: LIMIT }
      const { changes, size, next } = await listChanges(question, parts.reader)
      const rest = { size, ...(next !== undefined && { next }) }
      const listed = await Promise.all(changes.map((change) => listedOf(change, parts)))
      const values = { changes: listed, search, kinds: changeKinds, ...rest }
      return either(asked, { changes, ...rest }, () => changesPage(values, contextOf(asked, '/changes', parts)))
    },
  }),

  'GET /changes.atom': route<Record<never, string>, undefined>({
    async answer(asked) {
      const { changes } = await listChanges({ limit: LIMIT }, parts.reader)
      const listed = await Promise.all(changes.map((change) => listedOf(change, parts)))
      // One feed for everybody: its address does not name a language.
      const context = { ...contextOf(asked, '/changes', parts), language: 'en' } as const
      return { status: 200, body: changesFeed(listed, context), type: 'application/atom+xml; charset=utf-8' }
    },
  }),

  'GET /changes/{index}': route<{ index: string }, undefined>({
    async answer(asked) {
      const { index } = asked.params
      const found = /^(?:0|[1-9]\d{0,15})$/.test(index) ? await findChange(Number(index), parts.reader) : undefined
      if (found === undefined) throw new RegistryError('not-found', 'There is nothing at this address.')
      const { change, entry } = found
      const differences = differencesOf(change.id, await historyWith(change, parts), change.number)
      const listed = { ...(await listedOf(change, parts)), differences }
      const log = logValues([{ index: change.index, recordedAt: change.recordedAt, entry }], parts)
      return either(asked, { ...change, differences }, () =>
        changePage(listed, log, contextOf(asked, `/changes/${index}`, parts)),
      )
    },
  }),
})

/** What is kept in memory may be older than the log: of an amendment that it lacks nobody says that it changed nothing. */
async function historyWith({ id, number }: Change, { trust, reader }: PageParts): Promise<TrustHistory> {
  const kept = await trust(id)
  return kept.length > number ? kept : trustOf(reader)(id)
}

async function listedOf(change: Change, { trust, clock }: PageParts): Promise<ListedChange> {
  const nameOf = async (id: string) => entityAt(id, await trust(id), clock().toISOString())?.identity.name ?? id
  const happened = change.events.map(async (event) => {
    const { by, registry, key, basis, grounds } = detailsOf(event)
    const names = registry === undefined ? await Promise.all(by.map(nameOf)) : [new URL(registry).host]
    return {
      type: event.type,
      ...(names.length > 0 && { by: names.join(', ') }),
      ...(key !== undefined && { key }),
      ...(basis !== undefined && { basis }),
      ...(grounds !== undefined && { grounds }),
    }
  })
  const { index, id, recordedAt, effectiveAt } = change
  const decided = await decidedBy(change, nameOf)
  const rest = { index, id, recordedAt, effectiveAt, ...(decided && { decidedBy: decided }) }
  return { ...rest, name: await nameOf(id), happened: await Promise.all(happened) }
}

/** Of what does not say itself whose decision it was. A registration that names nobody was the operator's. */
async function decidedBy(
  { by, events: [event] }: Change,
  nameOf: (id: string) => Promise<string>,
): Promise<ListedChange['decidedBy']> {
  if (event === undefined || 'by' in event || 'grantors' in event || event.type.startsWith('list-')) return undefined
  const id = by ?? ('under' in event ? event.under : undefined)
  if (id !== undefined) return { name: await nameOf(id) }
  return 'identity' in event ? 'operator' : undefined
}

interface Details {
  by: readonly string[]
  registry?: string
  key?: string
  basis?: string
  /** Where nobody has to say any. */
  grounds?: string | undefined
}

function detailsOf(event: TrustEvent): Details {
  switch (event.type) {
    case 'succeeded':
      return { by: [event.successor], basis: groundsInWords(event) }
    case 'key-added':
      return { by: [], key: event.key.kid }
    case 'key-certified':
      return { by: [], key: event.kid }
    case 'key-retired':
    case 'key-suspended':
    case 'key-resumed':
    case 'key-compromised':
      return { by: [], key: event.kid, grounds: groundsWhereSaid(event) }
    case 'established':
      return { by: [], basis: event.law }
    case 'accredited':
      return { by: event.grantors, basis: groundsInWords(event) }
    case 'accreditation-amended':
    case 'accreditation-suspended':
    case 'accreditation-joined':
    case 'accreditation-lifted':
    case 'accreditation-withdrawn':
      return { by: [event.by], basis: groundsInWords(event) }
    case 'brake-set':
      return { by: [], key: String(event.limit), basis: groundsInWords(event) }
    case 'list-accepted':
      return { by: [], registry: event.registry, key: event.states?.join(', ') ?? event.kind, basis: event.basis }
    case 'list-suspended':
      return { by: [], registry: event.registry, basis: event.basis }
    default:
      return { by: [] }
  }
}

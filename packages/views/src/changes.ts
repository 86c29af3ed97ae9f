import type { Scope } from '@sijil/qualifications'
import { RegistryError } from '@sijil/registry'
import { type Change, changeKinds, findChange, listChanges } from '@sijil/registry/log'
import {
  differencesOf,
  everyRegistered,
  type TrustEvent,
  type TrustHistory,
  termsOfEvents,
  trustOf,
} from '@sijil/registry/trust'
import type { ChangesValues, ListedChange, LogProofValues } from '@sijil/web'
import { groundsIfStated, groundsInWords } from '@sijil/web/grounds'
import { frameworkNames, titlesToday } from './catalogue.ts'
import { findEntity } from './entity.ts'
import { logValues } from './log-proof.ts'
import { namesInState } from './names.ts'
import { listedStatement, listStatements } from './statements.ts'
import { statesToChoose } from './states.ts'
import type { View, ViewDeps } from './view.ts'

type ChangesDeps = Pick<ViewDeps, 'reader' | 'trust' | 'qualifications' | 'frameworks' | 'descriptions' | 'now'>

/** What the list can be narrowed to: kinds of change to entities, or statements about the catalogue. */
export const listedKinds = [...changeKinds, 'statements'] as const

/** Number of changes on one page. */
const LIMIT = 50

interface Asked {
  /** Show only entries before this place in the log. */
  before?: number | undefined
  /** The same for statements about the catalogue, by their places. */
  statement?: number | undefined
  id?: string | undefined
  kind?: (typeof listedKinds)[number] | undefined
  /** ISO 3166-1 alpha-2, or `ASEAN`. */
  state?: string | undefined
}

/** Returns the ids of the entities of a state. It reads the whole index of registrations, so callers should cache it. */
export const entitiesOfState = (state: string, { reader }: Pick<ViewDeps, 'reader'>): Promise<string[]> =>
  everyRegistered(reader, ({ identity }) => identity.state === state)

/**
 * The log of the registry in plain words, and statements about the catalogue between its entries, newest first. Each of the two
 * goes on from a place of its own.
 */
export async function changesView(
  { before, statement, id, kind, state }: Asked,
  deps: ChangesDeps & { ofState: (state: string) => Promise<readonly string[]> },
): Promise<View<object, Promise<ChangesValues>>> {
  const search = {
    ...(id !== undefined && { id }),
    ...(kind !== undefined && { kind }),
    ...(state !== undefined && { state }),
  }
  const among = state === undefined ? undefined : new Set(await deps.ofState(state))
  const narrowed = { ...(id !== undefined && { id }), ...(among && { among }), limit: LIMIT }
  const ofKind = kind === undefined || kind === 'statements' ? {} : { kind }
  const log = await listChanges({ ...narrowed, ...ofKind, ...(before !== undefined && { before }) }, deps.reader)
  const catalogue = await listStatements({ ...narrowed, before: statement }, deps)
  // Of the other list, only its size is shown.
  const ofLog = kind === 'statements' ? { changes: [], size: log.size } : log
  const ofCatalogue = ofKind.kind === undefined ? catalogue : { statements: [], size: catalogue.size }
  const { changes, statements, ...next } = newest(ofLog, ofCatalogue)
  const shown = statements.map(listedStatement)
  const sizes = { size: ofLog.size, statementsSize: ofCatalogue.size }
  return {
    json: { changes, statements: shown, ...sizes, ...next },
    values: async () => ({
      changes: await Promise.all(changes.map((change) => listedOf(change, deps))),
      statements: shown,
      search,
      kinds: listedKinds,
      states: await statesToChoose(deps),
      isOlder: before !== undefined || statement !== undefined,
      ...sizes,
      ...next,
    }),
  }
}

type OfLog = Awaited<ReturnType<typeof listChanges>>
type OfCatalogue = Awaited<ReturnType<typeof listStatements>>

/** The newest of both lists together, and the places from which each goes on. Place 0 is the end of a list. */
function newest(log: OfLog, catalogue: OfCatalogue) {
  const moments = [...log.changes, ...catalogue.statements].map(({ recordedAt }) => recordedAt)
  const from = moments.sort().reverse()[LIMIT - 1] ?? ''
  const sinceThen = (list: readonly { recordedAt: string }[]) =>
    list.filter(({ recordedAt }) => recordedAt >= from).length
  const changes = log.changes.slice(0, sinceThen(log.changes))
  const statements = catalogue.statements.slice(0, sinceThen(catalogue.statements))
  const [cutChange, cutStatement] = [log.changes[changes.length], catalogue.statements[statements.length]]
  const next = cutChange === undefined ? log.next : cutChange.index + 1
  const nextStatement = cutStatement === undefined ? catalogue.next : cutStatement.place + 1
  if (next === undefined && nextStatement === undefined) return { changes, statements }
  return { changes, statements, next: next ?? 0, ...(catalogue.size > 0 && { nextStatement: nextStatement ?? 0 }) }
}

/** One change with its proof in the log. For an amendment, it also has the differences. */
export async function changeView(
  index: number,
  deps: ChangesDeps & Pick<ViewDeps, 'baseUrl' | 'witnesses'>,
): Promise<View<object, Promise<{ change: ListedChange; log: LogProofValues }>>> {
  const found = await findChange(index, deps.reader)
  if (found === undefined) throw noSuchChange()
  const { change, entry } = found
  const differences = differencesOf(change.id, await historyWith(change, deps), change.number)
  return {
    json: { ...change, differences },
    values: async () => ({
      change: { ...(await listedOf(change, deps)), differences },
      log: logValues([{ index: change.index, recordedAt: change.recordedAt, entry }], deps),
    }),
  }
}

export const noSuchChange = () => new RegistryError('not-found', 'There is nothing at this address.')

/**
 * The cached history may be older than the log. If it lacks the change, the stream is read again. Otherwise an amendment would be shown
 * as one without differences.
 */
async function historyWith({ id, number }: Change, { trust, reader }: ChangesDeps): Promise<TrustHistory> {
  const kept = await trust(id)
  return kept.length > number ? kept : trustOf(reader)(id)
}

async function listedOf(change: Change, deps: ChangesDeps): Promise<ListedChange> {
  const nameOf = async (id: string) => (await namesInState([id], deps))(id)
  const terms = termsOfEvents(await historyWith(change, deps), change.number)
  const happened = change.events.map(async (event, at) => {
    const about = terms[at]
    const { by, registry, key, basis, grounds } = detailsOf(event)
    const names = registry === undefined ? await Promise.all(by.map(nameOf)) : [new URL(registry).host]
    return {
      type: event.type,
      ...(about && { terms: { right: about.right, ...(await qualificationsNamed(about.scope, deps)) } }),
      ...(names.length > 0 && { by: names.join(', ') }),
      ...(key !== undefined && { key }),
      ...(basis !== undefined && { basis }),
      ...(grounds !== undefined && { grounds }),
    }
  })
  const { index, id, recordedAt, effectiveAt } = change
  const decided = await decidedBy(change, nameOf)
  const entity = await findEntity(id, deps)
  const rest = {
    ...{ index, id, recordedAt, effectiveAt },
    ...(decided && { decidedBy: decided }),
    ...(entity?.identity.demonstration && { demonstration: true as const }),
  }
  return { ...rest, name: await nameOf(id), happened: await Promise.all(happened) }
}

/** Absent: the scope names no qualification. */
async function qualificationsNamed({ qualifications }: Scope, deps: ChangesDeps) {
  if (qualifications === undefined) return {}
  if ('framework' in qualifications)
    return { qualifications: { framework: (await frameworkNames(deps))(qualifications.framework) } }
  const titles = await titlesToday(deps)
  return { qualifications: qualifications.map((id) => ({ id, title: titles(id) })) }
}

/** The decider, for events that do not name one themselves. A registration that names none was made by the operator. */
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
  /** The reason, for events that need no basis. */
  grounds?: string | undefined
}

function detailsOf(event: TrustEvent): Details {
  switch (event.type) {
    case 'succeeded':
      return { by: [event.successor], basis: groundsInWords(event) }
    case 'contact-changed':
      return { by: [], ...(event.contact !== null && { key: event.contact }), grounds: groundsIfStated(event) }
    case 'key-added':
      return { by: [], key: event.key.kid }
    case 'key-certified':
      return { by: [], key: event.kid }
    case 'key-retired':
    case 'key-suspended':
    case 'key-resumed':
    case 'key-compromised':
      return { by: [], key: event.kid, grounds: groundsIfStated(event) }
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

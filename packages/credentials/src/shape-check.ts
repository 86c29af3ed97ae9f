import { isObject, isObjectOrList } from './json-object.ts'
import { DocumentFault, type FaultCode, pointerTo } from './read-json.ts'
import type { Kind, Member, Shape, Slot } from './shape-words.ts'
import { isText, textCheck } from './values.ts'

type Row = Record<string, unknown>

interface Walk {
  /** The document's own id. The ids of its parts begin with it. */
  id: string
  path: (string | number)[]
  /** Place in the innermost numbered list, from 1. */
  ordinal: number
}

/** A member with its text check and the shapes below it, looked up once. */
interface ReadyMember {
  name: string
  member: Member
  holds: ((value: unknown) => boolean) | undefined
  /** For an own id: the part after the document's id, by place in the list. Filled when needed. */
  fragments: string[]
  /** For a node, or a list of nodes. */
  below: readonly ReadySlot[]
}

interface ReadySlot {
  shape: ReadyShape
  min: number
  max: number
}

/** A prepared shape. Its members are a list, so that no name is looked up on a prototype. */
interface ReadyShape {
  members: readonly ReadyMember[]
  discriminator: Kind | undefined
  discriminatorName: string
}
const ready = new WeakMap<Shape, ReadyShape>()

function readyShape(shape: Shape): ReadyShape {
  const known = ready.get(shape)
  if (known !== undefined) return known
  const members = Object.entries(shape.members).map(([name, member]) => ({
    name,
    member,
    holds: simpleText(member),
    fragments: [],
    below: slotsBelow(member).map(({ shape, min, max }) => ({ shape: readyShape(shape), min, max })),
  }))
  const discriminatorName = shape.discriminator ?? ''
  const made = {
    members,
    discriminator: members.find(({ name }) => name === discriminatorName)?.member,
    discriminatorName,
  }
  ready.set(shape, made)
  return made
}

function slotsBelow(member: Member): readonly Slot[] {
  if (member.is === 'node') return [{ shape: member.shape, min: 1, max: 1 }]
  return member.is === 'nodes' ? member.slots : []
}

/** Throws `DocumentFault` unless `document` has exactly this shape. `apart` names a member that the caller checks. */
export function requireShape(document: unknown, shape: Shape, contexts: readonly string[], apart?: string): void {
  const walk: Walk = { id: '', path: [], ordinal: 0 }
  const row = requireRow(document, walk)
  if (!isSameList(row['@context'], contexts)) {
    throw new DocumentFault('context-not-allowed', '/@context', 'not exactly the contexts of the profile')
  }
  if (typeof row.id === 'string') walk.id = row.id
  requireNode(row, readyShape(shape), walk, apart)
}

function simpleText(kind: Kind): ReadyMember['holds'] {
  switch (kind.is) {
    case 'constant':
    case 'one-of':
    case 'own':
    case 'node':
    case 'nodes':
      return undefined
    default:
      return textCheck(kind.is)
  }
}

function requireRow(value: unknown, walk: Walk): Row {
  if (!isObject(value)) refuse('malformed-value', walk)
  return value as Row
}

function requireNode(value: unknown, shape: ReadyShape, walk: Walk, apart?: string): void {
  const row = requireRow(value, walk)
  let found = 0
  let isWhole = true
  const { members } = shape
  for (let at = 0; at < members.length; at++) {
    const ready = members[at] as ReadyMember
    const { name, member, holds } = ready
    const item = row[name]
    if (item === undefined) {
      if (!member.optional) isWhole = false
      continue
    }
    found++
    if (holds === undefined) requireMember(item, ready, walk)
    else if (!holds(item)) refuse(codeFor(item, member), walk, name)
  }
  const isRoot = walk.path.length === 0
  if (isRoot) found += apart !== undefined && Object.hasOwn(row, apart) ? 2 : 1 // `@context` was checked already
  // Counting is cheaper than looking up each name. The names matter only if the count is wrong.
  if (!isWhole || Object.keys(row).length !== found) refuseMembers(row, shape, walk, isRoot ? ['@context', apart] : [])
}

function refuseMembers(row: Row, { members }: ReadyShape, walk: Walk, allowed: (string | undefined)[]): never {
  const known = new Set(members.map(({ name }) => name))
  for (const name in row) if (!known.has(name) && !allowed.includes(name)) refuseMember(name, walk)
  for (const { name, member } of members) {
    if (!member.optional && row[name] === undefined) refuse('malformed-value', walk, name)
  }
  refuse('malformed-value', walk)
}

function refuseMember(name: string, walk: Walk): never {
  // Nested contexts redefine terms. IRIs, compact IRIs and keywords could repeat a member under another name.
  if (name === '@context') refuse('context-not-allowed', walk, name)
  refuse(name.includes(':') || name.startsWith('@') ? 'malformed-value' : 'unknown-member', walk, name)
}

function requireMember(value: unknown, { name, member, fragments, below }: ReadyMember, walk: Walk): void {
  switch (member.is) {
    case 'own':
      fragments[walk.ordinal] ??= fragmentOf(member.name, walk.ordinal)
      if (value !== walk.id + fragments[walk.ordinal]) refuse('malformed-value', walk, name)
      return
    case 'node':
      walk.path.push(name)
      for (const { shape } of below) requireNode(value, shape, walk)
      walk.path.pop()
      return
    case 'nodes':
      walk.path.push(name)
      requireNodes(value, below, member.numbered, walk)
      walk.path.pop()
      return
    default:
      if (!isSimple(value, member, walk)) refuse(codeFor(value, member), walk, name)
  }
}

function requireNodes(value: unknown, slots: readonly ReadySlot[], numbered: boolean, walk: Walk): void {
  // The signature covers neither an empty list nor whether a single value is in a list.
  if (!Array.isArray(value) || value.length === 0) refuse('malformed-value', walk)
  let next = 0
  let taken = 0
  const outer = walk.ordinal
  for (let at = 0; at < value.length; at++) {
    if (numbered) walk.ordinal = at + 1
    walk.path.push(at)
    let slot = slots[next]
    while (slot !== undefined && (taken === slot.max || !hasDiscriminator(value[at], slot.shape, walk))) {
      if (taken < slot.min) refuse('malformed-value', walk)
      slot = slots[++next]
      taken = 0
    }
    if (slot === undefined) refuse('malformed-value', walk)
    requireNode(value[at], slot.shape, walk)
    taken++
    walk.path.pop()
  }
  walk.ordinal = outer
  for (let slot = slots[next]; slot !== undefined; slot = slots[++next], taken = 0) {
    if (taken < slot.min) refuse('malformed-value', walk)
  }
}

function hasDiscriminator(value: unknown, { discriminator, discriminatorName }: ReadyShape, walk: Walk): boolean {
  if (discriminator === undefined) return true
  return isObjectOrList(value) && isSimple((value as Row)[discriminatorName], discriminator, walk)
}

function isSimple(value: unknown, kind: Kind, walk: Walk): boolean {
  switch (kind.is) {
    case 'constant':
      return typeof kind.value === 'object' ? isSameList(value, kind.value) : value === kind.value
    case 'one-of':
      return typeof value === 'string' && kind.values.includes(value)
    case 'own':
      return value === walk.id + fragmentOf(kind.name, walk.ordinal)
    case 'node':
    case 'nodes':
      return false
    default:
      return isText(kind.is, value)
  }
}

const fragmentOf = (name: string, ordinal: number): string => `#${name.replace('{n}', String(ordinal))}`

function isSameList(value: unknown, expected: readonly string[]): boolean {
  if (!Array.isArray(value) || value.length !== expected.length) return false
  for (let at = 0; at < expected.length; at++) if (value[at] !== expected[at]) return false
  return true
}

function codeFor(value: unknown, kind: Kind): FaultCode {
  const isTooGreat = kind.is === 'index' && typeof value === 'string' && /^[1-9]\d{5,}$/.test(value)
  return isTooGreat ? 'status-index-out-of-range' : 'malformed-value'
}

function refuse(code: FaultCode, { path }: Walk, name?: string): never {
  throw new DocumentFault(code, pointerTo(name === undefined ? path : [...path, name]), messages[code])
}

const messages: Record<FaultCode, string> = {
  'malformed-json': 'not JSON',
  'duplicate-member': 'a member is repeated',
  'document-too-complex': 'too deep or too long',
  'context-not-allowed': 'a context in a place where the profile has none',
  'unknown-member': 'a member that the profile does not have here',
  'malformed-value': 'a value that the profile does not allow here',
  'not-a-certificate': 'its type is not a certificate',
  'status-mismatch': 'the id of the status entry does not match its list and index',
  'status-index-out-of-range': `an index beyond the end of every status list`,
  'proof-missing': 'there is no proof',
  'proof-malformed': 'the proof does not have the form of the profile',
  'suite-not-allowed': 'not eddsa-rdfc-2022',
}

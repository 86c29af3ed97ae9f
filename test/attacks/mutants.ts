import { at, type Doc, put, rename, take, withContext } from './edit.ts'

export interface Mutant {
  how: string
  pointer: string
  document: Doc
}

const OB = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'

/** The pointer of every value below the root of a document, including members of `proof` and items of `@context`. */
function pointersOf(value: unknown, here = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const pointer = `${here}/${escaped(name)}`
    return [pointer, ...pointersOf(member, pointer)]
  })
}

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')
const nameOf = (pointer: string) => pointer.slice(pointer.lastIndexOf('/') + 1)
const siblingOf = (pointer: string, name: string) => `${pointer.slice(0, pointer.lastIndexOf('/'))}/${name}`
const isMember = (pointer: string) => !/^\d+$/.test(nameOf(pointer))
const upper = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`

// biome-ignore format: it reads as a table
/** Changes of a value. */
const values: Record<string, (value: unknown) => unknown> = {
  'null':               () => null,
  '[v]':                (value) => [value],
  '[v,v]':              (value) => [value, value],
  'number':             () => 7,
  'text of a number':   () => '7',
  'space after':        (value) => (typeof value === 'string' ? `${value} ` : value),
  'space before':       (value) => (typeof value === 'string' ? ` ${value}` : value),
  '{@value: v}':        (value) => ({ '@value': value }),
  '{@set: [v]}':        (value) => ({ '@set': [value] }),
  '{@list: [v]}':       (value) => ({ '@list': [value] }),
  '{@id: v}':           (value) => ({ '@id': value }),
  '{id: v}':            (value) => ({ id: value }),
  'wrapped for nobody': (value) => ({ '@graph': [value] }),
  'boolean':            (value) => typeof value !== 'boolean',
  'opposite':           (value) => (typeof value === 'boolean' ? String(value) : true),
  'emptied':            (value) => (Array.isArray(value) ? [] : typeof value === 'string' ? '' : {}),
}

/** Changes of the name of a member. */
const names: Record<string, (name: string) => string> = {
  'vocabulary of Open Badges': (name) => `${OB}${name}`,
  'vocabulary of credentials': (name) => `https://www.w3.org/2018/credentials#${name}`,
  'security vocabulary': (name) => `https://w3id.org/security#${name}`,
  'compact IRI': (name) => `cred:${name}`,
  keyword: (name) => `@${name}`,
  'capital letter': upper,
  'space after': (name) => `${name} `,
}

/** Additions to an object that leave its other members unchanged. */
const additions: Record<string, readonly [name: string, value: unknown]> = {
  'an undefined term': ['honours', 'with Distinction'],
  'a defined term': ['description', 'of the highest order'],
  'another name': ['alternateName', 'somebody'],
  'the name of an absolute IRI': ['https://schema.org/name', 'Somebody'],
  __proto__: ['__proto__', { name: 'Somebody' }],
  'a name of the prototype': ['constructor', 'x'],
  '@included': ['@included', [{ id: 'urn:x:1', name: 'Somebody' }]],
  '@graph': ['@graph', [{ id: 'urn:x:1', name: 'Somebody' }]],
  '@reverse': ['@reverse', { issuer: { id: 'urn:x:1' } }],
  '@nest': ['@nest', { name: 'Somebody' }],
  '@index': ['@index', 'x'],
  '@type': ['@type', 'https://example.org/T'],
  '@id': ['@id', 'urn:x:2'],
  '@context': ['@context', {}],
  '@context null': ['@context', null],
}

/** Structural mutants. Each says or seems to say something that was not signed, or says it in another form (V018, I3). */
export function mutantsOf(good: Doc): Mutant[] {
  const made: Mutant[] = []
  const before = JSON.stringify(good)
  const add = (how: string, pointer: string, document: Doc) => {
    // A mutation that has no effect on this value is skipped.
    if (JSON.stringify(document) !== before) made.push({ how, pointer, document })
  }
  const pointers = pointersOf(good)
  for (const pointer of pointers) {
    const value = at(good, pointer)
    add('deleted', pointer, take(good, pointer))
    for (const [how, write] of Object.entries(values)) add(how, pointer, put(good, pointer, write(value)))
    if (Array.isArray(value)) {
      add('order reversed', pointer, put(good, pointer, value.toReversed()))
      add('null at its end', pointer, put(good, pointer, [...value, null]))
      add('first item once more', pointer, put(good, pointer, [...value, value[0]]))
    } else if (typeof value === 'object' && value !== null) {
      for (const [how, [name, more]] of Object.entries(additions))
        add(`added ${how}`, pointer, put(good, `${pointer}/${escaped(name)}`, more))
    }
    if (!isMember(pointer)) continue
    const name = nameOf(pointer)
    for (const [how, say] of Object.entries(names)) add(`renamed: ${how}`, pointer, rename(good, pointer, say(name)))
    add('also in capitals', pointer, put(good, siblingOf(pointer, name.toUpperCase()), value))
    const alias = { alias: { '@id': `${OB}${name}` } }
    add('alias by an inline context', pointer, rename(withContext(good, alias), pointer, 'alias'))
    const nested = put(good, siblingOf(pointer, '@context'), alias)
    if (pointer !== '/@context') add('alias by a nested context', pointer, rename(nested, pointer, 'alias'))
  }
  for (const [how, [name, more]] of Object.entries(additions))
    add(`added ${how}`, '', put(good, `/${escaped(name)}`, more))
  return [...made, ...exchangesOf(good, pointers), ...secondMentionsOf(good, pointers)]
}

/** Swaps values of the same kind. */
function exchangesOf(good: Doc, pointers: readonly string[]): Mutant[] {
  const texts = pointers.filter((pointer) => typeof at(good, pointer) === 'string')
  return texts.flatMap((pointer, index) =>
    // All pairs would be thousands. Each value is swapped with the next three, and with members of the same name.
    texts
      .slice(index + 1)
      .filter((other, distance) => distance < 3 || nameOf(other) === nameOf(pointer))
      .filter((other) => at(good, other) !== at(good, pointer))
      .map((other) => ({
        how: `exchanged with ${other}`,
        pointer,
        document: put(put(good, pointer, at(good, other)), other, at(good, pointer)),
      })),
  )
}

/** Describes a node again with other values, at another place of the document. */
function secondMentionsOf(good: Doc, pointers: readonly string[]): Mutant[] {
  const ids = new Set(pointers.filter((pointer) => nameOf(pointer) === 'id').map((pointer) => at(good, pointer)))
  const places = ['/credentialSubject/achievement/creator', '/issuer', '/credentialSubject/source', '/evidence/0']
  return [...ids].flatMap((id) =>
    places
      .filter((place) => pointers.includes(place) && at(good, `${place}/id`) !== id)
      .map((place) => ({
        how: `second mention of ${String(id).replace(/^urn:uuid:[^#]*/, '')}`,
        pointer: place,
        document: put(good, `${place}/id`, id),
      })),
  )
}

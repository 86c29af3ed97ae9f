import { sha256Hex, sha256OfAscii, sha256OfParts } from './crypto.ts'
import profile from './profile.generated.json' with { type: 'json' }
import type { UnsecuredDocument } from './profile-document.ts'
import { certificateShape, type Member, type Shape, statusListShape } from './profile-shape.ts'

/**
 * The RDFC-1.0 canonical N-Quads of a document that has one of our shapes, by tables that jsonld.js compiled. It checks nothing:
 * it holds for checked documents only, where each id is described once and the only blank nodes are leaves that differ.
 * Equality with jsonld.js and rdf-canonize is tested over random and mutated documents (`canonical.test.ts`).
 */
export const canonicalForm = (document: UnsecuredDocument): string => joined(partsOf(document, certificateSteps).parts)
/** SHA-256 of the canonical form. */
export const canonicalHash = (document: UnsecuredDocument): Uint8Array => canonicalHashOfText(document).hash

/** The same, and whether every text of the document is printable ASCII that needs no escape. */
export const canonicalHashOfText = (document: UnsecuredDocument): { hash: Uint8Array; isPlain: boolean } => {
  const { parts, isPlain } = partsOf(document, certificateSteps)
  return { hash: hashOf(parts, isPlain), isPlain }
}

export const canonicalStatusList = (document: object): string => joined(partsOf(document, statusListSteps).parts)
export const canonicalStatusListHash = (document: object): Uint8Array => {
  const { parts, isPlain } = partsOf(document, statusListSteps)
  return hashOf(parts, isPlain)
}

/** All of it at once is the quickest, unless one wide letter makes each of its letters wide. */
const hashOf = (parts: readonly string[], isPlain: boolean) =>
  isPlain ? sha256OfAscii(joined(parts)) : sha256OfParts(parts)

/** One rope, which is written out once: `join` would write it twice. */
function joined(parts: readonly string[]): string {
  let text = ''
  for (const part of parts) text += part
  return text
}

type Row = Record<string, unknown>

/** One line of a node, or several. Steps stand in the order of their predicates, which is the order of canonical N-Quads. */
type Step = { predicate: string; member: string; before: string } & (
  | { does: 'constant'; tails: string[] }
  | { does: 'literal'; after: string; mayEscape: boolean }
  | { does: 'link' }
  | { does: 'node'; steps: Step[]; mayMention: boolean }
  | { does: 'nodes'; steps: Step[] }
)

const RDF_TYPE = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
const compiledShapes: Record<string, { types: string[]; predicates: Record<string, string[]> }> = profile.shapes
const certificateSteps = stepsOf([certificateShape])
const statusListSteps = stepsOf([statusListShape])

/** The items of one list differ in the members that they have, never in what a member means: their steps are one union. */
function stepsOf(shapes: readonly Shape[]): Step[] {
  const steps = new Map<string, Step>()
  for (const { name } of shapes) {
    const compiled = compiledShapes[name]
    if (compiled === undefined) throw new Error(`not compiled: ${name}`)
    if (compiled.types.length > 0) {
      const tails = compiled.types.map((iri) => ` ${RDF_TYPE} <${iri}> .\n`).sort()
      steps.set(RDF_TYPE, { does: 'constant', predicate: RDF_TYPE, member: 'type', before: '', tails })
    }
    for (const [member, [iri, kind]] of Object.entries(compiled.predicates)) {
      const predicate = `<${iri}>`
      if (steps.has(predicate)) continue
      const rules = shapes.flatMap((shape) => shape.members[member] ?? [])
      steps.set(predicate, stepOf(predicate, member, kind ?? '', rules))
    }
  }
  return [...steps.values()].sort((a, b) => (a.predicate < b.predicate ? -1 : 1))
}

/** `rules`: what each of the shapes that have the member says of it. */
function stepOf(predicate: string, member: string, kind: string, rules: readonly Member[]): Step {
  const [rule] = rules
  if (rule?.is === 'node') {
    const mayMention = rule.shape.mayMention === true
    return { does: 'node', predicate, member, before: ` ${predicate} `, steps: stepsOf([rule.shape]), mayMention }
  }
  if (rule?.is === 'nodes') {
    const steps = stepsOf(rule.slots.map((slot) => slot.shape))
    return { does: 'nodes', predicate, member, before: ` ${predicate} `, steps }
  }
  if (kind === 'node') return { does: 'link', predicate, member, before: ` ${predicate} <` }
  const before = ` ${predicate} "`
  const after = kind === 'literal' ? '" .\n' : `"^^<${kind}> .\n`
  if (rule?.is === 'constant' && rules.every((other) => other.is === 'constant' && other.value === rule.value)) {
    return { does: 'constant', predicate, member, before, tails: [before + String(rule.value) + after] }
  }
  // What has a pattern, or is one of our own words, holds nothing that is escaped.
  return { does: 'literal', predicate, member, before, after, mayEscape: rules.some(({ is }) => is === 'text') }
}

interface NamedNode {
  name: string
  lines: string
}

interface Graph {
  named: NamedNode[]
  /** Lines of the blank nodes, in the order of their labels. */
  blank: string
  labels: number
  /** No literal had anything but printable ASCII, or needed an escape. IRIs never have. */
  isPlain: boolean
}

/** The canonical N-Quads, a part for each node. */
function partsOf(document: object, steps: readonly Step[]): { parts: string[]; isPlain: boolean } {
  const graph: Graph = { named: [], blank: '', labels: 0, isPlain: true }
  describe(document as Row, steps, graph)
  const parts = inOrder(graph.named).map(({ lines }) => lines)
  // `_` sorts after `<`.
  parts.push(graph.blank)
  return { parts, isPlain: graph.isPlain }
}

/** By number of nodes. Documents with as many are mostly of one form, so the last one's order is tried, and looked at. */
const orders = new Map<number, readonly number[]>()

function inOrder(nodes: readonly NamedNode[]): readonly NamedNode[] {
  const tried = arrange(nodes, orders.get(nodes.length) ?? [])
  if (tried.length === nodes.length && isAscending(tried.map(nameOf))) return tried
  const order = [...nodes.keys()].sort((a, b) => (at(nodes, a).name < at(nodes, b).name ? -1 : 1))
  orders.set(nodes.length, order)
  return arrange(nodes, order)
}

const at = (nodes: readonly NamedNode[], place: number) => nodes[place] as NamedNode
const arrange = (nodes: readonly NamedNode[], order: readonly number[]) => order.map((place) => at(nodes, place))

const nameOf = ({ name }: NamedNode) => name

function isAscending(names: readonly string[]): boolean {
  for (let place = 1; place < names.length; place++) {
    if ((names[place - 1] as string) >= (names[place] as string)) return false
  }
  return true
}

function describe(node: Row, steps: readonly Step[], graph: Graph): string {
  const name = `<${node.id as string}>`
  graph.named.push({ name, lines: linesOf(node, name, steps, graph) })
  return name
}

function linesOf(node: Row, name: string, steps: readonly Step[], graph: Graph): string {
  let lines = ''
  for (const step of steps) {
    const value = node[step.member]
    if (value === undefined) continue
    switch (step.does) {
      case 'literal':
        lines += name + step.before + (step.mayEscape ? escaped(value as string, graph) : String(value)) + step.after
        break
      case 'constant':
        for (const tail of step.tails) lines += name + tail
        break
      case 'link':
        lines += `${name + step.before + (value as string)}> .\n`
        break
      case 'node':
        lines += `${name + step.before + nodeName(value as Row, step, graph)} .\n`
        break
      case 'nodes':
        for (const object of namesOf(value as Row[], name, step.before, step.steps, graph)) {
          lines += `${name + step.before + object} .\n`
        }
    }
  }
  return lines
}

/** A mention says only its type, which stands in the description already. */
function nodeName(node: Row, step: Step & { does: 'node' }, graph: Graph): string {
  const isMention = step.mayMention && node.name === undefined
  return isMention ? `<${node.id as string}>` : describe(node, step.steps, graph)
}

/** Names of the items of a list, in their order as objects. */
function namesOf(nodes: Row[], name: string, before: string, steps: readonly Step[], graph: Graph): string[] {
  const objects: string[] = []
  const blank: { hash: string; node: Row }[] = []
  for (const node of nodes) {
    if (node.id !== undefined) objects.push(describe(node, steps, graph))
    // RDFC-1.0 §4.6, "hash first degree quads", of a leaf: the line that leads to it, then its own.
    else blank.push({ hash: sha256Hex(`${name}${before}_:a .\n${linesOf(node, '_:a', steps, graph)}`), node })
  }
  if (!isAscending(objects)) objects.sort()
  if (blank.length > 1) blank.sort((a, b) => (a.hash < b.hash ? -1 : 1))
  for (const { node } of blank) {
    const label = `_:c14n${graph.labels++}`
    objects.push(label)
    graph.blank += linesOf(node, label, steps, graph)
  }
  return objects
}

const NOT_PLAIN = /[\u0000-\u001f"\\\u007f-\uffff]/
const SPECIALS = /[\u0000-\u001f\u007f"\\]/g
const short: Record<string, string> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}

/** RDFC-1.0 §5, canonical N-Quads. */
function escaped(value: string, graph: Graph): string {
  if (!NOT_PLAIN.test(value)) return value
  graph.isPlain = false
  return value.replace(SPECIALS, escapeUnit)
}
const escapeUnit = (unit: string) =>
  short[unit] ?? `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`

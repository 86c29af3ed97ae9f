import { sha256Hex, sha256OfAscii, sha256OfParts } from './crypto.ts'
import profile from './profile.generated.json' with { type: 'json' }
import type { UnsecuredDocument } from './profile-document.ts'
import { certificateShape, type Shape, statusListShape } from './profile-shape.ts'

/**
 * The RDFC-1.0 canonical N-Quads of a document that has one of our shapes, by tables that jsonld.js compiled. It checks nothing:
 * it holds for checked documents only, where each id is described once and the only blank nodes are leaves that differ.
 * Equality with jsonld.js and rdf-canonize is tested over random and mutated documents (`canonical.test.ts`).
 */
export const canonicalForm = (document: UnsecuredDocument): string => partsOf(document, certificateSteps).parts.join('')
/** SHA-256 of the canonical form. */
export const canonicalHash = (document: UnsecuredDocument): Uint8Array => canonicalHashOfText(document).hash

/** The same, and whether every text of the document is printable ASCII that needs no escape. */
export const canonicalHashOfText = (document: UnsecuredDocument): { hash: Uint8Array; isPlain: boolean } => {
  const { parts, isPlain } = partsOf(document, certificateSteps)
  return { hash: hashOf(parts, isPlain), isPlain }
}

export const canonicalStatusList = (document: object): string => partsOf(document, statusListSteps).parts.join('')
export const canonicalStatusListHash = (document: object): Uint8Array => {
  const { parts, isPlain } = partsOf(document, statusListSteps)
  return hashOf(parts, isPlain)
}

/** All of it at once is the quickest, unless one wide letter makes each of its letters wide. */
const hashOf = (parts: readonly string[], isPlain: boolean) =>
  isPlain ? sha256OfAscii(parts.join('')) : sha256OfParts(parts)

type Row = Record<string, unknown>

/** One line of a node, or several. Steps stand in the order of their predicates, which is the order of canonical N-Quads. */
type Step = { predicate: string; member: string; before: string } & (
  | { does: 'type'; tails: string[] }
  | { does: 'literal'; after: string }
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
  for (const shape of shapes) {
    const compiled = compiledShapes[shape.name]
    if (compiled === undefined) throw new Error(`not compiled: ${shape.name}`)
    if (compiled.types.length > 0) {
      const tails = compiled.types.map((iri) => ` ${RDF_TYPE} <${iri}> .\n`).sort()
      steps.set(RDF_TYPE, { does: 'type', predicate: RDF_TYPE, member: 'type', before: '', tails })
    }
    for (const [member, [iri, kind]] of Object.entries(compiled.predicates)) {
      const predicate = `<${iri}>`
      steps.set(predicate, stepOf(predicate, member, kind ?? '', shape))
    }
  }
  return [...steps.values()].sort((a, b) => (a.predicate < b.predicate ? -1 : 1))
}

function stepOf(predicate: string, member: string, kind: string, shape: Shape): Step {
  const rule = shape.members[member]
  if (rule?.is === 'node') {
    const mayMention = rule.shape.mayMention === true
    return { does: 'node', predicate, member, before: ` ${predicate} `, steps: stepsOf([rule.shape]), mayMention }
  }
  if (rule?.is === 'nodes') {
    const steps = stepsOf(rule.slots.map((slot) => slot.shape))
    return { does: 'nodes', predicate, member, before: ` ${predicate} `, steps }
  }
  if (kind === 'node') return { does: 'link', predicate, member, before: ` ${predicate} <` }
  const after = kind === 'literal' ? '" .\n' : `"^^<${kind}> .\n`
  return { does: 'literal', predicate, member, before: ` ${predicate} "`, after }
}

interface Graph {
  named: { name: string; lines: string }[]
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
  const parts = graph.named.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ lines }) => lines)
  // `_` sorts after `<`.
  parts.push(graph.blank)
  return { parts, isPlain: graph.isPlain }
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
        lines += name + step.before + literal(value as string | boolean, graph) + step.after
        break
      case 'type':
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
  if (objects.length > 1) objects.sort()
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
function literal(value: string | boolean, graph: Graph): string {
  if (typeof value === 'boolean') return String(value)
  if (!NOT_PLAIN.test(value)) return value
  graph.isPlain = false
  return value.replace(SPECIALS, escapeUnit)
}
const escapeUnit = (unit: string) =>
  short[unit] ?? `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`

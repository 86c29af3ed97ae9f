import { sha256Hex } from './crypto.ts'

/**
 * The functions that `lines.generated.ts` calls. They check nothing, so pass only checked documents: each id is described once, and all
 * blank nodes are different leaves.
 */

export type Row = Record<string, unknown>

/** Writes the lines of one node of a shape, in the order of their predicates. `name` is the node's name in this document. */
export type LinesOf = (node: Row, name: string, graph: Graph) => string

export interface Graph {
  /** The names of the nodes with an id. `lines` has their lines in the same order. */
  names: string[]
  lines: string[]
  /** Lines of the blank nodes, in the order of their labels. */
  blank: string
  labels: number
  /** True if every literal is printable ASCII without characters to escape. IRIs always are. */
  isPlain: boolean
}

/** The canonical N-Quads, in one part for each node. */
export function partsOf(document: object, linesOf: LinesOf): { parts: string[]; isPlain: boolean } {
  const graph: Graph = { names: [], lines: [], blank: '', labels: 0, isPlain: true }
  describe(document as Row, linesOf, graph)
  const parts = inOrder(graph)
  // `_` sorts after `<`.
  parts.push(graph.blank)
  return { parts, isPlain: graph.isPlain }
}

/** The last order for each number of nodes. Such documents mostly have the same form, so it is tried first and then checked. */
const orders = new Map<number, readonly number[]>()

function inOrder({ names, lines }: Graph): string[] {
  const tried = orders.get(names.length)
  if (tried !== undefined && isAscendingBy(tried, names)) return tried.map((place) => lines[place] as string)
  const order = [...names.keys()].sort((a, b) => ((names[a] as string) < (names[b] as string) ? -1 : 1))
  orders.set(names.length, order)
  return order.map((place) => lines[place] as string)
}

function isAscendingBy(order: readonly number[], names: readonly string[]): boolean {
  for (let at = 1; at < order.length; at++) {
    if ((names[order[at - 1] as number] as string) >= (names[order[at] as number] as string)) return false
  }
  return true
}

function isAscending(names: readonly string[]): boolean {
  for (let place = 1; place < names.length; place++) {
    if ((names[place - 1] as string) >= (names[place] as string)) return false
  }
  return true
}

/** Writes the lines of the node and returns its name. */
export function describe(node: Row, linesOf: LinesOf, graph: Graph): string {
  const name = `<${node.id as string}>`
  const lines = linesOf(node, name, graph)
  graph.names.push(name)
  graph.lines.push(lines)
  return name
}

/** A mention states only its type, which the description states already. */
export const describeUnlessMention = (node: Row, linesOf: LinesOf, graph: Graph): string =>
  node.name === undefined ? `<${node.id as string}>` : describe(node, linesOf, graph)

/** The lines from a node to the items of a list, in the order of the items' names. */
export function linesToAll(nodes: Row[], before: string, linesOf: LinesOf, graph: Graph): string {
  let lines = ''
  for (const object of namesOf(nodes, before, linesOf, graph)) lines += `${before + object} .\n`
  return lines
}

function namesOf(nodes: Row[], before: string, linesOf: LinesOf, graph: Graph): string[] {
  const objects: string[] = []
  const blank: Row[] = []
  for (const node of nodes) {
    if (node.id !== undefined) objects.push(describe(node, linesOf, graph))
    else blank.push(node)
  }
  if (!isAscending(objects)) objects.sort()
  for (const node of blank.length > 1 ? byHash(blank, before, linesOf, graph) : blank) {
    const label = `_:c14n${graph.labels++}`
    objects.push(label)
    graph.blank += linesOf(node, label, graph)
  }
  return objects
}

/** RDFC-1.0 §4.6, "hash first degree quads", for leaves: first the line that leads to one, then its own lines. */
function byHash(blank: Row[], before: string, linesOf: LinesOf, graph: Graph): Row[] {
  const hashed = blank.map((node) => ({ hash: sha256Hex(`${before}_:a .\n${linesOf(node, '_:a', graph)}`), node }))
  return hashed.sort((a, b) => (a.hash < b.hash ? -1 : 1)).map(({ node }) => node)
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
export function escaped(value: unknown, graph: Graph): string {
  const text = value as string
  if (!NOT_PLAIN.test(text)) return text
  graph.isPlain = false
  return text.replace(SPECIALS, escapeUnit)
}
const escapeUnit = (unit: string) =>
  short[unit] ?? `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`

import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type CompiledProfile, compileProfile } from './compile-profile.ts'
import { decisionShape } from './decision-shape.ts'
import { certificateShapes, statusListShape } from './profile-shape.ts'
import { receiptShape } from './receipt-shape.ts'
import type { Member, Shape } from './shape-words.ts'

/**
 * Generates the code that writes canonical N-Quads: one function for each shape, with its lines in the order of their predicates. Generated
 * code is a third faster than a table of steps. `node generate-lines.ts` writes `lines.generated.ts`, and a test compares the two.
 */
export function generateLines({ shapes: compiled }: CompiledProfile): string {
  /** Functions by name, callees before their callers. */
  const made = new Map<string, string>()

  /**
   * One function for all items of a list, and for all forms of a shape. They differ in which members they have, but a member always has the
   * same meaning.
   */
  function functionFor(shapes: readonly Shape[], list?: string): string {
    const names = [...new Set(shapes.map(({ name }) => name))]
    const name = `${camelCase(names.length === 1 ? `${names}` : `${list} item`)}Lines`
    const body = ["let lines = ''", ...linesOf(shapes), 'return lines'].map((line) => `  ${line}`)
    const code = [`const ${name}: LinesOf = (node, name, graph) => {`, ...body, '}'].join('\n')
    if ((made.get(name) ?? code) !== code) throw new Error(`two functions: ${name}`)
    made.set(name, code)
    return name
  }

  function linesOf(shapes: readonly Shape[]): string[] {
    const rows = new Map<string, { member: string; kind?: string; line: string }>()
    for (const { name } of shapes) {
      const shape = compiled[name]
      if (shape === undefined) throw new Error(`not compiled: ${name}`)
      if (shape.types.length > 0) {
        const lines = shape.types.map((iri) => ` ${RDF_TYPE} <${iri}> .\n`).sort()
        const line = `lines += ${lines.map((text) => `name + ${quoted(text)}`).join(' + ')}`
        if ((rows.get(RDF_TYPE)?.line ?? line) !== line) throw new Error(`types differ in one list: ${name}`)
        rows.set(RDF_TYPE, { member: 'type', line })
      }
      for (const [member, [iri, kind]] of Object.entries(shape.predicates)) {
        const predicate = `<${iri}>`
        const before = rows.get(predicate)
        if (before !== undefined) {
          if (before.member !== member || before.kind !== kind) throw new Error(`means two things: ${name} ${member}`)
          continue
        }
        const rules = shapes.flatMap(({ members }) => members[member] ?? [])
        const line = `lines += ${objectOf({ predicate, member, kind, rules })}`
        const isAlways = rules.length === shapes.length && rules.every(({ optional }) => !optional)
        rows.set(predicate, { member, kind, line: isAlways ? line : `if (${memberOf(member)} !== undefined) ${line}` })
      }
    }
    return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { line }]) => line)
  }

  /** `rules`: the rule for this member in each shape that has it. */
  function objectOf(row: { predicate: string; member: string; kind: string; rules: readonly Member[] }): string {
    const { predicate, member, kind, rules } = row
    const [rule] = rules
    const value = memberOf(member)
    const before = (end: string) => `name + ${quoted(` ${predicate} ${end}`)}`
    const below = rules.flatMap((one) =>
      one.is === 'node' ? one.shape : one.is === 'nodes' ? one.slots.map(({ shape }) => shape) : [],
    )
    if (rules.some(({ is }) => (is === 'node' || is === 'nodes') && is !== rule?.is))
      throw new Error(`one and many: ${member}`)
    if (rule?.is === 'node') {
      const describing = rule.shape.mayMention ? 'describeUnlessMention' : 'describe'
      return `${before('')} + ${describing}(${value} as Row, ${functionFor(below)}, graph) + ' .\\n'`
    }
    if (rule?.is === 'nodes')
      return `linesToAll(${value} as Row[], ${before('')}, ${functionFor(below, member)}, graph)`
    if (kind === 'node') return `${before('<')} + ${value} + '> .\\n'`
    const after = kind === 'literal' ? '" .\n' : `"^^<${kind}> .\n`
    if (rule?.is === 'constant' && rules.every((other) => other.is === 'constant' && other.value === rule.value))
      return before(`"${rule.value}${after}`)
    // Only free text needs escaping. A pattern or a constant excludes the characters that are escaped.
    const text = rules.some(({ is }) => is === 'text') ? `escaped(${value}, graph)` : value
    return `${before('"')} + ${text} + ${quoted(after)}`
  }

  const roots = [Object.values(certificateShapes), [statusListShape], [decisionShape], [receiptShape]].map((shapes) =>
    functionFor(shapes),
  )
  return [
    '// Made by generate-lines.ts: what jsonld.js says of each shape under the pinned contexts. A test holds it equal.',
    "import { describe, describeUnlessMention, escaped, type LinesOf, linesToAll, type Row } from './node-lines.ts'",
    '',
    ...made.values(),
    `export { ${roots.join(', ')} }`,
    '',
  ].join('\n')
}

const RDF_TYPE = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
const quoted = (text: string) => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"')}'`
const memberOf = (member: string) => `node.${member}`
const camelCase = (words: string) =>
  words.replace(/^.| [a-z]/gi, (start, at) => (at === 0 ? start.toLowerCase() : start.slice(1).toUpperCase()))

const file = fileURLToPath(new URL('./lines.generated.ts', import.meta.url))
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, generateLines(await compileProfile()))

/** A value as DynamoDB's protocol has it: one member, named by its type. */
type Value = Readonly<Record<string, unknown>>
export type Item = Readonly<Record<string, Value>>

/** Bytes of UTF-8, with the names of the attributes. Source: "Service, account, and table quotas in Amazon DynamoDB". */
const MOST_BYTES = 400 * 1024
const MOST_LEVELS = 32
const MOST_KEY_BYTES = { partition: 2_048, sort: 1_024 } as const

/**
 * Why DynamoDB would refuse this item. `undefined`: it would not. dynalite counts UTF-16 units in place of bytes, and does not count
 * levels, so it stores items that the service refuses.
 */
export function faultOfItem(item: Item, keys: { partition: string; sort?: string }): string | undefined {
  for (const [kind, name] of Object.entries(keys)) {
    const most = MOST_KEY_BYTES[kind as keyof typeof keys]
    if (sizeOf(item[name] ?? {}) > most)
      return `One or more parameter values are not valid: ${kind} key over ${most} bytes`
  }
  if (levelsOf(item) > MOST_LEVELS) return 'Nesting Levels have exceeded supported limits'
  if (!textsOf(item).every((text) => text.isWellFormed())) return 'A string is not valid UTF-8'
  return membersSize(item) > MOST_BYTES ? 'Item size has exceeded the maximum allowed size' : undefined
}

const isItem = (content: unknown): content is Item => typeof content === 'object' && content !== null
const membersSize = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOf(value), 0)

/** A list or a map takes three bytes, and each of its elements one more. A number takes at most 21 bytes. */
function sizeOf(value: Value): number {
  const [[type, content] = []] = Object.entries(value)
  if (type === 'S') return Buffer.byteLength(String(content))
  if (type === 'B') return Buffer.from(String(content), 'base64').length
  if (type === 'N') return Math.min(21, String(content).length)
  if (type === 'L') return (content as Value[]).reduce((sum, element) => sum + 1 + sizeOf(element), 3)
  if (type === 'M' && isItem(content)) return 3 + Object.keys(content).length + membersSize(content)
  if (Array.isArray(content)) return content.reduce((sum: number, text) => sum + Buffer.byteLength(String(text)), 0)
  return 1
}

/** Without recursion, because the depth is what is measured. */
function levelsOf(item: Item): number {
  let levels = 0
  let values = Object.values(item)
  while (values.length > 0 && levels <= MOST_LEVELS + 1) {
    levels++
    values = values.flatMap((value) => elementsOf(value))
  }
  return levels
}

const elementsOf = ({ L: list, M: map }: Value): Value[] => [
  ...(Array.isArray(list) ? list : []),
  ...(isItem(map) ? Object.values(map) : []),
]

function textsOf(item: Item): string[] {
  const texts = Object.keys(item)
  let values = Object.values(item)
  while (values.length > 0) {
    for (const { S: text, M: map } of values) {
      if (typeof text === 'string') texts.push(text)
      if (isItem(map)) texts.push(...Object.keys(map))
    }
    values = values.flatMap((value) => elementsOf(value))
  }
  return texts
}

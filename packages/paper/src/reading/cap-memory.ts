/** Bytes of a page of WebAssembly memory. */
const PAGE = 65_536
/** A memory section (WebAssembly core specification, 5.5.8). */
const MEMORY_SECTION = 5
const HEADER = 8

/** Reads an unsigned LEB128 number, and where the next byte is. */
function readNumber(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0
  for (let shift = 0, next = at; ; shift += 7) {
    const byte = bytes[next++]
    if (byte === undefined || shift > 28) throw new TypeError('not a WebAssembly module')
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return { value, next }
  }
}

/**
 * The module with a smaller limit of its memory. A WebAssembly module states its own limit, and nothing outside can lower it. The number
 * keeps its length, so every other byte stays where it is.
 */
export function capMemory(module: Uint8Array<ArrayBuffer>, limit: number): Uint8Array<ArrayBuffer> {
  for (let at = HEADER; at < module.length; ) {
    const { value: size, next: content } = readNumber(module, at + 1)
    if (module[at] === MEMORY_SECTION) {
      const { next: kind } = readNumber(module, content)
      const hasLimit = module[kind] === 1
      const { next: first } = readNumber(module, kind + 1)
      const { next: end } = readNumber(module, first)
      if (!hasLimit) throw new TypeError('the module states no limit of its memory')
      const capped = module.slice()
      for (let place = first, rest = limit / PAGE; place < end; place += 1, rest = Math.floor(rest / 128))
        capped[place] = (rest % 128) | (place + 1 < end ? 0x80 : 0)
      return capped
    }
    at = content + size
  }
  throw new TypeError('the module has no memory')
}

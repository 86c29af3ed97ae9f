import { DocumentFault, decodeList, encodeList, isSet, LIST_ENTRIES, verifyText } from '@sijil/credentials'
import { certificate, type Keys, makeKeys, seal } from './certificates.ts'

const LIMIT = 65_536

/** Bodies of at most 64 KiB that are expensive to verify. All except the first are refused. */
export function heavyTexts(keys: Keys): Record<string, string> {
  const fill = (item: string, start = '[', end = ']') =>
    start + `${item},`.repeat(Math.floor((LIMIT - start.length - end.length) / (item.length + 1)) - 1) + item + end
  const good = seal(certificate(0), keys.privateKey)
  const within = (member: string, text: string) => `${good.slice(0, -1)},"${member}":${text}}`
  const room = LIMIT - Buffer.byteLength(good) - 40
  const most = {
    ...certificate(1),
    units: Array.from({ length: 76 }, (_, n) => ({ code: `CON7123${n}`, title: `Unit ${n} of a long list` })),
  }
  const long = { ...certificate(2), units: certificate(2).units.map((unit) => ({ ...unit, title: '"'.repeat(1_000) })) }
  const names = Array.from({ length: 5_000 }, (_, n) => `"m${n}":0`).join(',')
  return {
    'as many units as there can be': seal(most, keys.privateKey),
    'texts of nothing but escapes': seal(long, keys.privateKey),
    'empty objects': fill('{}'),
    'empty strings': fill('""'),
    'numbers with exponents': fill('1e-307'),
    'objects of one name': fill('{"":0}'),
    'escaped names': fill('{"\\u0061":0}'),
    'many names': `{${names}}`,
    'nested lists': '['.repeat(LIMIT / 2) + ']'.repeat(LIMIT / 2),
    'one long string': `"${'a'.repeat(LIMIT - 2)}"`,
    'one long string of escapes': `"${'\\u0041'.repeat(Math.floor((LIMIT - 2) / 6))}"`,
    'a certificate with a long member more': within('more', `"${'x'.repeat(room)}"`),
    'a certificate with many names more': within(
      'more',
      fill('{"a":{}}')
        .slice(0, 9 * Math.floor(room / 9))
        .replace(/,?$/, ']'),
    ),
    'blanks before each colon': `{${Array.from({ length: 5_000 }, (_, n) => `"m${n}" :0`).join(',')}}`.slice(0, LIMIT),
    'colons in strings': fill('":"'),
  }
}

/** Processor time in milliseconds of the slowest text, each measured at its best. */
export function measureHeavy(times: number): { slowest: string; milliseconds: number } {
  const keys = makeKeys()
  const results = Object.entries(heavyTexts(keys)).map(([name, text]) => {
    const each = Array.from({ length: times }, () => {
      const before = process.cpuUsage()
      judge(text, keys)
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1_000
    })
    return { slowest: name, milliseconds: Math.min(...each) }
  })
  return results.reduce((worst, one) => (one.milliseconds > worst.milliseconds ? one : worst))
}

/** `undefined` if the text is refused. */
export function judge(text: string, { publicKeyMultibase }: Keys): boolean | undefined {
  try {
    return verifyText(text, () => publicKeyMultibase)
  } catch (fault) {
    if (fault instanceof DocumentFault) return undefined
    throw fault
  }
}

/** A status list of 131,072 entries, one in a hundred set. It is decoded once, and then entries are read. */
export function measureStatusList(tests: number): { decodeMicroseconds: number; testNanoseconds: number } {
  const encoded = encodeList(Array.from({ length: LIST_ENTRIES / 100 }, (_, n) => (n * 7_919) % LIST_ENTRIES))
  const best = (calls: number, work: () => void) => {
    let least = Number.POSITIVE_INFINITY
    for (let round = 0; round < 20; round++) {
      const start = performance.now()
      work()
      least = Math.min(least, (performance.now() - start) / calls)
    }
    return least
  }
  let list = decodeList(encoded)
  const decode = best(1, () => {
    list = decodeList(encoded)
  })
  let set = 0
  const test = best(tests, () => {
    for (let n = 0; n < tests; n++) if (isSet(list, (n * 7_919) % LIST_ENTRIES)) set++
  })
  if (set === 0) throw new Error('no entry is set')
  return { decodeMicroseconds: decode * 1_000, testNanoseconds: test * 1_000_000 }
}

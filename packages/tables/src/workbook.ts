import { type Shown, shownBy } from './number-formats.ts'
import { readXml } from './read-xml.ts'
import { TableFault } from './table-fault.ts'
import { type PartReader, unzip } from './unzip.ts'

/** What a sheet needs to be read, from the other parts of the file. */
export interface Workbook {
  /** Name of the part of the first sheet that a person sees. */
  sheet: string
  otherSheets: number
  strings: readonly string[]
  /** By the number of the style. */
  styles: readonly Shown[]
  is1904: boolean
}

const BOOK = 'xl/workbook.xml'
const RELATIONS = 'xl/_rels/workbook.xml.rels'

/** Reads everything but the sheets. Their order in the file is free, so they are read in a second pass. */
export function readWorkbook(bytes: Uint8Array, most: number): Workbook {
  const sheets: { relation: string; isSeen: boolean }[] = []
  const targets = new Map<string, string>()
  const strings: string[] = []
  const styles: Shown[] = []
  let is1904 = false
  let isBook = false

  const readers: Readonly<Record<string, () => PartReader>> = {
    [BOOK]: () =>
      readXml({
        open(name, attributes) {
          isBook = true
          if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '')
          if (name === 'sheet')
            sheets.push({
              relation: relationIn(attributes),
              isSeen: attributes.state === undefined || attributes.state === 'visible',
            })
        },
      }),
    [RELATIONS]: () =>
      readXml({
        open(name, { Id, Target }) {
          if (name === 'Relationship' && Id !== undefined && Target !== undefined) targets.set(Id, Target)
        },
      }),
    'xl/sharedStrings.xml': () => stringsReader(strings),
    'xl/styles.xml': () => stylesReader(styles),
  }
  unzip(bytes, most, (name) => readers[name]?.())
  const seen = sheets.filter(({ isSeen }) => isSeen)
  const target = targets.get(seen[0]?.relation ?? '')
  if (!isBook) throw new TableFault('not-a-table')
  if (target === undefined) throw new TableFault('damaged')
  return { sheet: partOf(target), otherSheets: seen.length - 1, strings, styles, is1904 }
}

/** The attribute is `r:id`, with whatever prefix the file gives to that namespace. */
const relationIn = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).find(([name]) => /^\w+:id$/.test(name))?.[1] ?? ''

const partOf = (target: string): string => (target.startsWith('/') ? target.slice(1) : `xl/${target}`)

/** Joins the runs of a rich text. `rPh` holds how a Japanese text is read aloud, which no cell shows. */
export function textReader(take: (text: string) => void, item: string) {
  let text = ''
  let isText = false
  let aloud = 0
  return {
    open(name: string) {
      if (name === item) text = ''
      if (name === 'rPh') aloud += 1
      if (name === 't') isText = aloud === 0
    },
    text(piece: string) {
      if (isText) text += piece
    },
    close(name: string) {
      if (name === 't') isText = false
      if (name === 'rPh') aloud -= 1
      if (name === item) take(unescaped(text))
    },
  }
}

/** Excel writes a control character as `_x000D_`. */
const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

const stringsReader = (strings: string[]): PartReader => readXml(textReader((text) => strings.push(text), 'si'))

function stylesReader(styles: Shown[]): PartReader {
  const codes = new Map<number, string>()
  let isUsed = false
  return readXml({
    open(name, { numFmtId, formatCode }) {
      if (name === 'numFmt' && formatCode !== undefined) codes.set(Number(numFmtId), formatCode)
      if (name === 'cellXfs') isUsed = true
      if (name === 'xf' && isUsed) {
        const id = Number(numFmtId ?? 0)
        styles.push(shownBy(id, codes.get(id)))
      }
    },
    close(name) {
      if (name === 'cellXfs') isUsed = false
    },
  })
}

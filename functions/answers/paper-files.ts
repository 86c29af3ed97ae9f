import { csvOf } from '@sijil/credentials/csv'
import { RegistryError } from '@sijil/registry'
import type { FileKind, FileMaker, LinkedRow } from '@sijil/registry/batch-files'
import { makePaper, type PaperParts } from './paper.ts'

type Archive = Pick<typeof import('@sijil/paper/files'), 'codePictures' | 'textIn' | 'unzipped' | 'zipped'>
type Parts = PaperParts & { archive: () => Promise<Archive> }

/** Rows for which there is no paper and no code, in the ZIP file beside the others. */
const LEFT_OUT = 'left-out.csv'
const LINKS = 'links.csv'
const columns = {
  [LINKS]: ['line', 'certificate', 'link'],
  [LEFT_OUT]: ['line', 'certificate', 'reason'],
} as const
type Rows = string[][]

/** The content of files of issued batches. No name of a file says who somebody is. */
export function fileMaker(parts: Parts): FileMaker {
  const linkOf = (token: string) => `${parts.baseUrl}/v/${token}`

  async function part(kind: FileKind, rows: readonly LinkedRow[]) {
    const { codePictures, zipped } = await parts.archive()
    const files = new Map<string, Uint8Array | string>()
    const links: Rows = []
    const leftOut: Rows = []
    for (const { line, uuid, token } of rows) {
      const name = `${String(line).padStart(6, '0')}-${uuid}`
      const about = [String(line), `urn:uuid:${uuid}`]
      if (token === undefined) leftOut.push([...about, 'erased'])
      else if (kind === 'links') links.push([...about, linkOf(token)])
      else if (kind === 'codes') {
        const { svg, png } = codePictures(linkOf(token))
        files.set(`${name}.svg`, svg).set(`${name}.png`, png)
      } else {
        const made = await paperOf(token)
        if (typeof made === 'string') leftOut.push([...about, made])
        else files.set(`${name}.pdf`, made)
      }
    }
    files.set(LINKS, JSON.stringify(links)).set(LEFT_OUT, JSON.stringify(leftOut))
    return { bytes: zipped(files), leftOut: leftOut.length }
  }

  /** The paper, or why there is none. An outage is no reason: the part is made again. */
  async function paperOf(token: string): Promise<Uint8Array | string> {
    try {
      return await makePaper(token, parts)
    } catch (error) {
      if (error instanceof RegistryError && error.code === 'conflict') return 'no-paper'
      if (error instanceof RegistryError && error.code === 'gone') return 'erased'
      throw error
    }
  }

  async function whole(kind: FileKind, sealed: readonly Uint8Array[]) {
    const { textIn, unzipped, zipped } = await parts.archive()
    const opened = sealed.map((bytes) => unzipped(bytes))
    const rowsIn = (name: string) => opened.flatMap((files) => JSON.parse(textIn(files.get(name)) || '[]') as Rows)
    const leftOut = rowsIn(LEFT_OUT)
    const csv = (name: keyof typeof columns, rows: Rows) => `\ufeff${csvOf(columns[name], rows)}`
    if (kind === 'links') return { bytes: new TextEncoder().encode(csv(LINKS, rowsIn(LINKS))), leftOut: leftOut.length }
    const files = new Map<string, Uint8Array | string>(
      opened.flatMap((each) => [...each].filter(([name]) => name !== LINKS && name !== LEFT_OUT)),
    )
    if (leftOut.length > 0) files.set(LEFT_OUT, csv(LEFT_OUT, leftOut))
    return { bytes: zipped(files), leftOut: leftOut.length }
  }

  return { part, whole }
}

import { SaxesParser } from 'saxes'
import { TableFault } from './table-fault.ts'
import type { PartReader } from './unzip.ts'

/** Gets the elements of one part in order. Names are without a prefix, as some programs write `x:row`. */
export interface XmlReader {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
  done?(): void
}

/** Reads XML of UTF-8. Refuses a document type, so that no entity is declared and nothing outside is named. */
export function readXml(reader: XmlReader): PartReader {
  const parser = new SaxesParser({ xmlns: false, fragment: false, position: false })
  const damaged = (cause?: unknown): never => {
    throw new TableFault('damaged', { cause })
  }
  parser.on('doctype', () => damaged())
  parser.on('error', () => damaged())
  parser.on('opentag', ({ name, attributes }) => reader.open?.(local(name), attributes as Record<string, string>))
  parser.on('text', (text) => reader.text?.(text))
  parser.on('cdata', (text) => reader.text?.(text))
  parser.on('closetag', ({ name }) => reader.close?.(local(name)))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decoded = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined })
    } catch (cause) {
      return damaged(cause)
    }
  }
  return {
    push: (bytes) => void parser.write(decoded(bytes)),
    done() {
      parser.write(decoded())
      parser.close()
      reader.done?.()
    },
  }
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

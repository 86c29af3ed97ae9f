import type { PaperWords } from './words.ts'

/** The body that issued the certificate, as of the day of issue. */
export interface PaperBody {
  bodyName: string
  logo?: { png: Uint8Array }
  signatory?: { name: string; title: string }
}

export interface PaperTitle {
  text: string
  /** BCP 47. */
  language: string
}

/** Everything that stands on the paper, read from the verified document. The typesetter adds no fact. */
export interface Paper {
  body: PaperBody
  /** The authority for which the body issued it. */
  onBehalfOf?: string
  certificateNumber: string
  kind: keyof PaperWords['kinds']
  holder: { name: string; nativeName?: string }
  /** The title in the national language first, then the English one. */
  titles: readonly [PaperTitle, ...PaperTitle[]]
  /** For a part, which has the title of the whole qualification. */
  isPart: boolean
  /** A fact without a value is left out. The layout has their order. */
  facts: Readonly<Partial<Record<keyof PaperWords['facts'], string>>>
  /** Signed levels only. */
  levels: readonly { name: string; citation: string }[]
  units: readonly { code: string; title: string }[]
  /** The token of its link, and the address of the registry, such as `https://registry.example`. */
  token: string
  registry: string
  /** The moment at which the certificate was found in force. It is also the date of the file. */
  madeAt: Date
  /** True if the body printed it before. */
  isDuplicate: boolean
  /** True for a certificate of a demonstration. */
  isSpecimen: boolean
  /** The signed certificate, as JSON. It becomes an attachment. */
  document: string
}

import { canonicalJson, DocumentFault, isObject, readJson } from '@sijil/credentials'
import { readOnce } from '../stream.ts'
import { openLink } from './open-link.ts'
import type { VerifyDeps } from './verify-deps.ts'

/** A QR code of a paper. */
export interface PaperCode {
  text: string
  /** The token, if it is a link of this registry. Any other code is not followed. */
  token: string | undefined
}

export interface PaperFinding {
  /** `elsewhere`: it is no link of this registry. `nothing`: no certificate opens with it. `other`: it opens another certificate. */
  code: 'elsewhere' | 'nothing' | 'other'
  text: string
  token?: string
}

/** What a paper carries. Nothing here says that the paper itself is genuine: anybody can print another name around a genuine code. */
export type PaperAnswer =
  | { carries: 'nothing' }
  /** A link of a certificate. If a certificate is attached, it is the same one. */
  | { carries: 'link'; token: string; attached: boolean }
  /** A signed certificate, and no code that could be read. */
  | { carries: 'document'; document: object }
  /** Parts that disagree. `document` is absent if nothing, or more than one certificate, is attached. */
  | { carries: 'contradiction'; findings: readonly PaperFinding[]; attached: number; document?: object }

/** Compares what a paper carries. The answer never depends on printed text. */
export async function comparePaper(
  { attachments, codes }: { attachments: readonly Uint8Array[]; codes: readonly PaperCode[] },
  deps: Pick<VerifyDeps, 'boxes' | 'reader'>,
): Promise<PaperAnswer> {
  const reader = readOnce(deps.reader)
  const documents = attachments.flatMap((bytes) => documentIn(bytes) ?? [])
  const [document] = documents
  const opened = await Promise.all(
    codes.map(async ({ text, token }) => ({
      text,
      token,
      opens: token === undefined ? undefined : await documentOf(token, { ...deps, reader }),
    })),
  )
  const [first] = opened
  if (documents.length > 1) return { carries: 'contradiction', findings: [], attached: documents.length }
  if (document === undefined) {
    if (first === undefined) return { carries: 'nothing' }
    if (opened.length === 1 && first.token !== undefined)
      return { carries: 'link', token: first.token, attached: false }
  }
  const wanted = document ?? first?.opens
  const findings = opened.flatMap((code) => findingOf(code, wanted) ?? [])
  const own = opened.find(({ token }) => token !== undefined)
  if (findings.length === 0 && own?.token !== undefined)
    return { carries: 'link', token: own.token, attached: document !== undefined }
  if (findings.length === 0 && document !== undefined) return { carries: 'document', document }
  // Without an attachment no code is the right one, so each of them is named.
  if (document === undefined)
    return {
      carries: 'contradiction',
      findings: opened.flatMap((code) => findingOf(code, undefined) ?? []),
      attached: 0,
    }
  return { carries: 'contradiction', findings, attached: documents.length, document }
}

/** A link that ended opens nothing any more. */
async function documentOf(token: string, deps: Pick<VerifyDeps, 'boxes' | 'reader'>): Promise<object | undefined> {
  const opened = await openLink(token, deps)
  return opened !== undefined && 'document' in opened ? opened.document : undefined
}

function findingOf(
  { text, token, opens }: { text: string; token: string | undefined; opens: object | undefined },
  wanted: object | undefined,
): PaperFinding | undefined {
  if (token === undefined) return { code: 'elsewhere', text }
  if (opens === undefined) return { code: 'nothing', text, token }
  return wanted !== undefined && canonicalJson(opens) === canonicalJson(wanted)
    ? undefined
    : { code: 'other', text, token }
}

/** A certificate among the attached files. Other files, such as a picture or a table, are no part of the paper. */
function documentIn(bytes: Uint8Array): object | undefined {
  try {
    const document = readJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isObject(document) && '@context' in document ? document : undefined
  } catch (fault) {
    if (fault instanceof DocumentFault || fault instanceof TypeError) return undefined
    throw fault
  }
}

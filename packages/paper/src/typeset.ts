import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { PaperFault } from './fault.ts'
import { readFonts } from './fonts.ts'
import { layout } from './layout.ts'
import { linkOf, pageValues } from './page-values.ts'
import type { Paper } from './paper.ts'
import { framePicture, qrPicture } from './pictures.ts'

/** A folder that does not exist. The typesetter has nothing to read but its source and its inputs. */
const NOWHERE = '/nowhere'

/** Makes the PDF of a certificate. The same paper gives the same bytes. Throws `PaperFault`. */
export type Typeset = (paper: Paper) => Uint8Array

/** Reads the fonts once. This takes longer than a page does. */
export function openTypesetter(): Typeset {
  const compiler = NodeCompiler.create({ workspace: NOWHERE, fontArgs: [{ fontBlobs: readFonts() }] })
  return (paper) => {
    try {
      const inputs = {
        paper: JSON.stringify(pageValues(paper)),
        document: paper.document,
        frame: framePicture,
        qr: qrPicture(linkOf(paper)),
      }
      const compiled = compiler.compile({ mainFileContent: layout, inputs })
      return exported(compiler, compiled.result)
    } finally {
      // The cache holds names of people. It is emptied after each paper.
      compiler.evictCache(0)
    }
  }
}

function exported(compiler: NodeCompiler, document: NodeTypstDocument | null): Uint8Array {
  // The diagnostics may quote a name, so they go into no message and no log.
  if (document === null) throw new TypeError('the layout of the paper has an error')
  try {
    return compiler.pdf(document, { pdfStandard: 'a-3a' })
  } catch (error) {
    const isMissing = error instanceof Error && error.message.includes('could not be displayed with font')
    if (isMissing) throw new PaperFault('character-not-printable')
    throw new TypeError('the paper cannot be written as PDF/A-3')
  }
}

export { PaperFault, type PaperFaultCode } from './fault.ts'
export type { Paper, PaperBody, PaperTitle } from './paper.ts'
export type { PaperReader, ReadPaper } from './reading/read-paper.ts'
export type { Typeset } from './typeset.ts'

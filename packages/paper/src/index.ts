export { PaperFault, type PaperFaultCode } from './fault.ts'
export type { Paper, PaperBody, PaperTitle } from './paper.ts'
export type { Typeset } from './typeset.ts'

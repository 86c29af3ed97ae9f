import type { ProblemCode } from './problems.ts'

/** Codes that lines of logs carry: those of problems, and those of lines that raise an alarm though no request went wrong. */
export type LogCode = ProblemCode | 'action-waits' | 'bundle-nearly-full'

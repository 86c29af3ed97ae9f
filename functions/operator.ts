import { readFileSync } from 'node:fs'
import type { Operator } from '@sijil/web'
import { parseOperator } from './answers/operator-file.ts'
import type { Environment } from './environment.ts'

/** Reads who the operator is. Throws at the start of the function if the file is missing or malformed, so that no page states a wrong one. */
export const operatorOf = ({ OPERATOR_FILE }: Pick<Environment, 'OPERATOR_FILE'>): Operator | undefined =>
  OPERATOR_FILE === '' ? undefined : parseOperator(JSON.parse(readFileSync(OPERATOR_FILE, 'utf8')))

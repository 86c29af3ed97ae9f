import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { findJson, writeDurably } from './durable-file.ts'

/** `desk.json`: the secrets with which the desk signs people in. Made at the first start. Only the owner of the folder can read it. */
export interface DeskSecrets {
  clientSecret: string
  sessionSecret: string
}

export async function deskSecretsIn(folder: string): Promise<DeskSecrets> {
  const path = join(folder, 'desk.json')
  const kept = (await findJson(path)) as DeskSecrets | undefined
  if (kept !== undefined) return kept
  const secret = () => randomBytes(32).toString('base64url')
  const made = { clientSecret: secret(), sessionSecret: secret() }
  await writeDurably(path, made)
  return made
}

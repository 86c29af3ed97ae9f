import { parseInput } from '@sijil/http'
import { day, identifier, text } from '@sijil/http/pieces'
import type { BootstrapRequest } from '@sijil/registry/decisions'
import { rights } from '@sijil/registry/trust'
import * as z from 'zod'
import { identity, member, scope } from './decision-inputs.ts'
import { strict } from './strict.ts'

const members = z.array(z.strictObject(member)).min(1).max(50)
const established = z
  .array(z.strictObject({ grant: identifier, right: z.enum(rights).default('issue'), law: text(500), scope }))
  .max(20)
  .default([])
const entity = z.strictObject({ id: identifier, identity, effectiveFrom: day, established, members })

/** The form of the file that docs/runbook.md describes. `bootstrapRegistry` judges its content. */
const bootstrapInput = z
  .strictObject({
    authority: entity.optional(),
    bodies: z.array(entity).max(20).default([]),
    sandbox: entity.optional(),
  })
  .refine(({ authority, bodies, sandbox }) => authority ?? sandbox ?? bodies[0], {
    error: 'must name an authority, bodies or a sandbox',
  })

export function parseFoundings(value: unknown): BootstrapRequest[] {
  const { authority, bodies, sandbox } = parseInput(bootstrapInput, value)
  return strict([
    ...(authority === undefined ? [] : [{ kind: 'authority' as const, ...authority }]),
    ...bodies.map((body) => ({ kind: 'body' as const, ...body })),
    ...(sandbox === undefined ? [] : [{ kind: 'sandbox' as const, ...sandbox }]),
  ])
}

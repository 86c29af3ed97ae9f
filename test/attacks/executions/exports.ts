import { registerCentre } from '@sijil/registry/decisions'
import { expect } from 'vitest'
import { type Executions, hear } from '../execution.ts'

/** Texts that a spreadsheet could read as a formula, or as the end of a cell. */
const names = ["=cmd|' /C calc'!A0", '+1+1', '-2+3', '@SUM(A1)', '\t=1+1', '\r=1+1', '"\r\n=1+1', '\uff1d1+1']

export const exports: Executions = {
  E001: {
    async carryOut(stand) {
      const now = stand.now()
      const identity = { state: 'PH', website: 'https://centre.example', mandate: 'assesses', demonstration: true }
      for (const [at, name] of names.entries())
        await registerCentre(
          {
            id: `demo-cells-${at}`,
            identity: { ...identity, name },
            actor: 'system:test',
            effectiveAt: now.toISOString(),
          },
          { store: stand.parts.store, now },
        )
      const csv = await stand.ask('/centres?format=csv')
      expect(csv.headers.get('content-disposition')).toBe('attachment; filename="centres.csv"')
      expect(csv.headers.get('x-content-type-options')).toBe('nosniff')
      for (const [at, name] of names.entries()) {
        const isFormula = /^[^"]/.test(name)
        expect(csv.text).toContain(`"demo-cells-${at}","${isFormula ? "'" : ''}${name.replaceAll('"', '""')}"`)
      }
      // Parsed by RFC 4180, no cell begins with a character that starts a formula.
      const cells = [...csv.text.matchAll(/"((?:[^"]|"")*)"(?:,|\r\n)/g)].map(([, cell]) => cell)
      expect(cells.length).toBeGreaterThan(names.length)
      for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/)
      return hear([csv])
    },
  },
}

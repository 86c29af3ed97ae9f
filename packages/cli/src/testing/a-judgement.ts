/** An answer of `POST /verify` in which every check passed. A test changes only what it is about. */
export function aJudgement({ title = 'Masonry NC II', demonstration = false } = {}) {
  return {
    verdict: 'valid',
    checks: ['format', 'proof', 'status', 'issuer-trust'].map(passed),
    issuer: {
      onIssueDate: {
        standing: 'authorised',
        sentence: 'It was authorised for this.',
        effective: '2026-03-02',
        recorded: '2026-11-24',
        chain: [],
      },
      today: {
        standing: 'withdrawn',
        since: '2026-10-01',
        sentence: 'It no longer is.',
        effective: '2026-11-24',
        recorded: '2026-11-24',
        chain: [],
      },
    },
    levels: [
      { framework: 'PQF', level: '2', basis: 'PQF table, 2025-06-01', confirmed: true },
      { framework: 'AQRF', basis: 'no report was endorsed by then', confirmed: false },
    ],
    certificate: {
      qualification: { title },
      issuer: { name: 'TESDA (demonstration)' },
      holder: { name: 'Juan Dela Cruz' },
    },
    ...(demonstration && { demonstration }),
    problemDetails: [],
    evaluatedAt: '2026-11-24T08:00:00Z',
  }
}

type ACheck = { name: string; outcome: string; reason?: string }
const passed = (name: string): ACheck => ({ name, outcome: 'passed' })

export const failedAt = (name: string, reason: string) => ({
  ...aJudgement(),
  verdict: 'invalid',
  checks: aJudgement().checks.map((check) => (check.name === name ? { name, outcome: 'failed', reason } : check)),
})

export const notPerformed = (name: string, reason: string) => ({
  ...aJudgement(),
  verdict: 'indeterminate',
  checks: aJudgement().checks.map((check) =>
    check.name === name ? { name, outcome: 'not_performed', reason } : check,
  ),
})

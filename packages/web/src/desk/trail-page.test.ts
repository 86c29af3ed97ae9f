import { expect, test } from 'vitest'
import { aContext } from '../test-values.ts'
import { trailPage } from './trail-page.ts'

test('the audit trail says acts, reasons and roles in words, and names no holder', () => {
  const at = '2026-03-02T09:00:00.000Z'
  const actor = 'officer'
  const page = trailPage(
    {
      body: { id: 'demo-body', name: 'A Body' },
      period: '2026-03',
      entries: [
        { at, actor, act: 'details-opened', certificate: 'c0ffee', detail: 'print' },
        { at, actor, act: 'asked', certificate: 'c0ffee', detail: 'erase' },
        { at, actor, act: 'suspended', certificate: 'c0ffee', detail: 'holder-request' },
        { at, actor, act: 'proposed', record: 'p1', detail: 'set-policy' },
        { at, actor, act: 'member-added', member: 'clerk', detail: 'issue read' },
        { at, actor, act: 'batch-changed', record: 'b1', detail: 'part-closed' },
      ],
    },
    { ...aContext(), officer: actor, formToken: { name: 'form-token', of: () => 'x' } },
  )
  const shown = [...page.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, words = '']) => (words.split(': ')[1] ?? '').trim())
  expect(shown).toEqual([
    'Print the certificate',
    'Erase a certificate for good',
    'at the request of the holder',
    'Set the policy',
    'issue certificates, read records',
    // What has no words is shown as it is recorded.
    '<code>part-closed</code>',
  ])
})

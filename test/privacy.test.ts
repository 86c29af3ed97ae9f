import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { streams } from '@sijil/registry'
import { approveAction } from '@sijil/registry/decisions'
import { eraseCertificate } from '@sijil/registry/erasure'
import { revokeCertificate } from '@sijil/registry/status'
import { addMember } from '@sijil/registry/trust'
import { describe, expect, test } from 'vitest'
import type { CertificateEvent } from '../packages/registry/src/certificates/record.ts'
import { logs } from '../packages/registry/src/log/logs.ts'
import { releasedEntry } from '../packages/registry/src/log/released.ts'
import { after, aWorld, BODY, noon, OFFICER, SECOND } from './support/registry-world.ts'

/** `docs/privacy.md` promises what stays of a person, how long backups hold it, and two templates. */

const read = (path: string) => readFileSync(join(fileURLToPath(new URL('..', import.meta.url)), path), 'utf8')
const page = read('docs/privacy.md')
const section = (heading: string) => page.split(new RegExp(`^#+ ${heading}$`, 'm'))[1]?.split(/^#/m)[0] ?? ''

type FieldOf<E> = E extends unknown ? Exclude<keyof E, 'type'> : never
/** A field that an event of a certificate gets does not compile until it stands here, and then fails until it stands in the page. */
const fields: Record<FieldOf<CertificateEvent>, true> = {
  ...{ hash: true, requestTag: true, number: true, kid: true, form: true, created: true },
  ...{ qualification: true, edition: true, issuerName: true, units: true, centre: true },
  ...{ status: true, pair: true, index: true, generation: true, reason: true, note: true },
  ...{ replaces: true, successor: true, renews: true, renewal: true },
  ...{ by: true, proposal: true, pending: true, approvedBy: true, batch: true, from: true },
}

describe('D-08: what stays of a certificate after its erasure', () => {
  test('is what the page lists, field by field', () => {
    const listed = section('Every field of the record')
      .split('\n')
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, field]) => field))
    expect(listed.toSorted()).toEqual(Object.keys(fields).toSorted())
  })

  test('is in the record and in the public log without the name, the number or the birth date', async () => {
    const world = await aWorld()
    const second = 'second'
    await addMember({ owner: BODY, subject: second, roles: ['approve'], actor: 'registrar' }, world.at(noon))
    const holder = { name: 'RODEL MANALO DELA CRUZ', birthDate: '1990-05-04' }
    const { uuid } = await world.issue({ holder, units: ['CON712301'] })
    const seconds = (count: number) => after(count * SECOND)
    const named = { issuer: BODY, uuid, actor: OFFICER }
    await revokeCertificate({ ...named, reason: 'misconduct', note: 'Rodel was seen' }, world.at(seconds(1)))
    const { waits } = await eraseCertificate(
      { ...named, reason: 'holder-request', signedInAt: seconds(2) },
      world.at(seconds(2)),
    )
    await approveAction(
      { owner: BODY, id: waits?.id ?? '', subject: second, signedInAt: seconds(3) },
      world.at(seconds(3)),
    )
    const commits = world.store.appended.filter(({ stream }) => stream === streams.certificate(BODY, uuid))
    const events = commits.flatMap((commit) => commit.events as { type: string }[])
    expect(events.map(({ type }) => type)).toEqual(['reserved', 'issued', 'revoked', 'erased'])
    for (const { type: _, ...rest } of events)
      for (const field of Object.keys(rest)) expect([field, field in fields]).toEqual([field, true])
    const kept = JSON.stringify(world.store.appended.filter(({ stream }) => !stream.startsWith('registry/')))
    expect(kept).not.toMatch(/RODEL|Rodel|1990-05-04|26-MAS2-000001/)

    const [reserved] = commits
    const entry = reserved && logs.certificates.logged(reserved)?.entry
    expect(entry).toMatch(/^[\w-]{43}$/)
    expect(commits.slice(1).map((commit) => logs.certificates.logged(commit))).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(releasedEntry(entry ?? '')).toMatch(/^[\w-]{43}$/)
  })
})

test('D-08: backups hold a deleted box for as long as the table of the deployment can be restored', () => {
  const days = /recoveryPeriodInDays = (\d+)/.exec(read('infra/aws/data-stack.ts'))?.[1]
  for (const path of ['docs/privacy.md', 'docs/erasing.md', 'docs/runbook.md', 'packages/web/src/messages/desk-en.ts'])
    expect([path, read(path).includes(`${days} `)]).toEqual([path, true])
  expect(section('How long backups hold it')).toContain(`the last ${days} days`)
  expect(section('Template: privacy notice of a body')).toContain(`${days} more days`)
})

test.each([
  [
    'Template: privacy notice of a body',
    [
      'Who we are',
      'What we keep, and why',
      'Must you give it?',
      'Who sees it',
      'Where it is',
      'How long',
      'Your rights',
    ],
    [
      'Legal basis',
      'Data-protection officer',
      'transfer abroad',
      'complain',
      'erased',
      'Backups',
      'No machine decides',
    ],
  ],
  [
    'Template: data-protection impact assessment',
    ['Processing', 'Necessity', 'Transfers', 'Risks to holders', 'Breach', 'Consultation', 'Decision'],
    [
      'Controller',
      'Processor',
      'Purpose and legal basis',
      'Period of retention',
      'measure',
      'Remaining risk',
      'reviewed',
    ],
  ],
])('D-08: the %s has every part that a body must fill in', (heading, parts, words) => {
  const text = section(heading)
  const bold = [...text.matchAll(/\*\*(.+?)\*\*/g)].map(([, words = '']) => words.replace(/\.$/, ''))
  for (const part of parts)
    expect(
      bold.some((found) => found.startsWith(part)),
      part,
    ).toBe(true)
  for (const word of words) expect(text).toContain(word)
})

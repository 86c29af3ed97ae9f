import { describe, expect, test } from 'vitest'
import { type AqrfStatement, type Framework, levelIn, levelsOf, type Qualification, states } from './index.ts'
import { aqrfLevel, levelInHost } from './level.ts'
import {
  findFramework,
  findQualification,
  frameworkOfState,
  listFrameworks,
  listQualifications,
} from './shipped-baseline.ts'

const day = '2025-03-14'
function qualification(id: string): Qualification {
  const found = findQualification(id)
  if (found === undefined) throw new Error(`no record ${id}`)
  return found
}
const hostLevel = (aqrf: AqrfStatement, state: string) => levelInHost(aqrf, frameworkOfState(state))
const hostOf = (state: string) => frameworkOfState(state) as Framework
const levels = (id: string, on = day) => levelsOf(qualification(id), { on })

test('Masonry NC II is PQF 2, comparable with AQRF 2 and with MQF 2, and both reports are cited (R-002, D-10)', () => {
  const { national, aqrf } = levels('ph-masonry-nc2')
  const malaysia = hostLevel(aqrf, 'MY')
  expect([national.name, aqrf.name, malaysia.name]).toEqual(['PQF level 2', 'AQRF level 2', 'MQF level 2'])
  expect(national).toMatchObject({ framework: 'PQF', level: '2', title: 'NC II', url: '/frameworks/PQF' })
  expect(national.basis).toBe(
    'Record of this qualification, 24 November 2026, from public sources (https://pqf.gov.ph/Home/Details/7).',
  )
  expect(aqrf.basis).toBe(
    'Philippine referencing report, endorsed by the AQRF Committee at its 6th meeting, Luang Prabang, 21 to 23 May 2019. ' +
      'Level table 1 of 24 November 2026, partly from general knowledge, unconfirmed.',
  )
  expect(malaysia.basis).toBe(
    'Comparable through AQRF level 2. Malaysian referencing report (MQF 2007, first edition), endorsed by the AQRF ' +
      'Committee at its 6th meeting, Luang Prabang, 21 to 23 May 2019. Level table 1 of 24 November 2026, partly from ' +
      'general knowledge, unconfirmed.',
  )
  expect([national.confirmed, aqrf.confirmed, malaysia.confirmed]).toEqual([false, false, false])
  expect([aqrf.confidence, malaysia.confidence]).toEqual(['medium-high', 'medium-high'])
})

test.each(['my-cidb-brick', 'sg-sec-brick', 'sg-sec-plaster'])(
  '%s has no framework level, and its statement gives the reason (R-093)',
  (id) => {
    const { national, aqrf } = levels(id)
    expect(national.level).toBeUndefined()
    expect(national.basis).toMatch(/^No framework level\. /)
    expect(aqrf.level).toBeUndefined()
    for (const { iso2 } of states) expect(hostLevel(aqrf, iso2).level).toBeUndefined()
  },
)

test('a Cambodian level 1 has no AQRF level, because no referencing was endorsed and none is guessed', () => {
  const { national, aqrf } = levels('kh-brick-plaster-1')
  expect(national).toMatchObject({ framework: 'CQF', level: '1' })
  expect(national.basis).toContain('unconfirmed')
  expect(aqrf.level).toBeUndefined()
  expect(aqrf.basis).toBe(
    'No AQRF level. No referencing report of Cambodia endorsed by the AQRF Committee was found, as of 24 October 2025.',
  )
  expect(hostLevel(aqrf, 'TH').level).toBeUndefined()
})

test('an AQRF level is stated only if the referencing is endorsed and a national level is recorded (D-09)', () => {
  for (const each of listQualifications()) {
    const { aqrf } = levelsOf(each, { on: day })
    const isEndorsed = each.framework !== undefined && findFramework(each.framework)?.referencing.status === 'endorsed'
    expect(aqrf.level !== undefined, each.id).toBe(isEndorsed && each.level !== undefined)
  }
})

test('every statement has a reason and a page, and none is confirmed or says "equivalent"', () => {
  for (const each of listQualifications()) {
    const { national, aqrf } = levelsOf(each, { on: day })
    for (const statement of [national, aqrf, ...states.map(({ iso2 }) => hostLevel(aqrf, iso2))]) {
      expect(statement.basis).toMatch(/^[A-Z].+\.$/)
      expect(statement.basis).not.toMatch(/equivalent|undefined|\.\.| {2}/)
      expect(statement.confirmed).toBe(false)
      if (statement.framework !== 'none') expect(statement.url).toBe(`/frameworks/${statement.framework}`)
    }
    if (aqrf.level !== undefined) expect(aqrf.basis).toContain('unconfirmed')
  }
})

test('national levels with weak sources say "unconfirmed", and those with good sources are shown as facts', () => {
  expect(levels('tl-cert1-constr').national.basis).toContain('unconfirmed')
  expect(levels('ph-domestic-nc2').national.basis).toContain('from general knowledge, unconfirmed')
  expect(levels('my-sp-elec-l2').national.basis).not.toContain('unconfirmed')
})

test('a level table claims public sources only if pages support all of it', () => {
  expect(levels('vn-socap-2-may').aqrf.basis).toContain(', from general knowledge, unconfirmed')
  const framework = findFramework('PQF')
  if (framework?.table === undefined) throw new Error('no table of PQF')
  const backed = { ...framework, table: { ...framework.table, sources: ['https://pqf.gov.ph'] } }
  expect(aqrfLevel({ level: 2, levelConfidence: 'high' }, backed, day).basis).toContain(
    ', from public sources, unconfirmed',
  )
})

test('a title under a mutual recognition arrangement has no level, and its notice says that it is not a permit', () => {
  const { national, aqrf } = levels('asean-acpa')
  expect(national).toMatchObject({ framework: 'none' })
  expect(national.url).toBeUndefined()
  expect(national.basis).toContain('A title is not a permit to practise')
  expect([national.level, aqrf.level]).toEqual([undefined, undefined])
})

describe('time', () => {
  test('if the referencing was endorsed after the day, the level is stated with both days', () => {
    const { aqrf } = levels('ph-masonry-nc2', '2019-05-22')
    expect(aqrf).toMatchObject({ level: '2', referencedLater: true })
    expect(aqrf.basis).toContain(
      'The day asked about is 22 May 2019; the referencing was endorsed later, on 23 May 2019.',
    )
    expect(levels('ph-masonry-nc2', '2019-05-23').aqrf.referencedLater).toBeUndefined()
  })

  test.each([
    ['IQF', 6, '2020-05-31', 'endorsed later, in June 2020'],
    ['IQF', 6, '2020-06-15', 'before or after 15 June 2020 is not known'],
    ['NQF-TH', 2, '2019-05-23', 'later, not before 24 May 2019'],
    ['NQF-TH', 2, '2022-01-01', 'before or after 1 January 2022 is not known'],
  ])('%s level %i on %s: %s', (id, level, on, words) => {
    expect(aqrfLevel({ level, levelConfidence: 'high' }, findFramework(id), on).basis).toContain(words)
  })

  test('after the period of endorsement, the statement has no remark about time', () => {
    const { basis } = aqrfLevel({ level: 2, levelConfidence: 'high' }, findFramework('NQF-TH'), '2025-10-24')
    expect(basis).not.toMatch(/asked about|not known/)
  })

  test('an incomplete or impossible date is refused', () => {
    expect(() => levels('ph-masonry-nc2', '2025-3-14')).toThrow(TypeError)
    expect(() => levels('th-brick-1', '2025-02-30')).toThrow(TypeError)
  })
})

describe('Indonesia', () => {
  const iqf = findFramework('IQF')
  const at = (level: number) => aqrfLevel({ level, levelConfidence: 'high' }, iqf, day)

  test('level 7 has no known counterpart, and its statement cites the report', () => {
    expect(at(7).level).toBeUndefined()
    expect(at(7).basis).toMatch(/IQF level 7 is not known to us .*Criterion 4.*Indonesian referencing report/)
  })

  test('levels 8 and 9 are at AQRF levels 7 and 8, with the confidence of the table', () => {
    expect([at(8).level, at(9).level]).toEqual(['7', '8'])
    expect(at(8).confidence).toBe('medium')
  })

  test('as a host it has one level, and the statement says that level 7 may be there as well', () => {
    const malaysian = aqrfLevel({ level: 7, levelConfidence: 'high' }, findFramework('MQF'), day)
    expect(hostLevel(malaysian, 'ID')).toMatchObject({ level: '8' })
    expect(hostLevel(malaysian, 'ID').basis).toContain('IQF level 7 may stand there as well')
    const second = aqrfLevel({ level: 2, levelConfidence: 'high' }, findFramework('MQF'), day)
    expect(hostLevel(second, 'ID').basis).not.toContain('level 7')
  })
})

test('a host without an endorsed referencing has no level, and the statement gives the reason', () => {
  const { aqrf } = levels('ph-masonry-nc2')
  for (const host of listFrameworks()) {
    const statement = hostLevel(aqrf, host.state)
    expect(statement.level !== undefined, host.id).toBe(host.referencing.status === 'endorsed')
    if (statement.level === undefined) expect(statement.basis).toBe(`No framework level. ${host.referencing.report}.`)
  }
  expect(hostLevel(aqrf, 'XX')).toMatchObject({ framework: 'none', confirmed: false })
})

test.each([
  ['kh-brick-plaster-1', 'KH'],
  ['ph-masonry-nc2', 'PH'],
  ['my-cidb-brick', 'MY'],
])('%s has in %s the same level as its national statement, or none for the same reason', (id, state) => {
  const both = levels(id)
  expect(levelIn(both, hostOf(state))).toBe(both.national)
  expect(levelIn(both, hostOf('TH'))).toEqual(hostLevel(both.aqrf, 'TH'))
})

test('a level outside the table has no AQRF level', () => {
  expect(aqrfLevel({ level: 9, levelConfidence: 'high' }, findFramework('PQF'), day).level).toBeUndefined()
})

describe('with tables that the authorities confirmed', () => {
  function confirmed(id: string): Framework {
    const framework = findFramework(id)
    if (framework?.table === undefined) throw new Error(`no table of ${id}`)
    return { ...framework, table: { ...framework.table, confirmedBy: framework.authority, confirmedOn: '2027-01-01' } }
  }
  const origin = (framework: Framework | undefined) => aqrfLevel({ level: 2, levelConfidence: 'high' }, framework, day)

  test('a host level is confirmed only if both tables are', () => {
    const [both, oneOnly, other] = [confirmed('MQF'), findFramework('MQF'), confirmed('PQF')]
    expect(levelInHost(origin(other), both).confirmed).toBe(true)
    expect(levelInHost(origin(findFramework('PQF')), both).confirmed).toBe(false)
    expect(levelInHost(origin(other), oneOnly).confirmed).toBe(false)
    expect(levelInHost(origin(other), both).basis).toContain('confirmed by MQA')
  })

  test('if two levels of the host are at the same AQRF level, none is chosen', () => {
    const host = confirmed('MQF')
    const rows = (host.table?.rows ?? []).map((row) => (row.national === 3 ? { ...row, aqrf: 2 } : row))
    const table = host.table && { ...host.table, rows }
    const statement = levelInHost(origin(confirmed('PQF')), { ...host, ...(table && { table }) })
    expect(statement.level).toBeUndefined()
    expect(statement.basis).toContain('2 levels of MQF stand at AQRF level 2')
  })
})

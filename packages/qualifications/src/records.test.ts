import { describe, expect, test } from 'vitest'
import {
  findStateName,
  isIscedFPrefix,
  isIscoPrefix,
  kinds,
  knownEdition,
  noticeOf,
  referenceFramework,
  states,
} from './index.ts'
import {
  findCertifier,
  findFramework,
  findQualification,
  frameworkOfState,
  listCertifiers,
  listFrameworks,
  listQualifications,
  shippedBaseline,
} from './shipped-baseline.ts'

const confidences = ['high', 'medium-high', 'medium', 'medium-low', 'low']
const stateCodes = states.map(({ iso2 }) => iso2)
const isText = (value: unknown) => typeof value === 'string' && value.trim() === value && value !== ''
const isDay = (value: unknown) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)

/** The files are not type-checked, so an unknown or misspelt member fails here. */
function expectMembers(record: object, required: string[], optional: string[]): void {
  const names = Object.keys(record)
  expect(names).toEqual(expect.arrayContaining(required))
  expect(names.filter((name) => !required.includes(name) && !optional.includes(name))).toEqual([])
}

function expectLocal(local: { text: string; language: string } | undefined): void {
  if (local === undefined) return
  expect(isText(local.text) && local.text.normalize('NFC') === local.text).toBe(true)
  expect(local.language).toMatch(/^[a-z]{2,3}$/)
}

function expectSources(sources: readonly string[]): void {
  expect(sources.length).toBeGreaterThan(0)
  expect(sources.every(isText)).toBe(true)
  expect(new Set(sources).size).toBe(sources.length)
}

test('records name a fictional state, and never a real one: the code is user-assigned, and the name says that it is fictional', () => {
  expect(findStateName('XS', 'Fictional Samudra')).toBe('Fictional Samudra')
  expect(findStateName('XS')).toBeUndefined()
  expect(findStateName('XS', 'Singapore')).toBeUndefined()
  expect(findStateName('PH', 'Fictional Samudra')).toBe('Philippines')
  expect(findStateName('JP', 'Fictional Samudra')).toBeUndefined()
})

test('there are eleven states, each with one framework, and ids are unique', () => {
  expect(new Set(stateCodes).size).toBe(11)
  expect(
    listFrameworks()
      .map(({ state }) => state)
      .sort(),
  ).toEqual([...stateCodes].sort())
  for (const { iso2, name } of states) expect(frameworkOfState(iso2)?.stateName).toBe(name)
  expect(shippedBaseline.qualifications).toHaveLength(94)
  expect(listCertifiers()).toHaveLength(55)
  for (const records of [listFrameworks(), shippedBaseline.qualifications, listCertifiers()])
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length)
})

test('an id without a record is not found', () => {
  for (const id of ['', 'PQF ', 'pqf', '__proto__', 'constructor']) {
    expect(findFramework(id)).toBeUndefined()
    expect(findQualification(id)).toBeUndefined()
    expect(findCertifier(id)).toBeUndefined()
    expect(frameworkOfState(id)).toBeUndefined()
  }
  expect(listQualifications({ state: 'XX' })).toEqual([])
})

test('no AQRF level is stored with any qualification', () => {
  expect(JSON.stringify(shippedBaseline.qualifications)).not.toMatch(/aqrf/i)
})

test('no file says that a table or a level is confirmed, because none is yet', () => {
  for (const { table } of listFrameworks()) {
    expect(table?.confirmedBy).toBeUndefined()
    expect(table?.confirmedOn).toBeUndefined()
  }
  for (const { levelConfirmedBy } of shippedBaseline.qualifications) expect(levelConfirmedBy).toBeUndefined()
})

describe.each(listFrameworks())('framework $id', (framework) => {
  test('is complete and sourced', () => {
    expectMembers(
      framework,
      [
        'id',
        'state',
        'stateName',
        'name',
        'levels',
        'titles',
        'titlesConfidence',
        'authority',
        'referencing',
        'sources',
      ],
      ['localName', 'titlesWithoutLevel', 'law', 'table', 'note'],
    )
    expectMembers(
      framework.referencing,
      ['status', 'report', 'confidence', 'sources'],
      ['endorsedOn', 'endorsedBetween', 'meeting', 'edition', 'dateConfidence'],
    )
    expectLocal(framework.localName)
    expectSources(framework.sources)
    expectSources(framework.referencing.sources)
    expect([framework.name, framework.authority, framework.referencing.report].every(isText)).toBe(true)
    expect(framework.referencing.report).not.toMatch(/\.$/)
    expect(confidences).toContain(framework.referencing.confidence)
    expect(confidences).toContain(framework.titlesConfidence)
    expect(['endorsed', 'not-endorsed', 'unclear']).toContain(framework.referencing.status)
  })

  test('has titles only for its own levels', () => {
    for (const [level, titles] of Object.entries(framework.titles)) {
      expect(Number(level)).toBeGreaterThanOrEqual(1)
      expect(Number(level)).toBeLessThanOrEqual(framework.levels ?? 0)
      expect(titles.length > 0 && titles.every(isText)).toBe(true)
    }
  })

  test('has a level table if and only if a referencing was endorsed, with one row for each level', () => {
    const { table, levels, referencing } = framework
    expect(table !== undefined).toBe(referencing.status === 'endorsed')
    const isDated = referencing.endorsedOn !== undefined || referencing.endorsedBetween !== undefined
    expect(isDated).toBe(referencing.status === 'endorsed')
    if (table === undefined) return
    expectMembers(table, ['version', 'date', 'rows', 'confidence', 'sources'], ['confirmedBy', 'confirmedOn'])
    expectSources(table.sources)
    expect(isDay(table.date) && isText(table.version)).toBe(true)
    expect(confidences).toContain(table.confidence)
    expect(table.rows.map(({ national }) => national)).toEqual(Array.from({ length: levels ?? 0 }, (_, n) => n + 1))
    const known = table.rows.flatMap(({ aqrf }) => (aqrf === null ? [] : [aqrf]))
    expect(known.every((aqrf) => Number.isInteger(aqrf) && aqrf >= 1 && aqrf <= referenceFramework.levels)).toBe(true)
    // A higher national level is never at a lower AQRF level.
    expect(known).toEqual([...known].sort((a, b) => a - b))
    for (const { aqrf, note } of table.rows) if (aqrf === null) expect(isText(note)).toBe(true)
  })
})

describe.each(listCertifiers())('certifier $id', (certifier) => {
  test('is complete and sourced', () => {
    expectMembers(
      certifier,
      ['id', 'state', 'name', 'role', 'awards', 'sources', 'confidence'],
      ['localName', 'acronym', 'domain', 'arrangements', 'mandate', 'contact', 'register', 'note'],
    )
    expectLocal(certifier.localName)
    expectSources(certifier.sources)
    const { mandate, contact, awards } = certifier
    if (mandate !== undefined) {
      expectMembers(mandate, ['text', 'sources', 'confidence'], ['law', 'dated'])
      expect(isText(mandate.text)).toBe(true)
      expectSources(mandate.sources)
      expect(confidences).toContain(mandate.confidence)
      // The date is that of a law, so there must be a law.
      if (mandate.dated !== undefined)
        expect(isText(mandate.law) && /^\d{4}(-\d\d){0,2}$/.test(mandate.dated)).toBe(true)
    }
    if (contact !== undefined) {
      expectMembers(contact, ['office', 'sources'], [])
      expectSources(contact.sources)
    }
    for (const award of awards) {
      expectMembers(award, ['title'], ['levels', 'years'])
      expect(award.years ?? 1).toBeGreaterThanOrEqual(1)
    }
    expect(confidences).toContain(certifier.confidence)
    expect([
      'skills-certifier',
      'trade-certifier',
      'tvet-awarding',
      'professional-regulator',
      'regulator',
      'nqf-authority',
      'regional-register',
    ]).toContain(certifier.role)
    if (certifier.state === null) expect(certifier.role).toBe('regional-register')
    else expect(stateCodes).toContain(certifier.state)
    const levels = (certifier.state === null ? undefined : frameworkOfState(certifier.state))?.levels ?? 0
    for (const award of certifier.awards)
      expect(isText(award.title) && (award.levels ?? []).every((n) => n >= 1 && n <= levels)).toBe(true)
  })
})

describe.each(shippedBaseline.qualifications)('qualification $id', (qualification) => {
  test('has everything that its certificates need, with sources', () => {
    expectMembers(
      qualification,
      // biome-ignore format: it reads as a table
      ['id', 'state', 'kind', 'title', 'description', 'field', 'units', 'edition', 'body', 'validity', 'recordedOn', 'sources', 'confidence'],
      // biome-ignore format: it reads as a table
      ['localTitle', 'localTitleConfidence', 'framework', 'level', 'levelConfidence', 'levelConfirmedBy', 'formerLevels', 'occupation', 'furtherOccupations', 'fieldOfEducation', 'unitsEdition', 'supersededOn', 'code', 'codeScheme', 'note'],
    )
    expect(qualification.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/)
    expect([qualification.title, qualification.field, qualification.edition].every(isText)).toBe(true)
    expect(qualification.title).not.toMatch(/not found|not verified|excerpt/)
    // Only this sentence means that no edition is known. A certificate then states no edition.
    const sentence = /^Edition of the standard not stated in the sources of \d{1,2} \w+ \d{4}$/.test(
      qualification.edition,
    )
    expect(knownEdition(qualification)).toBe(sentence ? undefined : qualification.edition)
    if (!sentence) expect(qualification.edition).not.toMatch(/in the sources|not known|unknown/i)
    expect(qualification.description).toMatch(/^[A-Z][^.]+\.$/)
    expect(Object.keys(kinds)).toContain(qualification.kind)
    expect(confidences).toContain(qualification.confidence)
    expect(isDay(qualification.recordedOn)).toBe(true)
    expectSources(qualification.sources)
    expectLocal(qualification.localTitle)
    expect(qualification.localTitleConfidence !== undefined).toBe(qualification.localTitle !== undefined)
    expect(qualification.units.every(({ code, title }) => isText(code) && isText(title))).toBe(true)
    expect(new Set(qualification.units.map(({ code }) => code)).size).toBe(qualification.units.length)
  })

  test('names a body that exists and belongs to the same state', () => {
    if (qualification.state !== null) expect(stateCodes).toContain(qualification.state)
    if (qualification.body === null) return
    const body = findCertifier(qualification.body)
    expect(body).toBeDefined()
    expect(body?.state).toBe(qualification.state)
  })

  test('has all of framework, level and confidence or none, in the framework of its state', () => {
    const { framework, level, levelConfidence, formerLevels = [] } = qualification
    expect(formerLevels.every((former) => isDay(former.until) && findFramework(former.framework) !== undefined)).toBe(
      true,
    )
    expect(new Set([framework, level, levelConfidence].map((member) => member === undefined)).size).toBe(1)
    if (framework === undefined || level === undefined) return
    expect(findFramework(framework)?.state).toBe(qualification.state)
    expect(confidences).toContain(levelConfidence)
    expect(Number.isInteger(level) && level >= 1 && level <= (findFramework(framework)?.levels ?? 0)).toBe(true)
  })

  test('names who assigned its international codes', () => {
    const { occupation, fieldOfEducation, furtherOccupations = [] } = qualification
    if (occupation !== undefined) {
      expect(occupation.code).toMatch(/^\d{4}$/)
      expect(occupation.url).toBe(`http://data.europa.eu/esco/isco/C${occupation.code}`)
      expect(isText(occupation.title) && isText(occupation.assignedBy)).toBe(true)
    }
    expect(furtherOccupations.every((code) => isIscoPrefix(code) && code.length === 4)).toBe(true)
    if (fieldOfEducation === undefined) return
    expect(isIscedFPrefix(fieldOfEducation.code) && fieldOfEducation.code.length === 4).toBe(true)
    expect(isText(fieldOfEducation.title) && isText(fieldOfEducation.assignedBy)).toBe(true)
    expect(confidences).toContain(fieldOfEducation.confidence)
  })

  test('has a term of whole years or months, or none', () => {
    const { validity } = qualification
    if (validity === 'none') return
    const terms = Object.entries(validity)
    expect(terms).toHaveLength(1)
    for (const [unit, length] of terms) {
      expect(['years', 'months']).toContain(unit)
      expect(Number.isInteger(length) && length > 0).toBe(true)
    }
  })
})

test('terms equal those of the schemes (D-14)', () => {
  expect(findQualification('ph-masonry-nc2')?.validity).toEqual({ years: 5 })
  expect(findQualification('id-bnsp-garment')?.validity).toEqual({ years: 3 })
  expect(findQualification('id-skk-brick')?.validity).toEqual({ years: 5 })
  expect(findQualification('asean-acpa')?.validity).toEqual({ years: 1 })
  expect(findQualification('good-standing')?.validity).toEqual({ months: 6 })
  expect(findQualification('th-brick-1')?.validity).toBe('none')
})

test('the units of Masonry NC II come from the edition before the amendment of 29 October 2018 (R-005)', () => {
  const masonry = findQualification('ph-masonry-nc2')
  expect(masonry?.units).toHaveLength(5)
  expect(masonry && knownEdition(masonry)).toBe(masonry?.edition)
  expect(masonry?.edition).toContain('before the amendment of 29 October 2018')
  expect(masonry?.unitsEdition).toBe(masonry?.edition)
  expect(masonry?.supersededOn).toBe('2018-10-29')
})

test('no occupation is derived from a national code: CON7123 is masonry, but ISCO-08 7123 is plasterers (D-20)', () => {
  const masonry = findQualification('ph-masonry-nc1')
  expect(masonry?.units[0]?.code).toMatch(/^CON7123/)
  expect(masonry?.occupation?.code).toBe('7112')
})

test('every kind but a skills certificate has a notice, and no notice permits practice (R-028)', () => {
  for (const qualification of shippedBaseline.qualifications)
    expect(noticeOf(qualification) !== undefined).toBe(qualification.kind !== 'skills-certificate')
  const title = findQualification('asean-acpa')
  expect(title && noticeOf(title)).toContain('A title is not a permit to practise')
  for (const qualification of shippedBaseline.qualifications)
    expect(noticeOf(qualification) ?? '').not.toMatch(/permits practice/)
})

test('standards of the corridors have Thai titles', () => {
  expect(findQualification('th-brick-1')?.localTitle).toEqual({
    text: 'มาตรฐานฝีมือแรงงานแห่งชาติ สาขาช่างก่ออิฐ ระดับ 1',
    language: 'th',
  })
})

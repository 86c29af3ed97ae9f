import { expect, test } from 'vitest'
import { readTyped } from './index.ts'

const code = '4KX79QMB2TZ08WNRC5VHGJ1DSA'
const grouped = '4KX7 9QMB 2TZ0 8WNR C5VH GJ1D SA'
const base = 'https://sijil.example'

test.each([
  code,
  grouped,
  grouped.toLowerCase().replaceAll(' ', '-'),
  `${code}.`,
  `(${code})`,
  `Code: ${grouped}.`,
  `https://sijil.example/v/${code}`,
  `http://sijil.example/v/${code}`,
  `HTTPS://Sijil.example/v/${code.toLowerCase()}`,
  `sijil.example/v/${code}`,
  `https://sijil.example/v/${code}.`,
  `https://sijil.example/v/${code}/`,
  `<https://sijil.example/v/${code}>`,
  `https://sijil.example/v/${code}?lang=th#levels`,
  `https://sijil.example/v/${grouped}`,
  `https://sijil.example/v/${code.slice(0, 9)} ${code.slice(9)}`,
  `Open https://sijil.example and type ${grouped}`,
  `Dear employer, see https://sijil.example/v/${code}, or www.evil.example/about. Thank you`,
])('%s is read as the code that it holds', (text) => {
  expect(readTyped(text, base)).toEqual({ token: code })
})

test.each([
  [code.slice(0, 25), 'incomplete'],
  [`${code}7`, 'incomplete'],
  [`https://sijil.example/v/${code.slice(0, 25)}`, 'incomplete'],
  [`https://sijil.example/v/${code.slice(0, 25)} A friend sent it`, 'incomplete'],
  [`sijil.example/v/${code}7.`, 'incomplete'],
  ['https://sijil.example/v/', 'incomplete'],
  ['https://sijil.example', 'own'],
  ['https://sijil.example/', 'own'],
  ['sijil.example', 'own'],
  ['See sijil.example.', 'own'],
  ['https://sijil.example?lang=th', 'own'],
  ['https://sijil.example/qualifications/ph-masonry-nc2?lang=th', 'own'],
  ['http://SIJIL.example/issuers/ph-tesda', 'own'],
  [`https://evil.example/v/${code}`, 'foreign'],
  ['https://sijil.example.evil.example', 'foreign'],
  ['https://sijil.example@evil.example/', 'foreign'],
  ['https://sijil.example:8443/', 'foreign'],
  ['https://sijil.example-evil.example/', 'foreign'],
  ['https://sijil.example\u3002evil.example/', 'foreign'],
  [`evil.example/v/${code}`, 'foreign'],
  [`https://sijil.example.evil.example/v/${code}`, 'foreign'],
  [`https://sijil.example@evil.example/v/${code}`, 'foreign'],
  [`https://sijil.exampl\u0435/v/${code}`, 'foreign'],
  [`https://sijil.example:8443/v/${code}`, 'foreign'],
  [`localhost:9999/v/${code}`, 'foreign'],
  [`see https://evil.example/?u=sijil.example/v/${code}`, 'foreign'],
  [grouped.slice(0, 14).replaceAll(' ', '-'), 'incomplete'],
  ['25-DEMO-MAS2-004417', 'number'],
  ['No. 25-DEMO-MAS2-004417', 'code'],
  ['TESDA/NC2/2025/17', 'number'],
  ['25044170012', 'number'],
  ['hello', 'code'],
  ['javascript:alert(1)', 'code'],
  ['', 'code'],
] as const)('W020: %s is no code, and the answer says why', (text, fault) => {
  expect(readTyped(text, base)).toEqual({ fault })
})

test('W020: two thousand letters of any kind are read in less than 200 ms of processor time', () => {
  for (const part of ['a.', '[', 'https://sijil.example/v/', 'ABCD ', '4', ' sijil.example/v/ ']) {
    const before = process.cpuUsage()
    readTyped(part.repeat(2000 / part.length), base)
    // Processor time of this process in microseconds, so that the load of other programs does not count.
    expect(process.cpuUsage(before).user, part).toBeLessThan(200_000)
  }
})

import type { Paper } from './paper.ts'
import { type Run, runsOf } from './runs.ts'
import { english, type LocalWords, localWords } from './words.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

const DAY = /^\d{4}-\d\d-\d\d$/

/** `2 March 2026`, of the day in UTC. */
const dayInWords = (moment: string): string => {
  const [year = '', month = '', day = ''] = moment.slice(0, 10).split('-')
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`
}

function momentParts(at: Date) {
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
  }
}

/** The link in the QR code, and the only one in the file. */
export const linkOf = ({ token, registry }: Pick<Paper, 'token' | 'registry'>): string =>
  `${new URL(registry).origin}/v/${token}`

/** Everything that the layout reads, as JSON. Texts of the certificate come as runs, one for each script. */
export function pageValues(paper: Paper) {
  const local = localWords[paper.titles[0].language.split('-')[0] ?? '']
  const both = (word: keyof LocalWords): Run[][] =>
    [english[word], local?.[word]].flatMap((text) => (text === undefined ? [] : [runsOf(text)]))
  const { signatory, logo, bodyName } = paper.body
  const moment = paper.madeAt.toISOString()
  const facts = (Object.keys(english.facts) as (keyof typeof english.facts)[]).flatMap((name) => {
    const value = paper.facts[name]
    return value === undefined
      ? []
      : [{ name: english.facts[name], value: runsOf(DAY.test(value) ? dayInWords(value) : value) }]
  })
  return {
    words: { ...english, heading: english.kinds[paper.kind] },
    madeAt: momentParts(paper.madeAt),
    printed: `${english.printed} ${dayInWords(moment)}, ${moment.slice(11, 16)} UTC`,
    body: runsOf(bodyName),
    ...(logo && { logo: [...logo.png] }),
    ...(paper.onBehalfOf && { onBehalfOf: runsOf(paper.onBehalfOf) }),
    number: runsOf(paper.certificateNumber),
    certifies: both('certifies'),
    name: runsOf(paper.holder.name),
    ...(paper.holder.nativeName && { nativeName: runsOf(paper.holder.nativeName) }),
    awarded: both(paper.isPart ? 'awardedPart' : 'awarded'),
    titles: paper.titles.map(({ text, language }) => ({ runs: runsOf(text), language: language.split('-')[0] })),
    part: paper.isPart ? both('part') : [],
    facts,
    levels: paper.levels.map(({ name, citation }) => ({ name: runsOf(name), citation: runsOf(citation) })),
    ...(signatory && { signatory: { name: runsOf(signatory.name), title: runsOf(signatory.title) } }),
    link: linkOf(paper),
    code: paper.token.match(/.{1,4}/g)?.join(' ') ?? '',
    host: new URL(paper.registry).host,
    check: both('check'),
    specimen: paper.isSpecimen ? both('specimen') : [],
    duplicate: paper.isDuplicate ? both('duplicate') : [],
    units: paper.units.map(({ code, title }) => ({ code: runsOf(code), title: runsOf(title) })),
  }
}

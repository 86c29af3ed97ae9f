import { aPaper } from '../../packages/paper/src/sample-paper.ts'
import { openTypesetter } from '../../packages/paper/src/typeset.ts'
import { PAGES } from '../results.ts'
import type { Subject } from '../rounds.ts'

/** Names and titles in each script, because each needs a font of its own. */
const people = [
  { nativeName: 'สมชาย ตัวอย่าง', title: { text: 'ช่างก่ออิฐ ระดับ 2', language: 'th' } },
  { nativeName: 'ນາງ ສົມສີ', title: { text: 'ຊ່າງກໍ່ສ້າງ', language: 'lo' } },
  { nativeName: 'សុខ ដារ៉ា', title: { text: 'ជាងសំណង់', language: 'km' } },
  { nativeName: 'မောင်မောင်', title: { text: 'ပန်းရံ', language: 'my' } },
  { nativeName: 'Nguyễn Văn Ân', title: { text: 'Thợ xây', language: 'vi' } },
] as const

/** The PDF of a certificate whose values were read before: fonts, lines, QR code, tags, attachment. Each call has another number. */
export function openPaperSubjects(): Subject[] {
  const typeset = openTypesetter()
  const run = (at: number) => {
    const { nativeName, title } = people[at % people.length] ?? people[0]
    const holder = { name: 'EXAMPLE NAME', nativeName }
    const titles = [title, { text: 'Bricklayer, level 2', language: 'en' }] as const
    const bytes = typeset(aPaper({ holder, titles, certificateNumber: `DEMO-${at}` }))
    return new TextDecoder('latin1').decode(bytes).includes(`/Count ${PAGES}`)
  }
  return [{ name: 'paper', run }]
}

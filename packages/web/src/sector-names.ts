import { titleOfField, titleOfOccupation } from '@sijil/qualifications'
import { html } from 'hono/html'
import { foreign, type Html } from './html.ts'
import type { Language } from './messages/say.ts'

/** ISCED-F 2013 (fields of study) and ISCO-08 (occupations): their codes mean different things. */
export type Scheme = 'fields' | 'occupations'

// biome-ignore format: it reads as a table
/** Titles in other languages, for those codes that some qualification here has, and their groups. A test holds them complete. */
const translated: Readonly<Record<Exclude<Language, 'en'>, Readonly<Record<Scheme, Readonly<Record<string, string>>>>>> = {
  th: {
    fields: {
      '04': 'บริหารธุรกิจ การจัดการ และกฎหมาย',
      '0411': 'การบัญชีและการภาษี',
      '0416': 'การขายส่งและการขายปลีก',
      '07': 'วิศวกรรม การผลิต และการก่อสร้าง',
      '0713': 'ไฟฟ้าและพลังงาน',
      '0723': 'สิ่งทอ (เสื้อผ้า รองเท้า และเครื่องหนัง)',
      '0731': 'สถาปัตยกรรมและผังเมือง',
      '0732': 'การก่อสร้างและวิศวกรรมโยธา',
      '09': 'สุขภาพและสวัสดิการ',
      '0911': 'ทันตแพทยศาสตร์',
      '0912': 'แพทยศาสตร์',
      '0913': 'การพยาบาลและการผดุงครรภ์',
      '10': 'การบริการ',
      '1013': 'โรงแรม ภัตตาคาร และการจัดเลี้ยง',
      '1041': 'การขนส่ง',
    },
    occupations: {
      '1': 'ผู้จัดการ',
      '1324': 'ผู้จัดการด้านจัดหา กระจายสินค้า และงานที่เกี่ยวข้อง',
      '2': 'ผู้ประกอบวิชาชีพ',
      '2161': 'สถาปนิกอาคาร',
      '2165': 'นักทำแผนที่และนักสำรวจ',
      '2211': 'แพทย์ทั่วไป',
      '2221': 'พยาบาลวิชาชีพ',
      '2261': 'ทันตแพทย์',
      '2320': 'ครูอาชีวศึกษา',
      '2411': 'นักบัญชี',
      '4': 'เสมียนและเจ้าหน้าที่สำนักงาน',
      '4224': 'พนักงานต้อนรับของโรงแรม',
      '4321': 'เสมียนคลังสินค้า',
      '4323': 'เสมียนขนส่ง',
      '5': 'พนักงานบริการและพนักงานขาย',
      '5131': 'พนักงานเสิร์ฟ',
      '5152': 'แม่บ้านดูแลงานบ้าน',
      '7': 'ช่างฝีมือและผู้ปฏิบัติงานที่เกี่ยวข้อง',
      '7111': 'ช่างก่อสร้างบ้าน',
      '7112': 'ช่างก่ออิฐและงานที่เกี่ยวข้อง',
      '7115': 'ช่างไม้และช่างประกอบไม้',
      '7119': 'ช่างโครงสร้างอาคารอื่น ๆ',
      '7122': 'ช่างปูพื้นและช่างปูกระเบื้อง',
      '7123': 'ช่างฉาบปูน',
      '7131': 'ช่างทาสีและงานที่เกี่ยวข้อง',
      '7212': 'ช่างเชื่อมและช่างตัดโลหะด้วยเปลวไฟ',
      '7214': 'ช่างเตรียมและติดตั้งโครงสร้างโลหะ',
      '7231': 'ช่างซ่อมยานยนต์',
      '7233': 'ช่างซ่อมเครื่องจักรกลการเกษตรและอุตสาหกรรม',
      '7411': 'ช่างไฟฟ้าอาคารและงานที่เกี่ยวข้อง',
      '7412': 'ช่างเครื่องไฟฟ้าและช่างติดตั้ง',
      '7531': 'ช่างตัดเย็บเสื้อผ้า เครื่องขนสัตว์ และหมวก',
      '8': 'ผู้ควบคุมเครื่องจักรในโรงงานและผู้ประกอบชิ้นส่วน',
      '8153': 'ผู้ควบคุมจักรเย็บผ้า',
      '8212': 'ผู้ประกอบอุปกรณ์ไฟฟ้าและอิเล็กทรอนิกส์',
      '8332': 'ผู้ขับรถบรรทุกขนาดใหญ่',
      '8344': 'ผู้ขับรถยก',
      '9': 'ผู้ประกอบอาชีพงานพื้นฐาน',
      '9112': 'พนักงานทำความสะอาดในสำนักงาน โรงแรม และสถานที่อื่น',
    },
  },
}

/** A code in words, where it is known; the scheme's title is English where the page's language has none. */
export function sectorName(
  scheme: Scheme,
  code: string,
  language: Language,
): { text: string; language: Language } | undefined {
  const own = language === 'en' ? undefined : translated[language][scheme][code]
  const title = scheme === 'fields' ? titleOfField(code) : titleOfOccupation(code)
  if (own !== undefined) return { text: own, language }
  return title === undefined ? undefined : { text: title, language: 'en' }
}

/** Its words with its code. */
export function sector(scheme: Scheme, code: string, language: Language): Html {
  const name = sectorName(scheme, code, language)
  const written = `${scheme === 'fields' ? 'ISCED-F' : 'ISCO-08'} ${code}`
  if (name === undefined) return html`${written}`
  return html`${name.language === language ? name.text : foreign(name.text, name.language)} <span class="dim small nw">${written}</span>`
}

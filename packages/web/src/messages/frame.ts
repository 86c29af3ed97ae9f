import { type Speaker, speaker } from './speak.ts'

/** The words around every page. They have a catalogue of their own, so that a function with few pages need not load all words. */
export const frameEn = {
  'brand.tagline': 'Skills certificates, checked at the source',
  skip: 'Skip to the main content',
  'demo.label': 'Demonstration notice',
  'demo.mark': '(demonstration)',
  'demo.text':
    'Demonstration data. Real bodies are named as examples only: no certificate, decision, date or number here is real.',
  'nav.label': 'Main',
  'nav.check': 'Check',
  'nav.desk': 'Workspace',
  'nav.issuers': 'Issuers',
  'nav.states': 'Countries',
  'changes.title': 'What changed in the registry',
  'foot.desk': 'For authorities',
  'foot.machines': 'Data for machines',
  'foot.about': 'About',
  'foot.privacy': 'Privacy',
  'foot.accessibility': 'Accessibility',
  'foot.problem': 'Report a problem',
  'foot.fake': 'Report a fake certificate',
  'foot.security': 'Report a weakness',
  'foot.free':
    'Checking a certificate is always free. Sijil never asks for money, a password or a one-time code to check one.',
  language: 'Language:',
} as const

export const frameTh: Record<keyof typeof frameEn, string> = {
  'brand.tagline': 'ใบรับรองทักษะ ตรวจสอบที่ต้นทาง',
  skip: 'ข้ามไปยังเนื้อหาหลัก',
  'demo.label': 'ประกาศเรื่องการสาธิต',
  'demo.mark': '(สาธิต)',
  'demo.text': 'ข้อมูลสาธิต ชื่อหน่วยงานจริงใช้เป็นตัวอย่างเท่านั้น ใบรับรอง คำตัดสิน วันที่ และตัวเลขในที่นี้ไม่ใช่ของจริง',
  'nav.label': 'เมนูหลัก',
  'nav.check': 'ตรวจสอบ',
  'nav.desk': 'พื้นที่ทำงาน',
  'nav.issuers': 'ผู้ออกใบรับรอง',
  'nav.states': 'ประเทศ',
  'changes.title': 'สิ่งที่เปลี่ยนแปลงในทะเบียน',
  'foot.desk': 'สำหรับหน่วยงานที่มีอำนาจ',
  'foot.machines': 'ข้อมูลสำหรับเครื่อง',
  'foot.about': 'เกี่ยวกับ',
  'foot.privacy': 'ความเป็นส่วนตัว',
  'foot.accessibility': 'การเข้าถึง',
  'foot.problem': 'แจ้งปัญหา',
  'foot.fake': 'แจ้งใบรับรองปลอม',
  'foot.security': 'แจ้งจุดอ่อนด้านความปลอดภัย',
  'foot.free': 'การตรวจใบรับรองไม่มีค่าใช้จ่ายเสมอ Sijil ไม่เคยขอเงิน รหัสผ่าน หรือรหัสใช้ครั้งเดียวเพื่อการตรวจ',
  language: 'ภาษา:',
}

const phrases: Speaker<typeof frameEn> = speaker({ en: frameEn, th: frameTh })
export const sayFrame = phrases.say

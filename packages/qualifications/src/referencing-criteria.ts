import type { DescribedLanguage } from './describe-level.ts'

// biome-ignore format: it reads as a table
/**
 * The eleven criteria that a referencing report answers, in our own words: the official text is not one of our sources. Nothing is decided
 * by them.
 */
const criteria: readonly Record<DescribedLanguage, string>[] = [
  { en: 'The structure of education and training is described.', th: 'อธิบายโครงสร้างของการศึกษาและการฝึกอบรม' },
  { en: 'The main public authority says which national bodies are responsible, and by which law.', th: 'หน่วยงานหลักของรัฐแจ้งว่าหน่วยงานใดรับผิดชอบ และตามกฎหมายใด' },
  { en: 'It is clear how a qualification enters the national framework.', th: 'ชัดเจนว่าคุณวุฒิเข้าสู่กรอบคุณวุฒิแห่งชาติได้อย่างไร' },
  { en: 'The link between the national levels and those of the AQRF can be shown.', th: 'แสดงได้ว่าระดับของประเทศสัมพันธ์กับระดับ AQRF อย่างไร' },
  { en: 'The standards on which the framework and its qualifications rest are described.', th: 'อธิบายมาตรฐานที่เป็นฐานของกรอบคุณวุฒิและคุณวุฒิในกรอบ' },
  { en: 'Quality assurance is described, and its bodies support the result.', th: 'อธิบายการประกันคุณภาพ และหน่วยงานประกันคุณภาพสนับสนุนผลที่ได้' },
  { en: 'The main public authority designed the process, and those concerned agreed.', th: 'หน่วยงานหลักของรัฐออกแบบกระบวนการ และผู้เกี่ยวข้องเห็นชอบ' },
  { en: 'People from other countries with experience in qualifications took part.', th: 'มีผู้มีประสบการณ์ด้านคุณวุฒิจากประเทศอื่นเข้าร่วม' },
  { en: 'One report gives the evidence, criterion by criterion, and the national bodies publish it.', th: 'รายงานฉบับเดียวแสดงหลักฐานทีละเกณฑ์ และหน่วยงานของประเทศเผยแพร่' },
  { en: 'The ASEAN Secretariat and the main public authority publish the result.', th: 'สำนักเลขาธิการอาเซียนและหน่วยงานหลักของรัฐเผยแพร่ผล' },
  { en: 'Afterwards, bodies are encouraged to show the AQRF level on new certificates.', th: 'หลังจากนั้นสนับสนุนให้หน่วยรับรองแสดงระดับ AQRF บนใบรับรองใหม่' },
]

export const referencingCriteria = (language: DescribedLanguage): readonly string[] =>
  criteria.map((each) => each[language])

/**
 * Words that browsers break in two, because their dictionary knows only the parts. Thai has no spaces between words, so a break inside
 * one reads like a break inside "certi-ficate".
 */
const words =
  /ใบรับรอง|ใบอนุญาต|หน่วยงาน|หน่วยรับรอง|ผู้ออก|รายชื่อ|ลงนาม|สิ้นสุด|เพิกถอน|ลายเซ็น|ลายมือชื่อ|ขึ้นทะเบียน|ความสามารถ|เชื่อถือ|ศูนย์ประเมิน|หลักฐาน|ภายหลัง|รูปแบบ|ตัวอักษร|แหล่งที่มา|ด้านล่าง|อ้างอิง|ข้อสังเกต|ขัดแย้ง/g

/** Tags whose text stands in a row with an icon. A part of such a text would become an item of its own, with a gap. */
const inRow = /^<(?:\/svg|button|summary|strong class="tag|[ap] class="(?:tlink|btn|addr))/

/** True for the text between two tags. Every value is escaped, so `<` begins a tag and nothing else. */
function isRunningText(document: string, at: number): boolean {
  const end = document.lastIndexOf('>', at)
  const start = document.lastIndexOf('<', at)
  return start < end && !inRow.test(document.slice(start, end))
}

/**
 * Keeps each of these words on one line. It changes only texts between tags of the body, so no attribute and no title. It looks at the
 * tag before each word that it found, because a page has a thousand tags and sixty such words.
 */
export function keepThaiWords(document: string): string {
  const start = document.indexOf('<body>')
  if (start < 0) return document
  return document.replace(words, (word, at: number) =>
    at > start && isRunningText(document, at) ? `<span class="word">${word}</span>` : word,
  )
}

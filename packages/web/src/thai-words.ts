/**
 * Words that browsers break in two, because their dictionary knows only the parts. Thai has no spaces between words, so a break inside
 * one reads like a break inside "certi-ficate".
 */
const words =
  /(ใบรับรอง|ใบอนุญาต|หน่วยงาน|หน่วยรับรอง|ผู้ออก|รายชื่อ|ลงนาม|สิ้นสุด|เพิกถอน|ลายเซ็น|ลายมือชื่อ|ขึ้นทะเบียน|ความสามารถ|เชื่อถือ|ศูนย์ประเมิน|หลักฐาน|ภายหลัง|รูปแบบ|ตัวอักษร|แหล่งที่มา|ด้านล่าง|อ้างอิง|ข้อสังเกต)/g

/** Tags whose text stands in a row with an icon. A part of such a text would become an item of its own, with a gap. */
const inRow = /^<(?:\/svg|button|summary|strong class="tag|[ap] class="(?:tlink|btn|addr))/

/** Keeps each of these words on one line. It changes only texts between tags of the body, so no attribute and no title. */
export function keepThaiWords(document: string): string {
  const start = document.indexOf('<body>')
  if (start < 0) return document
  // Every value is escaped, so `<` begins a tag and nothing else.
  const body = document
    .slice(start)
    .split(/(<[^>]*>)/)
    .map((part, at, parts) =>
      part.startsWith('<') || inRow.test(parts[at - 1] ?? '')
        ? part
        : part.replace(words, '<span class="word">$1</span>'),
    )
  return document.slice(0, start) + body.join('')
}

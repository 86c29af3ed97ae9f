export const describedLanguages = ['en', 'th'] as const
export type DescribedLanguage = (typeof describedLanguages)[number]

/** First what the holder knows and can do, then how the holder works. In our own words, not those of the official descriptors. */
type TwoSentences = readonly [can: string, works: string]

const descriptions: Readonly<Record<DescribedLanguage, readonly TwoSentences[]>> = {
  en: [
    ['Knows the basics and does simple, routine tasks.', 'Works in fixed steps, with close help and supervision.'],
    [
      'Knows the facts of the trade and does its standard tasks.',
      'Works under supervision and solves familiar problems.',
    ],
    [
      'Knows the main ideas of the trade and picks the right methods, tools and materials.',
      'Works with some guidance, plans the work and solves some problems alone.',
    ],
    [
      'Knows the technique and theory of a field and can adapt how work is done.',
      'Works alone with broad guidance, coordinates with others and solves new problems.',
    ],
    [
      'Knows a field in detail, in technique and theory, and thinks problems through.',
      'Works where things change often and judges alone how to solve complex problems.',
    ],
    [
      'Knows one special field well, in technique and theory, and questions how things are done.',
      'Works in complex, changing settings, takes the first step and finds better ways.',
    ],
    [
      'Masters a field at its newest edge and thinks independently, as in research.',
      'Works where little can be foreseen, tests new solutions and is trusted to judge as an expert.',
    ],
    [
      'Stands at the frontier of a field and creates new knowledge or practice by original research.',
      'Works in highly special and complex settings and leads research or an organisation with authority.',
    ],
  ],
  th: [
    ['มีความรู้พื้นฐานและทำงานประจำที่ไม่ซับซ้อนได้', 'ทำงานตามขั้นตอนที่กำหนดไว้ โดยมีผู้ดูแลและช่วยเหลืออย่างใกล้ชิด'],
    ['รู้ข้อเท็จจริงทั่วไปของอาชีพและทำงานตามมาตรฐานได้', 'ทำงานภายใต้การกำกับดูแลและแก้ปัญหาที่คุ้นเคยได้เอง'],
    [
      'เข้าใจหลักการทั่วไปของอาชีพและเลือกวิธีการ เครื่องมือ และวัสดุที่เหมาะสมได้',
      'ทำงานโดยมีคำแนะนำบ้าง วางแผนงานและแก้ปัญหาบางอย่างได้ด้วยตนเอง',
    ],
    [
      'มีความรู้ทางเทคนิคและทฤษฎีในสาขาของตนและปรับวิธีการทำงานได้',
      'ทำงานได้เองภายใต้แนวทางกว้าง ๆ ประสานงานกับผู้อื่นและแก้ปัญหาที่ไม่คุ้นเคยได้',
    ],
    [
      'มีความรู้ทางเทคนิคและทฤษฎีอย่างละเอียดในสาขาของตนและคิดวิเคราะห์ได้',
      'ทำงานในสภาพที่เปลี่ยนแปลงบ่อยและตัดสินใจแก้ปัญหาที่ซับซ้อนได้ด้วยตนเอง',
    ],
    [
      'มีความรู้เฉพาะทางทั้งด้านเทคนิคและทฤษฎี คิดวิเคราะห์และคิดอย่างมีวิจารณญาณได้',
      'ทำงานในสภาพที่ซับซ้อนและเปลี่ยนแปลง ริเริ่มและปรับปรุงวิธีการทำงานให้ดีขึ้นได้',
    ],
    [
      'เชี่ยวชาญความรู้แนวหน้าของสาขาและคิดอย่างอิสระซึ่งเป็นพื้นฐานของการวิจัย',
      'ทำงานในสภาพที่ซับซ้อนและคาดเดาไม่ได้ พัฒนาและทดสอบวิธีแก้ปัญหาใหม่ และรับผิดชอบในฐานะผู้เชี่ยวชาญ',
    ],
    [
      'มีความรู้ขั้นสูงสุดของสาขาและสร้างความรู้หรือแนวปฏิบัติใหม่ด้วยการวิจัยที่เป็นต้นแบบ',
      'ทำงานในสภาพที่เฉพาะทางและซับซ้อนอย่างยิ่ง และเป็นผู้นำการวิจัยหรือองค์กรด้วยดุลยพินิจที่เชื่อถือได้',
    ],
  ],
}

/**
 * Two plain sentences for an AQRF level from 1 to 8. Throws a `RangeError` for any other level. The caller chooses one of the
 * languages that exist, so that it can name the language of the text.
 */
export function describeLevel(level: string | number, language: DescribedLanguage): string {
  // Only the spellings `1` to `8`. `01` and `1.0` are refused.
  const sentences = descriptions[language].find((_, index) => String(index + 1) === String(level))
  if (sentences === undefined) throw new RangeError('no such level of the AQRF')
  return sentences.join(' ')
}

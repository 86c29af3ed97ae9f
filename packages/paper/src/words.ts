/** The fixed words of the paper. English stands always. The words of the language of the qualification follow, where there are any. */
export const english = {
  title: 'Skills certificate',
  kinds: {
    Certificate: 'Certificate',
    MicroCredential: 'Micro-credential',
    License: 'Licence',
    Certification: 'Certification',
  },
  onBehalfOf: 'on behalf of',
  number: 'Certificate number',
  certifies: 'This is to certify that',
  awarded: 'was awarded',
  awardedPart: 'was awarded units of',
  part: 'This is a part. It is not the whole qualification.',
  dates: 'Dates and assessment',
  facts: {
    issued: 'Issued',
    validUntil: 'Valid until',
    birthDate: 'Date of birth of the holder',
    registerNumber: 'Number of the holder in the register',
    edition: 'Edition of the standard',
    assessedOn: 'Assessed on',
    centre: 'Assessment centre',
    limits: 'Limits of what it covers',
  },
  level: 'Level',
  comparable: 'Levels are comparable. They are not recognition in another country.',
  noLevel: 'No framework level.',
  check: 'Check this certificate: scan the code, or open the address and type the code.',
  notProof:
    'This paper alone proves nothing. Only the check page shows whether the certificate counts today. Read the address before you trust the page. Compare the name with the identity document of the person.',
  qr: 'QR code. It opens the check page of this certificate.',
  specimen: 'SPECIMEN: demonstration, not a real certificate',
  duplicate: 'DUPLICATE: this certificate was printed before',
  units: 'Units of competency',
  unitCode: 'Code',
  unitTitle: 'Unit',
  printed: 'In force when this paper was made:',
  page: 'Page',
  attached: 'The signed certificate, for software',
}
export type PaperWords = typeof english

/** The words that the holder reads first. Facts and rules stay in English, which readers abroad need. */
export type LocalWords = Pick<
  PaperWords,
  'certifies' | 'awarded' | 'awardedPart' | 'part' | 'check' | 'specimen' | 'duplicate'
>

export const localWords: Readonly<Record<string, LocalWords>> = {
  th: {
    certifies: 'ขอรับรองว่า',
    awarded: 'ได้รับ',
    awardedPart: 'ได้รับบางหน่วยสมรรถนะของ',
    part: 'เป็นเพียงบางส่วน ไม่ใช่คุณวุฒิทั้งหมด',
    check: 'ตรวจสอบใบรับรองนี้: สแกนรหัส หรือเปิดที่อยู่เว็บไซต์แล้วพิมพ์รหัส',
    specimen: 'ตัวอย่างเพื่อการสาธิต ไม่ใช่ใบรับรองจริง',
    duplicate: 'ใบแทน: เคยพิมพ์ใบรับรองนี้มาก่อนแล้ว',
  },
}

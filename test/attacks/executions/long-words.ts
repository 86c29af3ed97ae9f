import { expect } from 'vitest'
import { openBrowser, scrollsSideways, visit } from '../../support/browser.ts'
import { type Executions, hear } from '../execution.ts'
import { masonry, type Stand } from '../stand.ts'

const body = 'demo-ph-tesda'

/** The link of a certificate whose page shows these words in every member that may be so long. */
async function linkWith(stand: Stand, words: string): Promise<string> {
  const { link } = await stand.issued(body, {
    ...masonry(stand),
    holder: { name: words, nativeName: words },
    route: 'other',
    otherRoute: words,
    method: 'other',
    otherMethod: words,
    // As wide and as tall. Not the name of the holder, which this member must not contain.
    limits: words.replaceAll(/\p{L}/gu, 'M'),
    signatory: { name: words, position: words },
  })
  return link
}

/** On a phone the whole verdict is above the fold, when the page opens and after the name is shown. */
async function requireVerdictInSight(links: readonly string[]): Promise<void> {
  const browser = await openBrowser()
  try {
    for (const link of links) {
      const { page, close } = await visit(browser, link, { width: 390, scripts: false })
      const requireInSight = async () => {
        const box = await page.locator('.verdict h1').boundingBox()
        if (box === null) throw new Error('no verdict')
        expect([box.x, box.y].every((edge) => edge >= 0)).toBe(true)
        expect(box.x + box.width).toBeLessThanOrEqual(390)
        expect(box.y + box.height).toBeLessThanOrEqual(844)
        expect(await scrollsSideways(page)).toBe(false)
      }
      await requireInSight()
      await page.getByRole('button', { name: 'Show the name' }).click()
      await page.getByText('Name as printed').waitFor()
      await requireInSight()
      await close()
    }
  } finally {
    await browser.close()
  }
}

export const longWords: Executions = {
  W008: {
    async carryOut(stand) {
      // Of the largest length, as wide and as tall.
      const most = ['W'.repeat(200), 'W '.repeat(100).trim(), 'Z\u0351\u0310\u035d\u0323'.repeat(40).normalize('NFC')]
      const links = await Promise.all(most.map((words) => linkWith(stand, words)))
      await requireVerdictInSight(links)
      const more = [
        'a'.repeat(10_240),
        `Z${'\u0351\u0310\u035d'.repeat(9)}algo`,
        'CAN\u200dARY',
        'CAN\u200bARY',
        'CANARY\u2060',
        '\u3164',
      ]
      return hear(more.map((name) => stand.issue(body, masonry(stand, name))))
    },
  },
}

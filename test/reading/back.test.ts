import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, openBrowser, openReader, type Reader } from '../support/browser.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

/** Back never asks to send a form again. It leads to the verdict without the name, or to the form with its file. `desk.test.ts` has the forms of the desk. */
let registry: SharedRegistry
let browser: Browser
let reader: Reader
/** The paths of the POSTs since the test began. */
const posts: string[] = []

beforeAll(async () => {
  ;[registry, browser] = await Promise.all([sharedRegistry(), openBrowser()])
  reader = await openReader(browser)
  reader.page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(new URL(request.url()).pathname)
  })
})
afterAll(async () => {
  await browser?.close()
})

/** Opens an address of the registry. A browser that asks to send a form again shows no page of ours. */
async function begin(path: string): Promise<Page> {
  const page = await reader.open(registry.baseUrl + path)
  posts.length = 0
  return page
}
const inForce = () => {
  const found = registry.demonstration.certificates.find((certificate) => certificate.case === 'in-force')
  return new URL(found?.link ?? '').pathname
}
const holder = async () => {
  const { credentialSubject } = (await registry.document('in-force')) as {
    credentialSubject: { identifier: { identityHash: string }[] }
  }
  return credentialSubject.identifier[0]?.identityHash ?? ''
}
const stored = (page: Page) =>
  page.evaluate('[document.cookie, localStorage.length, sessionStorage.length, location.search].join()')

describe('after "Show the name"', () => {
  const shown = async (lang = 'en') => {
    const page = await begin(`${inForce()}?lang=${lang}`)
    await page.locator('form[method=post][action^="/v/"] button').first().click()
    await page.locator('.big').first().waitFor()
    return { page, name: await holder() }
  }

  test('Back shows the verdict without the name, at the same address', async () => {
    const { page, name } = await shown()
    const address = page.url()
    expect(await page.content()).toContain(name)
    expect(await stored(page)).toBe(',0,0,?lang=en')
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    await page.goBack()
    await page.getByRole('button', { name: 'Show the name' }).first().waitFor()
    expect(page.url()).toBe(address)
    expect(await page.locator('h1').innerText()).toContain('Valid')
    expect(await page.content()).not.toContain(name)
    expect(posts).toEqual([inForce()])
    expect(reader.faults).toEqual([])
    // The button still works, and Forward never brings the name back by itself.
    await page.goForward()
    expect(await page.content()).not.toContain(name)
    await page.getByRole('button', { name: 'Show the name' }).first().click()
    await page.locator('.big').first().waitFor()
  })

  test('Back from the next page shows the verdict without the name', async () => {
    const { page, name } = await shown('th')
    await page.locator('a[href^="/issuers/"]').first().click()
    await page.waitForURL('**/issuers/**')
    await page.goBack()
    await page.locator('.verdict').waitFor()
    expect(new URL(page.url()).pathname).toBe(inForce())
    expect(await page.content()).not.toContain(name)
    expect(posts).toEqual([inForce()])
  })

  test('a reload shows the verdict without the name', async () => {
    const { page, name } = await shown()
    await page.reload()
    expect(await page.content()).not.toContain(name)
    expect(posts).toEqual([inForce()])
  })

  test('the name stays if the level is compared with another state, and Back still leads to the verdict', async () => {
    const { page, name } = await shown()
    await page.locator('#host').selectOption('MY')
    await page.locator('#host ~ button').click()
    await page.locator('#host option[value=MY][selected]').waitFor({ state: 'attached' })
    expect(await page.content()).toContain(name)
    await page.goBack()
    await page.getByRole('button', { name: 'Show the name' }).first().waitFor()
    expect(await page.content()).not.toContain(name)
  })

  test('axe finds nothing in the page that was put in place', async () => {
    const { page } = await shown()
    // The policy of the page refuses a script of another origin, so the rules run as a script of the test.
    expect(await axeFindings(page)).toEqual([])
  })
})

describe('after a checked file', () => {
  const check = async (file: string | { name: string; mimeType: string; buffer: Buffer }) => {
    const page = await begin('/')
    await page.locator('#document').setInputFiles(file)
    await page.locator('[data-file-form] button').click()
    return page
  }

  test('Back shows the form with the file', async () => {
    const page = await check(registry.fileOf('in-force'))
    await page.locator('.verdict').waitFor()
    expect(await page.content()).toContain(await holder())
    expect(await page.locator('[data-print]').isVisible()).toBe(true)
    expect(await stored(page)).toBe(',0,0,')
    await page.goBack()
    await page.locator('[data-file-form] button').waitFor()
    expect(await page.evaluate('document.querySelector("#document").files.length')).toBe(1)
    expect(await page.content()).not.toContain(await holder())
    expect(posts).toEqual(['/check'])
    expect(reader.faults).toEqual([])
  })

  test('Back from the next page shows the form', async () => {
    const page = await check(registry.fileOf('revoked'))
    await page.locator('.verdict').waitFor()
    await page.locator('nav a[href^="/states"]').click()
    await page.waitForURL('**/states')
    await page.goBack()
    await page.locator('[data-file-form] button').waitFor()
    expect(posts).toEqual(['/check'])
  })

  test('a wrong file brings its message into the form, and Back leads to the page before', async () => {
    const page = await check({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
    await page.locator('#document-error').waitFor()
    expect(await page.locator('#document').getAttribute('aria-invalid')).toBe('true')
    expect(await page.locator('[role=alert]').count()).toBe(1)
    expect(await page.title()).toContain('There is a problem')
    // The camera of the same page still works, so its button is still there.
    expect(await page.locator('[data-with-script]').first().isVisible()).toBe(true)
    await page.locator('#code').fill('4KX7')
    await page.locator('[data-code-form] button').click()
    await page.locator('#code-error').waitFor()
    expect(await page.locator('#document-error').count()).toBe(0)
    expect(await page.locator('#code').inputValue()).toBe('4KX7')
    await page.locator('#code').fill(inForce().slice(3))
    await page.locator('[data-code-form] button').click()
    await page.waitForURL(`**${inForce()}`)
    await page.goBack()
    await page.locator('[data-file-form] button').waitFor()
    expect(posts).toEqual(['/check', '/check', '/check'])
  })
})

import { html } from 'hono/html'
import type { Html } from './html.ts'

const lobes =
  'M24.0 3.4A4.5 4.5 0 0 1 31.9 5.0A4.5 4.5 0 0 1 38.6 9.4A4.5 4.5 0 0 1 43.0 16.1A4.5 4.5 0 0 1 44.6 24.0A4.5 4.5 0 0 1 43.0 31.9A4.5 4.5 0 0 1 38.6 38.6A4.5 4.5 0 0 1 31.9 43.0A4.5 4.5 0 0 1 24.0 44.6A4.5 4.5 0 0 1 16.1 43.0A4.5 4.5 0 0 1 9.4 38.6A4.5 4.5 0 0 1 5.0 31.9A4.5 4.5 0 0 1 3.4 24.0A4.5 4.5 0 0 1 5.0 16.1A4.5 4.5 0 0 1 9.4 9.4A4.5 4.5 0 0 1 16.1 5.0A4.5 4.5 0 0 1 24.0 3.4Z'

// biome-ignore format: it reads as a table
const drawings = {
  info:   html`<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 8v.01"/>`,
  globe:  html`<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18"/>`,
  chev:   html`<path d="M6 9l6 6 6-6"/>`,
  left:   html`<path d="M15 6l-6 6 6 6"/>`,
  check:  html`<path d="M5 12.5l4.5 4.5L19 7.5"/>`,
  x:      html`<path d="M6 6l12 12M18 6L6 18"/>`,
  q:      html`<path d="M9 9a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 2v.4M12 18v.01"/>`,
  id:     html`<path d="M3 5h18v14H3zM14 10h4M14 14h4"/><circle cx="8.5" cy="10.5" r="2"/><path d="M5.500 16c.6-2 5.4-2 6 0"/>`,
  lock:   html`<path d="M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3"/>`,
  plus:   html`<path d="M12 5v14M5 12h14"/>`,
  minus:  html`<path d="M6 12h12"/>`,
  pause:  html`<path d="M9 6v12M15 6v12"/>`,
  print:  html`<path d="M7 8V4h10v4M7 17H4V9h16v8h-3M7 14h10v6H7z"/>`,
  down:   html`<path d="M12 4v12M7 11l5 5 5-5M4 17v3h16v-3"/>`,
  file:   html`<path d="M6 3h8l4 4v14H6zM14 3v4h4"/>`,
  clock:  html`<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>`,
  warn:   html`<path d="M12 4l9 16H3zM12 10v5M12 17.500v.01"/>`,
  qr:     html`<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM20 14v2M18 18h2v2M14 20h2"/>`,
  search: html`<circle cx="11" cy="11" r="6"/><path d="M16 16l4 4"/>`,
  full:   html`<circle cx="12" cy="12" r="8" fill="currentColor"/>`,
  half:   html`<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/>`,
  ring:   html`<circle cx="12" cy="12" r="8" stroke-dasharray="3 3"/>`,
  camera: html`<path d="M4 8h4l2-3h4l2 3h4v11H4z"/><circle cx="12" cy="13" r="3.5"/>`,
} as const
export type IconName = keyof typeof drawings

/** An icon always stands beside a word and never replaces one. */
export const icon = (name: IconName): Html =>
  html`<svg class="i" viewBox="0 0 24 24" aria-hidden="true">${drawings[name]}</svg>`

export type Tone = 'ok' | 'notice' | 'no' | 'am'

const tick = html`<path d="M15.5 24.5l6 6L33 18.5" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>`
const scalloped = html`<path fill="currentColor" d="${lobes}"/><circle cx="24" cy="24" r="16.5" fill="none" stroke="#fff" stroke-opacity=".55"/>${tick}`

/** Each verdict has a shape of its own, so that a reader need not see its colour. */
const seals: Record<Tone, Html> = {
  ok: scalloped,
  notice: html`${scalloped}<circle cx="37" cy="37" r="10" fill="#764900" stroke="#fdf2d6" stroke-width="2"/><path d="M34.5 33v8M39.5 33v8" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/>`,
  no: html`<path fill="currentColor" d="M15.2 3h17.6L45 15.2v17.6L32.8 45H15.2L3 32.8V15.2z"/><path d="M16.6 6.5h14.8l10.1 10.1v14.8L31.4 41.5H16.6L6.5 31.4V16.6z" fill="none" stroke="#fff" stroke-opacity=".55"/><path d="M17 17l14 14M31 17L17 31" stroke="#fff" stroke-width="4" stroke-linecap="round"/>`,
  am: html`<path fill="currentColor" d="M24 2.5L45.5 24 24 45.5 2.5 24z"/><path d="M24 7.5L40.5 24 24 40.5 7.5 24z" fill="none" stroke="#fff" stroke-opacity=".55"/><path d="M19.6 19.6a4.4 4.4 0 1 1 6.4 4c-1.3.8-2 1.6-2 3.200v.4M24 32.300v.1" fill="none" stroke="#fff" stroke-width="3.4" stroke-linecap="round"/>`,
}
export const seal = (tone: Tone): Html =>
  html`<svg class="seal" viewBox="0 0 48 48" aria-hidden="true">${seals[tone]}</svg>`

export const mark: Html = html`<svg width="42" height="42" viewBox="0 0 48 48" aria-hidden="true"><path d="${lobes}" fill="none" stroke="#e6bf6f" stroke-width="2"/><circle cx="24" cy="24" r="15" fill="#e6bf6f"/><path d="M30 18.600c-1-2-3.1-3.2-5.7-3.2-3.3 0-5.8 1.7-5.8 4.4 0 5.7 11.7 3.3 11.7 9 0 2.7-2.6 4.5-6 4.5-2.9 0-5.3-1.3-6.3-3.5" fill="none" stroke="#0a3a40" stroke-width="3.2" stroke-linecap="round"/></svg>`

/** A word for a state, to read and not to click. */
export const tag = (tone: 'ok' | 'no' | 'am' | 'gy', name: IconName, words: Html | string): Html =>
  html`<strong class="tag ${tone}">${icon(name)}${words}</strong>`

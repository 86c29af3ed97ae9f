// The reader's local time beside UTC. Without it, every time is in UTC.

const { lang } = document.documentElement
/** @param {Date} at @param {Intl.DateTimeFormatOptions} parts */
const written = (at, parts) =>
  new Intl.DateTimeFormat(`${lang === 'en' ? 'en-GB' : lang}-u-ca-gregory-nu-latn`, parts).format(at)

/** @param {Date} at */
function offsetOf(at) {
  const minutes = -at.getTimezoneOffset()
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${rest}`}`
}

/** Adds the local time to each marked time, once. */
export function addLocalTimes() {
  for (const time of document.querySelectorAll('time[data-local]')) {
    time.removeAttribute('data-local')
    const at = new Date(time.getAttribute('datetime') ?? '')
    if (at.getTimezoneOffset() === 0) continue
    // East of UTC, the next day may have begun.
    const isOtherDay = at.getDate() !== at.getUTCDate()
    const day = isOtherDay ? `${written(at, { day: 'numeric', month: 'short', year: 'numeric' })}, ` : ''
    time.append(` · ${day}${written(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })} (${offsetOf(at)})`)
  }
}

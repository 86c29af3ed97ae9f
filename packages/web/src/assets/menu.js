// Closes the menu of languages on Escape and on a press outside it. Without the script, its own button closes it.
const menus = () => document.querySelectorAll('details.lang[open]')

document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return
  for (const menu of menus()) {
    menu.removeAttribute('open')
    menu.querySelector('summary')?.focus()
  }
})

document.addEventListener('pointerdown', ({ target }) => {
  for (const menu of menus()) if (!(target instanceof Node && menu.contains(target))) menu.removeAttribute('open')
})

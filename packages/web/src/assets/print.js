// Adds a print button to the page. Without it, the browser's own print still works.
for (const button of document.querySelectorAll('[data-print]')) {
  button.removeAttribute('hidden')
  button.addEventListener('click', () => window.print())
}

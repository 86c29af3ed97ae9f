/**
 * The page, in the language of typst. It is the only source text that the typesetter gets. Everything about a certificate comes in as
 * data (`sys.inputs`), so no name can be read as markup.
 */
export const layout = `
#let d = json(bytes(sys.inputs.paper))
#let w = d.words
#let teal = rgb("#0a3a40")
#let dim = rgb("#44585b")
#let stacks = (
  latin: (font: "Noto Sans", lang: "en"),
  thai: (font: ("Noto Sans Thai", "Noto Sans"), lang: "th"),
  lao: (font: ("Noto Sans Lao", "Noto Sans"), lang: "lo"),
  khmer: (font: ("Noto Sans Khmer", "Noto Sans"), lang: "km"),
  myanmar: (font: ("Noto Sans Myanmar", "Noto Sans"), lang: "my"),
  arabic: (font: ("Noto Sans Arabic", "Noto Sans"), lang: "ar"),
)
#let shown(runs) = runs.map(run => text(..stacks.at(run.script), run.text)).join()

#set document(title: w.title, date: datetime(..d.madeAt))
// Lines are as high as the tallest letters, so that marks above and below touch no other line.
#set text(font: "Noto Sans", fallback: false, size: 10pt, fill: rgb("#0a1a1d"), lang: "en", hyphenate: false, top-edge: "ascender", bottom-edge: "descender")
#set par(leading: 0.1em, spacing: 0.35em)
#let frame = pdf.artifact(image(bytes(sys.inputs.frame), format: "svg", width: 210mm, height: 297mm))
#let foot = context {
  set text(size: 8pt, fill: dim)
  grid(columns: (1fr, auto), d.printed, [#w.page #counter(page).display() / #counter(page).final().first()])
}
#set page(paper: "a4", margin: (x: 20mm, top: 18mm, bottom: 22mm), background: frame, footer: foot)

#let small(it) = text(size: 8.5pt, fill: dim, it)
#let label(it) = text(size: 8pt, weight: "bold", fill: dim, it)
#let heading-2(it) = block(below: 0.5em, heading(level: 2, text(size: 10.5pt, fill: teal, it)))
// Ink that leaves its lines is cut, so that a pile of marks covers nothing else.
#let kept(it) = block(width: 100%, clip: true, spacing: 0.3em, it)
// The largest size at which a text has at most the given height. At the smallest size it takes the height that it needs.
#let fitted(it, sizes, height, weight: "bold") = layout(area => {
  let fits(size) = measure(block(width: area.width, text(size: size, weight: weight, it))).height <= height
  let found = sizes.find(fits)
  let size = if found == none { sizes.last() } else { found }
  kept(text(size: size, weight: weight, it))
})

#let issuer = grid(
  columns: (1fr, 55mm),
  column-gutter: 8mm,
  {
    if "logo" in d { block(below: 2mm, context {
      let logo(..size) = image(bytes(d.logo), format: "png", ..size)
      pdf.artifact(if measure(logo(height: 16mm)).width > 60mm { logo(width: 60mm) } else { logo(height: 16mm) })
    }) }
    kept(text(size: 11pt, weight: "bold", shown(d.body)))
    if "onBehalfOf" in d { kept([#w.onBehalfOf #shown(d.onBehalfOf)]) }
  },
  align(right, { label(w.number); kept(text(weight: "bold", shown(d.number))) }),
)
#let award(share) = align(center, {
  if d.specimen.len() > 0 { for line in d.specimen { kept(text(size: 11pt, weight: "bold", fill: rgb("#8a1c1c"), shown(line))) } }
  for line in d.duplicate { kept(text(size: 11pt, weight: "bold", shown(line))) }
  heading(level: 1, text(size: 26pt, fill: teal, w.heading))
  v(2mm)
  for line in d.certifies { kept(shown(line)) }
  v(1mm)
  fitted(shown(d.name), (26pt, 22pt, 18pt, 14pt, 11pt, 9pt), 26mm * share)
  if "nativeName" in d { fitted(shown(d.nativeName), (18pt, 15pt, 12pt, 9pt), 22mm * share, weight: "regular") }
  v(1mm)
  for line in d.awarded { kept(shown(line)) }
  v(1mm)
  for (at, title) in d.titles.enumerate() {
    set text(lang: title.language)
    if at == 0 { fitted(text(fill: teal, shown(title.runs)), (19pt, 16pt, 13pt, 11pt), 20mm * share) } else { fitted(shown(title.runs), (14pt, 12pt, 10pt), 14mm * share, weight: "regular") }
  }
  for line in d.part { kept(text(weight: "bold", shown(line))) }
})
#let facts = grid(
  columns: (1fr, 1fr),
  column-gutter: 10mm,
  {
    heading-2(w.dates)
    for fact in d.facts { kept({ label(fact.name); linebreak(); shown(fact.value) }) }
  },
  {
    heading-2(w.level)
    for level in d.levels { kept({ text(weight: "bold", shown(level.name)); linebreak(); small(shown(level.citation)) }) }
    kept(small(if d.levels.len() > 0 { w.comparable } else { w.noLevel }))
    if "signatory" in d {
      v(5mm)
      pdf.artifact(line(length: 60mm, stroke: 0.5pt + dim))
      kept({ text(weight: "bold", shown(d.signatory.name)); linebreak(); shown(d.signatory.title) })
    }
  },
)
#let checking = block(breakable: false, grid(
  columns: (40mm, 1fr),
  column-gutter: 5mm,
  align: horizon,
  link(d.link, image(bytes(sys.inputs.qr), format: "svg", width: 40mm, height: 40mm, alt: w.qr)),
  {
    for line in d.check { kept(shown(line)) }
    kept(text(size: 11pt, weight: "bold", d.host))
    kept(text(size: 12.5pt, weight: "bold", tracking: 0.4pt, d.code))
    kept(small(w.notProof))
  },
))
// Names and titles share the height that the rest of the first page leaves.
#let shares = (1, 0.7, 0.5, 0.35)
#let further(it) = {
  let held(it) = fitted(it, (8.5pt, 7pt, 6pt), 14.5mm, weight: "regular")
  set page(margin: (x: 20mm, top: 50mm, bottom: 22mm), header-ascent: 6mm, header: align(bottom, {
    set text(size: 8.5pt)
    grid(
      columns: (1fr, 65mm),
      column-gutter: 8mm,
      block(height: 30mm, clip: true, align(bottom, { held(strong(shown(d.name))); held(shown(d.titles.first().runs)) })),
      align(right + bottom, { label(w.number); linebreak(); shown(d.number); linebreak(); text(size: 8pt, d.code) }),
    )
    pdf.artifact(line(length: 100%, stroke: 0.5pt + dim))
  }))
  it
}
#let units = {
  heading-2(w.units)
  table(
    columns: (38mm, 1fr),
    stroke: (x, y) => (bottom: 0.3pt + dim),
    inset: (x: 1.5mm, y: 0.8mm),
    table.header(label(w.unitCode), label(w.unitTitle)),
    ..d.units.map(unit => (kept(shown(unit.code)), kept(shown(unit.title)))).flatten(),
  )
}

#context {
  let height(part) = measure(width: 170mm, part).height
  let fits(..parts) = parts.pos().map(height).sum() <= 250mm
  // The QR code stays on the first page. Facts that leave no room for it follow on the next one.
  let isShort = fits(issuer, award(shares.last()), facts, checking)
  let others = if isShort { facts }
  let share = shares.find(share => fits(issuer, award(share), others, checking))
  issuer
  v(1fr)
  award(if share == none { shares.last() } else { share })
  v(1fr)
  if isShort { facts; v(1fr) }
  checking
  if not isShort or d.units.len() > 0 { further({ if not isShort { facts; v(5mm) }; if d.units.len() > 0 { units } }) }
}
#pdf.attach("certificate.json", bytes(sys.inputs.document), relationship: "source", mime-type: "application/ld+json", description: w.attached)
`

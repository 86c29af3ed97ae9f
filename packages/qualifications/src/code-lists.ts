// biome-ignore format: it reads as a table
/** The international lists that are part of this software, each with its version. All else about qualifications is a record. */
export const codeLists = [
  { name: 'ISO 3166-1',                     version: '2020', source: 'https://www.iso.org/standard/72482.html' },
  { name: 'ISCO-08',                        version: '2008', source: 'https://isco.ilo.org/en/isco-08/' },
  { name: 'ISCED-F',                        version: '2013', source: 'https://uis.unesco.org/en/topic/international-standard-classification-education-isced' },
  { name: 'AQRF: levels',                   version: '2014', source: 'https://www2.mqa.gov.my/myaqrf/aqrf_what.cfm' },
  { name: 'AQRF: criteria of referencing',  version: '2014', source: 'https://www2.mqa.gov.my/myaqrf/ref_to_aqrf.cfm' },
] as const

// biome-ignore format: it reads as a table
/** @see https://uis.unesco.org/en/topic/international-standard-classification-education-isced (Fields of Education and Training 2013) */
export const broadFields: Readonly<Record<string, string>> = {
  '00': 'Generic programmes and qualifications',
  '01': 'Education',
  '02': 'Arts and humanities',
  '03': 'Social sciences, journalism and information',
  '04': 'Business, administration and law',
  '05': 'Natural sciences, mathematics and statistics',
  '06': 'Information and Communication Technologies (ICTs)',
  '07': 'Engineering, manufacturing and construction',
  '08': 'Agriculture, forestry, fisheries and veterinary',
  '09': 'Health and welfare',
  '10': 'Services',
}

// biome-ignore format: it reads as a table
/** @see https://isco.ilo.org/en/isco-08/ */
export const majorGroups: Readonly<Record<string, string>> = {
  '0': 'Armed forces occupations',
  '1': 'Managers',
  '2': 'Professionals',
  '3': 'Technicians and associate professionals',
  '4': 'Clerical support workers',
  '5': 'Service and sales workers',
  '6': 'Skilled agricultural, forestry and fishery workers',
  '7': 'Craft and related trades workers',
  '8': 'Plant and machine operators, and assemblers',
  '9': 'Elementary occupations',
}

/** Titles of detailed fields. Those that the baseline uses: others are shown by the titles of their records. */
export const detailedFields: Readonly<Record<string, string>> = {
  '0411': 'Accounting and taxation',
  '0416': 'Wholesale and retail sales',
  '0713': 'Electricity and energy',
  '0723': 'Textiles (clothes, footwear and leather)',
  '0731': 'Architecture and town planning',
  '0732': 'Building and civil engineering',
  '0911': 'Dental studies',
  '0912': 'Medicine',
  '0913': 'Nursing and midwifery',
  '1013': 'Hotel, restaurants and catering',
  '1041': 'Transport services',
}

/** Titles of unit groups, in the same way. */
export const unitGroups: Readonly<Record<string, string>> = {
  '1324': 'Supply, distribution and related managers',
  '2161': 'Building architects',
  '2165': 'Cartographers and surveyors',
  '2211': 'Generalist medical practitioners',
  '2221': 'Nursing professionals',
  '2261': 'Dentists',
  '2320': 'Vocational education teachers',
  '2411': 'Accountants',
  '4224': 'Hotel receptionists',
  '4321': 'Stock clerks',
  '4323': 'Transport clerks',
  '5131': 'Waiters',
  '5152': 'Domestic housekeepers',
  '7111': 'House builders',
  '7112': 'Bricklayers and related workers',
  '7115': 'Carpenters and joiners',
  '7119': 'Building frame and related trades workers not elsewhere classified',
  '7122': 'Floor layers and tile setters',
  '7123': 'Plasterers',
  '7131': 'Painters and related workers',
  '7212': 'Welders and flamecutters',
  '7214': 'Structural-metal preparers and erectors',
  '7231': 'Motor vehicle mechanics and repairers',
  '7233': 'Agricultural and industrial machinery mechanics and repairers',
  '7411': 'Building and related electricians',
  '7412': 'Electrical mechanics and fitters',
  '7531': 'Tailors, dressmakers, furriers and hatters',
  '8153': 'Sewing machine operators',
  '8212': 'Electrical and electronic equipment assemblers',
  '8332': 'Heavy truck and lorry drivers',
  '8344': 'Lifting truck operators',
  '9112': 'Cleaners and helpers in offices, hotels and other establishments',
}

/** Tryton's unit symbols as it is installed, in UN/CEFACT codes. A symbol that is missing here is handed on as it is, and refused as no such code. */
const CODE_BY_SYMBOL: Readonly<Record<string, string>> = {
  u: 'C62',
  kg: 'KGM',
  g: 'GRM',
  c: 'CTM',
  lb: 'LBR',
  oz: 'ONZ',
  s: 'SEC',
  min: 'MIN',
  h: 'HUR',
  d: 'DAY',
  m: 'MTR',
  km: 'KMT',
  cm: 'CMT',
  mm: 'MMT',
  ft: 'FOT',
  yd: 'YRD',
  in: 'INH',
  mi: 'SMI',
  'm³': 'MTQ',
  l: 'LTR',
  'cm³': 'CMQ',
  'in³': 'INQ',
  'ft³': 'FTQ',
  gal: 'GLL',
  'm²': 'MTK',
  'cm²': 'CMK',
  a: 'ARE',
  ha: 'HAR',
  'in²': 'INK',
  'ft²': 'FTK',
  'yd²': 'YDK',
};

export function unitCodeOf(symbol: string): string {
  return CODE_BY_SYMBOL[symbol] ?? symbol;
}

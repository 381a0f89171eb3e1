/** The names of an Accept or Accept-Encoding header in lower case with their weights: `br;q=0.5, gzip`. A weight that is no number is 0. */
export function weightsOf(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const part of header.split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const given = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = given === undefined ? 1 : Number(given.slice(2));
    weights.set(name, Number.isNaN(weight) ? 0 : weight);
  }
  return weights;
}

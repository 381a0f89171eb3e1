/**
 * Whether a line ends inside a quoted field, so that the record goes on in the next line. A quote opens a field only at its
 * beginning: the inch sign in `5" pipe` opens nothing.
 */
export function endsInsideQuotes(line: string, delimiter: string, beginsInside: boolean): boolean {
  if (!line.includes('"')) return beginsInside;
  let inside = beginsInside;
  let atFieldStart = !beginsInside;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (inside) {
      if (character !== '"') continue;
      if (line[at + 1] === '"') at += 1;
      else inside = false;
    } else if (character === '"' && atFieldStart) {
      inside = true;
    }
    atFieldStart = !inside && character === delimiter;
  }
  return inside;
}

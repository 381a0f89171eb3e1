/**
 * A text as UTF-8. Node measures a text before it writes it, which takes several times as long as the writing; nearly every answer is
 * ASCII, so it is written at once into the room that ASCII needs, and only what turns out to need more is done over.
 */
export function encodeUtf8(text: string): Buffer {
  // A character that does not fit is not begun, and takes four bytes at most: with four bytes to spare, exactly as many bytes as
  // characters are written only if every character is one byte.
  const room = Buffer.allocUnsafe(text.length + 4);
  const written = room.write(text, 'utf8');
  return written === text.length ? room.subarray(0, written) : Buffer.from(text, 'utf8');
}

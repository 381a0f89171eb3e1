import { fail } from '../errors.ts';

const maxNamespaceBytes = 255;

export function splitNamespace(namespace: string): { database: string; name: string } {
  const dot = namespace.indexOf('.');
  return { database: namespace.slice(0, dot), name: namespace.slice(dot + 1) };
}

/** Refuses names that MongoDB refuses: empty parts, forbidden characters, too long. */
export function validNamespace(namespace: string): void {
  const { database, name } = splitNamespace(namespace);
  const bad =
    !namespace.includes('.') ||
    database === '' ||
    name === '' ||
    /[/\\. "$\0]/.test(database) ||
    name.startsWith('.') ||
    name.endsWith('.') ||
    name.includes('\0') ||
    name.includes('$') ||
    Buffer.byteLength(namespace) > maxNamespaceBytes;
  if (bad) fail('InvalidNamespace', `Invalid namespace specified '${namespace}'`);
}

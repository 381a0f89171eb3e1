import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { GatewayOptions } from '../gateway/index.ts';
import { SettingsError } from './settings.ts';

type KnownOperations = NonNullable<GatewayOptions['knownOperations']>;

/** What Apollo's client tools write. */
const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ body: z.string().min(1), name: z.string().min(1).optional() })),
});
/** What Relay's compiler writes: texts by their hash. */
const textsByHash = z.record(z.string().min(1), z.string().min(1));

/**
 * Reads the operations that a client's build recorded: Apollo's persisted query manifest, or an object of texts by hash. Throws a
 * SettingsError when `file` is neither.
 */
export function readOperationManifest(file: string): KnownOperations {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new SettingsError([
      `OPERATION_MANIFEST names ${file}, which cannot be read as JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
    ]);
  }
  const apollo = apolloManifest.safeParse(content);
  if (apollo.success) {
    return apollo.data.operations.map(({ body, name }) => ({
      source: body,
      ...(name === undefined ? {} : { operationName: name }),
    }));
  }
  const texts = textsByHash.safeParse(content);
  if (texts.success) return Object.values(texts.data).map((source) => ({ source }));
  throw new SettingsError([
    `OPERATION_MANIFEST names ${file}, which is neither Apollo's persisted query manifest (format, version, operations) nor an object of texts by hash`,
  ]);
}

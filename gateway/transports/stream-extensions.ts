import type { StreamExtensions } from '../../platform/graphql/follow.ts';

/** What a subgraph tells beside an event, as far as it is of the form the graph's own subgraphs use; anything else is left out. */
export function streamExtensionsOf(extensions: unknown): {
  readonly extensions?: StreamExtensions;
} {
  if (typeof extensions !== 'object' || extensions === null) return {};
  const given: Partial<Record<keyof StreamExtensions, unknown>> = extensions;
  const { cursor, entity, resumed, opening } = given;
  return {
    extensions: {
      ...(typeof cursor === 'string' ? { cursor } : {}),
      ...(typeof entity === 'string' ? { entity } : {}),
      ...(typeof resumed === 'boolean' ? { resumed } : {}),
      ...(opening === 'present' || opening === 'changes' ? { opening } : {}),
    },
  };
}

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { composeServices } from '@theguild/federation-composition';
import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

/** One subgraph's contract, as composition needs it. */
export interface SubgraphContract {
  readonly name: string;
  /** Where the subgraph answers; it becomes part of the supergraph. */
  readonly url: string;
  readonly typeDefs: DocumentNode;
}

/** The contracts do not fit together. `problems` names each reason with its composition code. */
export class CompositionError extends Error {
  readonly problems: readonly { readonly code: string; readonly message: string }[];

  constructor(problems: CompositionError['problems']) {
    super(
      `the subgraphs do not compose:\n${problems.map(({ code, message }) => `  ${code}: ${message}`).join('\n')}`,
    );
    this.name = 'CompositionError';
    this.problems = problems;
  }
}

const supergraphFile = z.object({
  federation_version: z.union([z.string(), z.number()]).optional(),
  subgraphs: z.record(
    z.string().min(1),
    z.object({ routing_url: z.string().min(1), schema: z.object({ file: z.string().min(1) }) }),
  ),
});

/**
 * Composes what a `supergraph.yaml` in rover's format names; schema files are found relative to it. Answers with the supergraph's
 * SDL, or throws a CompositionError that lists every problem.
 */
export function composeFromFile(file: string): string {
  return composeSupergraph(readContracts(file));
}

/** Reads a `supergraph.yaml` and the schema files it names. Throws with the file's name when one is missing or not right. */
export function readContracts(file: string): SubgraphContract[] {
  const parsed = supergraphFile.safeParse(parseYaml(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file} is not a supergraph file:\n${z.prettifyError(parsed.error)}`);
  return Object.entries(parsed.data.subgraphs).map(([name, subgraph]) => {
    const schemaFile = resolve(dirname(file), subgraph.schema.file);
    return {
      name,
      url: subgraph.routing_url,
      typeDefs: parseContract(name, readFileSync(schemaFile, 'utf8')),
    };
  });
}

/** Composes contracts into a supergraph's SDL, or throws a CompositionError. */
export function composeSupergraph(contracts: readonly SubgraphContract[]): string {
  const result = composeServices(contracts.map((contract) => ({ ...contract })));
  if (result.errors !== undefined && result.errors.length > 0) {
    throw new CompositionError(
      result.errors.map(({ extensions, message }) => ({ code: codeOf(extensions), message })),
    );
  }
  if (result.supergraphSdl === undefined) throw new Error('composition gave neither a supergraph nor errors');
  return result.supergraphSdl;
}

function parseContract(name: string, sdl: string): DocumentNode {
  try {
    return parse(sdl, { noLocation: true });
  } catch (cause) {
    if (!(cause instanceof GraphQLError)) throw cause;
    throw new CompositionError([{ code: 'INVALID_GRAPHQL', message: `[${name}] ${cause.message}` }]);
  }
}

function codeOf(extensions: Readonly<Record<string, unknown>> | undefined): string {
  const code = extensions?.['code'];
  return typeof code === 'string' ? code : 'UNKNOWN';
}

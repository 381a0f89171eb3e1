import { assertValidSchema, type DocumentNode, type GraphQLSchema, Kind, parse } from 'graphql';
import { codedError } from '../errors.ts';
import { createHivePlanner } from '../planner/hive-planner.ts';
import type { CreatePlanner, Planner } from '../planner/plan.ts';
import { type AccessRules, readAccessRules } from '../policy/access-rules.ts';
import { type CostRules, readCostRules } from '../policy/cost-rules.ts';
import { buildApiSchema } from './api-schema.ts';
import { readLinks, stringArgument } from './linked-directives.ts';
import { readTypeRelations, type TypeRelations } from './type-relations.ts';

/** A supergraph that has been read, checked and made ready to plan. */
export interface Supergraph {
  readonly sdl: string;
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  readonly types: TypeRelations;
  readonly access: AccessRules;
  readonly costs: CostRules;
  readonly planner: Planner;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
}

/** Loads a supergraph. Throws SUPERGRAPH_REFUSED with the reason when it cannot be served. */
export function loadSupergraph(sdl: string, createPlanner: CreatePlanner = createHivePlanner): Supergraph {
  try {
    const document = parse(sdl, { noLocation: true });
    const links = readLinks(document);
    const apiSchema = buildApiSchema(document, links);
    assertValidSchema(apiSchema);
    return {
      sdl,
      apiSchema,
      types: readTypeRelations(document),
      access: readAccessRules(document, links, apiSchema),
      costs: readCostRules(document, links),
      planner: createPlanner(sdl),
      subgraphs: readSubgraphs(document),
    };
  } catch (cause) {
    throw codedError(
      'SUPERGRAPH_REFUSED',
      `the supergraph does not load: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

function readSubgraphs(document: DocumentNode): Supergraph['subgraphs'] {
  const graphs = document.definitions.find(
    (definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
  );
  const values = graphs?.kind === Kind.ENUM_TYPE_DEFINITION ? (graphs.values ?? []) : [];
  if (values.length === 0) throw new Error('it names no subgraphs; is it the SDL of a composed supergraph?');
  return values.map((value) => {
    const join = value.directives?.find((directive) => directive.name.value === 'join__graph');
    const name = join && stringArgument(join, 'name');
    if (join === undefined || name === undefined)
      throw new Error(`${value.name.value} has no @join__graph(name:)`);
    return { name, url: stringArgument(join, 'url') ?? '' };
  });
}

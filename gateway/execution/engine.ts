import type { ExecutionResult, GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Identity } from '../../platform/identity/identity.ts';
import type { AccessDecision, Policies, UnauthorizedFields } from '../policy/authorization.ts';
import { maskError, maskThrown } from '../policy/error-masking.ts';
import { checkCost, checkPages, type Limits } from '../policy/limits.ts';
import type { RequestContext } from '../request-context.ts';
import { createSourceCache } from '../source-cache.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { Failure } from './failures.ts';
import type { ResponseObject } from './merge.ts';
import { type OperationInput, type PreparedOperation, prepareOperation } from './prepare.ts';
import type { OperationRunner, Variant } from './runnable.ts';
import { MAX_ERRORS, ShapeRun } from './shape-run.ts';
import type { Execution } from './step.ts';
import { compileVariant } from './variant.ts';

/** An operation that is ready to run, with one caller of each kind that asked it. */
export interface RecentOperation {
  readonly input: OperationInput;
  readonly callers: readonly Identity[];
}

export interface EngineOptions {
  readonly supergraph: Supergraph;
  readonly runner: OperationRunner;
  readonly limits: Limits;
  readonly policies: Policies;
  readonly unauthorized: UnauthorizedFields;
  /** Operations kept ready; the least recently used goes first. Default 2,000. */
  readonly maxOperations?: number;
}

/** Answers operations on one supergraph. */
export interface Engine {
  readonly supergraph: Supergraph;
  /** Answers a query or mutation. Never rejects. */
  execute(input: OperationInput, given: GivenVariables, context: RequestContext): Promise<ExecutionResult>;
  /** The checks every operation passes, and what is ready to run afterwards; or the answer, when there is nothing to run. */
  admit(input: OperationInput, given: GivenVariables, context: RequestContext): Admission;
  /**
   * Makes an operation ready before anybody asks it: for callers who may read as much as these, or for those who may read all of it.
   * Throws when it cannot be planned.
   */
  warm(input: OperationInput, callers?: readonly Identity[]): void;
  /** What was asked lately, the latest first. */
  recent(max: number): RecentOperation[];
  /** Releases what belongs to this supergraph alone, once another has taken over. What runs still finishes. */
  stop(): Promise<void>;
  /** Turns collected data into the client's answer. */
  answer(admitted: Admitted, data: ResponseObject, execution: Execution): ExecutionResult;
}

export type GivenVariables = Readonly<Record<string, unknown>> | undefined | null;
export type Admission = Admitted | { readonly refused: ExecutionResult };

export interface Admitted {
  readonly variant: Variant;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Errors for what this caller may not read. */
  readonly withheld: readonly GraphQLError[];
}

export function createEngine(options: EngineOptions): Engine {
  const { supergraph, runner, limits, policies, unauthorized } = options;
  const operations = createSourceCache<
    PreparedOperation & { variants: LRUCache<string, { variant: Variant; caller?: Identity }> }
  >({ max: options.maxOperations ?? 2000 });

  const prepared = (input: OperationInput) => {
    const key = `${input.operation.name?.value ?? ''}\u0000${input.source}`;
    const known = operations.get(key);
    if (known !== undefined) return known;
    const fresh = {
      ...prepareOperation(input, supergraph, limits, policies),
      // Each combination of rights that was met; few in practice, and bounded for the rest.
      variants: new LRUCache<string, { variant: Variant; caller?: Identity }>({ max: 32 }),
    };
    operations.set(key, fresh);
    return fresh;
  };

  const variantOf = (
    operation: ReturnType<typeof prepared>,
    decision: AccessDecision,
    caller?: Identity,
  ): Variant => {
    const known = operation.variants.get(decision.key);
    if (known !== undefined) return known.variant;
    const variant = compileVariant(operation, decision, supergraph, runner);
    operation.variants.set(decision.key, { variant, ...(caller === undefined ? {} : { caller }) });
    return variant;
  };

  const admit: Engine['admit'] = (input, given, context) => {
    const operation = prepared(input);
    const { refusal } = operation.measured;
    if (refusal !== undefined) return refuse([refusal], context);
    const coerced = operation.coerce(given ?? {});
    if ('errors' in coerced) return refuse(coerced.errors, context);
    const { variables } = coerced;
    const page = checkPages(operation.measured.pageArguments, variables, limits);
    if (page !== undefined) return refuse([page], context);
    const dear = checkCost(operation.cost(variables), limits);
    if (dear !== undefined) return refuse([dear], context);
    const decision = operation.access.decide(context.identity);
    const withheld = decision.errors(variables).map((error) => maskError(error, context));
    const refusesAll = unauthorized === 'refuse' ? withheld.length > 0 : decision.refusesAll(variables);
    if (refusesAll) return { refused: { data: null, errors: withheld } };
    return { variant: variantOf(operation, decision, context.identity), variables, withheld };
  };

  const answer: Engine['answer'] = ({ variant, variables, withheld }, data, { failures, context }) => {
    const run = new ShapeRun();
    const shaped = variant.shape(data, variables, run);
    const errors = [
      ...withheld,
      ...run.errors.map(({ message, path, failure }) => toError(message, path, failure, context)),
      ...failures
        .filter((failure) => !failure.told)
        .slice(0, MAX_ERRORS)
        .map((failure) => toError(failure.error.message, undefined, failure, context)),
    ];
    const result = { data: (shaped ?? null) as ResponseObject | null }; // a root shape makes an object or nothing
    return errors.length === 0 ? result : { ...result, errors };
  };

  return {
    supergraph,
    admit,
    answer,

    warm(input, callers) {
      const operation = prepared(input);
      if (operation.measured.refusal !== undefined) return;
      if (callers === undefined) variantOf(operation, operation.access.unrestricted);
      for (const caller of callers ?? []) variantOf(operation, operation.access.decide(caller), caller);
    },

    recent: (max) =>
      [...operations.values()].slice(0, max).map(({ input, variants }) => ({
        input,
        callers: [...variants.values()].flatMap(({ caller }) => (caller === undefined ? [] : [caller])),
      })),

    async stop() {
      await runner.stop?.();
    },

    async execute(input, given, context) {
      try {
        const admission = admit(input, given, context);
        if ('refused' in admission) return admission.refused;
        if (input.operation.operation === 'mutation') context.carryThrough();
        const execution: Execution = { context, variables: admission.variables, failures: [] };
        const data: ResponseObject = {};
        await admission.variant.run?.(execution, data);
        return answer(admission, data, execution);
      } catch (cause) {
        return { data: null, errors: [maskThrown(cause, context)] };
      }
    },
  };
}

function refuse(errors: readonly GraphQLError[], context: RequestContext): { refused: ExecutionResult } {
  // Without `data`: nothing was executed, which HTTP clients are told by a status of 400.
  return { refused: { errors: errors.map((error) => maskError(error, context)) } };
}

function toError(
  message: string,
  path: readonly (string | number)[] | undefined,
  failure: Failure | undefined,
  context: RequestContext,
): GraphQLError {
  if (failure === undefined) {
    return maskError({ message, path, extensions: { code: 'INCOMPLETE_DATA' } }, context);
  }
  const { error, subgraph } = failure;
  return maskError({ message, path, subgraph, extensions: error.extensions, cause: error.cause }, context);
}

import { type ExecutionResult, GraphQLError } from 'graphql';
import { codedError } from '../errors.ts';
import type { Admission, Admitted, Engine, GivenVariables } from '../execution/engine.ts';
import type { ResponseObject } from '../execution/merge.ts';
import type { OperationInput } from '../execution/prepare.ts';
import type { RunSubscription } from '../execution/runnable.ts';
import type { Execution } from '../execution/step.ts';
import { maskError, maskThrown } from '../policy/error-masking.ts';
import type { RequestContext } from '../request-context.ts';
import type { StreamEvent } from './stream-event.ts';

export interface EventAnswering {
  readonly engine: Engine;
  readonly input: OperationInput;
  readonly given: GivenVariables;
  readonly admitted: Admitted;
  readonly subscription: RunSubscription;
  contextFor(): RequestContext;
}

/**
 * The answer an event gives with one plan: made for whoever asks first and the same for all others, whose identities are equal because
 * they listen to the same stream. Rejects with FORBIDDEN when the rights are no longer those the subscription was opened with.
 */
export function answerOnce(
  event: StreamEvent,
  planKey: string,
  answering: EventAnswering,
): Promise<ExecutionResult> {
  const known = event.answers.get(planKey);
  if (known !== undefined) return known;
  const answer = answerEvent(event, answering);
  event.answers.set(planKey, answer);
  return answer;
}

async function answerEvent(
  { answer, extensions: { entity: _, ...extensions } }: StreamEvent,
  { engine, input, given, admitted, subscription, contextFor }: EventAnswering,
): Promise<ExecutionResult> {
  const context = contextFor();
  try {
    // Rights may end while a subscription runs. What was planned for others would show what may no longer be seen.
    if (rightsOf(engine.admit(input, given, context)) !== rightsOf(admitted))
      throw rightsHaveChanged(context);
    const execution: Execution = { context, variables: admitted.variables, failures: [] };
    const data: ResponseObject = {};
    // A plan uses up what it is given, and other plans may want the same event.
    const event = 'data' in answer ? { ...answer, data: structuredClone(answer.data) } : answer;
    await subscription.apply(execution, data, event);
    const result = engine.answer(admitted, data, execution);
    return Object.keys(extensions).length === 0 ? result : { ...result, extensions };
  } catch (cause) {
    if (cause instanceof GraphQLError) throw cause;
    return { data: null, errors: [maskThrown(cause, context)], extensions };
  } finally {
    context.end();
  }
}

/** What a caller may not read of an operation, as one text; equal texts are equal plans. */
function rightsOf(admission: Admission): string {
  const errors = 'refused' in admission ? admission.refused.errors : admission.withheld;
  const paths = (errors ?? []).map(({ path }) => (path ?? []).join('.'));
  return `${'refused' in admission ? 'refused' : 'admitted'} ${paths.join(' ')}`;
}

function rightsHaveChanged(context: RequestContext): GraphQLError {
  return maskError(
    codedError('FORBIDDEN', 'what this caller may read has changed; subscribe again'),
    context,
  );
}

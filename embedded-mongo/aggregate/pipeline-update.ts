import { fail } from '../errors.ts';
import { type Doc, isDocument } from '../values/kinds.ts';
import { documentStage } from './document-stages.ts';
import type { ExpressionEnvironment } from './expression.ts';

const allowed = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

/** Compiles an update pipeline: stages that make one document out of one. */
export function pipelineUpdate(
  stages: unknown[],
  environment: ExpressionEnvironment,
): (document: Doc) => Doc {
  const steps = stages.map((stage) => {
    const name = isDocument(stage) ? Object.keys(stage)[0] : undefined;
    if (!isDocument(stage) || name === undefined || !allowed.has(name))
      fail('InvalidOptions', `${name ?? 'an empty stage'} is not allowed to be used within an update`);
    return (
      documentStage(name, stage[name], environment) ??
      fail('InvalidOptions', `${name} is not allowed within an update`)
    );
  });
  return (document) => steps.reduce((current, step) => step(current), document);
}

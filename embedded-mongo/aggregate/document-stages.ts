import { fail } from '../errors.ts';
import { splitPath } from '../query/paths.ts';
import { assign, compileProjection } from '../query/project.ts';
import { cloneDocument } from '../values/documents.ts';
import { bsonTypeOf, type Doc, isArray, isDocument, isOperatorObject, typeName } from '../values/kinds.ts';
import { compileExpression, type Expression, type ExpressionEnvironment } from './expression.ts';

export type DocumentStage = (document: Doc) => Doc;

/** Compiles a stage that makes one document out of one; undefined if the stage is of another kind. */
export function documentStage(
  name: string,
  operand: unknown,
  environment: ExpressionEnvironment,
): DocumentStage | undefined {
  switch (name) {
    case '$set':
    case '$addFields':
      return setFields(operand, environment);
    case '$unset': {
      const names = isArray(operand) ? operand : [operand];
      if (!names.every((one) => typeof one === 'string'))
        fail(31_120, '$unset needs a string or an array of strings');
      return project(Object.fromEntries(names.map((one) => [one, 0])), environment);
    }
    case '$project':
      if (!isDocument(operand) || Object.keys(operand).length === 0)
        fail(
          51_272,
          'Invalid $project :: caused by :: projection specification must have at least one field',
        );
      return project(operand, environment);
    case '$replaceRoot':
      return replaceWith(isDocument(operand) ? operand.newRoot : undefined, environment);
    case '$replaceWith':
      return replaceWith(operand, environment);
    default:
      return undefined;
  }
}

const project = (spec: Doc, environment: ExpressionEnvironment): DocumentStage =>
  compileProjection(spec, {
    match: { expression: (expression) => compileExpression(expression, environment) },
  });

function setFields(operand: unknown, environment: ExpressionEnvironment): DocumentStage {
  if (!isDocument(operand)) fail(40_272, '$addFields specification stage must be an object');
  const fields: { path: string[]; evaluate: Expression }[] = [];
  const read = (spec: Doc, prefix: string[]): void => {
    for (const name of Object.keys(spec)) {
      const value = spec[name];
      const path = [...prefix, ...splitPath(name)];
      const nested = isDocument(value) && !isOperatorObject(value) && bsonTypeOf(value) === undefined;
      if (nested && Object.keys(value).length > 0) read(value, path);
      else fields.push({ path, evaluate: compileExpression(value, environment) });
    }
  };
  read(operand, []);
  return (document) => {
    const result = cloneDocument(document);
    for (const { path, evaluate } of fields) assign(result, path, evaluate(document));
    return result;
  };
}

function replaceWith(expression: unknown, environment: ExpressionEnvironment): DocumentStage {
  const evaluate = compileExpression(expression, environment);
  return (document) => {
    const result = evaluate(document);
    if (!isDocument(result))
      fail(40_228, `'newRoot' expression must evaluate to an object, but is ${typeName(result)}`);
    return result;
  };
}

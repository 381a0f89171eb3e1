import { evalExpr } from 'mingo/core';
import { CommandError, fail } from '../errors.ts';
import { type Path, splitPath } from '../query/paths.ts';
import { getField } from '../values/documents.ts';
import { bsonTypeOf, type Doc, isArray, isDocument, isOperatorObject } from '../values/kinds.ts';
import { allowedExpressions, expressionOptions } from './operators.ts';
import { toPlain } from './plain.ts';

export type Variables = Record<string, unknown>;
export type ExpressionEnvironment = { variables: Variables; nowMs: number };
export type Expression = (document: Doc) => unknown;

const maxDepth = 100;

/**
 * Compiles an aggregation expression. Field paths and constants keep their BSON types; what is computed comes back as
 * plain values. Operators outside the allow-list are refused with InvalidPipelineOperator.
 */
export function compileExpression(expression: unknown, environment: ExpressionEnvironment): Expression {
  if (typeof expression === 'string' && expression.startsWith('$'))
    return compilePath(expression, environment);
  if (isConstant(expression)) return () => expression;
  if (isOperatorObject(expression) && '$literal' in expression) return () => expression.$literal;
  if (isDocument(expression) && !isOperatorObject(expression)) return compileObject(expression, environment);
  refuseUnknown(expression, 0);
  const plain = toPlain(expression);
  const options = expressionOptions({ ...environment.variables, NOW: new Date(environment.nowMs) });
  return (document) => {
    try {
      return evalExpr(toPlain(document), plain, options);
    } catch (error) {
      if (error instanceof CommandError) throw error;
      throw new CommandError('FailedToParse', error instanceof Error ? error.message : String(error));
    }
  };
}

function compilePath(expression: string, environment: ExpressionEnvironment): Expression {
  if (!expression.startsWith('$$')) {
    const path = splitPath(expression.slice(1));
    return (document) => follow(document, path, 0);
  }
  const [name = '', ...rest] = splitPath(expression.slice(2));
  if (name === 'ROOT' || name === 'CURRENT') return (document) => follow(document, rest, 0);
  if (name === 'REMOVE') return () => undefined;
  if (name === 'NOW') return () => new Date(environment.nowMs);
  if (!Object.hasOwn(environment.variables, name)) fail(17_276, `Use of undefined variable: ${name}`);
  const value = environment.variables[name];
  return () => follow(value, rest, 0);
}

/** The value at a path, collected from all elements where the way leads through an array. */
function follow(value: unknown, path: Path, at: number): unknown {
  const part = path[at];
  if (part === undefined) return value;
  if (isArray(value)) {
    const found: unknown[] = [];
    for (const element of value) {
      const inner = isDocument(element) || isArray(element) ? follow(element, path, at) : undefined;
      if (inner !== undefined) found.push(inner);
    }
    return found;
  }
  return isDocument(value) ? follow(getField(value, part), path, at + 1) : undefined;
}

function compileObject(expression: Doc, environment: ExpressionEnvironment): Expression {
  const fields = Object.keys(expression).map((name) => ({
    name,
    evaluate: compileExpression(expression[name], environment),
  }));
  return (document) => {
    const result: Doc = {};
    for (const { name, evaluate } of fields) {
      const value = evaluate(document);
      if (value !== undefined) result[name] = value;
    }
    return result;
  };
}

function isConstant(expression: unknown): boolean {
  if (isArray(expression)) return expression.every(isConstant);
  if (typeof expression === 'string') return !expression.startsWith('$');
  return !isDocument(expression) || bsonTypeOf(expression) !== undefined;
}

function refuseUnknown(expression: unknown, depth: number): void {
  if (depth > maxDepth) fail('BadValue', `the expression is nested deeper than ${maxDepth} levels`);
  if (isArray(expression)) for (const part of expression) refuseUnknown(part, depth + 1);
  else if (isDocument(expression) && bsonTypeOf(expression) === undefined)
    for (const name of Object.keys(expression)) {
      if (name === '$literal') continue;
      if (name.startsWith('$') && !allowedExpressions.has(name))
        fail('InvalidPipelineOperator', `Unrecognized expression '${name}'`);
      refuseUnknown(expression[name], depth + 1);
    }
}

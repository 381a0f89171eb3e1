import { getOperationAST, parse } from 'graphql';
import { expect, it } from 'vitest';
import type { OperationInput } from '../execution/prepare.ts';
import { createRunningOperations } from './running-operations.ts';

function operation(source: string, name?: string): OperationInput {
  const document = parse(source);
  const found = getOperationAST(document, name);
  if (!found) throw new Error('there is no such operation');
  return { source, document, operation: found };
}

it('lists each running operation once, with its subscribers, until the last of them has left', () => {
  const running = createRunningOperations();
  const both = 'subscription A { a } subscription B { b }';
  const leaveFirst = running.enter(operation(both, 'A'));
  const leaveSecond = running.enter(operation(both, 'A'));
  running.enter(operation(both, 'B'));
  expect(running.list()).toMatchObject([
    { source: both, operationName: 'A', subscribers: 2 },
    { source: both, operationName: 'B', subscribers: 1 },
  ]);
  leaveFirst();
  leaveFirst();
  expect(running.list()).toMatchObject([
    { operationName: 'A', subscribers: 1 },
    { operationName: 'B', subscribers: 1 },
  ]);
  leaveSecond();
  expect(running.list()).toMatchObject([{ operationName: 'B', subscribers: 1 }]);
});

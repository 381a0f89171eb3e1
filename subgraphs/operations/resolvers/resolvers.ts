import type { Topic } from '../../../platform/graphql/topic.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import type { BusinessException as Exception } from '../domain/business-exception.ts';
import type { Resolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import {
  BusinessException,
  businessExceptionRaised,
  businessExceptions,
  resolveBusinessException,
} from './business-exception.ts';
import { Operation, operation, operations, operationUpdated, replayOperation } from './operation.ts';
import { replayOperations } from './replay-operations.ts';
import { serviceLevels } from './service-levels.ts';
import { pauseSystem, resumeSystem, System, systems } from './system.ts';

/** Every door of the room. */
export function createResolvers(
  room: Room,
  topics: { operations: Topic<OperationRecord>; exceptions: Topic<Exception> },
): Resolvers {
  return {
    Query: {
      operation,
      operations: operations(room),
      businessExceptions: businessExceptions(room),
      systems: systems(room),
      serviceLevels: serviceLevels(room),
    },
    Mutation: {
      replayOperation: replayOperation(room),
      replayOperations: replayOperations(room),
      pauseSystem: pauseSystem(room),
      resumeSystem: resumeSystem(room),
      resolveBusinessException: resolveBusinessException(room),
    },
    Subscription: {
      operationUpdated: operationUpdated(topics.operations, room.clock),
      businessExceptionRaised: businessExceptionRaised(topics.exceptions, room.clock),
    },
    Operation,
    BusinessException: BusinessException(room),
    System: System(room.clock),
    UserError: { __resolveType: () => 'OperationsUserError' },
  };
}

import DataLoader from 'dataloader';
import type { Model } from 'mongoose';
import type { OperationRecord } from '../../platform/outbox/operation.ts';
import type { SystemRecord } from '../../platform/outbox/system-record.ts';
import type { BusinessException } from './domain/business-exception.ts';
import type { Backlog } from './domain/system-state.ts';
import type { Room } from './room.ts';
import { backlogs } from './store/operations.ts';

/** One question each, asked of the store once for all who ask it in the same moment. New for every request. */
export interface Loaders {
  readonly operationById: DataLoader<string, OperationRecord | null>;
  readonly exceptionById: DataLoader<string, BusinessException | null>;
  readonly systemByCode: DataLoader<string, SystemRecord | null>;
  readonly backlogBySystem: DataLoader<string, Backlog>;
}

export function createLoaders(room: Room): Loaders {
  const { operations, health } = room.integration;
  return {
    operationById: byId(operations.model),
    exceptionById: byId(room.exceptions.model),
    systemByCode: byId(health.model),
    backlogBySystem: new DataLoader(async (systems) => {
      const waiting = await backlogs(operations.model);
      return systems.map((system) => waiting.get(system) ?? { count: 0, oldestAt: null });
    }),
  };
}

function byId<T extends { readonly _id: string }>(model: Model<T>): DataLoader<string, T | null> {
  return new DataLoader(async (ids) => {
    const found = await model.find({ _id: { $in: [...ids] } }).lean<T[]>();
    const records = new Map(found.map((record) => [record._id, record]));
    return ids.map((id) => records.get(id) ?? null);
  });
}

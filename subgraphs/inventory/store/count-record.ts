import type { Count } from '../domain/counting.ts';
import type { CountRecord } from './records.ts';

export function countOf({ _id, recordedAt: _, ...rest }: CountRecord): Count {
  return { id: _id, ...rest };
}

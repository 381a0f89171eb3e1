import type { Count } from '../domain/counting.ts';
import type { CountRecord } from './collections.ts';

export function countOf({ _id, recordedAt: _, ...rest }: CountRecord): Count {
  return { id: _id, ...rest };
}

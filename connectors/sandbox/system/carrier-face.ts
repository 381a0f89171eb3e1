import { z } from 'zod';
import type { Clock } from '../../../platform/clock.ts';
import { type TrackingEvent, trackingEventSchema } from '../../canonical/tracking-event.ts';
import type { FeedName } from '../../feeds.ts';
import { type Answer, created, notFound, ok, refusalOf, unprocessable } from './answer.ts';
import type { ChangeLog } from './change-log.ts';
import type { FaultMode } from './fault-switch.ts';
import type { SandboxRequest } from './http-listener.ts';
import type { Storage } from './storage.ts';

export interface CarrierFace {
  storage: Storage;
  log: ChangeLog;
  clock: Clock;
}

export const CARRIER_FEEDS: readonly FeedName[] = ['trackingEvents'];

const scanSchema = z.strictObject({ status: trackingEventSchema.shape.status });

/** Everything under `/carrier`. It scans whatever is handed to it, in any order, and tells of each scan: it knows parcels, not orders. */
export async function answerCarrier(
  face: CarrierFace,
  request: SandboxRequest,
  fault: FaultMode,
): Promise<Answer> {
  const { method, path, query, body } = request;
  const [, , resource = '', detail = '', action = ''] = path.split('/').map(decodeURIComponent);
  if (method === 'POST' && resource === 'parcels' && action === 'scans') return scan(face, detail, body);
  if (method === 'GET') {
    if (resource === 'status') return ok({ status: 'ok' });
    if (resource === 'changes' && detail === 'tracking-events')
      return face.log.answer('trackingEvents', query, fault);
  }
  return notFound('NO_SUCH_ADDRESS', `no ${method} ${path}`);
}

async function scan({ storage, log, clock }: CarrierFace, parcel: string, body: unknown): Promise<Answer> {
  const { data, error } = scanSchema.safeParse(body);
  if (error) return unprocessable(refusalOf(error));
  const trackingNumber = trackingEventSchema.shape.trackingNumber.safeParse(parcel);
  if (trackingNumber.error) return unprocessable(refusalOf(trackingNumber.error));
  return storage.transact(() => {
    const event: TrackingEvent = {
      id: `SC-${100_000 + storage.next('numbers/SC')}`,
      trackingNumber: trackingNumber.data,
      status: data.status,
      occurredAt: clock.now().toISOString(),
    };
    log.append('trackingEvents', event);
    return created(event);
  });
}

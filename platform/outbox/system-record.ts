import { type Connection, type Model, Schema } from 'mongoose';
import type { BreakerState } from './breaker.ts';

/** A system of record as the dispatchers and feeds of all processes last saw it. */
export interface SystemRecord {
  _id: string;
  connector: string;
  kind: string;
  owns: string[];
  breaker: BreakerState;
  /** Until when no call is made while the breaker is not closed: also the turn that a process takes to try it out. */
  openUntil: Date | null;
  openMs: number;
  /** The system asked for patience until then. */
  heldUntil: Date | null;
  /** A person had all calls stopped. */
  paused: { by: string; reason: string; at: Date } | null;
  lastSuccessAt: Date | null;
  lastErrorAt: Date | null;
  lastErrorCode: string | null;
  conformance: string;
}

export function systemModel(connection: Connection): Model<SystemRecord> {
  return connection.models['System'] ?? connection.model<SystemRecord>('System', systemSchema());
}

function systemSchema(): Schema<SystemRecord> {
  return new Schema<SystemRecord>(
    {
      _id: String,
      connector: String,
      kind: String,
      owns: [String],
      breaker: { type: String, default: 'CLOSED' },
      openUntil: { type: Date, default: null },
      openMs: { type: Number, default: 0 },
      heldUntil: { type: Date, default: null },
      paused: { type: new Schema({ by: String, reason: String, at: Date }, { _id: false }), default: null },
      lastSuccessAt: { type: Date, default: null },
      lastErrorAt: { type: Date, default: null },
      lastErrorCode: { type: String, default: null },
      conformance: String,
    },
    { versionKey: false, collection: 'systems' },
  );
}

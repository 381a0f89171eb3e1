import { type Connection, type Model, Schema } from 'mongoose';
import { allocationSchema, reservationSchema, sourcingDecisionSchema } from './claim-schemas.ts';
import { itemSchema, locationSchema, supplySchema } from './master-data-schemas.ts';
import type {
  AllocationRecord,
  AuditTurnRecord,
  CountRecord,
  DiscrepancyRecord,
  ItemRecord,
  LedgerRecord,
  LevelRecord,
  LocationRecord,
  ReservationRecord,
  SourcingDecisionRecord,
  SupplyRecord,
} from './records.ts';
import { countSchema, discrepancySchema, ledgerSchema, levelSchema } from './stock-schemas.ts';

export interface Collections {
  readonly levels: Model<LevelRecord>;
  readonly ledger: Model<LedgerRecord>;
  readonly reservations: Model<ReservationRecord>;
  readonly allocations: Model<AllocationRecord>;
  readonly counts: Model<CountRecord>;
  readonly discrepancies: Model<DiscrepancyRecord>;
  readonly auditTurns: Model<AuditTurnRecord>;
  readonly items: Model<ItemRecord>;
  readonly locations: Model<LocationRecord>;
  readonly supplies: Model<SupplyRecord>;
  readonly sourcingDecisions: Model<SourcingDecisionRecord>;
}

/** The collections of the inventory database. Made once per connection. */
export function createCollections(connection: Connection): Collections {
  return {
    levels: connection.model<LevelRecord>('Level', levelSchema()),
    ledger: connection.model<LedgerRecord>('InventoryTransaction', ledgerSchema()),
    reservations: connection.model<ReservationRecord>('Reservation', reservationSchema()),
    allocations: connection.model<AllocationRecord>('Allocation', allocationSchema()),
    counts: connection.model<CountRecord>('Count', countSchema()),
    discrepancies: connection.model<DiscrepancyRecord>('Discrepancy', discrepancySchema()),
    auditTurns: connection.model<AuditTurnRecord>(
      'AuditTurn',
      new Schema<AuditTurnRecord>(
        { _id: String, after: { type: String, default: null }, takenAt: Date },
        { versionKey: false, collection: 'auditTurns' },
      ),
    ),
    items: connection.model<ItemRecord>('Item', itemSchema()),
    locations: connection.model<LocationRecord>('Location', locationSchema()),
    supplies: connection.model<SupplyRecord>('Supply', supplySchema()),
    sourcingDecisions: connection.model<SourcingDecisionRecord>('SourcingDecision', sourcingDecisionSchema()),
  };
}

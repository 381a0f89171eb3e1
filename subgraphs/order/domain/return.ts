import type { ErpSync } from './erp-sync.ts';

/** Goods a customer gives back, as they are kept. Quantities are whole base units. */
export interface Return {
  readonly _id: string;
  readonly rmaNumber: string;
  readonly state: ReturnState;
  readonly type: ReturnType;
  readonly orderId: string | null;
  readonly orderNumber: string | null;
  readonly channelId: string;
  readonly channelCode: string;
  readonly customerId: string | null;
  readonly customerCode: string | null;
  /** The subject that asked for it. */
  readonly requestedBy: string;
  readonly currencyCode: string;
  readonly lines: readonly ReturnLine[];
  /** Since when people were called because the goods have not come; missing: they were not. */
  readonly overdueSince?: Date | null;
  /** The taking in of the goods; nothing before it is known where they come in. */
  readonly work: ReverseFulfillmentOrder | null;
  readonly erpSync: ErpSync;
  /** Business time of the request. */
  readonly occurredAt: Date;
  readonly correlationId: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

export interface ReturnLine {
  readonly id: string;
  readonly orderLineId: string | null;
  readonly variantId: string;
  readonly sku: string;
  readonly unit: string;
  /** Whether its stock is counted: only then a disposition moves stock. */
  readonly tracked: boolean;
  readonly requested: number;
  readonly received: number;
  readonly accepted: number;
  /** What one unit is credited with. */
  readonly unitPrice: string;
  readonly reasonCode: string;
  readonly dispositions: readonly Disposition[];
}

export interface Disposition {
  readonly code: DispositionCode;
  readonly quantity: number;
  readonly locationId: string;
  readonly toState: StockState;
  readonly decidedAt: Date;
}

export interface ReverseFulfillmentOrder {
  readonly id: string;
  readonly locationId: string;
  readonly state: ReverseFulfillmentState;
  readonly createdAt: Date;
}

export type ReturnState = 'REQUESTED' | 'APPROVED' | 'PARTIALLY_RECEIVED' | 'RECEIVED' | 'COMPLETED';
export type ReturnType = 'REFERENCED' | 'UNREFERENCED';
export type ReverseFulfillmentState = 'OPEN' | 'RECEIVING' | 'COMPLETED';
export type StockState = 'AVAILABLE' | 'QUALITY_HOLD' | 'NONE';
export type DispositionCode =
  | 'RESTOCK'
  | 'RESTOCK_OTHER_LOCATION'
  | 'REFURBISH'
  | 'MARKDOWN'
  | 'QUARANTINE'
  | 'RETURN_TO_VENDOR'
  | 'SCRAP'
  | 'DONATE'
  | 'KEEP_BY_CUSTOMER'
  | 'MISSING'
  | 'RETURN_TO_CUSTOMER';

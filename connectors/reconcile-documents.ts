import type { SubgraphDependencies } from '../platform/integration.ts';
import {
  createReconciler,
  type Reconciler,
  type ReconcilerOptions,
  type TheirDocument,
} from '../platform/reconciliation/reconciler.ts';
import type { ReconciliationTimes } from '../platform/reconciliation/reconciliation-times.ts';
import { type DocumentReceipt, isMade, type KeptKind } from './documents.ts';
import type { Connector, ConnectorCapabilities } from './port.ts';

type OurSide = Pick<
  ReconcilerOptions,
  | 'source'
  | 'ownerTeam'
  | 'exceptionKind'
  | 'lastsMs'
  | 'isOurs'
  | 'byReferences'
  | 'unreconciled'
  | 'reconciled'
  | 'disagreed'
>;

export interface DocumentReconcilerOptions extends OurSide {
  readonly connector: Connector;
  readonly kind: KeptKind;
  readonly times: ReconciliationTimes;
  /** What of their document is compared. Default: its number, its total with the currency, and whether it is canceled. */
  theirs?(receipt: DocumentReceipt): TheirDocument;
}

/**
 * Compares our documents of one kind with those that a system keeps, through its connector. None, with a line in the log, for a system
 * that does not keep documents of this kind: there is nothing to compare then.
 */
export function reconcilersOfDocuments(
  { store, integration, newId, clock, logger }: SubgraphDependencies,
  options: DocumentReconcilerOptions,
): Reconciler[] {
  const { connector, kind, times, theirs = theirsOf, ...ours } = options;
  const { system } = connector;
  const kept = keptBy(connector.capabilities, kind);
  if (kept === null) {
    logger.info({ system, kind }, 'not compared with our books: the system does not keep such documents');
    return [];
  }
  const list = kept.listed ? connector.listDocuments?.bind(connector) : undefined;
  return [
    createReconciler({
      ...ours,
      system,
      kind,
      store,
      integration,
      newId,
      clock,
      logger,
      ...(times.everyMs === undefined ? {} : { everyMs: times.everyMs }),
      ...(times.fullEveryMs === undefined ? {} : { fullEveryMs: times.fullEveryMs }),
      async find(reference, signal) {
        const receipt = await connector.findDocument(kind, reference, { signal });
        return receipt === null ? null : theirs(receipt);
      },
      ...(list === undefined
        ? {}
        : {
            async list(cursor, request) {
              const page = await list(kind, cursor, request);
              return { ...page, documents: page.documents.map(theirs) };
            },
          }),
    }),
  ];
}

/** Null: the system keeps no such documents, or cannot be asked for them. */
function keptBy(
  { documents, made = [] }: ConnectorCapabilities,
  kind: KeptKind,
): { readonly listed: boolean } | null {
  if (isMade(kind)) return made.includes(kind) ? { listed: true } : null;
  const capability = documents[kind];
  return capability === undefined ? null : { listed: capability.listed !== false };
}

/** What every kind of document has. */
export function theirsOf(receipt: DocumentReceipt): TheirDocument {
  const { reference, number, state, total, currencyCode, acceptedAt } = receipt;
  return {
    reference,
    number,
    total: total ?? null,
    currencyCode: currencyCode ?? null,
    canceled: state === 'CANCELED',
    acceptedAt: new Date(acceptedAt),
  };
}

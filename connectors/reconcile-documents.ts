import type { SubgraphDependencies } from '../platform/integration.ts';
import {
  createReconciler,
  type Reconciler,
  type ReconcilerOptions,
  type TheirDocument,
} from '../platform/reconciliation/reconciler.ts';
import type { ReconciliationTimes } from '../platform/reconciliation/reconciliation-times.ts';
import type { DocumentKind, DocumentReceipt } from './documents.ts';
import type { Connector } from './port.ts';

type OurSide = Pick<
  ReconcilerOptions,
  | 'source'
  | 'ownerTeam'
  | 'exceptionKind'
  | 'isOurs'
  | 'byReferences'
  | 'unreconciled'
  | 'reconciled'
  | 'disagreed'
>;

export interface DocumentReconcilerOptions extends OurSide {
  readonly connector: Connector;
  readonly kind: DocumentKind;
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
  const capability = connector.capabilities.documents[kind];
  if (capability === undefined) {
    logger.info({ system, kind }, 'not compared with our books: the system does not keep such documents');
    return [];
  }
  const list = capability.listed === false ? undefined : connector.listDocuments?.bind(connector);
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

/** What every kind of document has. */
export function theirsOf({ reference, number, state, total, currencyCode }: DocumentReceipt): TheirDocument {
  return {
    reference,
    number,
    total: total ?? null,
    currencyCode: currencyCode ?? null,
    canceled: state === 'CANCELED',
  };
}

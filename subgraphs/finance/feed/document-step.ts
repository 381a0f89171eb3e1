import { ConnectorError } from '../../../connectors/connector-error.ts';
import type { DocumentByKind, DocumentKind, DocumentReceipt } from '../../../connectors/documents.ts';
import type { Connector } from '../../../connectors/port.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { StepCall, StepHandler } from '../../../platform/outbox/dispatcher.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';

/** A step that creates one document in a system of record, and finds it by its reference when there is doubt. */
export function documentStep<K extends DocumentKind>(options: {
  connector: Connector;
  kind: K;
  clock: Clock;
  /** Which of the system's two names of the document the operation keeps. Default: its own id. */
  keep?: 'externalId' | 'number';
  documentOf(
    operation: OperationRecord,
    call: StepCall,
  ): Promise<DocumentByKind[K] & { reference: string }> | (DocumentByKind[K] & { reference: string });
}): StepHandler {
  const { connector, kind, clock } = options;
  const kept = (receipt: DocumentReceipt) => ({ externalId: receipt[options.keep ?? 'externalId'] });
  return {
    async send(operation, call) {
      const document = await options.documentOf(operation, call);
      return kept(await connector.createDocument(kind, document, { key: call.key, signal: call.signal }));
    },
    async ask(operation, call) {
      const { reference } = await options.documentOf(operation, call);
      const found = await connector.findDocument(kind, reference, { signal: call.signal });
      if (found !== null) return kept(found);
      const capability = connector.capabilities.documents[kind];
      if (capability?.dedupe !== 'search-before-create') return null;
      // Only such a system would make a second document if the first was still being committed; the others recognise a repeat.
      const sinceMs = clock.now().getTime() - operation.updatedAt.getTime();
      if (sinceMs >= capability.settlingMs) return null;
      throw new ConnectorError('in-doubt', {
        code: 'STILL_SETTLING',
        message: `${kind} ${reference} may still appear`,
        system: connector.system,
      });
    },
  };
}

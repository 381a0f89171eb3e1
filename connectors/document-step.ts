import type { Clock } from '../platform/clock.ts';
import type { StepCall, StepHandler } from '../platform/outbox/dispatcher.ts';
import type { OperationRecord } from '../platform/outbox/operation.ts';
import type { DocumentByKind, DocumentKind, DocumentReceipt } from './documents.ts';
import type { Connector } from './port.ts';

export interface DocumentStepOptions<K extends DocumentKind> {
  readonly connector: Connector;
  readonly kind: K;
  readonly clock: Clock;
  /** Which of the system's two names of the document the operation keeps. Default: its own id. */
  readonly keep?: 'externalId' | 'number';
  /** The same document in every attempt. A throw leaves the step in doubt. */
  documentOf(operation: OperationRecord): Promise<ReferencedDocument<K>> | ReferencedDocument<K>;
}

type ReferencedDocument<K extends DocumentKind> = DocumentByKind[K] & { readonly reference: string };

/**
 * A step that creates one document in a system of record. After a doubtful call it asks for the document by its reference; that it is
 * not there is believed only when the kind's `settlingMs` have passed since the call, unless the system takes our key: then
 * sending again does no harm.
 */
export function documentStep<K extends DocumentKind>(options: DocumentStepOptions<K>): StepHandler {
  const { connector, kind, clock } = options;
  const kept = (receipt: DocumentReceipt) => ({ externalId: receipt[options.keep ?? 'externalId'] });

  function settlesInMs({ lastSentAt }: StepCall): number {
    const capability = connector.capabilities.documents[kind];
    if (capability === undefined || capability.dedupe === 'native-key' || lastSentAt === null) return 0;
    return lastSentAt.getTime() + capability.settlingMs - clock.now().getTime();
  }

  return {
    async send(operation, call) {
      const document = await options.documentOf(operation);
      return kept(await connector.createDocument(kind, document, { key: call.key, signal: call.signal }));
    },
    async ask(operation, call) {
      const { reference } = await options.documentOf(operation);
      // Before the question: a document that appears while it is asked must not be taken for one that never will.
      const askAgainInMs = settlesInMs(call);
      const found = await connector.findDocument(kind, reference, { signal: call.signal });
      if (found !== null) return kept(found);
      return askAgainInMs > 0 ? { askAgainInMs } : null;
    },
  };
}

import { z } from 'zod';
import { type UserErrorValue, userError } from '../platform/errors.ts';
import type { Identity } from '../platform/identity/identity.ts';
import { ConnectorError } from './connector-error.ts';
import type { DocumentKind } from './documents.ts';
import type { FeedName } from './feeds.ts';
import type { Connector } from './port.ts';

/** What people and channels can change through the graph, as far as this layer owns it. */
const WRITTEN_FIELDS = [
  'Product.title',
  'Customer.givenName',
  'Customer.familyName',
  'Customer.email',
  'Customer.phone',
  'Customer.identities',
  'Customer.consents',
  'InventoryLevel.quantities',
] as const;
type WrittenField = (typeof WRITTEN_FIELDS)[number];

const factSchema = z.strictObject({
  /** The code of the system that is believed. */
  owner: z.string().min(1),
  how: z.array(z.enum(['event', 'query', 'schedule', 'batch'])).min(1),
});
const fieldSchema = z.strictObject({
  /** The system, as @sor names it. */
  owner: z.string().regex(/^[A-Z]+$/, 'must be upper-case, as in @sor'),
  maxStalenessMs: z.number().int().min(0).optional(),
});

/** Which system owns which fact, document and field. */
export const ownershipSchema = z.strictObject({
  facts: z.record(z.string(), factSchema),
  documents: z.record(z.string(), z.strictObject({ owner: z.string().min(1) })),
  fields: z.record(z.string(), fieldSchema),
  /** Who changes what can be changed through the graph: `graph`, or the code of a system. */
  writes: z.strictObject(
    // The list's own names.
    Object.fromEntries(WRITTEN_FIELDS.map((field) => [field, z.string().min(1)])) as Record<
      WrittenField,
      z.ZodString
    >,
  ),
});
export type Ownership = z.infer<typeof ownershipSchema>;

export const NOT_THE_OWNER = 'NOT_THE_OWNER';

/**
 * The connector as far as its system owns what is asked of it: feeds of others are not among its capabilities. A fact that another system
 * owns is not read from it, and a document that another keeps is not created in it. Both are refused with NOT_THE_OWNER, which names the
 * owner, before anything is sent.
 */
export function withinOwnership(connector: Connector, ownership: Ownership): Connector {
  const { system } = connector;

  function check(what: string, name: string, owner: string | undefined): void {
    if (owner === system) return;
    throw new ConnectorError('refused', {
      system,
      code: NOT_THE_OWNER,
      message: `${what} ${name} ${owner === undefined ? 'has no owner' : `belongs to ${owner}`}, not to ${system} (ownership.yaml)`,
    });
  }
  const ownsFact = (feed: FeedName) => check('the fact', feed, ownership.facts[feed]?.owner);
  const ownsDocument = (kind: DocumentKind) => check('the document', kind, ownership.documents[kind]?.owner);

  const isOurs = (feed: FeedName) => ownership.facts[feed]?.owner === system;
  const { capabilities } = connector;

  return {
    ...connector,
    capabilities: {
      ...capabilities,
      feeds: Object.fromEntries(
        // The record's own keys.
        Object.entries(capabilities.feeds).filter(([feed]) => isOurs(feed as FeedName)),
      ),
      masterData: capabilities.masterData.filter(isOurs),
    },
    async readChanges(feed, cursor, options) {
      ownsFact(feed);
      return connector.readChanges(feed, cursor, options);
    },
    async createDocument(kind, document, request) {
      ownsDocument(kind);
      return connector.createDocument(kind, document, request);
    },
    ...(connector.loadMasterData === undefined
      ? {}
      : {
          async loadMasterData(feed, records, request) {
            ownsFact(feed);
            const loaded = await connector.loadMasterData?.(feed, records, request);
            return loaded ?? { written: 0, unchanged: 0, rejected: [] };
          },
        }),
  } satisfies Connector;
}

/** The owner of what this layer itself decides, and passes on to the systems that keep a copy. */
const THIS_GRAPH = 'graph';

/**
 * What keeps a caller from changing fields, one error for each; `at` says which input field carries which, undefined when it is not there.
 * Empty: the fields are this layer's, or the caller is their owner's own client: the client id of its token is the owner's code.
 */
export type WriteGuard = (
  identity: Identity,
  at: { readonly [F in WrittenField]?: readonly string[] | undefined },
) => UserErrorValue[];

export function createWriteGuard({ writes }: Pick<Ownership, 'writes'>): WriteGuard {
  return (identity, at) =>
    WRITTEN_FIELDS.flatMap((field) => {
      const owner = writes[field];
      const path = at[field];
      if (path === undefined || owner === THIS_GRAPH || owner === identity.clientId) return [];
      const message = `${field} belongs to ${owner}: change it there, and it arrives here by itself.`;
      return [userError(NOT_THE_OWNER, message, { field: path })];
    });
}

/** Whoever may call a mutation may change what it changes: for a subgraph that was told of no owners. */
export const allOurs: WriteGuard = () => [];

/** The system that a fact is read from: the only one of those given that has it as its own. None: the first, which will refuse. */
export function sourceOf(feed: FeedName, first: Connector, others: readonly Connector[] = []): Connector {
  return [first, ...others].find(({ capabilities }) => capabilities.feeds[feed] !== undefined) ?? first;
}

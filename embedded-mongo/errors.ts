/** The error codes this store answers with, by the name MongoDB gives them. Clients decide by code, never by text. */
const codes = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  InvalidLength: 16,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NoMatchingDocument: 47,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  ShutdownInProgress: 91,
  WriteConflict: 112,
  ConflictingOperationInProgress: 117,
  DocumentValidationFailure: 121,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  TransactionTooOld: 225,
  NotImplemented: 238,
  SnapshotTooOld: 239,
  NoSuchTransaction: 251,
  TransactionCommitted: 256,
  InvalidResumeToken: 260,
  OperationNotSupportedInTransaction: 263,
  ChangeStreamFatalError: 280,
  ChangeStreamHistoryLost: 286,
  APIVersionError: 322,
  APIStrictError: 323,
  TooManyOpenCursors: 50_915,
  SearchNotEnabled: 31_082,
  BSONObjectTooLarge: 10_334,
  DuplicateKey: 11_000,
} as const;

export type ErrorName = keyof typeof codes;

/** A command's failure as the client will see it: code, name, message, further reply fields and error labels. */
export class CommandError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly fields: Record<string, unknown>;
  readonly labels: readonly string[];
  /** The labels given are all there are: none are added for the code's sake. */
  readonly ownLabelsOnly: boolean;

  constructor(
    name: ErrorName | number,
    message: string,
    more: { fields?: Record<string, unknown>; labels?: readonly string[]; ownLabelsOnly?: boolean } = {},
  ) {
    super(message);
    this.name = 'CommandError';
    this.code = typeof name === 'number' ? name : codes[name];
    // MongoDB names a code without a name of its own after its number.
    this.codeName = typeof name === 'number' ? `Location${name}` : name;
    this.fields = more.fields ?? {};
    this.labels = more.labels ?? [];
    this.ownLabelsOnly = more.ownLabelsOnly ?? false;
  }
}

/** Refuses the command with this error. */
export function fail(name: ErrorName | number, message: string): never {
  throw new CommandError(name, message);
}

export const writeConflict = () =>
  new CommandError(
    'WriteConflict',
    'Another operation wrote the same document first. Please retry your operation or multi-document transaction.',
  );

export const searchNotEnabled = () =>
  new CommandError(
    'SearchNotEnabled',
    'Search indexes are a service of MongoDB Atlas and not of this store.',
  );

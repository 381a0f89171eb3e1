import { GraphError } from '../../platform/errors.ts';

export interface SiblingAnswer {
  readonly data?: unknown;
  readonly errors?:
    | readonly {
        readonly message: string;
        readonly extensions?: Readonly<Record<string, unknown>> | undefined;
      }[]
    | undefined;
}

/** The data, or the first error of a sibling's answer as the GraphError it was there. */
export function dataOf<D>(sibling: string, answer: SiblingAnswer): D {
  const error = answer.errors?.[0];
  if (error !== undefined) {
    const code = error.extensions?.['code'];
    // A sibling's codes are ours: it throws the same GraphErrors.
    if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED' || code === 'BAD_USER_INPUT')
      throw new GraphError(code, error.message, error.extensions ?? {});
    throw new GraphError('SUBGRAPH_UNAVAILABLE', `${sibling} could not answer: ${error.message}`, {
      serviceName: sibling,
    });
  }
  if (answer.data === undefined || answer.data === null) {
    throw new GraphError('SUBGRAPH_UNAVAILABLE', `${sibling} answered without data`, {
      serviceName: sibling,
    });
  }
  // The operation is our own text and the sibling's schema decides the shape of its answer.
  return answer.data as D;
}

import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { parseDecimal } from '../money.ts';

interface TextScalar {
  readonly name: string;
  readonly description: string;
  readonly expected: string;
  readonly accepts: (text: string) => boolean;
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The graph's own scalars. All are text on the wire and inside; a wrong value is refused with what would be right. */
export const scalars = Object.fromEntries(
  (
    [
      {
        name: 'DateTime',
        description: 'An instant, RFC 3339 with an offset.',
        expected: 'an RFC 3339 instant with an offset, such as 2026-11-21T09:30:00Z',
        accepts: (text) => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text)),
      },
      {
        name: 'Date',
        description: 'A calendar day, ISO 8601.',
        expected: 'a calendar day such as 2026-11-21',
        accepts: (text) => DATE.test(text) && !Number.isNaN(Date.parse(text)),
      },
      {
        name: 'Decimal',
        description: 'An exact decimal number, as text.',
        expected: 'an exact decimal in quotes, such as "12.50"',
        accepts: (text) => parseDecimal(text) !== null,
      },
      {
        name: 'CurrencyCode',
        description: 'An ISO 4217 currency.',
        expected: 'an ISO 4217 currency code such as GBP',
        accepts: (text) => /^[A-Z]{3}$/.test(text),
      },
      {
        name: 'CountryCode',
        description: 'An ISO 3166-1 country, two letters.',
        expected: 'an ISO 3166-1 alpha-2 country code such as GB',
        accepts: (text) => /^[A-Z]{2}$/.test(text),
      },
      {
        name: 'UnitCode',
        description: 'A unit of measure, UN/CEFACT Recommendation 20.',
        expected: 'a UN/CEFACT Recommendation 20 unit code such as C62 (piece)',
        accepts: (text) => /^[A-Z0-9]{2,3}$/.test(text),
      },
    ] satisfies TextScalar[]
  ).map((scalar) => [scalar.name, textScalar(scalar)]),
);

function textScalar({ name, description, expected, accepts }: TextScalar): GraphQLScalarType<string, string> {
  const parse = (value: unknown, nodes?: ValueNode): string => {
    if (typeof value === 'string' && accepts(value)) return value;
    throw new GraphQLError(`${name} must be ${expected}, not ${JSON.stringify(value)}`, {
      ...(nodes === undefined ? {} : { nodes }),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined, node),
    serialize(value) {
      const text = value instanceof Date ? value.toISOString() : value;
      if (typeof text === 'string' && accepts(text)) return text;
      throw new GraphQLError(`a resolver gave a wrong ${name}`);
    },
  });
}

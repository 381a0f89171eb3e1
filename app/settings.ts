import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { isWebhookSecret, WEBHOOK_SECRET_FORM } from '../platform/inbox/standard-webhooks.ts';
import { LOG_LEVELS } from '../platform/telemetry/logger.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

const url = (example: string) =>
  z.url({ protocol: /^https?$/, error: `must be an http(s) address, such as ${example}` }).optional();
const port = (fallback: number) =>
  z.coerce
    .number({ error: 'must be a port number, such as 4000' })
    .int('must be a whole number, such as 4000')
    .min(0, 'must be 0 to 65535 (0: any free port)')
    .max(65_535, 'must be 0 to 65535')
    .default(fallback);

const SECRET_FORM = `${WEBHOOK_SECRET_FORM}, such as whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw`;

const webhookSecrets = z
  .string()
  .transform((secrets) => secrets.split(/[\s,]+/).filter((secret) => secret !== ''))
  .pipe(
    z
      .array(z.string().refine(isWebhookSecret, SECRET_FORM))
      .max(2, 'must be one secret, or two while one replaces the other'),
  )
  .optional();
const locationCodes = (of: string) =>
  z
    .string()
    .regex(/^[^,\s]+(,[^,\s]+)*$/, `must be codes of ${of}`)
    .transform((codes) => codes.split(','))
    .optional();

/** Every setting of every way to run. A setting that is missing or wrong stops the start with its name and an example. */
const schema = z.object({
  PORT: port(4000),
  HOST: z.string().min(1, 'must be an address to listen on, such as 127.0.0.1').default('127.0.0.1'),
  DATA_DIR: z.string().min(1, 'must be a directory, such as .data').default('.data'),
  MONGODB_URI: z
    .string()
    .regex(
      /^mongodb(\+srv)?:\/\//,
      'must be a MongoDB address, such as mongodb://db.example.org:27017/?replicaSet=rs0',
    )
    .optional(),
  AUTH_JWKS_URL: url('https://id.example.org/.well-known/jwks.json'),
  AUTH_ISSUER: z
    .string()
    .min(1, 'must be the issuer of the tokens, such as https://id.example.org/')
    .optional(),
  AUTH_AUDIENCE: z.string().min(1, 'must be the audience of the tokens, such as commerce-graph').optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('warn'),
  GATEWAY_ENGINE: z.enum(['own', 'apollo'], { error: 'must be own or apollo' }).default('own'),
  GATEWAY_PLANNER: z.enum(['hive', 'apollo'], { error: 'must be hive or apollo' }).default('hive'),
  SUPERGRAPH_FILE: z.string().min(1, 'must be a file, such as supergraph.graphql').optional(),
  OPERATION_MANIFEST: z.string().min(1, 'must be a file, such as persisted-query-manifest.json').optional(),
  CHANNEL_POLICIES: z.string().min(1, 'must be a file, such as channel-policies.json').optional(),
  OWNERSHIP_FILE: z.string().min(1, 'must be a file, such as ownership.yaml').optional(),
  CSV_DROP: z
    .string()
    .refine((path) => isAbsolute(path), 'must be the whole path of a folder, such as /srv/drop')
    .optional(),
  PICKUP_DAYS: z.coerce
    .number({ error: 'must be a number of days, such as 5' })
    .gt(0, 'must be a number of days above zero, such as 5')
    .max(90, 'must be at most 90 days, such as 5')
    .default(5),
  PICKUP_REMINDER_DAYS: z
    .string()
    .regex(/^\d{1,2}(\.\d+)?(,\d{1,2}(\.\d+)?)*$/, 'must be days before the end, such as 3,1')
    .transform((days) => days.split(',').map(Number))
    .default([3, 1]),
  SNAPSHOT_URLS: z
    .string()
    .transform((beginnings) => beginnings.split(','))
    .pipe(
      z.array(
        z.string().regex(/^(https?|file):\/\/\S*\/$/, {
          error: 'must be beginnings of addresses with their last slash, such as file:///var/drop/',
        }),
      ),
    )
    .optional(),
  INTERNAL_TOKEN_SECRET: z
    .string()
    .min(32, 'must be at least 32 characters, the same for the gateway and every subgraph')
    .optional(),
  ERP_CONNECTOR: z.enum(['sandbox', 'tryton'], { error: 'must be sandbox or tryton' }).default('sandbox'),
  ERP_URL: url('http://127.0.0.1:4090'),
  ERP_DATABASE: z.string().min(1, 'must be the name of the database, such as company').optional(),
  ERP_USER: z.string().min(1, 'must be the login of a user of the ERP, such as commerce').optional(),
  ERP_PASSWORD: z.string().min(1, 'must be the password of ERP_USER').optional(),
  ERP_STORES: locationCodes('warehouses that are stores, such as ST1,ST2'),
  ERP_GUEST: z.string().min(1, 'must be the code of the party that guests buy as, such as GUEST').optional(),
  ERP_JOURNAL: z.string().min(1, 'must be the code of the journal for entries, such as MISC').optional(),
  ERP_TOKEN: z.string().min(1, 'must be the token the ERP asks for').optional(),
  ERP_WEBHOOK_SECRETS: webhookSecrets,
  PAYMENTS_URL: url('http://127.0.0.1:4090'),
  PAYMENTS_TOKEN: z.string().min(1, 'must be the token the payment provider asks for').optional(),
  TAX_URL: url('http://127.0.0.1:4095'),
  TAX_TOKEN: z.string().min(1, 'must be the token the tax system asks for').optional(),
  WMS_URL: url('http://127.0.0.1:4093'),
  WMS_TOKEN: z.string().min(1, 'must be the token the warehouse asks for').optional(),
  WMS_LOCATIONS: locationCodes('places that the warehouse serves, such as DC1,DC2'),
  WMS_WEBHOOK_SECRETS: webhookSecrets,
  CARRIER_URL: url('http://127.0.0.1:4094'),
  CARRIER_TOKEN: z.string().min(1, 'must be the token the carrier asks for').optional(),
  CARRIER_NAME: z.string().min(1, 'must be what shipments call the carrier, such as DHL').optional(),
  CARRIER_WEBHOOK_SECRETS: webhookSecrets,
  EXCEPTION_WEBHOOK_BUSINESS_URL: url('https://desk.example.org/hooks/orders'),
  EXCEPTION_WEBHOOK_BUSINESS_SECRET: z.string().refine(isWebhookSecret, SECRET_FORM).optional(),
  EXCEPTION_WEBHOOK_TECHNICAL_URL: url('https://oncall.example.org/hooks/graph'),
  EXCEPTION_WEBHOOK_TECHNICAL_SECRET: z.string().refine(isWebhookSecret, SECRET_FORM).optional(),
  DEMO: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  PRODUCT_URL: url('http://127.0.0.1:4101/graphql'),
  INVENTORY_URL: url('http://127.0.0.1:4102/graphql'),
  ORDER_URL: url('http://127.0.0.1:4103/graphql'),
  CUSTOMER_URL: url('http://127.0.0.1:4104/graphql'),
  FINANCE_URL: url('http://127.0.0.1:4105/graphql'),
  OPERATIONS_URL: url('http://127.0.0.1:4106/graphql'),
});

export type Settings = z.infer<typeof schema> & {
  /** No identity provider is configured and we listen on loopback: sandbox tokens, faults and documents are served. */
  readonly sandbox: boolean;
};

export class SettingsError extends Error {
  constructor(problems: readonly string[]) {
    super(`wrong settings:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'SettingsError';
  }
}

/** Reads and checks the settings. Throws a SettingsError that names each wrong or missing one. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new SettingsError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  }
  const settings = parsed.data;
  const problems: string[] = [];
  const provider = [settings.AUTH_JWKS_URL, settings.AUTH_ISSUER, settings.AUTH_AUDIENCE];
  if (provider.some((value) => value !== undefined) && provider.some((value) => value === undefined)) {
    problems.push('AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE belong together: set all three or none');
  }
  if (settings.ERP_CONNECTOR === 'tryton') problems.push(...missingForTryton(settings));
  for (const audience of ['BUSINESS', 'TECHNICAL'] as const) {
    const address = `EXCEPTION_WEBHOOK_${audience}_URL` as const;
    const secret = `EXCEPTION_WEBHOOK_${audience}_SECRET` as const;
    if ((settings[address] === undefined) !== (settings[secret] === undefined))
      problems.push(`${address} and ${secret} belong together: set both or none`);
  }
  for (const name of ['WMS_URL', 'WMS_TOKEN', 'WMS_WEBHOOK_SECRETS'] as const) {
    if (settings[name] !== undefined && settings.WMS_LOCATIONS === undefined)
      problems.push(`WMS_LOCATIONS is needed with ${name}, such as WMS_LOCATIONS=DC1,DC2`);
  }
  for (const name of ['CARRIER_URL', 'CARRIER_TOKEN', 'CARRIER_WEBHOOK_SECRETS'] as const) {
    if (settings[name] !== undefined && settings.CARRIER_NAME === undefined)
      problems.push(`CARRIER_NAME is needed with ${name}, such as CARRIER_NAME=DHL`);
  }
  const loopback = LOOPBACK.has(settings.HOST);
  if (settings.AUTH_JWKS_URL === undefined && !loopback) {
    problems.push(
      `AUTH_JWKS_URL is needed when HOST is ${settings.HOST}: without an identity provider we listen on loopback only (example: AUTH_JWKS_URL=https://id.example.org/.well-known/jwks.json)`,
    );
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return { ...settings, sandbox: settings.AUTH_JWKS_URL === undefined && loopback };
}

const TRYTON_NEEDS = {
  ERP_URL: 'http://127.0.0.1:8000',
  ERP_DATABASE: 'company',
  ERP_USER: 'commerce',
  ERP_PASSWORD: 'the-password-of-that-user',
} as const;

function missingForTryton(
  settings: { readonly [N in keyof typeof TRYTON_NEEDS]?: string | undefined },
): string[] {
  // The table's own keys.
  const names = Object.keys(TRYTON_NEEDS) as (keyof typeof TRYTON_NEEDS)[];
  return names.flatMap((name) =>
    settings[name] === undefined
      ? [`${name} is needed with ERP_CONNECTOR=tryton, such as ${name}=${TRYTON_NEEDS[name]}`]
      : [],
  );
}

/** A setting that this way to run cannot do without. Throws a SettingsError naming it and an example. */
export function required<T>(name: string, value: T | undefined, example: string): T {
  if (value === undefined) throw new SettingsError([`${name} is needed here, such as ${name}=${example}`]);
  return value;
}

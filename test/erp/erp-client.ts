/** Values as Tryton writes them. */
export const decimal = (amount: string) => ({ __class__: 'Decimal', decimal: amount });
export const day = (text: string) => {
  const [year, month, date] = text.split('-').map(Number);
  return { __class__: 'date', year, month, day: date };
};

/** What a row of Tryton has under a name is what the test asked for. */
// biome-ignore lint/suspicious/noExplicitAny: a person at the ERP's own screen, who knows what each field holds
export type Row = Record<string, any>;

/** Somebody who works in the ERP itself: the tests' own way in, past everything that is tested. */
export interface ErpClient {
  call(model: string, method: string, ...parameters: unknown[]): Promise<unknown>;
  find(model: string, domain: unknown[], fields: string[]): Promise<Row[]>;
  /** The only row. */
  one(model: string, domain: unknown[], fields?: string[]): Promise<Row>;
  count(model: string, domain: unknown[]): Promise<number>;
  /** What a warehouse holds of a product. */
  onHand(sku: string, warehouse: number): Promise<number>;
  create(model: string, values: Record<string, unknown>): Promise<number>;
  wizard(
    name: string,
    about: { model: string; id: number } | null,
    steps: readonly (readonly [state: string, form: Record<string, unknown>])[],
  ): Promise<void>;
}

export async function createErpClient(options: {
  url: string;
  database: string;
  user: string;
  password: string;
}): Promise<ErpClient> {
  const { url, database, user, password } = options;
  let lastId = 0;
  let authorization: string | undefined;
  let context: Record<string, unknown> = {};

  async function rpc(method: string, params: unknown[]): Promise<unknown> {
    lastId += 1;
    const response = await fetch(`${url}/${database}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      body: JSON.stringify({ id: lastId, method, params }),
    });
    if (!response.ok) throw new Error(`${method}: ${response.status}`);
    const body = (await response.json()) as { result?: unknown; error?: unknown };
    if (body.error !== undefined) throw new Error(`${method}: ${JSON.stringify(body.error)}`);
    return body.result;
  }

  const [userId, token] = (await rpc('common.db.login', [user, { password }])) as [number, string];
  authorization = `Session ${Buffer.from(`${user}:${userId}:${token}`).toString('base64')}`;
  const learnContext = async () => {
    context = (await rpc('model.res.user.get_preferences', [true, {}])) as Record<string, unknown>;
  };
  await learnContext();

  const client: ErpClient = {
    async call(model, method, ...parameters) {
      const result = await rpc(`model.${model}.${method}`, [...parameters, context]);
      // What a user's company is goes into the context of everything that follows.
      if (model === 'res.user' && method === 'write') await learnContext();
      return result;
    },
    async find(model, domain, fields) {
      return (await client.call(model, 'search_read', domain, 0, null, null, fields)) as Row[];
    },
    async one(model, domain, fields = []) {
      const rows = await client.find(model, domain, ['id', ...fields]);
      const [row] = rows;
      if (row === undefined || rows.length > 1)
        throw new Error(`${rows.length} of ${model} ${JSON.stringify(domain)}`);
      return row;
    },
    async count(model, domain) {
      return (await client.call(model, 'search_count', domain)) as number;
    },
    async onHand(sku, warehouse) {
      const about = { ...context, locations: [warehouse], with_childs: true };
      const domain = [['code', '=', sku]];
      const rows = await rpc('model.product.product.search_read', [
        domain,
        0,
        null,
        null,
        ['quantity'],
        about,
      ]);
      return (rows as Row[])[0]?.['quantity'];
    },
    async create(model, values) {
      const [id] = (await client.call(model, 'create', [values])) as number[];
      if (id === undefined) throw new Error(`no ${model} was made`);
      return id;
    },
    async wizard(name, about, steps) {
      const more = about && { active_model: about.model, active_id: about.id, active_ids: [about.id] };
      const here = { ...context, ...more };
      const [id] = (await rpc(`wizard.${name}.create`, [here])) as [number];
      for (const [state, form] of steps) await rpc(`wizard.${name}.execute`, [id, form, state, here]);
      await rpc(`wizard.${name}.delete`, [id, here]);
    },
  };
  return client;
}

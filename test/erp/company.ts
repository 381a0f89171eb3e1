import { day, decimal, type ErpClient } from './erp-client.ts';

/** Who this layer logs in as. */
export const COMPANY_LOGIN = { user: 'commerce', password: 'Kz7-lemon-quay' } as const;

/** The one web shop: our channel. */
export const CHANNEL = 'web-nl';

/** A warehouse and a store, each with room to receive, to keep and to send. */
export const PLACES = [
  { code: 'HUB', name: 'Hub Utrecht' },
  { code: 'SHOP', name: 'Shop Leiden' },
] as const;

/** Prices are without tax, as this ERP keeps them; with 21 % the kettle is 49.95 on the shelf. */
export const GOODS = [
  { code: 'KETTLE', name: 'Kettle', price: '41.2810', tax: 'high' },
  { code: 'TEAPOT', name: 'Teapot', price: '24.00', tax: 'high' },
  { code: 'TEA-EARL', name: 'Earl Grey 100 g', price: '5.50', tax: 'low' },
] as const;

export const OPENING_STOCK = 50;

/** Who in the ERP may do what this layer does. */
const GROUPS = [
  'Account',
  'Account Administration',
  'Party Administration',
  'Product Administration',
  'Sale Stock Quantity',
  'Sales',
  'Sales Administrator',
  'Stock',
  'Stock Administration',
  'Stock Force Assignment',
];

/** Sets up a small tea shop in an empty database: books, taxes, places, goods, stock, two customers and a web shop. */
export async function setUpCompany(admin: ErpClient): Promise<void> {
  const country = await admin.create('country.country', {
    name: 'Netherlands',
    code: 'NL',
    code3: 'NLD',
    code_numeric: '528',
  });
  const company = await makeCompany(admin, country);
  const chart = await makeBooks(admin, company);
  const categories = await makeTaxes(admin, company, chart);
  await makePlaces(admin);
  await makeGoods(admin, categories);
  const term = await admin.create('account.invoice.payment_term', {
    name: 'At once',
    lines: [['create', [{ type: 'remainder' }]]],
  });
  const party = (code: string, name: string) =>
    admin.create('party.party', {
      code,
      name,
      customer_payment_term: term,
      addresses: [['create', [{ street: 'Breestraat 1', postal_code: '2311 CH', city: 'Leiden', country }]]],
      contact_mechanisms: [['create', [{ type: 'email', value: `${code.toLowerCase()}@example.org` }]]],
    });
  await party('C-ADA', 'Ada Jansen');
  await party('C-BEN', 'Ben de Wit');
  await party('GUEST', 'Guests of the web shop');
  const { currency } = await admin.one('company.company', [], ['currency']);
  const hub = await admin.one('stock.location', [['code', '=', 'HUB']]);
  await admin.create('web.shop', {
    name: CHANNEL,
    company,
    currency,
    warehouses: [['add', [hub['id']]]],
  });
  const groups = await admin.find('res.group', [['name', 'in', GROUPS]], ['name']);
  await admin.create('res.user', {
    name: 'Commerce graph',
    login: COMPANY_LOGIN.user,
    password: COMPANY_LOGIN.password,
    groups: [['add', groups.map(({ id }) => id)]],
    companies: [['add', [company]]],
    company,
  });
}

async function makeCompany(admin: ErpClient, country: number): Promise<number> {
  const currency = await admin.create('currency.currency', {
    name: 'Euro',
    code: 'EUR',
    numeric_code: '978',
    symbol: '€',
    digits: 2,
    rounding: decimal('0.01'),
    rates: [['create', [{ date: day('2020-01-01'), rate: decimal('1') }]]],
  });
  const party = await admin.create('party.party', {
    name: 'Leiden Tea Trading',
    addresses: [['create', [{ street: 'Haven 2', postal_code: '2312 MK', city: 'Leiden', country }]]],
  });
  const company = await admin.create('company.company', { party, currency });
  const user = await admin.one('res.user', [['login', '=', 'admin']]);
  await admin.call('res.user', 'write', [user['id']], { companies: [['add', [company]]], company });
  return company;
}

interface Chart {
  readonly revenue: number;
  readonly expense: number;
  readonly taxHigh: number;
  readonly taxLow: number;
}

async function makeBooks(admin: ErpClient, company: number): Promise<Chart> {
  const template = await admin.one('account.account.template', [['parent', '=', null]]);
  await admin.wizard('account.create_chart', null, [
    ['create_account', { account: { company, account_template: template['id'] } }],
  ]);
  const named = async (name: string, code: string): Promise<number> => {
    const account = await admin.one('account.account', [['name', '=', name]]);
    await admin.call('account.account', 'write', [account['id']], { code });
    return account['id'];
  };
  const cash = await named('Main Cash', '1000');
  const receivable = await named('Main Receivable', '1100');
  const payable = await named('Main Payable', '1600');
  const tax = await named('Main Tax', '1800');
  const revenue = await named('Main Revenue', '8000');
  const expense = await named('Main Expense', '7000');
  await admin.call('account.configuration', 'write', [1], {
    default_account_receivable: receivable,
    default_account_payable: payable,
  });
  const beside = async (name: string, code: string, like: number): Promise<number> => {
    const model = await admin.one('account.account', [['id', '=', like]], ['type', 'parent']);
    return admin.create('account.account', {
      name,
      code,
      company,
      type: model['type'],
      parent: model['parent'],
    });
  };
  await beside('Goods on the way', '3000', cash);
  const taxHigh = await beside('VAT 21% due', '1810', tax);
  const taxLow = await beside('VAT 9% due', '1820', tax);
  await makeYears(admin, company);
  const numbering = await admin.create('ir.sequence', {
    name: 'Miscellaneous',
    sequence_type: (await admin.one('ir.sequence.type', [['name', '=', 'Account Journal']]))['id'],
    company,
  });
  await admin.create('account.journal', {
    name: 'Miscellaneous',
    code: 'MISC',
    type: 'general',
    sequence: numbering,
  });
  return { revenue, expense, taxHigh, taxLow };
}

/** Last year, this one and the next: a test that runs at New Year posts on both sides of it. */
async function makeYears(admin: ErpClient, company: number): Promise<void> {
  const sequenceType = async (name: string) =>
    (await admin.one('ir.sequence.type', [['name', '=', name]]))['id'];
  const moves = await sequenceType('Account Move');
  const invoices = await sequenceType('Invoice');
  const now = new Date().getUTCFullYear();
  for (const year of [now - 1, now, now + 1]) {
    const strict = (prefix: string) =>
      admin.create('ir.sequence.strict', {
        name: `${prefix} ${year}`,
        sequence_type: invoices,
        company,
        prefix: `${prefix}${year}-`,
      });
    const posting = await admin.create('ir.sequence', {
      name: `Moves ${year}`,
      sequence_type: moves,
      company,
      prefix: `${year}-`,
    });
    const numbers = {
      company,
      out_invoice_sequence: await strict('F'),
      out_credit_note_sequence: await strict('C'),
      in_invoice_sequence: await strict('S'),
      in_credit_note_sequence: await strict('D'),
    };
    const fiscalYear = await admin.create('account.fiscalyear', {
      name: String(year),
      company,
      start_date: day(`${year}-01-01`),
      end_date: day(`${year}-12-31`),
      post_move_sequence: posting,
      invoice_sequences: [['create', [numbers]]],
    });
    await admin.call('account.fiscalyear', 'create_period', [fiscalYear]);
  }
}

interface Categories {
  readonly high: number;
  readonly low: number;
  readonly none: number;
}

async function makeTaxes(admin: ErpClient, company: number, chart: Chart): Promise<Categories> {
  const tax = (name: string, rate: string, account: number) =>
    admin.create('account.tax', {
      name,
      description: name,
      type: 'percentage',
      rate: decimal(rate),
      company,
      invoice_account: account,
      credit_note_account: account,
    });
  const category = (name: string, taxes: number[]) =>
    admin.create('product.category', {
      name,
      accounting: true,
      account_revenue: chart.revenue,
      account_expense: chart.expense,
      customer_taxes: [['add', taxes]],
    });
  return {
    high: await category('Standard rate', [await tax('VAT 21%', '0.21', chart.taxHigh)]),
    low: await category('Reduced rate', [await tax('VAT 9%', '0.09', chart.taxLow)]),
    none: await category('No tax', []),
  };
}

/** The warehouse that comes with the stock module is the first place; the others are made like it. */
async function makePlaces(admin: ErpClient): Promise<void> {
  const lost = await admin.one('stock.location', [['type', '=', 'lost_found']]);
  for (const [index, { code, name }] of PLACES.entries()) {
    if (index === 0) {
      const first = await admin.one('stock.location', [['type', '=', 'warehouse']]);
      await admin.call('stock.location', 'write', [first['id']], {
        code,
        name,
        lost_found_location: lost['id'],
      });
    } else await makeWarehouse(admin, code, name);
  }
}

export async function makeWarehouse(admin: ErpClient, code: string | null, name: string): Promise<number> {
  const lost = await admin.one('stock.location', [['type', '=', 'lost_found']]);
  const zone = (what: string) => admin.create('stock.location', { name: `${name} ${what}`, type: 'storage' });
  return admin.create('stock.location', {
    code,
    name,
    type: 'warehouse',
    input_location: await zone('in'),
    storage_location: await zone('shelves'),
    output_location: await zone('out'),
    lost_found_location: lost['id'],
  });
}

async function makeGoods(admin: ErpClient, categories: Categories): Promise<void> {
  for (const { code, name, price, tax } of GOODS) {
    await makeProduct(admin, { code, name, price, category: categories[tax] });
  }
  await makeProduct(admin, {
    code: 'WRAPPING',
    name: 'Gift wrapping',
    price: '2.00',
    category: categories.high,
    type: 'service',
  });
  // What the cents go to by which prices with tax cannot be told without.
  await makeProduct(admin, {
    code: 'ROUNDING',
    name: 'Rounding',
    price: '0',
    category: categories.none,
    type: 'service',
  });
  for (const place of PLACES) {
    await countStock(admin, place.code, Object.fromEntries(GOODS.map(({ code }) => [code, OPENING_STOCK])));
  }
}

export async function makeProduct(
  erp: ErpClient,
  product: { code: string | null; name: string; price: string; category?: number; type?: string },
): Promise<void> {
  const unit = await erp.one('product.uom', [['symbol', '=', 'u']]);
  const category =
    product.category ?? (await erp.one('product.category', [['name', '=', 'Standard rate']]))['id'];
  await erp.create('product.template', {
    name: product.name,
    type: product.type ?? 'goods',
    default_uom: unit['id'],
    sale_uom: unit['id'],
    salable: true,
    list_price: decimal(product.price),
    cost_price_method: 'fixed',
    account_category: category,
    products: [['create', [{ suffix_code: product.code, cost_price: decimal('1') }]]],
  });
}

/** Somebody counts the shelves of a place: from now on there is what was counted. */
export async function countStock(
  erp: ErpClient,
  place: string,
  counted: Readonly<Record<string, number>>,
): Promise<void> {
  const { storage_location } = await erp.one('stock.location', [['code', '=', place]], ['storage_location']);
  const products = await erp.find('product.product', [['code', 'in', Object.keys(counted)]], ['code']);
  const inventory = await erp.create('stock.inventory', {
    location: storage_location,
    lines: [['create', products.map(({ id, code }) => ({ product: id, quantity: counted[code] }))]],
  });
  await erp.call('stock.inventory', 'confirm', [inventory]);
}

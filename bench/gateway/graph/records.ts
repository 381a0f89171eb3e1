/**
 * What the four subgraphs know: as many records, with texts as long and figures as large, as in the public benchmark, so that answers
 * weigh the same. The texts themselves are made here.
 */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly birthday: number;
}

export interface Product {
  readonly upc: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
  readonly inStock: boolean;
}

export interface Review {
  readonly id: string;
  readonly body: string;
  readonly upc: string;
}

export const USERS: readonly User[] = [
  ['Ada Vermeulen', 'adav'],
  ['Bela Kiraly', 'belakiraly'],
  ['Chidi Okonkwo', 'chidiokonkwo'],
  ['Dora Lindqvist', 'dorali'],
  ['Emre Aydin', 'emreaydin'],
  ['Fay Moreau', 'faymor'],
].map(([name = '', username = ''], index) => ({
  id: String(index + 1),
  name,
  username,
  birthday: 1_234_567_890,
}));

export const PRODUCTS: readonly Product[] = (
  [
    ['Table', 899, 100, true],
    ['Couch', 1299, 1000, false],
    ['Glass', 15, 20, false],
    ['Chair', 499, 100, false],
    ['TV', 1299, 1000, true],
    ['Lamp', 6999, 300, true],
    ['Grill', 3999, 2000, false],
    ['Fridge', 100_000, 6000, false],
    ['Sofa', 9999, 800, true],
  ] as const
).map(([name, price, weight, inStock], index) => ({ upc: String(index + 1), name, price, weight, inStock }));

/** Which product each review is about, and how many characters it has. */
const REVIEWED = [
  ['1', 445],
  ['1', 289],
  ['1', 275],
  ['1', 143],
  ['2', 445],
  ['2', 289],
  ['2', 275],
  ['2', 143],
  ['3', 143],
  ['4', 143],
  ['4', 844],
] as const;

export const REVIEWS: readonly Review[] = REVIEWED.map(([upc, length], index) => ({
  id: String(index + 1),
  body: textOf(length, index),
  upc,
}));

/** Every review is by the first user, and every user is said to have written the first two: the public benchmark has it so. */
export const AUTHOR: User = USERS[0] ?? { id: '1', name: '', username: '', birthday: 0 };
export const REVIEWS_OF_A_USER: readonly Review[] = REVIEWS.slice(0, 2);

export const reviewsOf = (upc: string): readonly Review[] => REVIEWS.filter((review) => review.upc === upc);

export function shippingEstimate(price: number | null, weight: number | null): number | null {
  if (price !== null && price > 1000) return 0;
  return weight === null ? null : Math.floor(weight / 2);
}

function textOf(length: number, from: number): string {
  const words = [
    'sturdy',
    'and',
    'well',
    'made',
    'but',
    'it',
    'came',
    'late',
    'so',
    'we',
    'kept',
    'the',
    'box',
  ];
  let text = '';
  for (let at = from; text.length < length; at += 1) text += `${words[(at * 7) % words.length]} `;
  return text.slice(0, length);
}

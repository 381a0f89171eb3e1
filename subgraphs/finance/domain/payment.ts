import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { decimal, type Money, money, zero } from '../../../platform/money.ts';

/** Where a payment stands, as the graph shows it. It follows from the book (see `stateOf`) and is never set by hand. */
export type PaymentState =
  | 'CREATED'
  | 'AUTHORIZED'
  | 'PARTIALLY_CAPTURED'
  | 'CAPTURED'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'
  | 'VOIDED'
  | 'AUTHORIZATION_EXPIRED'
  | 'FAILED'
  | 'IN_DOUBT';

/** What is known of one payment: the money that was held, taken and given back, and what is on its way. Amounts are exact decimals. */
export interface PaymentBook {
  /** `OPEN` from the moment money is held; the others have no money in them. */
  readonly phase: 'CREATED' | 'IN_DOUBT' | 'FAILED' | 'OPEN' | 'VOIDED' | 'AUTHORIZATION_EXPIRED';
  readonly currencyCode: string;
  /** What the provider is asked to hold. */
  readonly asked: string;
  readonly authorized: string;
  readonly captured: string;
  readonly refunded: string;
  /** Promised to somebody but not confirmed. It counts as used, so two requests can never take the same money. */
  readonly pending: readonly PendingMove[];
}

export interface PendingMove {
  readonly kind: 'CAPTURE' | 'VOID' | 'REFUND';
  /** Our own name of the move; the provider knows it by it. */
  readonly reference: string;
  readonly amount: string;
  /** The call went out and nobody knows whether it happened. */
  readonly inDoubt: boolean;
}

export type PaymentFact =
  | { readonly type: 'AUTHORIZED' }
  | { readonly type: 'DECLINED' }
  | { readonly type: 'IN_DOUBT' }
  | { readonly type: 'AUTHORIZATION_EXPIRED' }
  | { readonly type: 'REQUESTED'; readonly move: Omit<PendingMove, 'inDoubt'> }
  | { readonly type: 'MOVE_IN_DOUBT'; readonly reference: string }
  | { readonly type: 'MOVE_DONE'; readonly reference: string };

export function newBook(asked: Money): PaymentBook {
  const none = money(zero, asked.currencyCode).amount;
  return {
    phase: 'CREATED',
    currencyCode: asked.currencyCode,
    asked: asked.amount,
    authorized: none,
    captured: none,
    refunded: none,
    pending: [],
  };
}

/** The book after a fact. A fact that does not fit any more (it came twice, or too late) changes nothing and gives the same object. */
export function evolve(book: PaymentBook, fact: PaymentFact): PaymentBook {
  switch (fact.type) {
    case 'AUTHORIZED':
      return isUndecided(book) ? { ...book, phase: 'OPEN', authorized: book.asked } : book;
    case 'DECLINED':
      return isUndecided(book) ? { ...book, phase: 'FAILED' } : book;
    case 'IN_DOUBT':
      return book.phase === 'CREATED' ? { ...book, phase: 'IN_DOUBT' } : book;
    case 'AUTHORIZATION_EXPIRED':
      return stateOf(book) === 'AUTHORIZED' && book.pending.length === 0
        ? { ...book, phase: 'AUTHORIZATION_EXPIRED' }
        : book;
    case 'REQUESTED':
      return book.phase === 'OPEN' && moveOf(book, fact.move.reference) === undefined
        ? { ...book, pending: [...book.pending, { ...fact.move, inDoubt: false }] }
        : book;
    case 'MOVE_IN_DOUBT': {
      const move = moveOf(book, fact.reference);
      if (move === undefined || move.inDoubt) return book;
      return {
        ...book,
        pending: book.pending.map((other) => (other === move ? { ...move, inDoubt: true } : other)),
      };
    }
    case 'MOVE_DONE': {
      const move = moveOf(book, fact.reference);
      return move === undefined ? book : settle(book, move);
    }
  }
}

/** The state that follows from a book. */
export function stateOf(book: PaymentBook): PaymentState {
  if (book.phase !== 'OPEN') return book.phase;
  if (book.pending.some((move) => move.inDoubt)) return 'IN_DOUBT';
  const [authorized, captured, refunded] = [book.authorized, book.captured, book.refunded].map(decimal);
  if (authorized === undefined || captured === undefined || refunded === undefined) return 'AUTHORIZED';
  if (refunded.gt(zero)) return refunded.gte(captured) ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  if (captured.gt(zero)) return captured.gte(authorized) ? 'CAPTURED' : 'PARTIALLY_CAPTURED';
  return 'AUTHORIZED';
}

/** What can still be taken: held, not taken, and not promised to a capture or a void. */
export function capturable(book: PaymentBook): Money {
  if (book.phase !== 'OPEN' || book.pending.some((move) => move.kind === 'VOID'))
    return money(zero, book.currencyCode);
  const left = decimal(book.authorized)
    .minus(decimal(book.captured))
    .minus(decimal(promised(book, 'CAPTURE')));
  return money(left, book.currencyCode);
}

/** What can still be given back: taken, not given back, and not promised to a refund. */
export function refundable(book: PaymentBook): Money {
  const left = decimal(book.captured)
    .minus(decimal(book.refunded))
    .minus(decimal(promised(book, 'REFUND')));
  return money(left, book.currencyCode);
}

/** What was taken and what is being taken. */
export function takenOrPromised(book: PaymentBook): Money {
  return money(decimal(book.captured).plus(decimal(promised(book, 'CAPTURE'))), book.currencyCode);
}

/** The amount to capture: the one asked for, or all that is left. */
export function decideCapture(book: PaymentBook, amount: Money | null): Decision<Money> {
  const left = capturable(book);
  if (amount !== null && amount.currencyCode !== book.currencyCode) return refused(currencyMismatch(book));
  const wanted = decimal((amount ?? left).amount);
  if (decimal(left.amount).lte(zero)) {
    return refused(
      userError('PAYMENT_NOT_CAPTURABLE', `The payment is ${stateOf(book)}; nothing is left to capture.`, {
        field: ['input', 'id'],
      }),
    );
  }
  if (wanted.lte(zero)) return refused(amountInvalid(['input', 'amount']));
  if (wanted.gt(decimal(left.amount))) {
    return refused(
      userError(
        'CAPTURE_EXCEEDS_AUTHORIZATION',
        `Only ${left.amount} ${left.currencyCode} is left to capture.`,
        { field: ['input', 'amount'] },
      ),
    );
  }
  return accepted(money(wanted, book.currencyCode));
}

/** Everything that is held, when nothing of it was taken or is being taken. */
export function decideVoid(book: PaymentBook): Decision<Money> {
  if (book.phase === 'OPEN' && book.pending.length === 0 && decimal(book.captured).eq(zero))
    return accepted(money(book.authorized, book.currencyCode));
  return refused(
    userError(
      'PAYMENT_NOT_VOIDABLE',
      `The payment is ${stateOf(book)}; only held money of which nothing was taken can be let go.`,
      { field: ['input', 'id'] },
    ),
  );
}

export function amountInvalid(field: readonly string[]) {
  return userError(
    'AMOUNT_INVALID',
    'An amount is above zero and has no smaller digits than its currency is paid in.',
    { field },
  );
}

function currencyMismatch(book: PaymentBook) {
  return userError('CURRENCY_MISMATCH', `The payment is in ${book.currencyCode}.`, {
    field: ['input', 'amount', 'currencyCode'],
  });
}

function isUndecided(book: PaymentBook): boolean {
  return book.phase === 'CREATED' || book.phase === 'IN_DOUBT';
}

function moveOf(book: PaymentBook, reference: string): PendingMove | undefined {
  return book.pending.find((move) => move.reference === reference);
}

function promised(book: PaymentBook, kind: PendingMove['kind']): string {
  return book.pending
    .filter((move) => move.kind === kind)
    .reduce((sum, move) => sum.plus(decimal(move.amount)), zero)
    .toFixed();
}

function settle(book: PaymentBook, move: PendingMove): PaymentBook {
  const pending = book.pending.filter((other) => other !== move);
  const plus = (sum: string) => money(decimal(sum).plus(decimal(move.amount)), book.currencyCode).amount;
  if (move.kind === 'CAPTURE') return { ...book, pending, captured: plus(book.captured) };
  if (move.kind === 'REFUND') return { ...book, pending, refunded: plus(book.refunded) };
  return { ...book, pending, phase: 'VOIDED' };
}

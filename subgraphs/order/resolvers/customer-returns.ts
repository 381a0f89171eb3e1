import { pageOf, pageRequest } from '../../../platform/graphql/page.ts';
import { ordersVisibleTo } from '../domain/visibility.ts';
import type { CustomerResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { returnKey } from '../store/returns.ts';

/** A customer's returns, for staff and the customer; for anybody else there are none. */
export function returnsOfCustomer({ returns }: Room): NonNullable<CustomerResolvers['returns']> {
  return async ({ id }, args, { caller }) => {
    const request = pageRequest(args);
    const visible = ordersVisibleTo(caller.identity);
    const mayList = 'all' in visible || visible.customerId === id;
    const rows = mayList ? await returns.page(id, request.first + 1, request.after) : [];
    return pageOf(rows, request, returnKey);
  };
}

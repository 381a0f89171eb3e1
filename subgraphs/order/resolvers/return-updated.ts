import { follow } from '../../../platform/graphql/follow.ts';
import type { Topic } from '../../../platform/graphql/topic.ts';
import type { Context } from '../context.ts';
import type { Return } from '../domain/return.ts';
import { maySeeReturn } from '../domain/return-access.ts';
import type { SubscriptionResolvers } from '../generated.ts';
import type { Room } from '../room.ts';

/** Where a return stands, step by step. Whoever may not see it hears nothing, as if there were none. */
export function returnUpdated(
  { returns, clock }: Room,
  topic: Topic<Return>,
): NonNullable<SubscriptionResolvers['returnUpdated']> {
  return {
    subscribe(_parent, args, { caller }) {
      const wanted = (goods: Return) => goods._id === args.id && maySeeReturn(caller.identity, goods);
      return follow({
        topic,
        clock,
        caller,
        stream: { field: 'returnUpdated', args },
        wanted,
        events: (goods) => [goods],
        present: async () => (await returns.byIds([args.id])).filter(wanted),
        stateOf: ({ _id, version }) => ({ key: `Return:${_id}`, version }),
      });
    },
    resolve: told,
  };
}

/** The return of an event, with loaders that know nothing of the event before it. */
function told(goods: Return, _args: unknown, context: Context): Return {
  context.loaders = context.newLoaders();
  return { ...goods };
}

import { follow } from '../../../platform/graphql/follow.ts';
import type { Context } from '../context.ts';
import { answerDigest } from '../domain/answer-digest.ts';
import type { Availability } from '../domain/availability.ts';
import type { SubscriptionResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import type { AnswerChange } from '../store/answer-changes.ts';
import { assertFewVariants, loadAvailability, MAX_VARIANTS } from './availability.ts';

/**
 * What may be promised of some variants, told anew when stock of them changes, and when anything else makes the answer another one:
 * expected goods, places that go offline or come back. Whoever comes back with a cursor is also told what became different for a reason
 * that is no change in the store, such as another policy of the channel.
 */
export function availabilityChanged(room: Room): NonNullable<SubscriptionResolvers['availabilityChanged']> {
  return {
    async subscribe(_, args, context) {
      assertFewVariants(args.variantIds, MAX_VARIANTS.subscription);
      const variantIds = new Set(args.variantIds);
      const locationIds = args.locationIds == null ? null : new Set(args.locationIds);
      const subscription = Symbol('availabilityChanged');
      const told = new Map<string, string>();

      const load = (ids: Iterable<string>): Promise<Availability[]> => {
        context.loaders = context.newLoaders();
        return Promise.all([...ids].map((id) => loadAvailability(room, context, { id }, args)));
      };
      const textOf = (answer: Availability) =>
        args.thresholdsOnly === true ? answer.status : answerDigest(answer, locationIds);
      const isNews = (answer: Availability) => told.get(answer.variantId) !== textOf(answer);
      const note = (answer: Availability) => told.set(answer.variantId, textOf(answer));

      const followed = await follow({
        topic: room.answerChanges,
        clock: room.clock,
        caller: context.caller,
        stream: { field: 'availabilityChanged', args },
        wanted(change: AnswerChange) {
          if (change.what === 'look') return change.subscription === subscription;
          if (change.what === 'places')
            return locationIds === null || [...locationIds].some((id) => change.locationIds.has(id));
          // Stock, goods that are expected, or the article itself.
          const isHere = change.what === 'item' || locationIds?.has(change.locationId) !== false;
          return isHere && variantIds.has(change.variantId);
        },
        async events(change) {
          const answers = await load('variantId' in change ? [change.variantId] : variantIds);
          // Stock that moved is told also when as much is promised as before: staff see the rest of it.
          return change.what === 'level' && args.thresholdsOnly !== true ? answers : answers.filter(isNews);
        },
        async admits(answer) {
          // Only what is handed out has been told: whoever leaves before is told when it comes back.
          note(answer);
          return true;
        },
        stateOf: ({ variantId }) => ({ key: `Availability:${variantId}` }),
        async begin() {
          for (const answer of await load(variantIds)) note(answer);
        },
        memory: memoryOf([...variantIds], told),
      });
      // After the changes that were missed.
      if (followed.isResumed) room.answerChanges.tell({ what: 'look', subscription });
      return followed;
    },
    resolve: (availability: Availability, _: unknown, context: Context) => {
      context.loaders = context.newLoaders();
      return availability;
    },
  };
}

/** What was last told, in the order of the variants asked for: a cursor with a hundred of them stays short. */
function memoryOf(variantIds: readonly string[], told: Map<string, string>) {
  return {
    save: () => variantIds.map((variantId) => told.get(variantId) ?? null),
    restore(saved: unknown) {
      if (!Array.isArray(saved)) return;
      for (const [index, variantId] of variantIds.entries()) {
        const text: unknown = saved[index];
        if (typeof text === 'string') told.set(variantId, text);
      }
    },
  };
}

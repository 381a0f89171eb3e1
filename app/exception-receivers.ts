import type { Receivers } from '../subgraphs/operations/feed/tell.ts';
import type { Settings } from './settings.ts';

/** Who is told of exceptions; nobody when no address is set. */
export function exceptionReceivers(settings: Settings): Receivers {
  const business = receiver(
    settings.EXCEPTION_WEBHOOK_BUSINESS_URL,
    settings.EXCEPTION_WEBHOOK_BUSINESS_SECRET,
  );
  const technical = receiver(
    settings.EXCEPTION_WEBHOOK_TECHNICAL_URL,
    settings.EXCEPTION_WEBHOOK_TECHNICAL_SECRET,
  );
  return {
    ...(business === undefined ? {} : { BUSINESS: business }),
    ...(technical === undefined ? {} : { TECHNICAL: technical }),
  };
}

function receiver(url: string | undefined, secret: string | undefined) {
  return url === undefined || secret === undefined ? undefined : { url, secret };
}

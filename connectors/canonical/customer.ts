import { z } from 'zod';
import { code, countryCode, text } from './values.ts';

/** A customer account as the system of record keeps it. */
export interface CustomerRecord {
  /** The system's own account code. */
  code: string;
  givenName?: string | undefined;
  familyName?: string | undefined;
  companyName?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  countryCode?: string | undefined;
  loyaltyNumber?: string | undefined;
}

export const customerSchema = z.object({
  code,
  givenName: text.optional(),
  familyName: text.optional(),
  companyName: text.optional(),
  email: z.email('must be an e-mail address').max(254).optional(),
  phone: z.string().min(3).max(40).optional(),
  countryCode: countryCode.optional(),
  loyaltyNumber: code.optional(),
}) satisfies z.ZodType<CustomerRecord, unknown>;

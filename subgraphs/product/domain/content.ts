import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';

const MAX_TITLE_LENGTH = 500;

/** A title as it is kept, without blanks around it, or why it is none. */
export function titleFrom(text: string): Decision<string> {
  const title = text.trim();
  if (title !== '' && title.length <= MAX_TITLE_LENGTH) return accepted(title);
  return refused(
    userError('TITLE_INVALID', `A title is 1 to ${MAX_TITLE_LENGTH} characters and not blank.`, {
      field: ['input', 'title'],
    }),
  );
}

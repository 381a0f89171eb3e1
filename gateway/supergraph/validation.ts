import {
  type ASTVisitor,
  GraphQLError,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

const IN_PARTS = new Set(['defer', 'stream']);

/** Tells clients that ask for an answer in parts what to do instead; that the directive is not known says only that it is wrong. */
export function wholeAnswersOnly(context: ValidationContext): ASTVisitor {
  return {
    Directive(node) {
      const { name } = node;
      if (!IN_PARTS.has(name.value) || context.getSchema().getDirective(name.value)) return;
      const message = `@${name.value} is not supported: an answer is sent whole. Ask for what takes long in an operation of its own`;
      context.reportError(new GraphQLError(message, { nodes: node }));
    },
  };
}

/** What a document has to fulfil, by whichever door it comes. */
export const VALIDATION_RULES: readonly ValidationRule[] = [wholeAnswersOnly, ...specifiedRules];

import { Context, evalExpr } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import type { Options } from 'mingo/types';
import { fail } from '../errors.ts';
import { compare, equals } from '../values/compare.ts';
import { isArray, isMissing, isNumber, typeName } from '../values/kinds.ts';
import { asNumber } from '../values/numbers.ts';
import { average, extreme, sum } from './accumulate.ts';
import { add, divide, multiply, remainder, subtract } from './typed-arithmetic.ts';
import {
  absolute,
  down,
  halfEven,
  roundNumber,
  toDecimal,
  toLong,
  toText,
  towardsZero,
  up,
} from './typed-conversion.ts';

/** The expression operators that are known to give MongoDB's results here. Everything else is refused. */
export const allowedExpressions: ReadonlySet<string> = new Set(
  `$abs $add $allElementsTrue $and $anyElementTrue $arrayElemAt $arrayToObject $avg $ceil $cmp $concat $concatArrays
  $cond $dateAdd $dateDiff $dateFromParts $dateFromString $dateSubtract $dateToParts $dateToString $dateTrunc
  $dayOfMonth $dayOfWeek $dayOfYear $divide $eq $exp $filter $first $floor $getField $gt $gte $hour $ifNull $in
  $indexOfArray $indexOfCP $isArray $isNumber $isoDayOfWeek $isoWeek $isoWeekYear $last $let $literal $ln $log $log10
  $lt $lte $ltrim $map $max $mergeObjects $millisecond $min $minute $mod $month $multiply $ne $not $objectToArray $or
  $pow $rand $range $reduce $regexFind $regexMatch $replaceAll $replaceOne $reverseArray $round $rtrim $second $setDifference
  $setEquals $setField $setIntersection $setIsSubset $setUnion $size $slice $sortArray $split $sqrt $strLenBytes
  $strLenCP $strcasecmp $substr $substrBytes $substrCP $subtract $sum $switch $toBool $toDate $toDecimal $toDouble
  $toInt $toLong $toLower $toObjectId $toString $toUpper $trim $trunc $type $unsetField $week $year $zip`.split(
    /\s+/,
  ),
);

type Operator = (value: unknown, operand: unknown, options: Options) => unknown;

const operandsOf = (value: unknown, operand: unknown, options: Options): unknown[] => {
  const evaluated: unknown = evalExpr(value as never, operand as never, options);
  return isArray(evaluated) ? evaluated : [evaluated];
};

const compared =
  (accept: (order: number) => unknown): Operator =>
  (value, operand, options) => {
    const [a, b] = operandsOf(value, operand, options);
    return accept(compare(a, b));
  };

const folded =
  (combine: (a: unknown, b: unknown) => unknown): Operator =>
  (value, operand, options) => {
    const operands = operandsOf(value, operand, options);
    if (operands.some(isMissing)) return null;
    return operands.length === 0 ? 0 : operands.reduce(combine);
  };

const overNumbers =
  (combine: (values: unknown[]) => unknown): Operator =>
  (value, operand, options) => {
    const operands = operandsOf(value, operand, options);
    // A single operand that is an array stands for its elements.
    const only = operands[0];
    return combine(operands.length === 1 && isArray(only) ? only : operands);
  };

/** An operator of one operand, which may stand in an array of one. */
function unary(compute: (value: unknown) => unknown): Operator {
  return (value, operand, options) => {
    const only = isArray(operand) && operand.length === 1 ? operand[0] : operand;
    return compute(evalExpr(value as never, only as never, options));
  };
}

function withPlace(name: string, rounding: Parameters<typeof roundNumber>[3]): Operator {
  return (value, operand, options) => {
    const [number, place] = operandsOf(value, isArray(operand) ? operand : [operand], options);
    return roundNumber(name, number, place, rounding);
  };
}

const maxRangeLength = 100_000;

/** Replacements for operators that are wrong on BSON's own types or can stop the process. */
const replaced: Record<`$${string}`, Operator> = {
  $eq: compared((order) => order === 0),
  $ne: compared((order) => order !== 0),
  $gt: compared((order) => order > 0),
  $gte: compared((order) => order >= 0),
  $lt: compared((order) => order < 0),
  $lte: compared((order) => order <= 0),
  $cmp: compared(Math.sign),
  $add: folded(add),
  $multiply: folded(multiply),
  $subtract: folded(subtract),
  $divide: folded(divide),
  $mod: folded(remainder),
  $sum: overNumbers(sum),
  $avg: overNumbers(average),
  $min: overNumbers((values) => extreme(values, -1)),
  $max: overNumbers((values) => extreme(values, 1)),
  $abs: unary(absolute),
  $floor: unary((value) => roundNumber('$floor', value, 0, down)),
  $ceil: unary((value) => roundNumber('$ceil', value, 0, up)),
  $round: withPlace('$round', halfEven),
  $trunc: withPlace('$trunc', towardsZero),
  $toDecimal: unary(toDecimal),
  $toLong: unary(toLong),
  $toString: unary(toText),
  $type: unary(typeName),
  $isNumber: unary(isNumber),
  $in(value, operand, options) {
    const [wanted, array] = operandsOf(value, operand, options);
    if (!isArray(array)) fail(40_081, '$in requires an array as a second argument');
    return array.some((element) => equals(element, wanted));
  },
  $range(value, operand, options) {
    const [from, to, step = 1] = operandsOf(value, operand, options).map((part) =>
      isNumber(part) ? asNumber(part, Number.NaN) : Number.NaN,
    );
    if (!Number.isInteger(from) || !Number.isInteger(to) || !Number.isInteger(step) || step === 0)
      fail(34_443, '$range requires integers and a step other than zero');
    const length = Math.max(0, Math.ceil(((to ?? 0) - (from ?? 0)) / step));
    if (length > maxRangeLength) fail('BadValue', `$range may make at most ${maxRangeLength} elements`);
    return Array.from({ length }, (_, at) => (from ?? 0) + at * step);
  },
};

// The library's operators and these have the same shape; its own types say `any` where ours say `unknown`.
const context = Context.init({
  accumulator: accumulators as never,
  expression: { ...expressions, ...replaced } as never,
});

export function expressionOptions(variables: Record<string, unknown>): Options {
  return {
    context,
    idKey: '_id',
    processingMode: 0,
    useStrictMode: true,
    scriptEnabled: false,
    failOnError: true,
    variables,
  } as Options;
}

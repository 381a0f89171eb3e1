import { CommandError } from '../../../embedded-mongo/errors.ts';
import type { Dispatch } from '../../../embedded-mongo/server/command.ts';
import { labelsFor } from '../../../embedded-mongo/server/error-reply.ts';
import { type Doc, isArray, isDocument } from '../../../embedded-mongo/values/kinds.ts';
import { asFlag, asNumber } from '../../../embedded-mongo/values/numbers.ts';

/** A fault that was ordered: how many calls to leave alone, how many to hit, and what then happens. */
type FailPoint = { skip: number; left: number; data: Doc };

const transactionalWrites = new Set(['insert', 'update', 'delete', 'findAndModify', 'findandmodify']);
/** The names suites compare, of the codes they order by number. */
const codeNames: Record<number, string> = {
  50: 'MaxTimeMSExpired',
  8000: 'AtlasError',
  11601: 'Interrupted',
};
const accepted = new Set(['setParameter', 'replSetStepDown', 'replSetFreeze', 'killAllSessionsByPattern']);
const ends = new Set(['commitTransaction', 'abortTransaction']);
const names = new Set([
  'failCommand',
  'failGetMoreAfterCursorCheckout',
  'onPrimaryTransactionalWrite',
  'maxTimeAlwaysTimeOut',
]);

/**
 * The faults that drivers' test suites order with `configureFailPoint`, around the store's own commands: refuse a
 * command with a code, drop the connection, wait, or report a write concern error.
 */
export function withFailPoints(dispatch: Dispatch): Dispatch {
  const points = new Map<string, FailPoint>();
  const executed = new Set<string>();
  const applications = new Map<number, string>();

  function configure(command: Doc): Doc {
    const name = String(command.configureFailPoint);
    if (!names.has(name)) throw new CommandError(1, `no such fail point: ${name}`);
    const { mode } = command;
    if (mode === 'off') points.delete(name);
    else {
      const counted = isDocument(mode) ? mode : {};
      const data = isDocument(command.data) ? command.data : {};
      points.set(name, {
        skip: asNumber(counted.skip, 0),
        left: asNumber(counted.times, Number.POSITIVE_INFINITY),
        data: name === 'failGetMoreAfterCursorCheckout' ? { ...data, failCommands: ['getMore'] } : data,
      });
    }
    return { ok: 1 };
  }

  function hit(name: string, applies: (data: Doc) => boolean): Doc | undefined {
    const point = points.get(name);
    if (!point || !applies(point.data)) return undefined;
    if (point.skip > 0) {
      point.skip--;
      return undefined;
    }
    if (--point.left <= 0) points.delete(name);
    return point.data;
  }

  return async (server, command, caller) => {
    const name = Object.keys(command)[0] ?? '';
    if (name === 'configureFailPoint') return configure(command);
    // Suites shorten the server's timers and step it down; neither means anything to the store.
    if (accepted.has(name)) return { ok: 1 };
    // Suites ask whether there are fail points before they order any.
    if (name === 'getParameter')
      return { ...(await dispatch(server, command, caller)), enableTestCommands: true };
    const application = applicationIn(command);
    if (application !== undefined) applications.set(caller.connectionId, application);
    const applies = ({ failCommands, appName, namespace }: Doc): boolean =>
      isArray(failCommands) &&
      failCommands.includes(name) &&
      (appName === undefined || appName === applications.get(caller.connectionId)) &&
      (namespace === undefined || namespace === `${String(command.$db)}.${String(command[name])}`);
    if (command.maxTimeMS !== undefined && hit('maxTimeAlwaysTimeOut', () => true))
      throw new CommandError('MaxTimeMSExpired', 'operation exceeded time limit');
    const late = hit('failGetMoreAfterCursorCheckout', applies);
    const fault = late ?? hit('failCommand', applies);

    if (fault && asFlag(fault.blockConnection))
      await new Promise((resolve) => setTimeout(resolve, asNumber(fault.blockTimeMS, 0)));
    if (fault && asFlag(fault.closeConnection)) {
      caller.disconnect();
      return { ok: 1 };
    }
    if (fault?.errorCode !== undefined) {
      const labels = isArray(fault.errorLabels) ? fault.errorLabels.map(String) : undefined;
      // A statement that fails ends its transaction, as any other failure would, unless the fault was to come before it.
      const reachesTransaction = command.autocommit === false && !ends.has(name) && !labels;
      if (reachesTransaction && command.startTransaction === undefined)
        await dispatch(
          server,
          {
            abortTransaction: 1,
            $db: 'admin',
            lsid: command.lsid,
            txnNumber: command.txnNumber,
            autocommit: false,
          },
          caller,
        ).catch(() => {});
      const code = asNumber(fault.errorCode, 0);
      throw new CommandError(code, "Failing command via 'failCommand' failpoint", {
        // A command that fails before it has its cursor does not know that it is a change stream's.
        labels:
          labels ??
          labelsFor(code, command).filter((label) => late || label !== 'ResumableChangeStreamError'),
        ownLabelsOnly: true,
        ...(codeNames[code] ? { fields: { codeName: codeNames[code] } } : {}),
      });
    }
    const writes = transactionalWrites.has(name) && command.txnNumber !== undefined;
    // A write that is only answered again is not executed, so it cannot fail again.
    const number = `${JSON.stringify(command.lsid)}/${String(command.txnNumber)}`;
    const broken =
      writes && !executed.has(number) ? hit('onPrimaryTransactionalWrite', () => true) : undefined;
    if (broken?.failBeforeCommitExceptionCode !== undefined) {
      caller.disconnect();
      return { ok: 1 };
    }
    const reply = await dispatch(server, command, caller);
    if (writes) executed.add(number);
    if (broken) caller.disconnect();
    return fault && isDocument(fault.writeConcernError)
      ? withWriteConcernError(reply, fault, command)
      : reply;
  };
}

function withWriteConcernError(reply: Doc, fault: Doc, command: Doc): Doc {
  const given = isDocument(fault.writeConcernError) ? fault.writeConcernError : {};
  const labels = isArray(fault.errorLabels)
    ? fault.errorLabels
    : labelsFor(asNumber(given.code, 0), command).filter((label) => label === 'RetryableWriteError');
  return { ...reply, writeConcernError: given, ...(labels.length > 0 ? { errorLabels: labels } : {}) };
}

function applicationIn({ client }: Doc): string | undefined {
  const application = isDocument(client) ? client.application : undefined;
  return isDocument(application) ? String(application.name) : undefined;
}

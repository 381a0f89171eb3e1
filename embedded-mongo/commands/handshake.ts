import { Long, ObjectId } from 'bson';
import type { Command, CommandContext } from '../server/command.ts';
import { sessionTimeoutMinutes } from '../server/sessions.ts';
import { maxMessageBytes } from '../server/wire.ts';
import { timestampFrom } from '../values/compare.ts';
import { maxDocumentBytes } from '../values/documents.ts';
import type { Doc } from '../values/kinds.ts';
import { asFlag } from '../values/numbers.ts';

/** The MongoDB release whose behaviour is offered: 7.0. */
export const version = '7.0.0';
const maxWireVersion = 21;
export const replicaSet = 'rs0';
const electionId = new ObjectId('7fffffff0000000000000001');

const hello: Command = { run: greet };
export const handshakeCommands: Record<string, Command> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: { run: () => ({}) },
  buildInfo: { run: buildInfo },
  buildinfo: { run: buildInfo },
  connectionStatus: {
    run: () => ({
      authInfo: { authenticatedUsers: [], authenticatedUserRoles: [], authenticatedUserPrivileges: [] },
    }),
  },
  whatsmyuri: { run: ({ connectionId }) => ({ you: `connection:${connectionId}` }) },
  replSetGetStatus: { run: status },
};

function greet({ name, command, server, store, connectionId }: CommandContext): Doc {
  const opTime = { ts: timestampFrom(store.oplog.durableTime()), t: Long.fromInt(1) };
  const now = new Date(store.nowMs());
  // No topologyVersion: without it clients ask again now and then instead of holding a connection open.
  return {
    ...(asFlag(command.helloOk) ? { helloOk: true } : {}),
    [name === 'hello' ? 'isWritablePrimary' : 'ismaster']: true,
    hosts: [server.address],
    setName: replicaSet,
    setVersion: 1,
    secondary: false,
    primary: server.address,
    me: server.address,
    electionId,
    lastWrite: { opTime, lastWriteDate: now, majorityOpTime: opTime, majorityWriteDate: now },
    maxBsonObjectSize: maxDocumentBytes,
    maxMessageSizeBytes: maxMessageBytes,
    maxWriteBatchSize: 100_000,
    localTime: now,
    logicalSessionTimeoutMinutes: sessionTimeoutMinutes,
    connectionId,
    minWireVersion: 0,
    maxWireVersion,
    readOnly: false,
  };
}

function buildInfo(): Doc {
  return {
    version,
    versionArray: [7, 0, 0, 0],
    gitVersion: 'embedded',
    modules: [],
    debug: false,
    bits: 64,
    maxBsonObjectSize: maxDocumentBytes,
    storageEngines: ['embedded'],
  };
}

function status({ server, store }: CommandContext): Doc {
  return {
    set: replicaSet,
    date: new Date(store.nowMs()),
    myState: 1,
    term: Long.fromInt(1),
    members: [{ _id: 0, name: server.address, health: 1, state: 1, stateStr: 'PRIMARY', self: true }],
  };
}

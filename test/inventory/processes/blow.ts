import type { CommandStartedEvent, CommandSucceededEvent, MongoClient } from 'mongodb';

/** When a process is to die: at which command to the store, counted from the moment it is armed, and on which side of it. */
export interface Blow {
  readonly command: number;
  readonly side: 'before' | 'after';
}

/** What keeps a connection or a change stream alive is no step of anything. */
const NO_STEP = new Set(['hello', 'ping', 'getMore', 'killCursors', 'endSessions']);

/**
 * Kills this process with SIGKILL at one command to the store, once armed: before it is sent, or after the store has carried it out and
 * before anybody here has heard. Tells on standard output where it struck. The client must have been made with `monitorCommands`.
 */
export function createBlow(client: MongoClient, blow: Blow): { arm(): void } {
  let left = Infinity;
  let struck = -1;

  function strike(name: string): void {
    process.stdout.write(`${JSON.stringify({ struck: `${blow.side} ${name}` })}\n`);
    process.kill(process.pid, 'SIGKILL');
  }

  client.on('commandStarted', ({ commandName, requestId }: CommandStartedEvent) => {
    if (NO_STEP.has(commandName)) return;
    left -= 1;
    if (left > 0 || struck >= 0) return;
    struck = requestId;
    if (blow.side === 'before') strike(commandName);
  });
  client.on('commandSucceeded', ({ commandName, requestId }: CommandSucceededEvent) => {
    if (requestId === struck) strike(commandName);
  });
  client.on('commandFailed', ({ commandName, requestId }) => {
    if (requestId === struck) strike(commandName);
  });
  return {
    arm() {
      if (left === Infinity) left = blow.command;
    },
  };
}

import { searchNotEnabled } from '../errors.ts';
import type { Command } from '../server/command.ts';

const refuse: Command = {
  run() {
    throw searchNotEnabled();
  },
};

/** Search indexes belong to Atlas: a server without them answers so, and this one does. */
export const searchIndexCommands: Record<string, Command> = {
  createSearchIndexes: refuse,
  updateSearchIndex: refuse,
  dropSearchIndex: refuse,
  listSearchIndexes: refuse,
};

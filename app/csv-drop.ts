import { statSync } from 'node:fs';
import { CANONICAL_COLUMNS, type CsvFeedName } from '../connectors/csv/canonical-columns.ts';
import { createFolderDrop } from '../connectors/csv/folder-drop.ts';
import type { Ownership } from '../connectors/ownership.ts';
import type { Connector } from '../connectors/port.ts';
import type { Clock } from '../platform/clock.ts';
import { type Settings, SettingsError } from './settings.ts';

/** What ownership.yaml calls the system that drops files. */
const FILES = 'files';
/** Two subgraphs read them, and a file is read once. */
const NOT_AS_FILES: readonly string[] = ['items'];
const EXAMPLE = 'prices: { owner: files, how: [batch] }';

/**
 * The folder where another system drops CSV files, and the facts it is the owner of; null when no fact belongs to files. Throws a
 * SettingsError when the folder and the file of owners do not fit together.
 */
export function csvDrop(settings: Settings, { facts }: Ownership, clock: Clock): Connector | null {
  const directory = settings.CSV_DROP;
  const owned = Object.keys(facts).filter((fact) => facts[fact]?.owner === FILES);
  const problem = problemOf(directory, owned);
  if (problem !== null) throw new SettingsError([problem]);
  if (directory === undefined) return null;
  return createFolderDrop({
    directory,
    system: FILES,
    files: Object.fromEntries(owned.map((feed) => [feed, {}])),
    clock,
  });
}

function problemOf(directory: string | undefined, owned: readonly string[]): string | null {
  if (directory === undefined) {
    return owned.length === 0
      ? null
      : `CSV_DROP is needed, for ${owned.join(', ')} belong to files, such as CSV_DROP=/srv/drop`;
  }
  if (owned.length === 0)
    return `CSV_DROP is set, and no fact belongs to files: name in OWNERSHIP_FILE a file with entries such as ${EXAMPLE}`;
  const impossible = owned.filter((fact) => !isCsvFeed(fact) || NOT_AS_FILES.includes(fact));
  if (impossible.length > 0)
    return `OWNERSHIP_FILE gives ${impossible.join(', ')} to files, which cannot come that way; what can is ${possible().join(', ')}`;
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true)
    return `CSV_DROP names no folder: make ${directory} and in it one called in, where the files are put`;
  return null;
}

const isCsvFeed = (name: string): name is CsvFeedName => Object.hasOwn(CANONICAL_COLUMNS, name);
const possible = () => Object.keys(CANONICAL_COLUMNS).filter((feed) => !NOT_AS_FILES.includes(feed));

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The Tryton modules the connector speaks to; what they need themselves is activated with them. */
export const MODULES = [
  'account',
  'account_invoice',
  'account_invoice_stock',
  'account_product',
  'company',
  'country',
  'currency',
  'party',
  'product',
  'sale',
  'sale_stock_quantity',
  'stock',
  'web_shop',
];

export const SERVER = '/usr/bin/trytond';
export const ADMIN = '/usr/bin/trytond-admin';
/** What everything here was written for and tried with. */
const VERSION = '6.0.';

const PACKAGES = [
  'tryton-server',
  ...MODULES.map((module) => `tryton-modules-${module.replaceAll('_', '-')}`),
];

/** Installs what is missing, where that is possible. Answers why there is no Tryton to test with, or null when there is one. */
export function ensureTryton(say: (text: string) => void): string | null {
  const missing = PACKAGES.filter((name) => !isInstalled(name));
  if (missing.length > 0) {
    if (!existsSync('/usr/bin/apt-get'))
      return 'this is no Debian: there is no apt-get to install Tryton with';
    if (process.getuid?.() !== 0)
      return `these packages are missing, and only root can install them: ${missing.join(' ')}`;
    say(`installing ${missing.length} Debian packages`);
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    for (const step of [['update'], ['install', '--yes', '--no-install-recommends', ...missing]]) {
      const { status, stderr } = spawnSync('apt-get', ['--quiet', ...step], {
        env: environment,
        encoding: 'utf8',
      });
      if (status !== 0) return `apt-get ${step[0]} failed: ${stderr.trim().split('\n').at(-1)}`;
    }
  }
  const { stdout } = spawnSync(SERVER, ['--version'], { encoding: 'utf8' });
  return stdout.includes(VERSION)
    ? null
    : `Tryton ${VERSION}x is wanted (Debian 12 has it), not ${stdout.trim()}`;
}

function isInstalled(name: string): boolean {
  const { stdout } = spawnSync('dpkg-query', ['-W', `-f=\${Status}`, name], { encoding: 'utf8' });
  return stdout === 'install ok installed';
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { openFirefox } from './firefox.ts';
import type { Browser } from './tab.ts';
import { openWebKit } from './webkit.ts';

/** A browser of another maker, as Debian packages it. */
export interface Maker {
  name: string;
  /** What it takes, where it lies, and which package brings it. */
  needs: { path: string; package: string }[];
  open(): Promise<Browser>;
  /** Whether its pages run from the disk; see the guide for the one that does not. */
  runsFromDisk: boolean;
}

const firefox = '/usr/bin/firefox-esr';
const miniBrowser = ['x86_64', 'aarch64'].map((m) => `/usr/lib/${m}-linux-gnu/webkit2gtk-4.1/MiniBrowser`);
const webkit = miniBrowser.find((path) => existsSync(path)) ?? miniBrowser[0];

export const makers: Maker[] = [
  {
    name: 'Firefox ESR',
    needs: [{ path: firefox, package: 'firefox-esr' }],
    open: () => openFirefox(firefox),
    runsFromDisk: true,
  },
  {
    name: 'WebKitGTK',
    needs: [
      { path: '/usr/bin/WebKitWebDriver', package: 'webkit2gtk-driver' },
      { path: webkit, package: 'webkit2gtk-driver' },
      { path: '/usr/bin/xvfb-run', package: 'xvfb' },
      { path: '/usr/bin/xauth', package: 'xauth' },
    ],
    open: () => openWebKit(webkit),
    runsFromDisk: false,
  },
];

const missing = ({ needs }: Maker) =>
  needs.filter(({ path }) => !existsSync(path)).map((need) => need.package);

/** Why a browser cannot be had here; undefined when it is there, or could be installed. */
export function unavailable(maker: Maker): string | undefined {
  const packages = [...new Set(missing(maker))];
  if (packages.length === 0) return undefined;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return `${packages.join(', ')} not installed, and only root could install it with apt-get`;
  console.log(`${maker.name} is not installed; trying apt-get install ${packages.join(' ')}`);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]])
    spawnSync('apt-get', args, { stdio: 'ignore', timeout: 600_000 });
  const still = missing(maker);
  return still.length ? `${[...new Set(still)].join(', ')} could not be installed` : undefined;
}

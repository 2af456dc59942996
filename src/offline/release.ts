/** One build of the site, file by file: what the offline worker keeps and checks. Shared by build, worker and page. */

export interface Release {
  /** Changes when any file does. */
  id: string;
  /** By path below the root: the first 16 hex digits of the file's SHA-256, and its bytes. */
  files: Record<string, [hash: string, bytes: number]>;
}

/** Files that every page needs: kept with the first page. */
const chrome =
  /^(index\.html|offline\/index\.html|favicon\.svg|_astro\/.*|_site\/(theme|page|offline|search|figures|report)\.js|_site\/search\/.*|pagefind\/.*)$/;
/** What a notebook runs on. */
const runner = /^_site\/(notebook|draw|kernel|webgpu|wasm)\.js$|^_site\/.*simd\.wasm$/;

export const isChrome = (path: string): boolean => chrome.test(path);
export const isRunner = (path: string): boolean => runner.test(path);

const prefix = 'working-papers';

/** The cache of one release at one place: a host may hold several copies of the site. */
export const cacheName = (scope: string, id: string): string => `${prefix} ${new URL(scope).pathname} ${id}`;
/** Whether a cache is this site's at this place, of whatever release. */
export const isOurs = (name: string, scope: string): boolean =>
  name.startsWith(`${prefix} ${new URL(scope).pathname} `) && name.split(' ').length === 3;

/** The path below the root that an address means: folders mean their index.html. Undefined for what lies elsewhere. */
export function pathOf(url: string, scope: string): string | undefined {
  const [bare] = url.split(/[?#]/);
  if (!bare.startsWith(scope)) return undefined;
  try {
    const path = decodeURIComponent(bare.slice(scope.length));
    return path === '' || path.endsWith('/') ? `${path}index.html` : path;
  } catch {
    return undefined;
  }
}

/** The first 16 hex digits of the SHA-256 of some bytes. */
export async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What the files of a path's page are, with all that its notebook reads: for "after one visit it works offline". */
export function filesOfPage(release: Release, page: string, assets: string[]): string[] {
  const slug = /^papers\/([\w-]+)\/index\.html$/.exec(page)?.[1];
  const needed = slug ? [page, `_site/papers/${slug}.js`, ...assets] : [page];
  const run = slug || page === 'index.html' ? Object.keys(release.files).filter(isRunner) : [];
  return [...needed, ...run].filter((path) => path in release.files);
}

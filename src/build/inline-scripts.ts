import { createHash } from 'node:crypto';

/**
 * The two scripts that stand in pages themselves, since they must run before the first relative address is read. The
 * page's policy names each by its hash, and no other.
 */

/**
 * A folder's address without its slash, as some hosts leave it (`npx serve`), would make every relative address one
 * folder wrong: the slash is put there, without asking the host again.
 */
export const slash =
  "if(location.protocol!=='file:'&&!/\\/$|\\.html$/.test(location.pathname))history.replaceState(history.state,'',location.pathname+'/'+location.search+location.hash)";

/**
 * Hosts show the page for missing addresses at the address that was asked for, at any depth: where the site begins is
 * told by the folders it has, else it is the folder asked for.
 */
export const base =
  "{const p=location.pathname,m=/^(.*\\/)(?:papers|guide|verify|offline|data|pagefind|_site|_astro)(?:\\/|$)/.exec(p),b=document.createElement('base');b.href=m?m[1]:p.replace(/[^\\/]*$/,'');document.head.append(b)}";

/** As a policy names a script. */
export const hashOf = (script: string): string =>
  `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

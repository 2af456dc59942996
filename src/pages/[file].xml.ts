/** `sitemap.xml` and `feed.xml`: made where the build is told the site's address (SITE), since both name full ones. */
import { getCollection } from 'astro:content';
import rss from '@astrojs/rss';
import type { APIContext, GetStaticPaths } from 'astro';
import { fullAddress, site } from '../build/address.ts';
import { inReadingOrder } from '../build/paper.ts';

export const getStaticPaths: GetStaticPaths = () =>
  site ? [{ params: { file: 'sitemap' } }, { params: { file: 'feed' } }] : [];

export async function GET({ params }: APIContext): Promise<Response> {
  const papers = await getCollection('papers');
  const slugs = inReadingOrder(papers.map(({ id }) => id));
  const entry = (slug: string) => papers.find(({ id }) => id === slug)!.data;
  if (params.file === 'feed')
    return rss({
      title: 'Working Papers',
      description: 'Deep-learning papers as pages that run.',
      site: site!,
      items: slugs.map((slug) => ({
        title: entry(slug).title,
        description: entry(slug).summary,
        link: fullAddress(`papers/${slug}/`)!,
      })),
    });
  const guide = (await getCollection('guide')).sort((a, b) => a.data.order - b.data.order);
  const pages = [
    '',
    ...slugs.map((slug) => `papers/${slug}/`),
    ...guide.map(({ id }, i) => (i === 0 ? 'guide/' : `guide/${id}/`)),
    'verify/',
    'offline/',
  ];
  const lines = pages.map((page) => `<url><loc>${fullAddress(page)!.replaceAll('&', '&amp;')}</loc></url>`);
  return new Response(
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join('\n')}\n</urlset>\n`,
  );
}

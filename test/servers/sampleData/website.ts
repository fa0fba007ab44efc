import { gradientPng } from './png.js';
import type { Sample, SampleBucket } from './sample.js';

const page = (title: string, text: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${title}</title>
    <link rel="stylesheet" href="/assets/css/site.css" />
  </head>
  <body>
    <img src="/assets/img/logo.png" alt="Acme" width="96" height="96" />
    <h1>${title}</h1>
    <p>${text}</p>
    <script type="module" src="/assets/js/site.js"></script>
  </body>
</html>
`;

const css = `:root {
  --accent: #1f6feb;
}

body {
  font: 16px/1.5 system-ui, sans-serif;
  margin: 2rem auto;
  max-width: 42rem;
}

a {
  color: var(--accent);
}
`;

const script = `const year = document.querySelector('[data-year]');
if (year) year.textContent = String(new Date().getFullYear());
`;

const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
  <path d="M12 2 22 20H2z" fill="#1f6feb" />
</svg>
`;

const guide = `# Getting started

1. Order a rocket from the [catalogue](../catalogue.csv).
2. Read [Safety](safety.md) first.
3. Light the fuse, and stand well back.

| Model | Thrust | Range |
| ----- | ------ | ----- |
| R-100 | 12 kN  | 4 km  |
| R-200 | 25 kN  | 9 km  |
`;

const safety = `# Safety

- Never stand downrange.
- Keep a bucket of water at hand. Two are better.
`;

const catalogue = `sku,name,price_eur,in_stock
R-100,Rocket small,129.00,42
R-200,Rocket large,249.00,7
S-010,"Springs, heavy duty",19.90,310
M-001,Magnet giant,89.50,0
`;

const manifest = {
  name: 'Acme',
  start_url: '/',
  icons: [{ src: '/assets/img/logo.png', sizes: '96x96', type: 'image/png' }],
};

const text = (key: string, body: string, ageDays: number, contentType: string): Sample => ({
  key,
  body,
  ageDays,
  contentType: `${contentType}; charset=utf-8`,
});

const blue = [31, 111, 235] as const;
const orange = [240, 136, 62] as const;
const night = [13, 17, 23] as const;

const images: readonly Sample[] = [
  { key: 'assets/img/logo.png', body: gradientPng({ width: 96, height: 96 }, blue, orange), ageDays: 210 },
  { key: 'assets/img/hero.png', body: gradientPng({ width: 640, height: 360 }, night, blue), ageDays: 12 },
  {
    key: 'assets/img/team photo.png',
    body: gradientPng({ width: 320, height: 240 }, orange, night),
    ageDays: 95,
  },
].map((image) => ({ ...image, contentType: 'image/png' }));

export const website: SampleBucket = {
  name: 'acme-website',
  samples: [
    text('index.html', page('Acme', 'Everything a coyote could want.'), 0.02, 'text/html'),
    text('404.html', page('Not here', 'The page ran off a cliff.'), 340, 'text/html'),
    text('about/index.html', page('About Acme', 'Makers of fine contraptions since 1949.'), 61, 'text/html'),
    text('robots.txt', 'User-agent: *\nAllow: /\n', 700, 'text/plain'),
    text(
      'manifest.webmanifest',
      `${JSON.stringify(manifest, undefined, 2)}\n`,
      180,
      'application/manifest+json',
    ),
    text('catalogue.csv', catalogue, 3, 'text/csv'),
    text('docs/getting-started.md', guide, 8, 'text/markdown'),
    text('docs/safety.md', safety, 400, 'text/markdown'),
    text(
      'docs/changelog/2026-03.md',
      '# March 2026\n\n- The large rocket flies further.\n',
      1.5,
      'text/markdown',
    ),
    text('docs/changelog/2026-02.md', '# February 2026\n\n- Springs come in pairs.\n', 30, 'text/markdown'),
    text('assets/css/site.css', css, 45, 'text/css'),
    text('assets/js/site.js', script, 45, 'text/javascript'),
    text('assets/img/logo.svg', logo, 210, 'image/svg+xml'),
    ...images,
  ],
};

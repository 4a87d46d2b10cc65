// Makes the bundle that the server sends: app.js, app.css, the notices. The same sources give the same bytes.
import { build } from 'esbuild';
import { copyFile, readFile, writeFile } from 'node:fs/promises';

const out = process.argv[2] ?? '../src/main/resources/dev/tandem/page';

await build({
  entryPoints: { app: 'src/app.tsx' },
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['chrome123', 'firefox121', 'safari17.5'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
  charset: 'utf8',
  outdir: out,
});

const parts = ['preact', 'echarts', 'zrender', 'tslib'];
const notices = [];
for (const part of parts) {
  const { version } = JSON.parse(await readFile(`node_modules/${part}/package.json`, 'utf8'));
  const files = part === 'tslib' ? ['LICENSE.txt'] : part === 'echarts' ? ['LICENSE', 'NOTICE'] : ['LICENSE'];
  for (const file of files) {
    notices.push(`${part} ${version}: ${file}\n\n${(await readFile(`node_modules/${part}/${file}`, 'utf8')).trim()}\n`);
  }
}
await writeFile(`${out}/third-party.txt`, notices.join('\n' + '-'.repeat(100) + '\n\n'));
for (const file of ['index.html', 'icon.svg']) {
  await copyFile(`src/${file}`, `${out}/${file}`);
}
